"""The same assertions against the real adapter and its fake."""

from datetime import datetime

import pytest

from chalicelib.model.clock import utc_now
from chalicelib.model.emails import EmailToken
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, SECOND, event_of, recorded


@pytest.fixture
def since() -> datetime:
    """A time after which the users of the tests register no more."""
    return utc_now() + DAY


def registered(adapters: Adapters, verified_at: datetime | None, link_until: datetime | None) -> User:
    link = None if link_until is None else EmailToken("verify", link_until)
    address = f"{new_id()}@people.example"
    user = User(new_id(), address, None, AccountRole.USER, "h", NOON, verified_at=verified_at, verification=link)
    adapters.users.add(user)
    return user


def test_those_whose_links_have_expired_are_abandoned_oldest_first(adapters: Adapters, since: datetime) -> None:
    users = [
        registered(adapters, None, since - SECOND),
        registered(adapters, None, None),  # of an earlier version
        registered(adapters, None, since),
        registered(adapters, NOON, since - SECOND),
    ]
    ids = [user.id for user in users]
    assert [id_ for id_ in adapters.abandoned_registrations.list(since, 100) if id_ in ids] == ids[:2]
    assert len(adapters.abandoned_registrations.list(since, 1)) == 1
    assert not set(ids) & set(adapters.abandoned_registrations.list(since - 2 * DAY, 100))
    closed = [adapters.abandoned_registrations.close(id_, since, NOON, [event_of(id_)]) for id_ in ids]
    assert closed == [True, True, False, False]
    assert [len(recorded(adapters, id_)) for id_ in ids] == closed


def test_one_is_closed_once_as_other_accounts_are(adapters: Adapters, since: datetime) -> None:
    user = registered(adapters, None, NOON)
    assert adapters.abandoned_registrations.close(user.id, since, NOON, [])
    assert not adapters.abandoned_registrations.close(user.id, since, NOON, [])
    closed = adapters.users.get(user.id)
    assert closed is not None
    assert (closed.deleted_at, closed.disabled, closed.verification) == (NOON, True, None)
    assert user.id in adapters.users.closed_before(NOON + SECOND, 100)


def test_an_administrators_is_not_abandoned(adapters: Adapters, since: datetime) -> None:
    user = registered(adapters, None, NOON)
    adapters.users.change_role(user, AccountRole.ADMIN, [])
    assert user.id not in adapters.abandoned_registrations.list(since, 100)
    assert not adapters.abandoned_registrations.close(user.id, since, NOON, [])
