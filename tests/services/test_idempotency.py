from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.model.idempotency import IdempotencyKeyReused, RequestInProgress, StoredResponse
from tests.conftest import SettableClock
from tests.fakes.wiring import FakeServices

MOMENT = timedelta(microseconds=1)
CREATED = StoredResponse(201, "application/json", "{}")


class Handler:
    """A request's handler that counts its runs, and returns or raises what it is given."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.runs = 0
        self.meanwhile = meanwhile

    def __call__(self) -> StoredResponse:
        self.runs += 1
        self.meanwhile()
        return CREATED


def run(
    services: FakeServices, handler: Handler, fingerprint: str = "POST /images", user: str = "ann"
) -> StoredResponse:
    return services.idempotency.run_once(user, "key", fingerprint, handler)


def test_a_request_runs_once_per_key(services: FakeServices) -> None:
    handler = Handler()
    assert [run(services, handler) for _ in range(3)] == [CREATED] * 3
    assert handler.runs == 1


def test_keys_belong_to_their_user(services: FakeServices) -> None:
    handler = Handler()
    for user in ("ann", "ben"):
        run(services, handler, user=user)
    assert handler.runs == 2


def test_a_key_is_kept_for_one_day(services: FakeServices, clock: SettableClock) -> None:
    handler = Handler()
    run(services, handler)
    clock.advance(timedelta(days=1) - MOMENT)
    run(services, handler)
    assert handler.runs == 1
    clock.advance(MOMENT)
    run(services, handler)
    assert handler.runs == 2


def test_another_request_with_the_same_key_is_refused(services: FakeServices) -> None:
    run(services, Handler())
    with pytest.raises(IdempotencyKeyReused):
        run(services, Handler(), "POST /projects")


@pytest.mark.parametrize(
    ("fingerprint", "error"), [("POST /images", RequestInProgress), ("POST /projects", IdempotencyKeyReused)]
)
def test_a_request_in_progress_holds_its_key(services: FakeServices, fingerprint: str, error: type[Exception]) -> None:
    def second() -> None:
        with pytest.raises(error):
            run(services, Handler(), fingerprint)

    assert run(services, Handler(second)) == CREATED


def test_a_request_that_raises_releases_its_key(services: FakeServices) -> None:
    def fail() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        run(services, Handler(fail))
    assert run(services, Handler()) == CREATED


def test_a_request_that_was_killed_releases_its_key_after_a_minute(
    services: FakeServices, clock: SettableClock
) -> None:
    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(services, Handler(die))
    clock.advance(timedelta(minutes=1))
    with pytest.raises(RequestInProgress):
        run(services, Handler())
    clock.advance(MOMENT)
    assert run(services, Handler()) == CREATED


def test_a_key_that_was_released_in_between_may_be_retried(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(services, Handler())
    monkeypatch.setattr(type(services.adapters.idempotency), "get", lambda *_: None)
    monkeypatch.setattr(type(services.adapters.idempotency), "claim", lambda *_: False)
    with pytest.raises(RequestInProgress):
        run(services, Handler())
