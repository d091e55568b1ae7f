from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from chalicelib.security.passwords import HASH_OF_NOBODY
from chalicelib.services.ids import new_id
from chalicelib.services.sessions import Authentication, InvalidCredentials, RefreshTokenReused, SessionEnded
from chalicelib.storage.logs import LogItem
from chalicelib.storage.users import User
from chalicelib.wiring import Services
from tests.conftest import NOON, PASSWORD, Person, SettableClock

QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def authentication(services: Services) -> Authentication:
    return services.authentication


@pytest.fixture
def user(services: Services) -> User:
    user = User(new_id(), f"{new_id()}@people.example", None, "user", QUICK_HASH, NOON)
    services.users.add(user)
    return user


def deeds(services: Services, actor_id: str) -> list[str]:
    services.audit.write()
    return [item.action for item in LogItem.query(actor_id)]


def test_signing_in_starts_a_session_of_thirty_days(
    services: Services, authentication: Authentication, user: User
) -> None:
    pair = authentication.sign_in(user.email.upper(), PASSWORD)
    token = authentication.authenticate(pair.access)
    session = authentication.sessions.get(token.session_id)
    assert session is not None
    assert (token.user_id, session.user_id, session.counter) == (user.id, user.id, 0)
    assert session.expires_at == NOON + timedelta(days=30)
    assert (pair.access_seconds, pair.refresh_seconds) == (900, 2_592_000)
    assert deeds(services, user.id) == ["session.started"]


def test_signing_in_brings_a_weak_hash_up_to_date(
    services: Services, authentication: Authentication, user: User
) -> None:
    authentication.sign_in(user.email, PASSWORD)
    stored = services.users.get(user.id)
    assert stored is not None
    assert not services.passwords.is_outdated(stored.password_hash)
    assert services.passwords.verify(stored.password_hash, PASSWORD)


def test_a_wrong_password_is_refused_and_logged_with_its_account(
    services: Services, authentication: Authentication, user: User
) -> None:
    with pytest.raises(InvalidCredentials):
        authentication.sign_in(user.email, PASSWORD + "?")
    assert deeds(services, user.id) == ["session.refused"]


@pytest.mark.parametrize("email", ["nobody@people.example", "no address", ""])
def test_an_unknown_address_is_refused_after_the_same_work(
    authentication: Authentication, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    hasher = authentication.passwords._hasher
    monkeypatch.setattr(type(hasher), "verify", lambda _, stored, password: verified.append(stored))
    with pytest.raises(InvalidCredentials):
        authentication.sign_in(email, PASSWORD)
    assert verified == [HASH_OF_NOBODY]


def test_a_refresh_token_is_exchanged_for_the_next_pair(authentication: Authentication, person: Person) -> None:
    first = authentication.rotate(person.refresh)
    second = authentication.rotate(first.refresh)
    for access in (person.access, first.access, second.access):
        assert authentication.authenticate(access).session_id == person.session_id
    assert len({person.refresh, first.refresh, second.refresh}) == 3


def test_exchanging_does_not_prolong_a_session(
    authentication: Authentication, person: Person, clock: SettableClock
) -> None:
    clock.advance(timedelta(days=29))
    pair = authentication.rotate(person.refresh)
    assert pair.refresh_seconds == timedelta(days=1).total_seconds()
    clock.advance(timedelta(days=1))
    with pytest.raises(SessionEnded):
        authentication.rotate(pair.refresh)


def test_a_token_that_is_exchanged_twice_ends_its_whole_session(
    services: Services, authentication: Authentication, person: Person
) -> None:
    pair = authentication.rotate(person.refresh)
    with pytest.raises(RefreshTokenReused):
        authentication.rotate(person.refresh)
    with pytest.raises(SessionEnded):
        authentication.rotate(pair.refresh)
    for access in (person.access, pair.access):
        with pytest.raises(SessionEnded):
            authentication.authenticate(access)
    assert deeds(services, person.id) == ["session.refresh_reused"]


def test_reuse_ends_no_other_session_of_the_user(authentication: Authentication, user: User) -> None:
    one, other = (authentication.sign_in(user.email, PASSWORD) for _ in range(2))
    authentication.rotate(one.refresh)
    with pytest.raises(RefreshTokenReused):
        authentication.rotate(one.refresh)
    authentication.authenticate(other.access)
    authentication.rotate(other.refresh)


def test_signing_out_ends_the_session_and_no_other(
    services: Services, authentication: Authentication, person: Person, make_person: Callable[[], Person]
) -> None:
    other = make_person()
    authentication.sign_out(authentication.authenticate(person.access))
    with pytest.raises(SessionEnded):
        authentication.authenticate(person.access)
    with pytest.raises(SessionEnded):
        authentication.rotate(person.refresh)
    authentication.authenticate(other.access)
    assert deeds(services, person.id) == ["session.ended"]


def test_a_session_that_dynamodb_has_not_deleted_yet_is_over_all_the_same(
    authentication: Authentication, person: Person, clock: SettableClock
) -> None:
    clock.advance(timedelta(days=30))
    with pytest.raises(SessionEnded):
        authentication.authenticate(person.access)
    with pytest.raises(SessionEnded):
        authentication.rotate(person.refresh)


def test_a_token_for_somebody_elses_session_proves_nothing(
    authentication: Authentication, person: Person, make_person: Callable[[], Person]
) -> None:
    token = authentication.authenticate(person.access)
    forged = authentication.tokens.issue_access(replace(token, user_id=make_person().id), NOON)
    with pytest.raises(SessionEnded):
        authentication.authenticate(forged)


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_what_is_no_token_proves_nothing(authentication: Authentication, token: str) -> None:
    attempts: list[Callable[[str], Any]] = [authentication.authenticate, authentication.rotate]
    for attempt in attempts:
        with pytest.raises(SessionEnded):
            attempt(token)
