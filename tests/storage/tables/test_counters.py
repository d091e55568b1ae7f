from datetime import timedelta
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from pynamodb.exceptions import TransactWriteError

from chalicelib.model.attempts import Attempt
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.wiring import Services
from tests.conftest import NOON

QUARTER = timedelta(minutes=15)


@pytest.fixture
def counters(services: Services) -> CountersTable:
    return services.adapters.counters


def test_as_many_tries_as_may_be_are_counted_until_the_window_ends(counters: CountersTable) -> None:
    limit, late = RateLimit(new_id(), 3, QUARTER), NOON + timedelta(minutes=14, seconds=30)
    for now in (NOON, NOON, late):
        counters.count([(limit, "ann")], now)
    with pytest.raises(RateLimitExceeded) as caught:
        counters.count([(limit, "ann")], late)
    assert (caught.value.limit, caught.value.seconds_left) == (limit, 30)
    counters.count([(limit, "ben")], late)
    counters.count([(limit, "ann")], NOON + QUARTER)


def test_where_one_limit_is_over_nothing_is_counted_for_another(counters: CountersTable) -> None:
    narrow, wide = RateLimit(new_id(), 1, QUARTER), RateLimit(new_id(), 3, QUARTER)
    counters.count([(narrow, "ann"), (wide, "here")], NOON)
    for _ in range(5):
        with pytest.raises(RateLimitExceeded) as caught:
            counters.count([(wide, "here"), (narrow, "ann")], NOON)
        assert caught.value.limit == narrow
    counters.count([(wide, "here")], NOON)
    counters.count([(wide, "here")], NOON)


def test_what_is_counted_is_not_stored_as_it_is(counters: CountersTable) -> None:
    counters.count([(RateLimit("mail", 9, QUARTER), "ann@people.example")], NOON)
    assert not any("ann" in item.key or "mail" in item.key for item in counters.items.scan())


def cancel(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    def refuse(_: BaseClient, operation: str, __: Any) -> Any:
        raise ClientError(
            {
                "Error": {"Code": "TransactionCanceledException", "Message": f"Transaction cancelled [{reason}]"},
                "CancellationReasons": [{"Code": reason, "Message": "…"}],
            },
            operation,
        )

    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)


def test_so_many_tries_at_once_that_counting_fails_are_too_many(
    counters: CountersTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel(monkeypatch, "TransactionConflict")
    with pytest.raises(RateLimitExceeded):
        counters.count([(RateLimit(new_id(), 3, QUARTER), "ann")], NOON)


def test_another_fault_of_the_table_is_no_limit(counters: CountersTable, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel(monkeypatch, "ThrottlingError")
    with pytest.raises(TransactWriteError):
        counters.count([(RateLimit(new_id(), 3, QUARTER), "ann")], NOON)


def test_a_count_that_cannot_be_taken_back_stays(counters: CountersTable, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = RateLimit(new_id(), 1, QUARTER)
    counters.count([(limit, "ann")], NOON)
    with monkeypatch.context() as busy:
        cancel(busy, "TransactionConflict")
        counters.take_back(Attempt([(limit, "ann")], NOON))
    with pytest.raises(RateLimitExceeded):
        counters.count([(limit, "ann")], NOON)


def test_another_fault_while_taking_back_is_told(counters: CountersTable, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel(monkeypatch, "ThrottlingError")
    with pytest.raises(TransactWriteError):
        counters.take_back(Attempt([(RateLimit(new_id(), 1, QUARTER), "ann")], NOON))


def test_what_is_taken_back_late_is_deleted_with_its_window(counters: CountersTable) -> None:
    limit = RateLimit(new_id(), 1, QUARTER)
    counters.take_back(Attempt([(limit, "ann")], NOON))  # its counter is deleted already
    (item,) = [item for item in counters.items.scan() if item.attempts == -1]
    assert item.expires_at == NOON + QUARTER
