"""The second factor. Codes are computed by hand from RFC 6238 and 4226."""

import base64
import hashlib
import hmac
import struct
from collections.abc import Callable
from copy import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.model.errors import InvalidField, RateLimitExceeded
from chalicelib.model.users import CodeRefused, CodeRequired, NoSecondFactor, SecondFactorExists, User
from tests.conftest import NOON, PASSWORD, SettableClock
from tests.fakes.wiring import FakeServices


def code_at(secret: str, at: datetime) -> str:
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at.timestamp()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 0xF
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def user(services: FakeServices, user: User) -> User:
    services.adapters.users.stored[user.id] = replace(user, password_hash=services.passwords.hash(PASSWORD))
    return services.adapters.users.stored[user.id]


@pytest.fixture
def now(services: FakeServices, user: User) -> Callable[[], User]:
    return lambda: services.adapters.users.stored[user.id]


@pytest.fixture
def recovery(services: FakeServices, user: User, now: Callable[[], User]) -> list[str]:
    """The recovery codes of a user who added a second factor at noon."""
    secret = services.second_factor.enrol(user, PASSWORD).secret
    return services.second_factor.confirm(now(), code_at(secret, NOON))


def audited(services: FakeServices, user: User) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(user.id)


def test_a_secret_is_proposed_to_the_owner_of_the_password(
    services: FakeServices, user: User, now: Callable[[], User]
) -> None:
    with pytest.raises(InvalidField) as caught:
        services.second_factor.enrol(user, "another password")
    assert caught.value.field == "password"
    enrolment = services.second_factor.enrol(user, PASSWORD)
    assert (now().totp_proposed, now().totp_secret) == (enrolment.secret, None)
    assert len(base64.b32decode(enrolment.secret)) == 20
    uri = urlsplit(enrolment.uri)
    assert (uri.scheme, uri.netloc, parse_qs(uri.query)["secret"]) == ("otpauth", "totp", [enrolment.secret])


def test_a_code_of_the_secret_confirms_it(
    services: FakeServices, user: User, now: Callable[[], User], recovery: list[str]
) -> None:
    assert (now().totp_proposed, now().recovery_codes, len(set(recovery))) == (None, 10, 10)
    assert audited(services, user) == ["second_factor.added"]
    assert services.adapters.email.subjects_to(user.email) == ["Your Janus account has a second factor"]


def test_another_code_does_not_confirm(services: FakeServices, user: User, now: Callable[[], User]) -> None:
    secret = services.second_factor.enrol(user, PASSWORD).secret
    with pytest.raises(InvalidField) as caught:
        services.second_factor.confirm(now(), code_at(secret, NOON + timedelta(seconds=60)))
    assert caught.value.field == "code"
    assert now().totp_secret is None
    assert services.adapters.email.sent == []


def test_nothing_is_confirmed_that_was_not_proposed(services: FakeServices, user: User) -> None:
    with pytest.raises(InvalidField):
        services.second_factor.confirm(user, "000000")


def test_there_is_one_second_factor(services: FakeServices, now: Callable[[], User], recovery: list[str]) -> None:
    with pytest.raises(SecondFactorExists):
        services.second_factor.enrol(now(), PASSWORD)
    with pytest.raises(SecondFactorExists):
        services.second_factor.confirm(now(), "000000")


def test_a_code_is_accepted_once(
    services: FakeServices, now: Callable[[], User], recovery: list[str], clock: SettableClock, user: User
) -> None:
    clock.advance(timedelta(seconds=60))
    code = code_at(now().totp_secret or "", clock.now)
    services.second_factor.check(now(), code)
    with pytest.raises(CodeRefused):
        services.second_factor.check(now(), code)
    assert audited(services, user) == ["second_factor.added", "second_factor.code_refused"]


def test_the_code_that_confirmed_is_used(services: FakeServices, now: Callable[[], User], recovery: list[str]) -> None:
    with pytest.raises(CodeRefused):
        services.second_factor.check(now(), code_at(now().totp_secret or "", NOON))


def test_a_recovery_code_is_accepted_once_and_audited(
    services: FakeServices, now: Callable[[], User], recovery: list[str], user: User
) -> None:
    services.second_factor.check(now(), recovery[3])
    with pytest.raises(CodeRefused):
        services.second_factor.check(now(), recovery[3])
    assert now().recovery_codes == 9
    actions = audited(services, user)
    assert actions == ["second_factor.added", "second_factor.recovery_code_used", "second_factor.code_refused"]


def test_a_code_is_required_where_there_is_a_second_factor(
    services: FakeServices, user: User, now: Callable[[], User], recovery: list[str]
) -> None:
    services.second_factor.check(user, None)  # as it was before
    with pytest.raises(CodeRequired):
        services.second_factor.check(now(), None)


def test_ten_codes_may_be_tried_in_an_hour(
    services: FakeServices, now: Callable[[], User], recovery: list[str]
) -> None:
    for _ in range(9):  # one was counted when the factor was confirmed
        with pytest.raises(CodeRefused):
            services.second_factor.check(now(), "no code")
    with pytest.raises(RateLimitExceeded):
        services.second_factor.check(now(), "no code")


def test_the_factor_is_removed_by_password_and_code(
    services: FakeServices, now: Callable[[], User], recovery: list[str], user: User
) -> None:
    with pytest.raises(InvalidField):
        services.second_factor.disable(now(), "another password", recovery[0])
    with pytest.raises(CodeRefused):
        services.second_factor.disable(now(), PASSWORD, "no code")
    services.second_factor.disable(now(), PASSWORD, recovery[0])
    assert (now().totp_secret, now().recovery_codes) == (None, 0)
    assert audited(services, user) == ["second_factor.added", "second_factor.code_refused", "second_factor.removed"]
    assert services.adapters.email.subjects_to(user.email)[1:] == [
        "The second factor of your Janus account was removed"
    ]
    with pytest.raises(NoSecondFactor):
        services.second_factor.disable(now(), PASSWORD, recovery[0])


@pytest.mark.parametrize(("password", "removable"), [("fourteen chars", False), ("fifteen charact", True)])
def test_the_factor_stays_while_the_password_is_short(
    services: FakeServices, now: Callable[[], User], recovery: list[str], password: str, removable: bool
) -> None:
    services.adapters.users.replace_password_hash(now(), services.passwords.hash(password))
    if removable:
        services.second_factor.disable(now(), password, recovery[0])
        return
    with pytest.raises(InvalidField, match="fewer than 15 characters"):
        services.second_factor.disable(now(), password, recovery[0])


def test_an_administrator_removes_the_factor_without_a_code(
    services: FakeServices, now: Callable[[], User], recovery: list[str], user: User
) -> None:
    services.second_factor.reset("admin", now())
    assert now().totp_secret is None
    event = list(services.adapters.audit_log.events.values())[-1]
    assert (event.action, event.actor_id, event.user_id) == ("second_factor.removed", "admin", user.id)
    assert (event.subject_id, event.detail) == (user.id, "by an administrator")
    assert services.adapters.email.subjects_to(user.email)[-1] == "The second factor of your Janus account was removed"
    with pytest.raises(NoSecondFactor):
        services.second_factor.reset("admin", now())
