from copy import replace
from datetime import date

import pytest

from chalicelib.model.images import ImageSummary
from chalicelib.services.trends import Day
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices
from tests.services.results import DAY, OWNER, analyzed, check


def test_outcomes_are_added_up_by_day_newest_first(services: FakeServices) -> None:
    analyzed(services, [check("passed"), check("failed")])
    analyzed(services, [check("passed"), check("passed"), check("cantTell")], days=1)
    analyzed(services, [check("failed")])
    days = services.trends.of(OWNER, None, None)
    assert days == [
        Day(date(2026, 3, 2), 1, {"passed": 2, "cantTell": 1}),
        Day(date(2026, 3, 1), 2, {"passed": 1, "failed": 2}),
    ]
    assert [day.pass_rate for day in days] == [1.0, 0.3333]


def test_days_are_those_of_a_period(services: FakeServices) -> None:
    for days in range(4):
        analyzed(services, days=days)
    found = services.trends.of(OWNER, NOON + DAY, NOON + 3 * DAY)
    assert [day.day for day in found] == [date(2026, 3, 3), date(2026, 3, 2)]


@pytest.mark.parametrize("summary", [None, ImageSummary(1, 1, None, 1)])
def test_images_without_a_report_are_left_out(services: FakeServices, summary: ImageSummary | None) -> None:
    image = analyzed(services)
    services.adapters.images.stored[image.key] = replace(image, summary=summary)
    assert services.trends.of(OWNER, None, None) == []
