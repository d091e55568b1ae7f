from collections.abc import Callable
from copy import replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import (
    ClientInfo,
    InvalidCredentials,
    RefreshTokenReused,
    Session,
    SessionEnded,
    SessionNotFound,
)
from chalicelib.model.users import AccountRole, CodeRequired, User
from chalicelib.security.passwords import HASH_OF_NOBODY
from chalicelib.security.tokens import AccessToken, TokenInvalid
from chalicelib.services.accounts.authentication import AuthenticationService, TokenPair
from tests.conftest import HERE, NOON, PASSWORD, Person, SettableClock
from tests.fakes.wiring import FakeServices
from tests.services.conftest import Measured

QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@pytest.fixture
def authentication(services: FakeServices) -> AuthenticationService:
    return services.authentication


@pytest.fixture
def user(services: FakeServices) -> User:
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, QUICK_HASH, NOON, verified_at=NOON)
    services.adapters.users.add(user)
    return user


def audited(services: FakeServices, actor_id: str) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(actor_id)


def test_signing_in_starts_a_session_that_lasts_a_week_without_another_request(
    services: FakeServices, authentication: AuthenticationService, user: User
) -> None:
    pair = authentication.sign_in(user.email.upper(), PASSWORD, HERE)
    principal = authentication.authorization.from_access_token(pair.access)
    session = principal.session
    assert (principal.user_id, session.user_id, session.counter) == (user.id, user.id, 0)
    assert session.device == HERE.device
    assert session.expires_at == NOON + timedelta(days=7)
    assert (pair.access_seconds, pair.refresh_seconds) == (900, 604_800)
    assert audited(services, user.id) == ["session.started"]


def test_signing_in_brings_a_weak_hash_up_to_date(
    services: FakeServices, authentication: AuthenticationService, user: User
) -> None:
    authentication.sign_in(user.email, PASSWORD, HERE)
    stored = services.adapters.users.get(user.id)
    assert stored is not None
    assert not services.passwords.is_outdated(stored.password_hash)
    assert services.passwords.verify(stored.password_hash, PASSWORD)


def test_a_wrong_password_is_refused_and_logged_with_its_account(
    services: FakeServices, authentication: AuthenticationService, user: User
) -> None:
    with pytest.raises(InvalidCredentials):
        authentication.sign_in(user.email, PASSWORD + "?", HERE)
    assert audited(services, user.id) == ["session.refused"]


@pytest.mark.parametrize("email", ["nobody@people.example", "no address", ""])
def test_an_unknown_address_is_refused_after_the_same_work(
    authentication: AuthenticationService, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    hasher = authentication.passwords._hasher
    monkeypatch.setattr(type(hasher), "verify", lambda _, stored, password: verified.append(stored))
    with pytest.raises(InvalidCredentials):
        authentication.sign_in(email, PASSWORD, HERE)
    assert verified == [HASH_OF_NOBODY]


def test_a_refresh_token_is_exchanged_for_the_next_pair(authentication: AuthenticationService, person: Person) -> None:
    first = authentication.rotate(person.refresh)
    second = authentication.rotate(first.refresh)
    for access in (person.access, first.access, second.access):
        assert authentication.authorization.from_access_token(access).session.id == person.session_id
    assert len({person.refresh, first.refresh, second.refresh}) == 3


def test_each_exchange_prolongs_a_session_by_a_week_but_not_beyond_thirty_days(
    services: FakeServices, authentication: AuthenticationService, user: User, clock: SettableClock
) -> None:
    pair: TokenPair = authentication.sign_in(user.email, PASSWORD, HERE)
    left = []
    for _ in range(5):
        clock.advance(timedelta(days=6))
        pair = authentication.rotate(pair.refresh) if clock.now < NOON + timedelta(days=30) else pair
        left.append(timedelta(seconds=pair.refresh_seconds))
    assert left == [timedelta(days=days) for days in (7, 7, 7, 6, 6)]
    with pytest.raises(SessionEnded):
        authentication.rotate(pair.refresh)


def test_a_session_without_requests_ends_after_a_week(
    services: FakeServices, authentication: AuthenticationService, user: User, clock: SettableClock
) -> None:
    first = authentication.sign_in(user.email, PASSWORD, HERE)
    clock.advance(timedelta(days=3))
    pair = authentication.rotate(first.refresh)
    clock.advance(timedelta(days=7, microseconds=-1))
    other = authentication.authorization.from_access_token(authentication.sign_in(user.email, PASSWORD, HERE).access)
    assert len(authentication.list(other, 100, None).items) == 2
    clock.advance(timedelta(microseconds=1))
    assert [session.id for session in authentication.list(other, 100, None).items] == [other.session.id]
    with pytest.raises(SessionEnded) as refused:
        authentication.rotate(pair.refresh)
    assert str(refused.value.__cause__) == "It has expired."
    session_id = authentication.tokens.read_access(pair.access, NOON + timedelta(days=3)).session_id
    with pytest.raises(SessionEnded):  # not by the token alone
        authentication.authorization.from_session(session_id, user.id, clock.now)


def test_the_time_without_requests_is_a_setting(services: FakeServices, user: User) -> None:
    authentication = replace(services.authentication, inactivity=timedelta(hours=1))
    assert authentication.sign_in(user.email, PASSWORD, HERE).refresh_seconds == 3600


def test_a_token_that_is_exchanged_twice_ends_its_whole_session(
    services: FakeServices, authentication: AuthenticationService, person: Person
) -> None:
    pair = authentication.rotate(person.refresh)
    with pytest.raises(RefreshTokenReused):
        authentication.rotate(person.refresh)
    with pytest.raises(SessionEnded):
        authentication.rotate(pair.refresh)
    for access in (person.access, pair.access):
        with pytest.raises(SessionEnded):
            authentication.authorization.from_access_token(access)
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.subject_id) == ("session.refresh_reused", person.session_id)
    assert (event.user_id, event.actor_id) == (person.id, None)  # perhaps a thief has the token


def test_reuse_ends_no_other_session_of_the_user(authentication: AuthenticationService, user: User) -> None:
    one, other = (authentication.sign_in(user.email, PASSWORD, HERE) for _ in range(2))
    authentication.rotate(one.refresh)
    with pytest.raises(RefreshTokenReused):
        authentication.rotate(one.refresh)
    authentication.authorization.from_access_token(other.access)
    authentication.rotate(other.refresh)


def test_signing_out_ends_the_session_and_no_other(
    services: FakeServices, authentication: AuthenticationService, person: Person, make_person: Callable[[], Person]
) -> None:
    other = make_person()
    authentication.sign_out(authentication.authorization.from_access_token(person.access))
    with pytest.raises(SessionEnded):
        authentication.authorization.from_access_token(person.access)
    with pytest.raises(SessionEnded):
        authentication.rotate(person.refresh)
    authentication.authorization.from_access_token(other.access)
    assert audited(services, person.id) == ["session.ended"]


def test_a_session_that_dynamodb_has_not_deleted_yet_is_over_all_the_same(
    authentication: AuthenticationService, person: Person, clock: SettableClock
) -> None:
    clock.advance(timedelta(days=30))
    with pytest.raises(SessionEnded):
        authentication.authorization.from_access_token(person.access)
    with pytest.raises(SessionEnded):
        authentication.rotate(person.refresh)


def test_a_token_for_somebody_elses_session_proves_nothing(
    authentication: AuthenticationService, person: Person, make_person: Callable[[], Person]
) -> None:
    forged = authentication.tokens.issue_access(AccessToken(make_person().id, person.session_id), NOON)
    with pytest.raises(SessionEnded) as refused:
        authentication.authorization.from_access_token(forged)
    assert refused.value.__cause__ is None  # the token itself is valid


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_what_is_no_token_proves_nothing(authentication: AuthenticationService, token: str) -> None:
    attempts: list[Callable[[str], Any]] = [authentication.authorization.from_access_token, authentication.rotate]
    for attempt in attempts:
        with pytest.raises(SessionEnded) as refused:
            attempt(token)
        assert isinstance(refused.value.__cause__, TokenInvalid)


def test_signing_out_everywhere_ends_every_session_at_once(
    services: FakeServices, authentication: AuthenticationService, user: User, person: Person
) -> None:
    one, other = (authentication.sign_in(user.email, PASSWORD, HERE) for _ in range(2))
    authentication.sign_out_everywhere(authentication.authorization.from_access_token(one.access))
    for pair in (one, other):
        with pytest.raises(SessionEnded):
            authentication.authorization.from_access_token(pair.access)
        with pytest.raises(SessionEnded):
            authentication.rotate(pair.refresh)
    authentication.authorization.from_access_token(person.access)
    authentication.authorization.from_access_token(authentication.sign_in(user.email, PASSWORD, HERE).access)
    assert audited(services, user.id).count("session.all_ended") == 1


def test_sessions_are_listed_with_what_began_them_and_ended_one_by_one(
    authentication: AuthenticationService, user: User, clock: SettableClock
) -> None:
    first = authentication.sign_in(user.email, PASSWORD, ClientInfo("192.0.2.7", "x" * 500))
    clock.advance(timedelta(hours=1))
    second = authentication.sign_in(user.email, PASSWORD, ClientInfo("192.0.2.8", "curl/8"))
    principal = authentication.authorization.from_access_token(second.access)
    listed = authentication.list(principal, 100, None).items
    assert [session.device for session in listed] == ["curl/8", "x" * 200]
    authentication.revoke(principal, listed[1].id)
    with pytest.raises(SessionEnded):
        authentication.authorization.from_access_token(first.access)
    assert [session.id for session in authentication.list(principal, 100, None).items] == [principal.session.id]
    with pytest.raises(SessionNotFound):
        authentication.revoke(principal, listed[1].id)


def test_sessions_are_listed_in_pages(authentication: AuthenticationService, user: User) -> None:
    pairs = [authentication.sign_in(user.email, PASSWORD, HERE) for _ in range(5)]
    principal = authentication.authorization.from_access_token(pairs[0].access)
    whole = authentication.list(principal, 100, None)
    assert whole.next_id is None
    pages: list[list[Session]] = []
    before_id = None
    while not pages or before_id:
        page = authentication.list(principal, 2, before_id)
        pages.append(page.items)
        before_id = page.next_id
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [session for page in pages for session in page] == whole.items


def test_somebody_elses_session_is_neither_listed_nor_ended(
    authentication: AuthenticationService, person: Person, make_person: Callable[[], Person]
) -> None:
    other = make_person()
    principal = authentication.authorization.from_access_token(other.access)
    assert [session.id for session in authentication.list(principal, 100, None).items] == [other.session_id]
    for session_id in (person.session_id, "no id"):
        with pytest.raises(SessionNotFound):
            authentication.revoke(principal, session_id)
    authentication.authorization.from_access_token(person.access)


def test_sessions_of_an_earlier_generation_are_not_listed(authentication: AuthenticationService, user: User) -> None:
    authentication.sign_out_everywhere(
        authentication.authorization.from_access_token(authentication.sign_in(user.email, PASSWORD, HERE).access)
    )
    principal = authentication.authorization.from_access_token(
        authentication.sign_in(user.email, PASSWORD, HERE).access
    )
    assert [session.id for session in authentication.list(principal, 100, None).items] == [principal.session.id]


def test_who_is_disabled_cannot_sign_in_nor_go_on(
    services: FakeServices, authentication: AuthenticationService
) -> None:
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, QUICK_HASH, NOON, disabled=True)
    services.adapters.users.add(user)
    with pytest.raises(InvalidCredentials):
        authentication.sign_in(user.email, PASSWORD, HERE)
    session = Session(new_id(), user.id, 0, NOON, NOON + timedelta(days=30))
    authentication.sessions.add(session)
    with pytest.raises(SessionEnded):
        authentication.authorization.from_access_token(
            authentication.tokens.issue_access(AccessToken(user.id, session.id), NOON)
        )


def test_a_stranger_who_guesses_ends_their_own_tries_and_not_the_owners(
    authentication: AuthenticationService, user: User, clock: SettableClock
) -> None:
    stranger = ClientInfo("203.0.113.9", "a script")
    for _ in range(10):
        with pytest.raises(InvalidCredentials):
            authentication.sign_in(user.email, "a guess that is wrong", stranger)
    with pytest.raises(RateLimitExceeded) as caught:
        authentication.sign_in(user.email, PASSWORD, stranger)
    assert caught.value.seconds_left == 900
    authentication.sign_in(user.email, PASSWORD, HERE)
    clock.advance(timedelta(minutes=15))
    authentication.sign_in(user.email, PASSWORD, stranger)


def test_tries_at_an_address_that_nobody_has_are_counted_alike(authentication: AuthenticationService) -> None:
    address, stranger = f"{new_id()}@people.example", ClientInfo("203.0.113.10", "a script")
    for _ in range(10):
        with pytest.raises(InvalidCredentials):
            authentication.sign_in(address, "a guess that is wrong", stranger)
    with pytest.raises(RateLimitExceeded):
        authentication.sign_in(address, "a guess that is wrong", stranger)


def test_a_try_too_many_is_a_security_event_of_the_account(
    services: FakeServices, authentication: AuthenticationService, user: User
) -> None:
    stranger = ClientInfo("203.0.113.11", "a script")
    for _ in range(10):
        with pytest.raises(InvalidCredentials):
            authentication.sign_in(user.email, "a guess that is wrong", stranger)
    services.audit.begin("request")
    with pytest.raises(RateLimitExceeded):
        authentication.sign_in(user.email, "a guess that is wrong", stranger)
    services.audit.write()
    (entry,) = [event for event in services.adapters.audit_log.events.values() if event.action == "session.limited"]
    assert [entry.kind, entry.level, entry.actor_id, entry.detail] == [
        "security",
        "warning",
        None,
        "sign-in-account-ip",
    ]


def test_sign_ins_are_counted_by_their_outcome(
    authentication: AuthenticationService, user: User, measured: Callable[[], list[Measured]]
) -> None:
    def outcomes() -> list[tuple[str, str]]:
        return [(name, dimensions["outcome"]) for name, _, _, dimensions in measured()]

    authentication.sign_in(user.email, PASSWORD, HERE)
    assert outcomes() == [("SignIns", "signed_in")]
    for _ in range(10):
        with pytest.raises(InvalidCredentials):
            authentication.sign_in(user.email, "wrong", HERE)
    assert outcomes() == [("SignIns", "failed")] * 10
    with pytest.raises(RateLimitExceeded):
        authentication.sign_in(user.email, PASSWORD, HERE)
    assert outcomes() == [("SignIns", "limited")]


def test_a_session_is_ended_with_an_audit_event(
    services: FakeServices, authentication: AuthenticationService, person: Person
) -> None:
    principal = authentication.authorization.from_access_token(person.access)
    authentication.revoke(principal, person.session_id)
    services.audit.write()
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.actor_id, event.subject_id) == ("session.ended", person.id, person.session_id)


def test_signing_out_names_the_session_in_the_audit_log(
    services: FakeServices, authentication: AuthenticationService, person: Person
) -> None:
    authentication.sign_out(authentication.authorization.from_access_token(person.access))
    services.audit.write()
    (event,) = services.adapters.audit_log.events.values()
    assert (event.actor_id, event.subject_id) == (person.id, person.session_id)


def test_a_code_is_required_only_with_the_right_password(
    services: FakeServices, authentication: AuthenticationService, user: User
) -> None:
    services.adapters.users.stored[user.id] = replace(user, totp_secret="JBSWY3DPEHPK3PXP")
    with pytest.raises(InvalidCredentials):
        authentication.sign_in(user.email, "wrong", HERE)
    with pytest.raises(CodeRequired):
        authentication.sign_in(user.email, PASSWORD, HERE)
    assert services.adapters.sessions.stored == {}


def test_a_current_hash_is_not_replaced(
    services: FakeServices, authentication: AuthenticationService, user: User
) -> None:
    services.adapters.users.replace_password_hash(user, services.passwords.hash(PASSWORD))
    before = services.adapters.users.stored[user.id]
    authentication.sign_in(user.email, PASSWORD, HERE)
    assert services.adapters.users.stored[user.id] == before


def test_the_refresh_token_lasts_as_long_as_its_session(
    authentication: AuthenticationService, person: Person, clock: SettableClock
) -> None:
    clock.now = NOON + timedelta(days=30) - timedelta(microseconds=1)
    pair = authentication.rotate(person.refresh)
    assert (pair.access_seconds, pair.refresh_seconds) == (900, 0)


def test_an_exchange_is_recorded_in_the_session(
    services: FakeServices, authentication: AuthenticationService, person: Person, clock: SettableClock
) -> None:
    clock.advance(timedelta(hours=1))
    authentication.rotate(person.refresh)
    session = services.adapters.sessions.stored[person.session_id]
    assert (session.counter, session.refreshed_at) == (1, NOON + timedelta(hours=1))
