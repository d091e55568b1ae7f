"""What happened on a day, and how much there is, as an administrator's dashboard asks."""

from copy import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.model.audit import AuditAction
from chalicelib.model.ids import first_id
from chalicelib.wiring import Services
from tests.api.conftest import Analyzed
from tests.conftest import Api, FakeAnalyzer, SettableClock

pytestmark = pytest.mark.usefixtures("today")


def this_hour(admin: Api, clock: SettableClock) -> Any:
    hours = admin("GET", "/admin/metrics").json["hours"]
    return hours[clock.now.hour]


def test_a_day_is_reported_by_hour(admin: Api, clock: SettableClock) -> None:
    told = admin("GET", f"/admin/metrics?day={clock.now:%Y-%m-%d}").json
    begins = [hour["begin"] for hour in told["hours"]]
    assert begins == [f"{clock.now:%Y-%m-%d}T{hour:02}:00:00.000Z" for hour in range(24)]
    assert told["complete"]
    assert admin("GET", "/admin/metrics").json == told


def test_uploads_and_analyses_are_counted_with_how_long_they_took(
    services: Services, admin: Api, analyzed: Analyzed, analyzer: FakeAnalyzer, clock: SettableClock
) -> None:
    before = this_hour(admin, clock)["actions"]

    def take(milliseconds: int) -> None:
        analyzer.meanwhile = lambda: clock.advance(timedelta(milliseconds=milliseconds))
        analyzed()
        services.audit.write()

    for milliseconds in (100, 200, 900):
        take(milliseconds)
    hour = this_hour(admin, clock)
    grown = {action: hour["actions"][action] - before.get(action, 0) for action in hour["actions"]}
    assert (grown["image.created"], grown["image.uploaded"]) == (3, 3)
    assert hour["analysis_ms"] == {"median": 200.0, "p95": 830.0}  # numpy.percentile([100, 200, 900], [50, 95])


def test_failures_are_counted_by_their_codes(services: Services, admin: Api, clock: SettableClock) -> None:
    for code in ("image_corrupt", "image_corrupt", "image_too_large"):
        services.audit.begin("test")
        services.audit.record(AuditAction.IMAGE_FAILED, actor_id=None, detail=code)
        services.audit.write()
    assert this_hour(admin, clock)["failures"] == {"image_corrupt": 2, "image_too_large": 1}


def test_a_day_of_which_nothing_is_known_is_empty(admin: Api) -> None:
    hours = admin("GET", "/admin/metrics?day=2020-02-29").json["hours"]
    assert {str(hour["actions"]) for hour in hours} == {"{}"}
    assert hours[0]["analysis_ms"] == {"median": None, "p95": None}


@pytest.mark.parametrize("day", ["2026-02-30", "today", "2026-1-1", "20260101"])
def test_what_is_no_day_is_refused(admin: Api, day: str) -> None:
    assert admin("GET", f"/admin/metrics?day={day}").pointers == {"#/day"}


def test_a_busy_day_says_that_it_is_not_all_counted(admin: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.services.dashboard.MAX_EVENTS", 2)
    assert not admin("GET", "/admin/metrics").json["complete"]


def test_a_day_is_not_all_counted_if_one_of_its_keys_is_not(services: Services, clock: SettableClock) -> None:
    midnight = clock.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=40)
    entry = services.audit.event(AuditAction.SIGNED_IN, actor_id=None)
    services.adapters.audit_log.add([replace(entry, id=first_id(midnight + timedelta(hours=1)))])
    assert services.adapters.audit_log.events_of_day(midnight, 2)[1] is False
    assert services.adapters.audit_log.events_of_day(midnight, 4)[1] is True


def test_levels_are_what_waits_and_is_stored(services: Services, admin: Api, analyzed: Analyzed) -> None:
    services.adapters.jobs.purge_project("x")
    analyzed()
    levels = admin("GET", "/admin/levels").json
    assert levels["waiting"] == {"uploads": levels["waiting"]["uploads"], "uploads_dead_letter": 0} | {
        "deletion": 1,
        "data_export": 0,
    }
    assert levels["users"] >= 1
    assert levels["stored_bytes"] > 0


def test_what_nobody_has_counted_yet_is_null(services: Services, admin: Api, clock: SettableClock) -> None:
    clock.advance(timedelta(days=30))
    assert services.dashboard.levels().stored_bytes is None
