"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.emails import EmailChange, EmailToken
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, event_of, recorded


@pytest.fixture
def user(adapters: Adapters) -> User:
    address, token = f"{new_id()}@people.example", EmailToken("verify", NOON + DAY)
    user = User(new_id(), address, "Ann", AccountRole.USER, "hash", NOON, verification=token)
    adapters.users.add(user, [event_of(user.id)])
    return user


def stored(adapters: Adapters, user: User) -> User:
    found = adapters.users.get(user.id)
    assert found is not None
    return found


def test_an_email_change_needs_the_password_that_was_read(adapters: Adapters, user: User) -> None:
    change = EmailChange(f"{new_id()}@people.example", "new", "old", NOON + DAY)
    assert not adapters.email_changes.request(replace(user, password_hash="other"), change, [])
    assert adapters.email_changes.request(user, change, [event_of(user.id)])
    assert stored(adapters, user).email_change == change


def test_an_email_change_is_completed_once_from_both_addresses(adapters: Adapters, user: User) -> None:
    change = EmailChange(f"{new_id()}@people.example", "new", "old", NOON + DAY)
    adapters.email_changes.request(user, change, [])
    assert adapters.email_changes.confirm_one(user, change, "new")
    assert not adapters.email_changes.confirm_one(user, change, "old")
    half = stored(adapters, user).email_change
    assert half is not None
    assert half.digests == ["old"]
    assert adapters.email_changes.complete(user, half, NOON + HOUR, [event_of(user.id)])
    changed = replace(user, email=change.new_email, verified_at=NOON + HOUR, verification=None)
    assert stored(adapters, user) == changed
    assert not adapters.email_changes.complete(user, half, NOON + HOUR, [])
    adapters.users.add(replace(user, id=new_id()))  # the old address is free


def test_an_email_change_to_a_taken_address_changes_nothing(adapters: Adapters, user: User) -> None:
    other = replace(user, id=new_id(), email=f"{new_id()}@people.example")
    adapters.users.add(other)
    change = EmailChange(other.email, "new", None, NOON + DAY)
    adapters.email_changes.request(user, change, [])
    assert not adapters.email_changes.complete(user, change, NOON, [event_of(user.id)])
    assert stored(adapters, user).email == user.email
    assert recorded(adapters, user.id) == ["session.started"]
