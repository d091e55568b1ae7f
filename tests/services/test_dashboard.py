from copy import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.model.audit import AuditAction
from chalicelib.model.ids import first_id, new_id
from chalicelib.services.dashboard import Durations
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices


def record(
    services: FakeServices, at: datetime, action: AuditAction, detail: str | None = None, duration_ms: int | None = None
) -> None:
    event = services.audit.event(action, actor_id=None, detail=detail, duration_ms=duration_ms)
    services.adapters.audit_log.add([replace(event, id=first_id(at)[:-12] + new_id()[-12:], at=at)])


def test_a_day_has_twenty_four_hours_from_midnight(services: FakeServices) -> None:
    hours = services.dashboard.of_day(date(2026, 2, 28)).hours
    assert [hour.begin for hour in hours] == [datetime(2026, 2, 28, hour, tzinfo=UTC) for hour in range(24)]
    assert services.dashboard.of_day(None).hours[0].begin == datetime(2026, 3, 1, tzinfo=UTC)


def test_actions_are_counted_in_their_hour(services: FakeServices) -> None:
    for minutes in (0, 59, 60):
        record(services, NOON + timedelta(minutes=minutes), AuditAction.IMAGE_CREATED)
    record(services, NOON, AuditAction.SIGNED_IN)
    hours = services.dashboard.of_day(None).hours
    assert hours[12].actions == {"image.created": 2, "session.started": 1}
    assert hours[13].actions == {"image.created": 1}
    assert hours[11].actions == {}


def test_failures_are_counted_by_code(services: FakeServices) -> None:
    for detail in ("image_corrupt", "image_corrupt", None):
        record(services, NOON, AuditAction.IMAGE_FAILED, detail=detail)
    record(services, NOON, AuditAction.SIGN_IN_LIMITED, detail="sign-in-ip")
    assert services.dashboard.of_day(None).hours[12].failures == {"image_corrupt": 2, "unknown": 1}


@pytest.mark.parametrize(
    ("milliseconds", "expected"),
    [
        ([], Durations(None, None)),
        ([120], Durations(120, 120)),
        ([100, 200, 900], Durations(200.0, 830.0)),  # numpy.percentile([100, 200, 900], [50, 95])
        ([1, 2], Durations(1.5, 1.9)),  # numpy.percentile([1, 2], [50, 95]) is 1.5, 1.95
    ],
)
def test_durations_are_the_median_and_the_95th_percentile(
    services: FakeServices, milliseconds: list[int], expected: Durations
) -> None:
    for duration in milliseconds:
        record(services, NOON, AuditAction.IMAGE_ANALYZED, duration_ms=duration)
    record(services, NOON, AuditAction.IMAGE_ANALYZED)
    record(services, NOON, AuditAction.SIGNED_IN, duration_ms=5)
    durations = services.dashboard.of_day(None).hours[12].analysis
    assert durations.median == expected.median
    assert durations.p95 == (None if expected.p95 is None else pytest.approx(expected.p95, abs=0.06))


def test_a_day_with_too_many_events_is_incomplete(services: FakeServices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.services.dashboard.MAX_EVENTS", 2)
    record(services, NOON, AuditAction.SIGNED_IN)
    assert services.dashboard.of_day(None).complete
    record(services, NOON, AuditAction.SIGNED_IN)
    assert not services.dashboard.of_day(None).complete


def test_levels_are_those_of_the_gauges(services: FakeServices) -> None:
    services.adapters.gauges.reported_bytes = 5_000
    levels = services.dashboard.levels()
    assert (levels.users, levels.waiting, levels.stored_bytes) == (7, {"uploads": 3, "deletion": 0}, 5_000)
