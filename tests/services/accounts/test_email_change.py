from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.emails import InvalidEmailToken
from chalicelib.model.errors import InvalidField
from chalicelib.model.users import User
from tests.conftest import HERE, NOON, PASSWORD, SettableClock
from tests.fakes.wiring import FakeServices

NEW = "ann@elsewhere.example"
CHANGED = "The email address of your Janus account was changed"


@pytest.fixture
def user(services: FakeServices, user: User) -> User:
    """A user whose email address is verified."""
    verified = replace(user, password_hash=services.passwords.hash(PASSWORD), verified_at=NOON)
    services.adapters.users.stored[user.id] = verified
    return verified


def request(services: FakeServices, user: User, email: str = NEW, password: str = PASSWORD) -> None:
    services.email_change.request(user, email, password, HERE.ip_address)


def token_to(services: FakeServices, recipient: str) -> str:
    text = next(email.text for email in reversed(services.adapters.email.sent) if email.recipient == recipient)
    return text.partition("https://janus.example/#confirm=")[2].split()[0]


def current(services: FakeServices, user: User) -> User:
    return services.adapters.users.stored[user.id]


def audited(services: FakeServices, user: User) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(user.id)


def test_a_verified_address_is_left_by_links_to_both(services: FakeServices, user: User) -> None:
    request(services, user)
    assert services.adapters.email.subjects_to(NEW) == ["Confirm your new email address"]
    assert services.adapters.email.subjects_to(user.email) == ["Confirm the change of your email address"]
    assert not services.email_change.confirm(token_to(services, NEW), HERE.ip_address)
    assert current(services, user).email == user.email
    assert services.email_change.confirm(token_to(services, user.email), HERE.ip_address)
    assert (current(services, user).email, current(services, user).email_change) == (NEW, None)


def test_a_change_is_audited_and_announced_to_the_old_address(
    services: FakeServices, user: User, clock: SettableClock
) -> None:
    request(services, user)
    clock.advance(timedelta(hours=1))
    for recipient in (NEW, user.email):
        services.email_change.confirm(token_to(services, recipient), HERE.ip_address)
    assert audited(services, user) == ["email.change_requested", "email.changed"]
    assert services.adapters.email.subjects_to(user.email)[-1] == CHANGED
    assert current(services, user).verified_at == NOON + timedelta(hours=1)


def test_a_link_is_valid_for_one_day(services: FakeServices, user: User, clock: SettableClock) -> None:
    request(services, user)
    clock.advance(timedelta(days=1) - timedelta(microseconds=1))
    services.email_change.confirm(token_to(services, NEW), HERE.ip_address)
    clock.advance(timedelta(microseconds=1))
    with pytest.raises(InvalidEmailToken):
        services.email_change.confirm(token_to(services, user.email), HERE.ip_address)


def test_a_link_confirms_once(services: FakeServices, user: User) -> None:
    request(services, user)
    services.email_change.confirm(token_to(services, NEW), HERE.ip_address)
    with pytest.raises(InvalidEmailToken):
        services.email_change.confirm(token_to(services, NEW), HERE.ip_address)


def test_a_second_request_replaces_the_first(services: FakeServices, user: User) -> None:
    request(services, user)
    first = token_to(services, user.email)
    request(services, user, "ann@another.example")
    with pytest.raises(InvalidEmailToken):
        services.email_change.confirm(first, HERE.ip_address)


@pytest.mark.parametrize("token", ["", "x", f"{'0' * 36}.{'x' * 43}"])
def test_an_unknown_token_confirms_nothing(services: FakeServices, token: str) -> None:
    with pytest.raises(InvalidEmailToken):
        services.email_change.confirm(token, HERE.ip_address)


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [("no address", PASSWORD, "email"), (NEW, "another password", "password"), (None, PASSWORD, "email")],
)
def test_a_request_that_is_not_acceptable_names_its_field(
    services: FakeServices, user: User, email: str | None, password: str, field: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        request(services, user, email or user.email.upper(), password)
    assert caught.value.field == field
    assert services.adapters.email.sent == []
    assert current(services, user) == user


def test_a_password_that_was_changed_meanwhile_is_refused(services: FakeServices, user: User) -> None:
    services.adapters.users.stored[user.id] = replace(user, password_hash="another")
    with pytest.raises(InvalidField) as caught:
        request(services, user)
    assert caught.value.field == "password"
    assert services.adapters.email.sent == []


def test_an_address_that_is_taken_by_the_time_of_its_confirmation_stays(services: FakeServices, user: User) -> None:
    request(services, user)
    services.email_change.confirm(token_to(services, user.email), HERE.ip_address)
    services.adapters.users.by_email[NEW] = "another user"
    with pytest.raises(InvalidField) as caught:
        services.email_change.confirm(token_to(services, NEW), HERE.ip_address)
    assert caught.value.field == "token"
    assert current(services, user).email == user.email
    assert CHANGED not in services.adapters.email.subjects_to(user.email)
