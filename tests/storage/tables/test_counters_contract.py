"""The same assertions against the real adapter and its fake."""

from datetime import timedelta

import pytest

from chalicelib.model.attempts import Attempt
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import HOUR


def test_a_limit_holds_for_a_subject_until_its_window_ends(adapters: Adapters) -> None:
    limit, late = RateLimit(new_id(), 2, timedelta(minutes=15)), NOON + timedelta(minutes=14, seconds=30.5)
    adapters.counters.count([(limit, "ann")], NOON)
    adapters.counters.count([(limit, "ann")], late)
    with pytest.raises(RateLimitExceeded) as caught:
        adapters.counters.count([(limit, "ann")], late)
    assert (caught.value.limit, caught.value.seconds_left) == (limit, 30)
    adapters.counters.count([(limit, "ben")], late)
    adapters.counters.count([(limit, "ann")], NOON + timedelta(minutes=15))


def test_where_one_limit_is_reached_none_counts(adapters: Adapters) -> None:
    narrow, wide = RateLimit(new_id(), 1, HOUR), RateLimit(new_id(), 2, HOUR)
    adapters.counters.count([(wide, "here"), (narrow, "ann")], NOON)
    with pytest.raises(RateLimitExceeded) as caught:
        adapters.counters.count([(wide, "here"), (narrow, "ann")], NOON)
    assert caught.value.limit == narrow
    adapters.counters.count([(wide, "here")], NOON)


def test_an_attempt_is_taken_back_from_the_window_in_which_it_was_counted(adapters: Adapters) -> None:
    limit, late = RateLimit(new_id(), 1, HOUR), NOON + HOUR
    adapters.counters.count([(limit, "ann")], NOON)
    adapters.counters.count([(limit, "ann")], late)
    adapters.counters.take_back(Attempt([(limit, "ann")], NOON))
    with pytest.raises(RateLimitExceeded):
        adapters.counters.count([(limit, "ann")], late)
    adapters.counters.count([(limit, "ann")], NOON)
