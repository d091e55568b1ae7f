"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.api_keys import ApiKey, Scope
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, event_of, recorded


@pytest.fixture
def user(adapters: Adapters) -> User:
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON)
    adapters.users.add(user)
    return user


@pytest.fixture
def session(adapters: Adapters, user: User) -> Session:
    session = Session(new_id(), user.id, 0, NOON + MOMENT, NOON + 30 * DAY + MOMENT, 2, "a browser")
    adapters.sessions.add(session, [event_of(user.id)])
    return replace(session, expires_at=NOON + 30 * DAY)


def test_an_api_key_is_read_with_its_end_in_whole_seconds(adapters: Adapters, user: User) -> None:
    scopes = frozenset({Scope.IMAGES_WRITE, Scope.RESULTS_READ})
    first = ApiKey(user.id, new_id(), "CI", scopes, "d1", NOON)
    second = ApiKey(user.id, new_id(), "CD", frozenset({Scope.RESULTS_READ}), "d2", NOON, NOON + DAY + MOMENT)
    adapters.api_keys.add(first, [event_of(user.id)])
    adapters.api_keys.add(second, [])
    assert adapters.api_keys.of_user(user.id) == [replace(second, expires_at=NOON + DAY), first]
    assert recorded(adapters, user.id) == ["session.started"]


def test_the_use_of_an_api_key_is_recorded_until_it_is_deleted(adapters: Adapters, user: User) -> None:
    key = ApiKey(user.id, new_id(), "CI", frozenset({Scope.IMAGES_WRITE}), "digest", NOON)
    adapters.api_keys.add(key, [])
    adapters.api_keys.record_use(key, NOON + HOUR)
    assert adapters.api_keys.of_user(user.id) == [replace(key, last_used_at=NOON + HOUR)]
    deleted = [adapters.api_keys.delete(owner, key.id) for owner in (new_id(), user.id, user.id)]
    assert deleted == [False, True, False]
    adapters.api_keys.record_use(key, NOON + HOUR)
    assert adapters.api_keys.of_user(user.id) == []
