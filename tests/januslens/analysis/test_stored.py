"""Stored results of every schema, read and written again in every format."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from januslens.accessibility.report import AccessibilityReport
from januslens.analysis.stored import SCHEMA, ResultOutdated, read_result
from januslens.decode.facts import ImageFacts
from januslens.exports.reports.formats import FORMATS
from januslens.exports.reports.subject import Subject
from januslens.exports.tokens.formats import TOKEN_FORMATS
from tests.januslens.results import SCHEMAS, stored

every_schema = pytest.mark.parametrize("schema", SCHEMAS)


def document(schema: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stored(schema))
    return found


def test_there_is_a_sample_of_the_schema_that_is_written() -> None:
    assert max(SCHEMAS) == SCHEMA
    assert [document(schema)["schema"] for schema in SCHEMAS] == list(SCHEMAS)


@every_schema
def test_a_result_is_read_with_its_rules(schema: int) -> None:
    report = json.loads(bytes(read_result(stored(schema)).accessibility))
    assert {rule["id"] for rule in report["rules"]} == report["summary"]["rules"].keys()
    (rule,) = (rule for rule in report["rules"] if rule["id"] == "flashing")
    assert rule == {
        "id": "flashing",
        "name": "Flashing",
        "title": "Nothing flashes more than three times in any second",
        "level": "A",
        "criterion": {"number": "2.3.1", "name": "Three Flashes or Below Threshold"},
        "help": "https://www.w3.org/WAI/WCAG22/Understanding/three-flashes-or-below-threshold.html",
        "unit": "perSecond",
        "colors": ["text", "background"],
        "reasons": {
            "scale": {
                "label": "scale unknown",
                "explanation": "The size in CSS pixels decides, and the scale of the image is unknown.",
            },
            "perhapsNoFlash": {
                "label": "possibly not a flash",
                "explanation": "The changes are not in step, as in movement.",
            },
            "cutShort": {
                "label": "not all frames read",
                "explanation": "Only a part of the animation could be read.",
            },
        },
    }


@every_schema
def test_a_result_has_no_rule_that_it_did_not_use(schema: int) -> None:
    result = document(schema)
    report = result["accessibility"]
    del report["summary"]["rules"]["flashing"]
    report["rules"] = [rule for rule in report.get("rules", []) if rule["id"] != "flashing"]
    report["checks"] = [check for check in report["checks"] if check["rule"] != "flashing"]
    read = json.loads(bytes(read_result(json.dumps(result).encode()).accessibility))
    assert len(read["rules"]) == 10
    assert "flashing" not in {rule["id"] for rule in read["rules"]}


@every_schema
def test_everything_else_of_a_result_stays_as_it_was_stored(schema: int) -> None:
    read, before = read_result(stored(schema)), document(schema)
    report = json.loads(bytes(read.accessibility))
    report.pop("rules")
    before["accessibility"].pop("rules", None)
    assert report == before["accessibility"]
    assert json.loads(bytes(read.image)) == before["image"]
    assert json.loads(bytes(read.tokens)) == before["tokens"]
    assert read.failures == before["failures"]


@every_schema
def test_a_stored_report_is_written_in_every_format(schema: int) -> None:
    read = read_result(stored(schema))
    report = AccessibilityReport.from_json(msgspec.json.decode(read.accessibility))
    facts = msgspec.json.decode(read.image, type=ImageFacts)
    subject = Subject(report, facts, "sign-in.png", datetime(2026, 3, 1, 12, tzinfo=UTC), None)
    for written in FORMATS.values():
        assert "2.95:1" in written.write(subject)
    for tokens in TOKEN_FORMATS.values():
        assert tokens.write(msgspec.json.decode(read.tokens))


@every_schema
def test_a_stored_report_reads_back_as_it_was(schema: int) -> None:
    report = json.loads(bytes(read_result(stored(schema)).accessibility))
    assert AccessibilityReport.from_json(report).to_json() == report


def test_a_rule_that_is_unknown_here_is_known_by_its_description() -> None:
    report = document(3)["accessibility"]
    (rule,) = (rule for rule in report["rules"] if rule["id"] == "text-size")
    rule |= {"id": "text-weight", "name": "Text weight", "title": "Text is not too light"}
    outcome = report["summary"]["rules"].pop("text-size")
    report["summary"]["rules"]["text-weight"] = outcome
    for check in report["checks"]:
        check["rule"] = "text-weight" if check["rule"] == "text-size" else check["rule"]
    read = AccessibilityReport.from_json(report)
    (unknown,) = (rule for rule in read.rules if rule.id == "text-weight")
    assert (unknown.name, unknown.title) == ("Text weight", "Text is not too light")
    assert len(read.of(unknown)) == 3


@every_schema
def test_a_report_that_failed_stays_without(schema: int) -> None:
    failed = {**document(schema), "accessibility": None, "failures": {"accessibility": "analysis_crashed"}}
    read = read_result(json.dumps(failed).encode())
    assert bytes(read.accessibility) == b"null"
    assert read.failures == {"accessibility": "analysis_crashed"}


@pytest.mark.parametrize(
    "result",
    [
        {**json.loads(stored(3)), "schema": 1},
        {**json.loads(stored(3)), "schema": 4},
        {key: value for key, value in json.loads(stored(3)).items() if key != "schema"},
        {key: value for key, value in json.loads(stored(3)).items() if key != "accessibility"},
    ],
    ids=["older", "newer", "no schema", "no report"],
)
def test_a_result_of_another_form_is_outdated(result: dict[str, Any]) -> None:
    with pytest.raises(ResultOutdated) as raised:
        read_result(json.dumps(result).encode())
    assert raised.value.schema == result.get("schema")


@pytest.mark.parametrize(
    "data", [b"", b"no JSON", b"[]", b'{"schema": 2, "image": {}, "accessibility": {"checks": []}}']
)
def test_data_that_is_no_result_is_outdated(data: bytes) -> None:
    with pytest.raises(ResultOutdated):
        read_result(data)


def test_a_report_of_the_previous_schema_without_a_summary_is_outdated() -> None:
    result = {**document(2), "accessibility": {"checks": []}}
    with pytest.raises(ResultOutdated):
        read_result(json.dumps(result).encode())
