"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.emails import EmailToken
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, PresentedCode, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, event_of


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


def test_a_second_factor_is_proposed_confirmed_and_removed(adapters: Adapters, user: User) -> None:
    factors = adapters.second_factors
    assert factors.propose(user.id, "first")
    assert factors.propose(user.id, "second")
    assert not factors.confirm(user.id, "first", 5, ["a", "b"], [])
    assert factors.confirm(user.id, "second", 5, ["a", "b"], [event_of(user.id)])
    assert stored(adapters, user) == replace(user, totp_secret="second", recovery_codes=2)
    assert not factors.propose(user.id, "third")
    assert not factors.remove(user.id, "second", PresentedCode(5, ""), [])
    assert factors.remove(user.id, "second", PresentedCode(6, ""), [event_of(user.id)])
    assert stored(adapters, user) == user
    assert not factors.reset(user.id, [])


def test_each_code_of_a_second_factor_is_used_once(adapters: Adapters, user: User) -> None:
    factors = adapters.second_factors
    factors.propose(user.id, "secret")
    factors.confirm(user.id, "secret", 5, ["a", "b"], [])
    periods = [factors.use(user.id, "secret", PresentedCode(period, ""), []) for period in (5, 7, 7, 6)]
    assert periods == [False, True, False, False]
    assert not factors.use(user.id, "another secret", PresentedCode(8, ""), [])
    assert [factors.use(user.id, "secret", PresentedCode(None, digest), []) for digest in "aac"] == [
        True,
        False,
        False,
    ]
    assert stored(adapters, user).recovery_codes == 1
    assert factors.reset(user.id, [event_of(user.id)])
    assert stored(adapters, user) == user
