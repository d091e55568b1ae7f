"""The limits of accounts, and when everything is counted again."""

from datetime import timedelta

import pytest

from chalicelib.model.errors import ChangedMeanwhile
from chalicelib.model.images import ImageUpload
from chalicelib.model.usage import Limit, LimitReached, OwnLimits, PerLimit, UsageChange, UsageRefused, of_images
from chalicelib.model.users import User
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices

UPLOAD = ImageUpload("a.png", "image/png", 6, None, None)
A_PROJECT = PerLimit(projects=1)


def refuse(_: UsageChange) -> None:
    raise UsageRefused


def test_limits_of_an_account_replace_those_of_the_stage() -> None:
    stage = PerLimit(1, 2, 3, 4, 5, 6, 7)
    assert OwnLimits().over(stage) == stage
    assert OwnLimits(stored_bytes=9, api_keys=8).over(stage) == PerLimit(1, 2, 9, 4, 5, 8, 7)


def test_what_a_write_returns_is_returned(services: FakeServices, user: User) -> None:
    change = UsageChange(user_id=user.id, by=A_PROJECT)
    seen = services.usage.keep_within(OwnLimits(projects=3), change, lambda limited: limited)
    assert seen.within == OwnLimits(projects=3).over(services.usage.limits)
    assert (seen.user_id, seen.by) == (user.id, A_PROJECT)


def test_the_limit_that_would_be_exceeded_is_named(services: FakeServices, user: User) -> None:
    for _ in range(2):
        services.images.create(user.id, user.id, UPLOAD)
    with pytest.raises(LimitReached) as caught:
        services.images.create(user.id, user.id, UPLOAD, own_limits=OwnLimits(stored_bytes=17))
    assert (caught.value.limit, caught.value.max_count) == (Limit.STORED_BYTES, 17)


def test_everything_is_counted_again_before_a_refusal_after_ten_minutes(
    services: FakeServices, user: User, clock: SettableClock
) -> None:
    one = OwnLimits(stored_images=1)
    image, _ = services.images.create(user.id, user.id, UPLOAD, own_limits=one)
    del services.adapters.images.stored[image.key]  # as DynamoDB does with what has expired
    clock.now = NOON + timedelta(minutes=10) - timedelta(seconds=1)
    with pytest.raises(LimitReached):
        services.images.create(user.id, user.id, UPLOAD, own_limits=one)
    clock.now = NOON + timedelta(minutes=10)
    services.images.create(user.id, user.id, UPLOAD, own_limits=one)


def test_everything_is_counted_again_before_it_is_returned_after_a_day(
    services: FakeServices, user: User, clock: SettableClock
) -> None:
    image, _ = services.images.create(user.id, user.id, UPLOAD)
    del services.adapters.images.stored[image.key]  # as DynamoDB does with what has expired
    clock.now = NOON + timedelta(days=1) - timedelta(seconds=1)
    assert services.usage.state(user).used.stored_images == 1
    clock.now = NOON + timedelta(days=1)
    assert services.usage.state(user).used == PerLimit()
    counted = services.adapters.usage.get(user.id)
    assert counted is not None
    assert counted.counted_at == clock.now


def test_an_image_without_its_upload_is_in_flight_for_ten_minutes_from_its_last_form(
    services: FakeServices, user: User, clock: SettableClock
) -> None:
    created, _ = services.images.create(user.id, user.id, UPLOAD)
    clock.advance(timedelta(minutes=9))
    services.images.awaiting(created.key)
    image, ends = services.images.get(created.key), clock.now + timedelta(minutes=10)
    counted = [of_images([image], now)[1] for now in (ends - timedelta(seconds=1), ends)]
    assert counted == [{image.id}, frozenset()]


def test_a_count_that_is_outrun_by_other_requests_is_repeated(
    services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, _ = services.images.create(user.id, user.id, UPLOAD)
    services.adapters.usage.delete(user.id)
    replace, outrun = type(services.adapters.usage).replace, iter([True, True])

    def replace_if_alone(table: object, *arguments: object) -> bool:
        return False if next(outrun, False) else replace(table, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(type(services.adapters.usage), "replace", replace_if_alone)
    assert services.usage.state(user).used.stored_images == 1
    assert image.account_id == user.id


def test_requests_that_always_outrun_each_other_end(
    services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ChangedMeanwhile):
        services.usage.keep_within(OwnLimits(), UsageChange(user_id=user.id, by=A_PROJECT), refuse)
    services.adapters.usage.delete(user.id)
    monkeypatch.setattr(type(services.adapters.usage), "replace", lambda *_: False)
    with pytest.raises(ChangedMeanwhile):
        services.usage.state(user)
