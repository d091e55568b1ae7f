"""SARIF logs, against OASIS's schema and what the specification says beyond it."""

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


def test_text_of_a_picture_is_no_link() -> None:
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
