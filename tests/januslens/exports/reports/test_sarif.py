"""SARIF logs, against OASIS's schema and what the specification says beyond it."""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.accessibility.check import Check
from januslens.decode.geometry import Box
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.samples import (
    CHECKS,
    EMPTY,
    FAILED,
    HOSTILE,
    REPORT,
    UNICODE,
    few,
    reports,
    subject,
    subjects,
    with_text,
)


def log(of: Subject) -> Any:
    return json.loads(FORMATS["sarif"].write(of))


def run(of: Subject) -> Any:
    (only,) = log(of)["runs"]
    return only


def results(of: Subject) -> dict[str, Any]:
    """The results by their fingerprints."""
    found = run(of)["results"]
    by_fingerprint = {result["partialFingerprints"]["janusIssue/v1"]: result for result in found}
    assert len(by_fingerprint) == len(found)
    return by_fingerprint


@few
@given(of=subjects)
def test_any_report_is_valid_by_the_schema(sarif_mistakes: Callable[[Any], list[str]], of: Subject) -> None:
    assert sarif_mistakes(log(of)) == []


@pytest.mark.parametrize("of", [subject(), subject(EMPTY), with_text(HOSTILE), with_text(UNICODE)])
def test_the_samples_are_valid_by_the_schema(sarif_mistakes: Callable[[Any], list[str]], of: Subject) -> None:
    assert sarif_mistakes(log(of)) == []


def test_that_schema_refuses_another_kind(sarif_mistakes: Callable[[Any], list[str]]) -> None:
    written = log(subject())
    written["runs"][0]["results"][0]["kind"] = "cantTell"
    assert sarif_mistakes(written) != []


@few
@given(subjects)
def test_an_issue_is_a_result_and_its_places_are_locations(of: Subject) -> None:
    written = run(of)["results"]
    assert [len(result["locations"]) for result in written] == [len(issue.places) for issue in of.report.issues]
    assert [result["ruleId"] for result in written] == [issue.worst.rule.id for issue in of.report.issues]


@few
@given(subjects)
def test_indexes_lead_to_what_they_name(of: Subject) -> None:
    written = run(of)
    rules, taxa = written["tool"]["driver"]["rules"], written["taxonomies"][0]["taxa"]
    for result in written["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"]:
            reference = location["physicalLocation"]["artifactLocation"]
            assert written["artifacts"][reference["index"]]["location"]["uri"] == reference["uri"]
    for rule in rules:
        for relation in rule.get("relationships", []):
            assert taxa[relation["target"]["index"]]["id"] == relation["target"]["id"]


def test_kinds_and_levels_are_as_the_specification_pairs_them() -> None:
    written = {
        (result["ruleId"], result["properties"]["outcome"]): (result["kind"], result["level"])
        for result in run(subject())["results"]
    }
    assert written == {
        ("text-contrast", "failed"): ("fail", "error"),
        ("text-contrast", "cantTell"): ("review", "none"),  # 3.27.10: what doesn't fail has no level
        ("text-contrast-enhanced", "failed"): ("fail", "warning"),
        ("link-distinguishable", "failed"): ("fail", "error"),
        ("target-size", "failed"): ("fail", "error"),
        ("non-text-contrast", "cantTell"): ("review", "none"),
        ("text-size", "cantTell"): ("review", "none"),
        ("text-spacing-tight", "cantTell"): ("review", "none"),
    }


def test_rectangles_are_the_boxes_by_their_edges() -> None:
    result = next(result for result in run(subject())["results"] if result["ruleId"] == "target-size")
    (attachment,) = result["attachments"]
    (rectangle,) = attachment["rectangles"]
    assert {edge: rectangle[edge] for edge in ("left", "top", "right", "bottom")} == {
        "left": 300,
        "top": 20,
        "right": 332,
        "bottom": 52,
    }
    assert attachment["artifactLocation"] == {"uri": "sign-in%402x.png", "index": 0}


def test_a_message_says_how_often_and_what_would_do() -> None:
    result = next(result for result in run(subject())["results"] if result["ruleId"] == "text-contrast")
    assert result["message"]["text"] == (
        "“Forgot password?”: Text #777777 on #ffffff has a contrast of 4.47:1; it needs 4.5:1. So it is in 3 places. "
        "With #707070 for the text it would be 4.95:1."
    )


def test_text_of_an_image_is_no_link() -> None:
    texts = json.dumps([result["message"] for result in run(with_text("[Save](1)"))["results"]])
    assert "](" not in texts


@few
@given(report=reports, order=st.randoms(use_true_random=False))
def test_fingerprints_dont_hang_on_the_order_of_the_findings(report: Any, order: random.Random) -> None:
    shuffled = list(report.checks)
    order.shuffle(shuffled)
    assert results(subject(report)).keys() == results(subject(replace(report, checks=tuple(shuffled)))).keys()


@few
@given(report=reports, kept=st.sets(st.integers(0, 7)))
def test_fingerprints_dont_hang_on_other_places(report: Any, kept: set[int]) -> None:
    fewer = tuple(check for place, check in enumerate(report.checks) if place in kept)
    assert results(subject(replace(report, checks=fewer))).keys() <= results(subject(report)).keys()


@pytest.mark.parametrize(
    "changed",
    [
        replace(FAILED, box=Box(1, 2, 3, 4)),
        replace(FAILED, text="Other"),
        replace(FAILED, severity=0.9, message="Other.", fixes=None),
        replace(FAILED, ratio=4.3, interval=(4.2, 4.4)),
    ],
)
def test_a_fingerprint_stays_where_the_issue_is_still_the_same(changed: Check) -> None:
    before, after = (results(subject(replace(REPORT, checks=(check,)))) for check in (FAILED, changed))
    assert before.keys() == after.keys()


@pytest.mark.parametrize(
    "changed", [replace(FAILED, foreground=(1, 2, 3)), replace(FAILED, required=3.0), CHECKS[3], CHECKS[6]]
)
def test_another_issue_has_another_fingerprint(changed: Check) -> None:
    before, after = (results(subject(replace(REPORT, checks=(check,)))) for check in (FAILED, changed))
    assert not before.keys() & after.keys()


def test_a_rule_without_a_criterion_is_in_no_taxonomy() -> None:
    rules = {rule["id"]: rule for rule in run(subject())["tool"]["driver"]["rules"]}
    assert "relationships" not in rules["text-size"]
    assert rules["text-contrast"]["relationships"][0]["kinds"] == ["superset"]
    assert rules["text-spacing-tight"]["relationships"][0]["kinds"] == ["relevant"]


def test_a_result_to_the_letter() -> None:
    (result,) = run(subject(replace(REPORT, checks=(FAILED,))))["results"]
    place = "“Forgot password?” at 20, 20 (100 × 16 px)"
    artifact = {"uri": "sign-in%402x.png", "index": 0}
    assert result == {
        "ruleId": "text-contrast",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {
            "text": "“Forgot password?”: Text #777777 on #ffffff has a contrast of 4.47:1; it needs 4.5:1. "
            "With #707070 for the text it would be 4.95:1."
        },
        "rank": 40.0,
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact},
                "logicalLocations": [{"fullyQualifiedName": "#xywh=20,20,100,16"}],
                "message": {"text": place},
            }
        ],
        "attachments": [
            {
                "description": {"text": result["attachments"][0]["description"]["text"]},
                "artifactLocation": artifact,
                "rectangles": [{"left": 20, "top": 20, "right": 120, "bottom": 36, "message": {"text": place}}],
            }
        ],
        "partialFingerprints": {"janusIssue/v1": "82a2f4ee8a7560eb55a77c448f2ee788"},
        "properties": {
            "outcome": "failed",
            "foreground": "#777777",
            "background": "#ffffff",
            "ratio": 4.47,
            "interval": [4.47, 4.48],
            "required": 4.5,
            "size": 14.0,
            "fixes": {"foreground": {"color": "#707070", "ratio": 4.95}, "background": None},
        },
    }


def test_a_doubt_has_its_reason_and_only_what_was_measured() -> None:
    results_ = run(subject(replace(REPORT, checks=(replace(CHECKS[7], background=None, ratio=None, interval=None),))))
    (result,) = results_["results"]
    assert result["properties"] == {
        "outcome": "cantTell",
        "reason": "labeled",
        "foreground": "#dddddd",
        "required": 3.0,
    }


@pytest.mark.parametrize(
    ("identity", "check"),
    [
        ('["text-contrast", "failed", null, [119, 119, 119], [255, 255, 255], 4.5, 14]', FAILED),
        ('["target-size", "failed", null, null, null, 24.0, 16]', CHECKS[4]),
        ('["text-contrast", "cantTell", "bgGradient", [119, 119, 119], [200, 210, 250], 4.5, 14]', CHECKS[6]),
        ('["text-contrast", "failed", null, [119, 119, 119], [255, 255, 255], 4.5, null]', replace(FAILED, size=None)),
    ],
)
def test_a_fingerprint_is_the_same_in_every_version(identity: str, check: Check) -> None:
    """Baselines of code scanning know an issue by it: half of the SHA-256 of what its places have in common."""
    expected = hashlib.sha256(identity.encode()).hexdigest()[:32]
    assert results(subject(replace(REPORT, checks=(check,)))).keys() == {expected}


@pytest.mark.parametrize(
    ("severities", "rank"),
    [
        ([0.4], 40.0),
        ([0.3004], 30.0),
        ([0.4, 0.2, 0.1], 40.0),  # 1 - (1 - .4/√3)(1 - .2/√3)(1 - .1/√3) is 0.359, less than the worst
        ([0.4, 0.4, 0.4, 0.4], 59.0),  # 1 - 0.8⁴ = 0.5904
        ([0.1, 0.9], 90.0),
        ([1.0], 100.0),
        ([0.0], 0.0),
    ],
)
def test_a_rank_is_the_severity_of_all_places_in_percent(severities: list[float], rank: float) -> None:
    checks = tuple(replace(FAILED, severity=severity) for severity in severities)
    (result,) = run(subject(replace(REPORT, checks=checks)))["results"]
    assert result["rank"] == rank


def test_a_place_that_two_checks_share_is_one_rectangle() -> None:
    checks = (FAILED, replace(FAILED, severity=0.1), replace(FAILED, box=Box(1, 2, 3, 4)))
    (result,) = run(subject(replace(REPORT, checks=checks)))["results"]
    (attachment,) = result["attachments"]
    assert len(result["locations"]) == 3
    edges = [
        tuple(rectangle[edge] for edge in ("left", "top", "right", "bottom")) for rectangle in attachment["rectangles"]
    ]
    assert edges == [(20, 20, 120, 36), (1, 2, 4, 6)]


def test_a_log_says_what_was_run_on_what() -> None:
    written = log(subject(EMPTY))
    (only,) = written["runs"]
    assert (written["$schema"].rpartition("/")[2], written["version"]) == ("sarif-schema-2.1.0.json", "2.1.0")
    driver = only["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["semanticVersion"], driver["rules"]) == (
        *("Janus", "0.1.0", "0.1.0"),
        [],
    )
    assert driver["supportedTaxonomies"] == [{"name": "WCAG", "index": 0}]
    assert only["automationDetails"] == {"id": "janus/sign-in%402x.png/"}
    assert only["invocations"] == [{"executionSuccessful": True, "endTimeUtc": "2026-03-01T12:30:15.250Z"}]
    assert only["artifacts"] == [
        {
            "location": {"uri": "sign-in%402x.png"},
            "mimeType": "image/png",
            "roles": ["analysisTarget"],
            "description": {"text": "sign-in@2x.png"},
            "properties": {"width": 400, "height": 300, "scale": 2.0},
        }
    ]
    (taxonomy,) = only["taxonomies"]
    assert (taxonomy["name"], taxonomy["version"], taxonomy["organization"]) == ("WCAG", "2.2", "W3C")
    assert (taxonomy["isComprehensive"], taxonomy["taxa"]) == (False, [])


def test_a_rule_has_its_name_level_and_tags() -> None:
    rules = {rule["id"]: rule for rule in run(subject())["tool"]["driver"]["rules"]}
    assert rules["text-contrast"]["name"] == "TextContrast"
    assert rules["text-contrast"]["helpUri"] == "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html"
    assert rules["text-contrast"]["properties"] == {"tags": ["accessibility", "WCAG 1.4.3"]}
    assert rules["text-size"]["properties"] == {"tags": ["accessibility"]}
    levels = {name: rule["defaultConfiguration"]["level"] for name, rule in rules.items()}
    assert levels == {
        "text-contrast": "error",
        "text-contrast-enhanced": "warning",
        "non-text-contrast": "error",
        "target-size": "error",
        "link-distinguishable": "error",
        "text-size": "note",
        "text-spacing-tight": "note",
        "images-of-text": "note",
        "flashing": "error",
    }
    target = {"id": "1.4.3", "toolComponent": {"name": "WCAG", "index": 0}}
    (relation,) = rules["text-contrast"]["relationships"]
    assert {key: relation["target"][key] for key in target} == target
