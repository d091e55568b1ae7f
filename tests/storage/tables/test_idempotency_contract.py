"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.idempotency import IdempotentRequest, StoredResponse
from chalicelib.model.ids import new_id
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, SECOND


@pytest.fixture
def request_() -> IdempotentRequest:
    return IdempotentRequest(new_id(), "key", "fingerprint", NOON, NOON + DAY)


def test_a_key_is_claimed_once(adapters: Adapters, request_: IdempotentRequest) -> None:
    again = replace(request_, started_at=NOON + HOUR, expires_at=NOON + HOUR + DAY)
    assert adapters.idempotency.claim(request_, NOON, NOON - HOUR)
    assert adapters.idempotency.get(request_.user_id, "key") == request_
    assert not adapters.idempotency.claim(again, NOON + HOUR, NOON)
    assert adapters.idempotency.claim(again, NOON + HOUR, NOON + MOMENT)  # the first was given up
    adapters.idempotency.release(request_)
    adapters.idempotency.finish(request_, StoredResponse(201, "application/json", "{}"))
    assert adapters.idempotency.get(request_.user_id, "key") == again


def test_a_finished_request_holds_its_key_until_it_expires(adapters: Adapters, request_: IdempotentRequest) -> None:
    response = StoredResponse(201, "application/json", "{}")
    adapters.idempotency.claim(request_, NOON, NOON)
    adapters.idempotency.finish(request_, response)
    assert adapters.idempotency.get(request_.user_id, "key") == replace(request_, response=response)
    again = replace(request_, started_at=NOON + DAY)
    assert not adapters.idempotency.claim(again, NOON + DAY - SECOND, NOON + DAY)
    assert adapters.idempotency.claim(again, NOON + DAY, NOON)


def test_a_released_key_is_free(adapters: Adapters, request_: IdempotentRequest) -> None:
    adapters.idempotency.claim(request_, NOON, NOON)
    adapters.idempotency.release(request_)
    assert adapters.idempotency.get(request_.user_id, "key") is None


def test_all_requests_of_a_user_are_deleted(adapters: Adapters, request_: IdempotentRequest) -> None:
    other = replace(request_, user_id=new_id())
    for each in (request_, replace(request_, key="another"), other):
        adapters.idempotency.claim(each, NOON, NOON)
    adapters.idempotency.delete_all(request_.user_id)
    assert adapters.idempotency.get(request_.user_id, "another") is None
    assert adapters.idempotency.get(other.user_id, "key") == other
