"""axe-core's results: what axe-core's own look like, and what their readers make of ours."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from januslens.accessibility.check import Fixes, Outcome
from januslens.accessibility.rules.flashing import FLASHING
from januslens.color.notation import Fix
from januslens.decode.geometry import Box
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.samples import (
    CHECKS,
    EMPTY,
    FAILED,
    HOSTILE,
    REPORT,
    TARGET,
    UNICODE,
    few,
    subject,
    subjects,
    with_text,
)

ReadAxe = Callable[[str], dict[str, Any]]

GROUPS = {Outcome.FAILED: "violations", Outcome.CANT_TELL: "incomplete", Outcome.PASSED: "passes"}
SHARED = ("color-contrast", "color-contrast-enhanced", "target-size", "link-in-text-block")


def results(of: Subject) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(FORMATS["axe"].write(of))
    return written


def rule(name: str, group: str = "violations", of: Subject | None = None) -> Any:
    (found,) = [found for found in results(of or subject())[group] if found["id"] == name]
    return found


@few
@given(subjects)
def test_every_check_is_a_node_in_the_group_of_its_outcome(of: Subject) -> None:
    written = results(of)
    outcomes = Counter(check.outcome for check in of.report.checks)
    for outcome, group in GROUPS.items():
        assert sum(len(found["nodes"]) for found in written[group]) == outcomes[outcome]
        assert len({found["id"] for found in written[group]}) == len(written[group])
    assert len(written["inapplicable"]) == len(of.report.inapplicable)


def test_a_place_is_a_region_of_the_picture() -> None:
    nodes = rule("color-contrast")["nodes"]
    assert [node["target"] for node in nodes] == [["#xywh=20,20,100,16"], ["#xywh=20,40,80,16"], ["#xywh=20,60,90,16"]]
    assert nodes[0]["html"] == "“Forgot password?” at 20, 20 (100 × 16 px)"


def test_contrast_has_the_data_of_axe_cores_check() -> None:
    (check,) = rule("color-contrast")["nodes"][0]["any"]
    assert check["id"] == "color-contrast"
    assert check["data"] == {
        "messageKey": None,
        "severity": 0.4,
        "fgColor": "#777777",
        "bgColor": "#ffffff",
        "contrastRatio": 4.47,
        "contrastInterval": [4.47, 4.48],
        "fontSize": "10.5pt (14px)",
        "fontWeight": None,
        "expectedContrastRatio": "4.5:1",
        "fixes": {"fgColor": {"color": "#707070", "contrastRatio": 4.95}, "bgColor": None},
    }
    assert rule("color-contrast", "incomplete")["nodes"][0]["any"][0]["data"]["messageKey"] == "bgGradient"


def test_links_and_targets_have_theirs() -> None:
    (link,) = rule("link-in-text-block")["nodes"][0]["any"]
    assert link["data"] == {
        "messageKey": None,
        "severity": 0.4,
        "nodeColor": "#2348b0",
        "parentColor": "#000000",
        "contrastRatio": 2.5,
        "requiredContrastRatio": 3.0,
    }
    (target,) = rule("target-size")["nodes"][0]["any"]
    assert target["data"] == {"messageKey": None, "severity": 0.3, "minSize": 24.0, "width": 16.0, "height": 16.0}


@pytest.mark.parametrize(
    ("name", "group", "tags"),
    [
        ("color-contrast", "violations", ["cat.color", "wcag2aa", "wcag143"]),
        ("color-contrast-enhanced", "violations", ["cat.color", "wcag2aaa", "wcag146"]),
        ("link-in-text-block", "violations", ["cat.color", "wcag2a", "wcag141"]),
        ("target-size", "violations", ["cat.sensory-and-visual-cues", "wcag22aa", "wcag258"]),
        ("non-text-contrast", "incomplete", ["cat.color", "wcag21aa", "wcag1411"]),
        ("text-spacing-tight", "incomplete", ["cat.color", "best-practice"]),
        ("flashing", "inapplicable", ["cat.time-and-media", "wcag2a", "wcag231"]),
    ],
)
def test_tags_name_the_version_the_level_and_the_criterion(name: str, group: str, tags: list[str]) -> None:
    assert rule(name, group)["tags"] == tags


def test_what_passed_has_no_impact_and_nothing_to_fix() -> None:
    passed = rule("color-contrast", "passes")
    assert passed["impact"] is None
    assert passed["nodes"][0]["impact"] is None
    assert "failureSummary" not in passed["nodes"][0]
    assert rule("color-contrast")["nodes"][0]["failureSummary"] == (
        "Fix any of the following:\n  Text #777777 on #ffffff has a contrast of 4.47:1; it needs 4.5:1. "
        "With #707070 for the text it would be 4.95:1"
    )


def test_shared_rules_have_tags_that_axe_core_gives_them(read_axe: ReadAxe) -> None:
    tags = read_axe(FORMATS["axe"].write(subject()))["rules"]
    for name in SHARED:
        assert set(rule(name)["tags"]) <= set(tags[name])


@pytest.mark.parametrize("of", [subject(), subject(EMPTY), with_text(HOSTILE), with_text(UNICODE)])
def test_axe_sarif_converter_reads_every_check(
    read_axe: ReadAxe, sarif_mistakes: Callable[[Any], list[str]], of: Subject
) -> None:
    converted = read_axe(FORMATS["axe"].write(of))["sarif"]
    assert sarif_mistakes(converted) == []
    (run,) = converted["runs"]
    counts = Counter(result["kind"] for result in run["results"])
    outcomes = Counter(check.outcome for check in of.report.checks)
    assert counts == +Counter(
        {
            "fail": outcomes[Outcome.FAILED],
            "open": outcomes[Outcome.CANT_TELL],
            "pass": outcomes[Outcome.PASSED],
            "notApplicable": len(of.report.inapplicable),
        }
    )
    assert run["artifacts"][0]["location"]["uri"] == of.uri


def test_axe_html_reporter_shows_every_failure(read_axe: ReadAxe) -> None:
    page = read_axe(FORMATS["axe"].write(subject()))["html"]
    failures = sum(check.outcome is Outcome.FAILED for check in CHECKS)
    assert f'<span class="badge badge-warning">{failures}</span> violations' in page
    for name in ("color-contrast", "target-size", "link-in-text-block", "non-text-contrast", "flashing"):
        assert name in page
    assert "#xywh&#x3D;300,20,32,32" in page or "#xywh=300,20,32,32" in page


def test_text_of_a_picture_is_no_markup_in_what_is_to_be_html() -> None:
    html = rule("color-contrast", of=with_text(HOSTILE))["nodes"][0]["html"]
    assert "<" not in html


def test_rules_that_found_nothing_are_inapplicable() -> None:
    assert [found["id"] for found in results(subject())["inapplicable"]] == [rule.id for rule in REPORT.inapplicable]


def test_a_node_to_the_letter() -> None:
    message = "Text #777777 on a gradient has a contrast of between 2.13:1 and 5.60:1; it needs 4.5:1"
    assert rule("color-contrast", "incomplete")["nodes"] == [
        {
            "impact": "serious",
            "html": "At 20, 100 (120 × 20 px)",
            "target": ["#xywh=20,100,120,20"],
            "any": [
                {
                    "id": "color-contrast",
                    "data": {
                        "messageKey": "bgGradient",
                        "severity": 0.4,
                        "fgColor": "#777777",
                        "bgColor": "#c8d2fa",
                        "contrastRatio": 4.47,
                        "contrastInterval": [2.13, 5.6],
                        "fontSize": "10.5pt (14px)",
                        "fontWeight": None,
                        "expectedContrastRatio": "4.5:1",
                        "fixes": None,
                    },
                    "relatedNodes": [],
                    "impact": "serious",
                    "message": message,
                }
            ],
            "all": [],
            "none": [],
            "failureSummary": f"Fix any of the following:\n  {message}",
        }
    ]


def test_a_background_can_be_fixed_too_and_sizes_can_be_missing() -> None:
    both = Fixes(Fix((0, 0, 0), 21.0, 1.0), Fix((255, 255, 255), 4.567, 1.0))
    changed = replace(FAILED, fixes=both, size=None, severity=0.12345)
    (node,) = rule("color-contrast", of=subject(replace(REPORT, checks=(changed,))))["nodes"]
    data = node["any"][0]["data"]
    assert (data["severity"], data["fontSize"]) == (0.123, None)
    assert data["fixes"] == {
        "fgColor": {"color": "#000000", "contrastRatio": 21.0},
        "bgColor": {"color": "#ffffff", "contrastRatio": 4.56},
    }


def test_a_target_is_measured_in_css_pixels() -> None:
    wide = replace(TARGET, box=Box(0, 0, 45, 31))
    (node,) = rule("target-size", of=subject(replace(REPORT, checks=(wide,))))["nodes"]
    assert (node["any"][0]["data"]["width"], node["any"][0]["data"]["height"]) == (22.5, 15.5)


def test_impacts_are_axe_cores_and_less_for_advice() -> None:
    flashing = replace(TARGET, rule=FLASHING)
    written = results(subject(replace(REPORT, checks=(*CHECKS, flashing), inapplicable=())))
    impacts = {
        found["id"]: {found["impact"], *(node["impact"] for node in found["nodes"])}
        for group in ("violations", "incomplete")
        for found in written[group]
    }
    assert impacts == {
        "color-contrast": {"serious"},
        "color-contrast-enhanced": {"serious"},
        "non-text-contrast": {"serious"},
        "target-size": {"serious"},
        "link-in-text-block": {"serious"},
        "text-size": {"minor"},
        "text-spacing-tight": {"minor"},
        "flashing": {"critical"},
    }


def test_a_rule_without_a_find_has_no_impact_and_no_nodes() -> None:
    images = rule("images-of-text", "inapplicable")
    assert (images["impact"], images["nodes"]) == (None, [])
    assert images["helpUrl"] == "https://www.w3.org/WAI/WCAG22/Understanding/images-of-text.html"
    assert rule("text-size", "incomplete")["helpUrl"].startswith("https://www.w3.org/WAI/")
    assert images["help"] in images["description"]


def test_results_say_what_made_them_of_what() -> None:
    written = results(subject())
    assert {name: value for name, value in written.items() if not isinstance(value, list)} == {
        "testEngine": {"name": "Janus", "version": "0.1.0"},
        "testRunner": {"name": "Janus"},
        "testEnvironment": {"userAgent": "Janus/0.1.0", "windowWidth": 200, "windowHeight": 150},
        "timestamp": "2026-03-01T12:30:15.250Z",
        "url": "sign-in%402x.png",
        "toolOptions": {"reporter": "v1"},
    }
    assert [name for name, value in written.items() if isinstance(value, list)] == [
        *("violations", "incomplete", "passes", "inapplicable")
    ]
