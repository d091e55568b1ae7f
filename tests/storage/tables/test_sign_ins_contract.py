"""The same assertions against the real adapter and its fake."""

from datetime import timedelta

import pytest

from chalicelib.model.attempts import Attempt
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import HOUR


def test_a_session_takes_back_the_counts_of_its_attempts(adapters: Adapters) -> None:
    limits = [RateLimit(new_id(), 1, HOUR) for _ in range(3)]
    adapters.counters.count([(limit, "ann") for limit in limits], NOON)
    session = Session(new_id(), new_id(), 0, NOON, NOON + timedelta(days=30))
    attempts = [Attempt([(limits[0], "ann")], NOON), Attempt([(limits[1], "ann")], NOON)]
    adapters.sign_ins.add(session, attempts, [])
    assert [stored.id for stored in adapters.sessions.of_user(session.user_id, NOON)] == [session.id]
    adapters.counters.count([(limit, "ann") for limit in limits[:2]], NOON + timedelta(minutes=1))
    with pytest.raises(RateLimitExceeded):
        adapters.counters.count([(limits[2], "ann")], NOON)
