from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chalicelib.model.idempotency import CreatedGone, IdempotencyKeyReused, RequestInProgress
from chalicelib.services.idempotency import Creation
from tests.conftest import SettableClock
from tests.fakes.wiring import FakeServices

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Thing:
    id: str


class Refused(Exception):
    """Nothing was created."""


def nothing() -> None:
    pass


@dataclass
class Maker:
    """Creates things: before `and_then`, and after `first`."""

    first: Callable[[], object] = nothing
    and_then: Callable[[], object] = nothing
    made: list[str] = field(default_factory=list)

    def create(self, id_: str) -> Thing:
        self.first()
        assert id_ not in self.made
        self.made.append(id_)
        self.and_then()
        return Thing(id_)

    def find(self, id_: str) -> Thing:
        if id_ not in self.made:
            raise CreatedGone
        return Thing(id_)


def run(services: FakeServices, maker: Maker, fingerprint: str = "POST /images", user: str = "ann") -> Thing:
    creation = Creation(maker.create, maker.find, refused=lambda error: isinstance(error, Refused))
    return services.idempotency.run_once(user, "key", fingerprint, creation)


def failing(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_a_request_creates_one_thing_per_key(services: FakeServices) -> None:
    maker = Maker()
    assert [run(services, maker).id for _ in range(3)] == maker.made * 3
    assert len(maker.made) == 1


def test_keys_belong_to_their_user(services: FakeServices) -> None:
    maker = Maker()
    assert [run(services, maker, user=user).id for user in ("ann", "ben")] == maker.made


def test_a_key_is_kept_for_one_day(services: FakeServices, clock: SettableClock) -> None:
    maker = Maker()
    run(services, maker)
    clock.advance(timedelta(days=1) - MOMENT)
    run(services, maker)
    assert len(maker.made) == 1
    clock.advance(MOMENT)
    assert run(services, maker).id == maker.made[1]


def test_a_later_attempt_keeps_the_key_no_longer(services: FakeServices, clock: SettableClock) -> None:
    maker = Maker(failing(ConnectionError()))
    with pytest.raises(ConnectionError):
        run(services, maker)
    clock.advance(timedelta(hours=23))
    maker.first = nothing
    run(services, maker)
    clock.advance(timedelta(hours=1))
    assert run(services, maker).id == maker.made[1]


def test_another_request_with_the_same_key_is_refused(services: FakeServices) -> None:
    run(services, Maker())
    with pytest.raises(IdempotencyKeyReused):
        run(services, Maker(), "POST /projects")


@pytest.mark.parametrize(
    ("fingerprint", "error"), [("POST /images", RequestInProgress), ("POST /projects", IdempotencyKeyReused)]
)
def test_a_request_in_progress_holds_its_key(services: FakeServices, fingerprint: str, error: type[Exception]) -> None:
    def second() -> None:
        with pytest.raises(error):
            run(services, Maker(), fingerprint)

    maker = Maker(second)
    assert run(services, maker).id == maker.made[0]


def test_what_was_deleted_is_not_created_again(services: FakeServices) -> None:
    maker = Maker()
    run(services, maker)
    maker.made.clear()
    for _ in range(2):
        with pytest.raises(CreatedGone):
            run(services, maker)
    assert maker.made == []


def test_a_request_that_is_refused_releases_its_key(services: FakeServices) -> None:
    with pytest.raises(Refused):
        run(services, Maker(failing(Refused())))
    maker = Maker()
    assert run(services, maker, "POST /images, corrected").id == maker.made[0]


def test_a_fault_before_the_work_is_retried_at_once(services: FakeServices) -> None:
    maker = Maker(failing(ConnectionError()))
    with pytest.raises(ConnectionError):
        run(services, maker)
    maker.first = nothing
    assert run(services, maker).id == maker.made[0]


def test_a_fault_after_the_work_creates_nothing_twice(services: FakeServices) -> None:
    maker = Maker(and_then=failing(ConnectionError()))
    with pytest.raises(ConnectionError):
        run(services, maker)
    assert [run(services, maker).id for _ in range(2)] == maker.made * 2
    maker.made.clear()
    with pytest.raises(CreatedGone):
        run(services, maker)


def test_a_request_whose_end_is_not_recorded_creates_nothing_twice(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        raise ConnectionError

    maker = Maker()
    with monkeypatch.context() as faulty:
        faulty.setattr(type(services.adapters.idempotency), "finish", lose)
        with pytest.raises(ConnectionError):
            run(services, maker)
    assert run(services, maker).id == maker.made[0]


@pytest.mark.parametrize(
    "maker",
    [Maker(failing(KeyboardInterrupt())), Maker(and_then=failing(KeyboardInterrupt()))],
    ids=["before", "after"],
)
def test_an_attempt_that_was_killed_is_completed_after_a_minute(
    services: FakeServices, clock: SettableClock, maker: Maker
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(services, maker)
    clock.advance(timedelta(minutes=1))
    with pytest.raises(RequestInProgress):
        run(services, maker)
    clock.advance(MOMENT)
    maker.first = maker.and_then = nothing
    assert [run(services, maker).id for _ in range(2)] == maker.made * 2
    assert len(maker.made) == 1


def test_of_two_who_complete_an_attempt_one_creates(services: FakeServices, clock: SettableClock) -> None:
    maker = Maker(failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        run(services, maker)
    clock.advance(timedelta(minutes=2))
    maker.first = nothing
    find = maker.find

    def find_meanwhile(id_: str) -> Thing:
        maker.find = find  # type: ignore[method-assign]
        run(services, maker)
        raise CreatedGone  # read before

    maker.find = find_meanwhile  # type: ignore[method-assign]
    with pytest.raises(RequestInProgress):
        run(services, maker)
    assert len(maker.made) == 1
