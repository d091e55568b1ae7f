"""The design tokens in other tools' formats: what each format holds is tested with the exporters."""

import dataclasses

import pytest

from januslens.exports.tokens.formats import TOKEN_FORMATS
from tests.api.conftest import Analyzed
from tests.conftest import Api, FakeAnalyzer, an_analysis

NATIVE = "dtcg"
FILES = sorted(set(TOKEN_FORMATS) - {NATIVE})


@pytest.mark.parametrize("name", FILES)
def test_each_format_is_answered_with_its_media_type_as_a_file(signed_in: Api, analyzed: Analyzed, name: str) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/tokens?format={name}")
    format_ = TOKEN_FORMATS[name]
    assert (answer.status, answer.headers["content-type"]) == (200, f"{format_.media_type}; charset=utf-8")
    assert answer.headers["content-disposition"] == f'attachment; filename="tokens{format_.extension}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["vary"] == "Accept, Origin"
    assert answer.text == format_.write(an_analysis().to_json()["tokens"])


@pytest.mark.parametrize("query", ["", "?format=dtcg"])
def test_the_native_format_is_the_document_itself(signed_in: Api, analyzed: Analyzed, query: str) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/tokens{query}")
    assert answer.headers["content-type"] == "application/design-tokens+json"
    assert answer.json == an_analysis().to_json()["tokens"]


def test_a_format_that_is_known_is_not_sent_again(signed_in: Api, analyzed: Analyzed) -> None:
    path = f"/images/{analyzed()}/tokens?format=css"
    etag = signed_in("GET", path).headers["etag"]
    assert signed_in("GET", path, if_none_match=etag).status == 304


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/css", "text/css; charset=utf-8"),
        ("text/x-scss;q=0.9, text/css", "text/css; charset=utf-8"),
        ("image/png, APPLICATION/XML", "application/xml; charset=utf-8"),
        ("application/design-tokens+json, text/css", "application/design-tokens+json"),
        ("application/json, text/css", "application/design-tokens+json"),
        ("*/*", "application/design-tokens+json"),
        ("", "application/design-tokens+json"),
    ],
)
def test_the_accept_header_chooses_too(signed_in: Api, analyzed: Analyzed, accept: str, media_type: str) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/tokens", accept=accept)
    assert answer.headers["content-type"] == media_type


def test_css_by_its_media_type_is_the_custom_properties(signed_in: Api, analyzed: Analyzed) -> None:
    assert ":root {" in signed_in("GET", f"/images/{analyzed()}/tokens", accept="text/css").text


def test_an_unknown_format_is_a_problem_that_names_the_known_ones(signed_in: Api, analyzed: Analyzed) -> None:
    answer = signed_in("GET", f"/images/{analyzed()}/tokens?format=sarif")
    assert answer.status == 422
    assert all(name in answer.json["errors"][0]["detail"] for name in TOKEN_FORMATS)


def test_tokens_that_failed_have_no_format(signed_in: Api, analyzed: Analyzed, analyzer: FakeAnalyzer) -> None:
    analyzer.result = dataclasses.replace(an_analysis(), tokens=None, failures={"tokens": "analysis_crashed"})
    answer = signed_in("GET", f"/images/{analyzed()}/tokens?format=css")
    assert (answer.status, answer.code) == (409, "analysis_failed")


def test_only_who_is_signed_in_has_them(api: Api, analyzed: Analyzed) -> None:
    assert api("GET", f"/images/{analyzed()}/tokens?format=css").status == 401
