"""The report in other tools' formats: what each format holds is tested with the exporters."""

import csv
import io
import json

import pytest

from januslens.exports.reports.formats import FORMATS
from tests.api.conftest import Analyzed
from tests.conftest import Api

NAMES = sorted(FORMATS)


@pytest.mark.parametrize("name", NAMES)
def test_each_format_is_answered_with_its_media_type_as_a_file(signed_in: Api, analyzed: Analyzed, name: str) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/accessibility?format={name}")
    assert (answer.status, answer.headers["content-type"]) == (200, f"{FORMATS[name].media_type}; charset=utf-8")
    assert answer.headers["content-disposition"] == f'attachment; filename="accessibility{FORMATS[name].extension}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "The contrast is 4.47 and must be 4.5" in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_a_format_that_is_known_is_not_sent_again(signed_in: Api, analyzed: Analyzed, name: str) -> None:
    path = f"/images/{analyzed()}/accessibility?format={name}"
    etag = signed_in("GET", path).headers["etag"]
    assert signed_in("GET", path, if_none_match=etag).status == 304


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sarif+json", "application/sarif+json; charset=utf-8"),
        ("text/csv;q=0.9, text/html", "text/html; charset=utf-8"),
        ("image/png, TEXT/HTML", "text/html; charset=utf-8"),
        ("application/json, text/html", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_the_accept_header_chooses_too(signed_in: Api, analyzed: Analyzed, accept: str, media_type: str) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/accessibility", accept=accept)
    assert answer.headers["content-type"] == media_type


def test_an_unknown_format_is_a_problem_that_names_the_known_ones(signed_in: Api, analyzed: Analyzed) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/accessibility?format=pdf")
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["pointer"] == "#/format"
    assert error["detail"].startswith("must be json, axe, earl, sarif, ")


def test_the_formats_read_as_what_they_are(signed_in: Api, analyzed: Analyzed) -> None:
    path = f"/images/{analyzed()}/accessibility?format="
    assert json.loads(signed_in("GET", path + "sarif").text)["version"] == "2.1.0"
    assert json.loads(signed_in("GET", path + "axe").text)["violations"][0]["id"] == "color-contrast"
    assert "<testsuites" in signed_in("GET", path + "junit").text
    assert len(list(csv.DictReader(io.StringIO(signed_in("GET", path + "csv").text)))) == 1
    assert signed_in("GET", path + "html").text.startswith("<!doctype html>")


@pytest.mark.parametrize("name", NAMES)
def test_somebody_elses_report_is_not_found(api: Api, signed_in: Api, analyzed: Analyzed, name: str) -> None:
    assert api("GET", f"/images/{analyzed()}/accessibility?format={name}").status == 401
