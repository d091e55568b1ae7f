"""EARL documents, read by PyLD without a network and held against the vocabulary of EARL 1.0."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from pyld import jsonld

from januslens.accessibility.check import Check
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rules.flashing import FLASHING
from januslens.accessibility.untested import UNTESTED
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from tests.januslens.exports.samples import (
    CHECKS,
    EMPTY,
    FAILED,
    GRADIENT,
    HOSTILE,
    REPORT,
    UNICODE,
    few,
    subject,
    subjects,
    with_text,
)

EARL = "http://www.w3.org/ns/earl#"
DCT = "http://purl.org/dc/terms/"
POINTERS = "http://www.w3.org/2009/pointers#"
WCAG = "https://www.w3.org/TR/WCAG22/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
VOCABULARY = {  # EARL 1.0 Schema, appendix A
    *("Assertion", "Assertor", "Software", "TestSubject", "TestCriterion", "TestRequirement", "TestCase"),
    *("TestResult", "OutcomeValue", "TestMode", "mainAssertor", "assertedBy", "subject", "test", "result", "mode"),
    *("outcome", "pointer", "info", "automatic", "manual", "semiAuto", "undisclosed", "unknownMode"),
    *("passed", "failed", "cantTell", "inapplicable", "untested"),
}


def refuse(url: str, options: Any) -> Any:
    raise AssertionError(f"reading it would load {url}")


def nodes(of: Subject) -> list[dict[str, Any]]:
    """The document's nodes, each once, with full addresses."""
    document = json.loads(FORMATS["earl"].write(of))
    flat: list[dict[str, Any]] = jsonld.flatten(document, options={"documentLoader": refuse})
    return flat


def of_type(flat: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [node for node in flat if name in node.get("@type", [])]


def outcomes(flat: list[dict[str, Any]]) -> Counter[str]:
    return Counter(
        result[f"{EARL}outcome"][0]["@id"].removeprefix(EARL) for result in of_type(flat, f"{EARL}TestResult")
    )


@few
@given(subjects)
def test_every_check_rule_without_a_find_and_gap_is_asserted(of: Subject) -> None:
    flat = nodes(of)
    counts = Counter(check.outcome.value for check in of.report.checks)
    counts["inapplicable"] = len(of.report.inapplicable)
    counts["untested"] = len(UNTESTED)
    assert outcomes(flat) == counts
    assert len(of_type(flat, f"{EARL}Assertion")) == counts.total()


@pytest.mark.parametrize("of", [subject(), subject(EMPTY), with_text(HOSTILE), with_text(UNICODE)])
def test_every_assertion_is_whole_and_leads_to_what_it_is_about(of: Subject) -> None:
    flat = nodes(of)
    by_id = {node["@id"]: node for node in flat}
    for assertion in of_type(flat, f"{EARL}Assertion"):
        for role, kind in (
            ("assertedBy", "Assertor"),
            ("subject", "TestSubject"),
            ("test", "TestCriterion"),
            ("result", "TestResult"),
        ):
            (reference,) = assertion[f"{EARL}{role}"]
            assert f"{EARL}{kind}" in by_id[reference["@id"]]["@type"]


def test_no_word_is_used_that_earl_doesnt_have() -> None:
    written = json.dumps(nodes(subject()))
    used = {part.partition('"')[0] for part in written.split(EARL)[1:]}
    assert used <= VOCABULARY
    assert {"failed", "cantTell", "passed", "inapplicable", "untested", "pointer"} <= used


def test_everything_is_left_when_it_becomes_rdf() -> None:
    """Relative addresses and terms without a meaning would be dropped here."""
    dataset = jsonld.to_rdf(json.loads(FORMATS["earl"].write(subject())), options={"documentLoader": refuse})
    triples = dataset["@default"]
    types = Counter(t["object"]["value"] for t in triples if t["predicate"]["value"] == RDF_TYPE)
    assert types[f"{EARL}Assertion"] == len(CHECKS) + len(REPORT.inapplicable) + len(UNTESTED)
    assert types[f"{POINTERS}ExpressionPointer"] == len(CHECKS)
    dates = [t["object"] for t in triples if t["predicate"]["value"] == f"{DCT}date"]
    assert {date["datatype"] for date in dates} == {"http://www.w3.org/2001/XMLSchema#dateTime"}
    assert {date["value"] for date in dates} == {"2026-03-01T12:30:15.250Z"}


def test_a_place_is_a_media_fragment_of_the_image() -> None:
    flat = nodes(subject())
    (picture,) = of_type(flat, f"{EARL}TestSubject")
    pointers = of_type(flat, f"{POINTERS}ExpressionPointer")
    assert {pointer[f"{POINTERS}reference"][0]["@id"] for pointer in pointers} == {picture["@id"]}
    written = Counter(pointer[f"{POINTERS}expression"][0]["@value"] for pointer in pointers)
    assert written == Counter(f"xywh={c.box.x},{c.box.y},{c.box.width},{c.box.height}" for c in CHECKS)


def test_rules_are_part_of_criteria_and_those_of_wcag_2_2() -> None:
    flat = {node["@id"]: node for node in nodes(subject())}
    rule = flat["urn:janus:rule:text-contrast"]
    (criterion,) = rule[f"{DCT}isPartOf"]
    assert criterion["@id"] == f"{WCAG}#contrast-minimum"
    assert flat[criterion["@id"]][f"{DCT}identifier"] == [{"@value": "1.4.3"}]
    assert flat[criterion["@id"]][f"{DCT}isPartOf"] == [{"@id": WCAG}]


def test_advice_is_no_part_of_a_criterion() -> None:
    flat = {node["@id"]: node for node in nodes(subject())}
    advice = flat["urn:janus:rule:text-spacing-tight"]
    assert f"{DCT}isPartOf" not in advice
    assert advice[f"{DCT}references"] == [{"@id": f"{WCAG}#text-spacing"}]


def test_what_isnt_tested_is_said_of_the_criterion_itself() -> None:
    flat = nodes(subject())
    by_id = {node["@id"]: node for node in flat}
    untested = {
        assertion[f"{EARL}test"][0]["@id"]
        for assertion in of_type(flat, f"{EARL}Assertion")
        if by_id[assertion[f"{EARL}result"][0]["@id"]][f"{EARL}outcome"] == [{"@id": f"{EARL}untested"}]
    }
    assert len(untested) == len(UNTESTED)
    assert f"{WCAG}#non-text-content" in untested


def assertion(check: Check, place: int = 0) -> dict[str, Any]:
    """An assertion as it is written, without what all have: those of checks first, then of rules without a find."""
    document = json.loads(FORMATS["earl"].write(subject(AccessibilityReport((check,), (), (FLASHING,)))))
    found = [node for node in document["@graph"] if node["@type"] == "earl:Assertion"][place]
    assert (found["earl:assertedBy"], found["earl:subject"]) == ({"@id": "_:assertor"}, {"@id": "_:picture"})
    written: dict[str, Any] = found
    return written


def test_an_assertion_to_the_letter() -> None:
    found = assertion(FAILED)
    assert (found["earl:test"], found["earl:mode"]) == (
        {"@id": "urn:janus:rule:text-contrast"},
        {"@id": "earl:automatic"},
    )
    assert found["earl:result"] == {
        "@type": "earl:TestResult",
        "earl:outcome": {"@id": "earl:failed"},
        "dct:date": "2026-03-01T12:30:15.250Z",
        "dct:description": f"{FAILED.message} With #707070 for the text it would be 4.95:1.",
        "earl:pointer": {
            "@type": "ptr:ExpressionPointer",
            "ptr:expression": "xywh=20,20,100,16",
            "ptr:reference": {"@id": "_:picture"},
            "dct:conformsTo": {"@id": "http://www.w3.org/TR/media-frags/"},
            "dct:description": "Forgot password?",
        },
    }


def test_a_doubt_has_its_reason_and_text_only_where_there_is_some() -> None:
    result = assertion(GRADIENT)["earl:result"]
    assert (result["earl:outcome"], result["earl:info"]) == ({"@id": "earl:cantTell"}, "bgGradient")
    assert result["dct:description"] == GRADIENT.message
    assert "dct:description" not in result["earl:pointer"]
    assert "earl:info" not in assertion(FAILED)["earl:result"]


def test_only_what_was_looked_at_was_looked_at_automatically() -> None:
    inapplicable, untested = assertion(FAILED, 1), assertion(FAILED, 2)
    assert inapplicable["earl:test"] == {"@id": "urn:janus:rule:flashing"}
    assert inapplicable["earl:mode"] == {"@id": "earl:automatic"}
    assert inapplicable["earl:result"]["earl:outcome"] == {"@id": "earl:inapplicable"}
    assert inapplicable["earl:result"]["dct:description"]
    assert untested["earl:result"]["earl:outcome"] == {"@id": "earl:untested"}
    assert "earl:mode" not in untested


def test_the_assertor_and_the_image() -> None:
    lossy = replace(subject().image, notes=("It is lossy.",))
    assertor, picture = json.loads(FORMATS["earl"].write(subject(image=lossy)))["@graph"][:2]
    assert (assertor["@id"], assertor["@type"]) == ("_:assertor", ["earl:Assertor", "earl:Software"])
    assert (assertor["dct:title"], assertor["dct:hasVersion"]) == ("Janus", "0.1.0")
    assert set(assertor) == {"@id", "@type", "dct:title", "dct:hasVersion", "dct:description"}
    assert picture == {
        "@id": "_:picture",
        "@type": ["earl:TestSubject", "foaf:Image"],
        "dct:title": "sign-in@2x.png",
        "dct:format": "image/png",
        "dct:extent": "400 × 300 px",
        "dct:description": ["It is lossy."],
    }


def test_criteria_come_once_each_in_the_order_of_wcag() -> None:
    graph = json.loads(FORMATS["earl"].write(subject()))["@graph"]
    criteria = [node["dct:identifier"] for node in graph if "earl:TestRequirement" in node["@type"]]
    assert criteria == sorted(set(criteria), key=lambda criterion: [int(part) for part in criterion.split(".")])
    names = {node["dct:identifier"]: node["dct:title"] for node in graph if "earl:TestRequirement" in node["@type"]}
    assert (names["1.1.1"], names["1.4.3"]) == ("Non-text Content", "Contrast (Minimum)")
    rules = [node["dct:identifier"] for node in graph if "earl:TestCase" in node["@type"]]
    assert len(rules) == len(set(rules)) == 9
    by_rule = {node["dct:identifier"]: node for node in graph if "earl:TestCase" in node["@type"]}
    assert {"dct:isPartOf", "dct:references"}.isdisjoint(by_rule["text-size"])  # of no criterion
    assert by_rule["text-size"]["dct:title"] == "Text is at least 12 CSS pixels high"
