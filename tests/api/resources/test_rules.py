"""The rules and the schemas, for everyone; and results of other schemas than today's."""

import gzip
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from chalicelib.wiring import Services
from januslens.accessibility.rules import RULES
from januslens.exports.reports.formats import FORMATS
from januslens.exports.tokens.formats import TOKEN_FORMATS
from tests.api.conftest import Analyzed
from tests.conftest import REGION, Api, Person
from tests.januslens.results import SCHEMAS, stored

Stored = Callable[[bytes], str]


@pytest.fixture
def with_result(analyzed: Analyzed, person: Person, services: Services) -> Stored:
    """Analyze an image, and put another result in the place of its own."""
    s3 = boto3.client("s3", region_name=REGION)

    def store(result: bytes) -> str:
        image_id = analyzed()
        key = f"results/{person.id}/{image_id}.json.gz"
        s3.put_object(Bucket=services.settings.bucket, Key=key, Body=gzip.compress(result))
        return image_id

    return store


def test_anyone_may_read_the_rules(api: Api) -> None:
    answer = api("GET", "/rules")
    assert (answer.status, answer.json["next"]) == (200, None)
    ids = [rule["id"] for rule in answer.json["items"]]
    assert ids[:2] == ["text-contrast", "text-contrast-enhanced"]
    assert len(ids) == len(set(ids)) == len(RULES)


def test_a_rule_says_how_its_checks_are_read(api: Api) -> None:
    (rule,) = (rule for rule in api("GET", "/rules").json["items"] if rule["id"] == "link-distinguishable")
    assert rule == {
        "id": "link-distinguishable",
        "name": "Links in text",
        "title": "A link inside text differs from it by more than its hue",
        "level": "A",
        "criterion": {"number": "1.4.1", "name": "Use of Color"},
        "help": "https://www.w3.org/WAI/WCAG22/Understanding/use-of-color.html",
        "unit": "ratio",
        "colors": ["link", "text around it"],
        "reasons": {
            "perhapsNoTarget": {
                "label": "possibly not a control",
                "explanation": "Nothing shows that it can be operated.",
            }
        },
    }


@pytest.mark.parametrize("name", ["result.json", "token-extension.json"])
def test_anyone_may_read_the_schemas(api: Api, name: str) -> None:
    answer = api("GET", f"/schemas/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/schema+json")
    assert answer.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_there_is_no_other_schema(api: Api) -> None:
    answer = api("GET", "/schemas/other.json")
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_stored_results_of_every_schema_are_answered_in_every_format(
    signed_in: Api, with_result: Stored, schema: int
) -> None:
    path = f"/images/{with_result(stored(schema))}"
    report: dict[str, Any] = signed_in("GET", f"{path}/accessibility").json
    assert len(report["checks"]) == 10
    assert len(report["rules"]) == 11
    for name in FORMATS:
        assert signed_in("GET", f"{path}/accessibility?format={name}").status == 200
    for name in TOKEN_FORMATS:
        assert signed_in("GET", f"{path}/tokens?format={name}").status == 200
    assert signed_in("GET", f"{path}/tokens").json["color"]["observed"]


@pytest.mark.parametrize("part", ["accessibility", "accessibility?format=sarif", "tokens", "tokens?format=css"])
def test_an_outdated_result_has_to_be_analyzed_again(signed_in: Api, with_result: Stored, part: str) -> None:
    outdated = stored(3).replace(b'"schema": 3', b'"schema": 1')
    answer = signed_in("GET", f"/images/{with_result(outdated)}/{part}")
    assert (answer.status, answer.code) == (409, "result_outdated")
    assert answer.json["detail"] == "The result of the image is from another version of Janus. Analyze the image again."
