"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.idempotency import IdempotentRequest
from chalicelib.model.ids import new_id
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, SECOND


@pytest.fixture
def request_() -> IdempotentRequest:
    return IdempotentRequest(new_id(), "key", "fingerprint", NOON, NOON + DAY, new_id(), new_id())


def another(request: IdempotentRequest) -> IdempotentRequest:
    return replace(request, fingerprint="another", attempt_id=new_id(), created_id=new_id())


def test_a_key_is_claimed_once(adapters: Adapters, request_: IdempotentRequest) -> None:
    assert adapters.idempotency.claim(request_, NOON) is None
    assert adapters.idempotency.claim(another(request_), NOON + HOUR) == request_


def test_a_claim_that_is_stored_already_is_ones_own(adapters: Adapters, request_: IdempotentRequest) -> None:
    assert [adapters.idempotency.claim(request_, NOON) for _ in range(2)] == [None, None]  # the first answer was lost


def test_a_finished_request_holds_its_key_until_it_expires(adapters: Adapters, request_: IdempotentRequest) -> None:
    adapters.idempotency.claim(request_, NOON)
    adapters.idempotency.finish(request_, "created")
    finished = replace(request_, created_id="created", finished=True)
    for leave in (adapters.idempotency.interrupt, adapters.idempotency.release):
        leave(request_)
    assert adapters.idempotency.claim(another(request_), NOON + DAY - SECOND) == finished
    assert adapters.idempotency.claim(another(request_), NOON + DAY) is None


def test_one_attempt_takes_over_from_another(adapters: Adapters, request_: IdempotentRequest) -> None:
    adapters.idempotency.claim(request_, NOON)
    second, third = replace(request_, attempt_id="second"), replace(request_, attempt_id="third")
    assert adapters.idempotency.take_over(second, request_.attempt_id)
    assert not adapters.idempotency.take_over(third, request_.attempt_id)
    adapters.idempotency.finish(request_, "late")
    assert adapters.idempotency.claim(another(request_), NOON) == second
    adapters.idempotency.finish(second, "created")
    assert not adapters.idempotency.take_over(third, "second")


def test_an_interrupted_request_keeps_its_id(adapters: Adapters, request_: IdempotentRequest) -> None:
    adapters.idempotency.claim(request_, NOON)
    adapters.idempotency.interrupt(request_)
    interrupted = replace(request_, attempt_id=None)
    assert adapters.idempotency.claim(another(request_), NOON) == interrupted
    second = replace(request_, attempt_id="second")
    assert adapters.idempotency.take_over(second, None)
    assert not adapters.idempotency.take_over(replace(request_, attempt_id="third"), None)


def test_a_released_key_is_free(adapters: Adapters, request_: IdempotentRequest) -> None:
    adapters.idempotency.claim(request_, NOON)
    adapters.idempotency.release(another(request_))
    assert adapters.idempotency.claim(another(request_), NOON) == request_
    adapters.idempotency.release(request_)
    assert adapters.idempotency.claim(another(request_), NOON) is None


def test_all_requests_of_a_user_are_deleted(adapters: Adapters, request_: IdempotentRequest) -> None:
    other = replace(request_, user_id=new_id())
    for each in (request_, replace(request_, key="another"), other):
        adapters.idempotency.claim(each, NOON)
    adapters.idempotency.delete_all(request_.user_id)
    assert adapters.idempotency.claim(another(request_), NOON) is None
    assert adapters.idempotency.claim(another(other), NOON) == other
