import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageNotFound
from chalicelib.services.insights import FrequentIssue, RuleRate, TokenUse
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices
from tests.services.results import DAY, EXTENSION, OWNER, analyzed, check, issue, tokens


def test_rules_are_rated_over_all_images(services: FakeServices) -> None:
    analyzed(services, [check("failed"), check("failed"), check("passed"), check("cantTell")])
    analyzed(services, [check("passed"), check("failed", "target-size")])
    analyzed(services, [check("failed", "target-size")])
    insight = services.insights.of(OWNER, None, None, None)
    assert insight.rules == [
        RuleRate("target-size", "1.4.3", "AA", {"failed": 2}, 2),
        RuleRate("text-contrast", "1.4.3", "AA", {"failed": 2, "passed": 2, "cantTell": 1}, 1),
    ]
    assert [rule.pass_rate for rule in insight.rules] == [0.0, 0.5]


def test_rules_that_fail_equally_often_are_sorted_by_name(services: FakeServices) -> None:
    analyzed(services, [check("failed", "b"), check("failed", "a")])
    assert [rate.rule for rate in services.insights.of(OWNER, None, None, None).rules] == ["a", "b"]


def test_a_rule_that_decides_nothing_has_no_rate(services: FakeServices) -> None:
    analyzed(services, [check("cantTell")])
    (rate,) = services.insights.of(OWNER, None, None, None).rules
    assert (rate.pass_rate, rate.images_failing) == (None, 0)


def test_issues_are_sorted_by_images_then_places(services: FakeServices) -> None:
    analyzed(services, issues=[issue("#111111", [0, 1, 2]), issue("#222222", [0])])
    analyzed(services, issues=[issue("#222222", [0, 4]), issue("#333333", [0]), issue("#444444", outcome="cantTell")])
    assert services.insights.of(OWNER, None, None, None).issues == [
        FrequentIssue("text-contrast", "AA", "#222222", "#ffffff", 3, 2),
        FrequentIssue("text-contrast", "AA", "#111111", "#ffffff", 3, 1),
        FrequentIssue("text-contrast", "AA", "#333333", "#ffffff", 1, 1),
    ]


def test_up_to_twenty_issues_are_returned(services: FakeServices) -> None:
    analyzed(services, issues=[issue(f"#{number:06x}") for number in range(21)])
    assert len(services.insights.of(OWNER, None, None, None).issues) == 20


def test_colors_are_sorted_by_screens_then_area(services: FakeServices) -> None:
    analyzed(services, document=tokens(a=("#112233", 0.1), b=("#445566", 0.5)))
    analyzed(services, document=tokens(a=("#112233", 0.3), c=("#778899", 0.4)))
    colors = services.insights.of(OWNER, None, None, None).colors
    assert [(use.value, use.screens) for use in colors] == [("#112233", 2), ("#445566", 1), ("#778899", 1)]
    assert isinstance(colors[0], TokenUse)


def test_up_to_twenty_colors_are_returned(services: FakeServices) -> None:
    analyzed(services, document=tokens(**{f"c{n}": (f"#{n:02x}0000", 0.01) for n in range(21)}))
    assert len(services.insights.of(OWNER, None, None, None).colors) == 20


def test_a_font_size_is_written_as_css(services: FakeServices) -> None:
    size = {
        "$type": "dimension",
        "$value": {"value": 14.0, "unit": "px"},
        "$extensions": {EXTENSION: {}},
    }
    analyzed(services, document={"fontSize": {"observed": {"small": size}}})
    (use,) = services.insights.of(OWNER, None, None, None).font_sizes
    assert use == TokenUse("14px", 1, None)


@pytest.mark.parametrize("part", ["accessibility", "tokens"])
def test_a_part_that_failed_is_left_out(services: FakeServices, part: str) -> None:
    analyzed(services, [check("failed")], document=tokens(a=("#112233", 0.1)), failures={part: "analysis_crashed"})
    insight = services.insights.of(OWNER, None, None, None)
    assert insight.images == 1
    assert (len(insight.rules), len(insight.colors)) == ((0, 1) if part == "accessibility" else (1, 0))


def test_up_to_fifty_images_are_read(services: FakeServices) -> None:
    for _ in range(52):
        analyzed(services)
    insight = services.insights.of(OWNER, None, None, None)
    assert (insight.images, insight.left_out) == (50, 2)


def test_images_are_those_of_a_period_its_beginning_included(services: FakeServices) -> None:
    for days in range(4):
        analyzed(services, days=days)
    counted = [
        services.insights.of(OWNER, None, begin, end).images
        for begin, end in ((None, None), (NOON + DAY, None), (None, NOON + DAY), (NOON + DAY, NOON + 3 * DAY))
    ]
    assert counted == [4, 3, 1, 2]


def test_images_may_be_named(services: FakeServices) -> None:
    images = [analyzed(services) for _ in range(3)]
    named = [image.key.image_id for image in images[:2]]
    assert services.insights.of(OWNER, named, None, None).images == 2
    with pytest.raises(ImageNotFound):
        services.insights.of(OWNER, [*named, new_id()], None, None)
