"""The format of a result by name or by Accept, and conditional responses."""

import hashlib
from types import SimpleNamespace
from typing import Any

import pytest
from chalice.app import Response

from chalicelib.api.content_negotiation import Representations, conditional_response, either_of
from chalicelib.api.problems import ApiError
from chalicelib.model.errors import InvalidField
from januslens.exports.format import Format, by_name

FORMATS: Any = by_name(
    Format("csv", "text/csv", ".csv", "none"),
    Format("plain", "application/xml", ".plain.xml", "none"),
    Format("odd", "application/xml", ".odd.xml", "none"),
    Format("raw", "application/json", ".raw.json", "none"),
)
RESULT: Representations[Any] = Representations("result", FORMATS, native="json")


def request(**headers: str) -> Any:
    return SimpleNamespace(headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_names_begin_with_the_native_one_and_media_types_are_those_of_files() -> None:
    assert RESULT.names == ["json", "csv", "plain", "odd", "raw"]
    assert RESULT.media_types == ["application/json", "application/xml", "text/csv"]
    within = Representations("result", FORMATS, native="odd")
    assert within.names == ["odd", "csv", "plain", "raw"]


@pytest.mark.parametrize("name", ["csv", "plain", "odd", "raw"])
def test_a_name_chooses_whatever_is_accepted(name: str) -> None:
    assert RESULT.choose(request(accept="text/csv"), name) is FORMATS[name]
    assert RESULT.choose(request(accept="text/csv"), "json") is None


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidField) as raised:
        RESULT.choose(request(), "pdf")
    assert (raised.value.field, raised.value.detail) == ("format", "must be json, csv, plain, odd, or raw")


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/csv", "csv"),
        ("application/xml", "plain"),  # the first format of this media type
        ("image/png, TEXT/CSV;q=0.5", "csv"),
        (" text/csv ,application/xml", "csv"),
        ("application/xml,text/csv", "plain"),
        ("application/json, text/csv", None),  # JSON is the native format
        ("text/csv, application/json", "csv"),
        ("*/*", None),
        ("text/*", "csv"),
        ("", None),
        ("image/png", None),  # no known one: RFC 9110 permits the native format
        ("application/xml;q=0.5, text/csv;q=0.6", "csv"),
        ("application/xml;q=0.5, text/csv;q=0.499", "plain"),
        ("text/csv;q=0", None),
        ("text/csv;q=0.000, application/xml", "plain"),
        ("text/csv;Q=0 , */*", None),
        ("text/*, text/csv;q=0", None),  # the most specific range decides
        ("application/json;q=0, */*;q=0.1", "csv"),
        ("*/*, application/xml", "plain"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "plain"),
        ("text/csv;header=present;q=0.5, application/xml;q=0.4", "csv"),
        ("text/csv;q=much", "csv"),
        (";q=0, text/csv", "csv"),
    ],
)
def test_without_a_name_accept_chooses(accept: str, name: str | None) -> None:
    assert RESULT.choose(request(accept=accept), None) is (FORMATS[name] if name else None)


@pytest.mark.parametrize(
    "accept", ["application/json;q=0", "*/*;q=0", "application/*;q=0, image/png", "application/json;q=0, text/csv;q=0"]
)
def test_what_rules_out_the_native_format_and_accepts_no_other_is_refused(accept: str) -> None:
    with pytest.raises(ApiError) as raised:
        RESULT.choose(request(accept=accept), None)
    assert (raised.value.problem.status, raised.value.problem.code) == (406, "not_acceptable")
    assert RESULT.choose(request(accept=accept), "json") is None


def test_without_accept_it_is_the_native_format() -> None:
    assert RESULT.choose(request(), None) is None


def test_a_file_is_saved_and_never_shown() -> None:
    response = RESULT.file_response(FORMATS["csv"], "a,b")
    assert (response.status_code, response.body) == (200, "a,b")
    assert response.headers == {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="result.csv"',
        "X-Content-Type-Options": "nosniff",
    }


ETAG = '"44136fa355b3678a1146ad16f7e8649e"'  # of {}, by sha256sum


def respond(**headers: str) -> Response:
    return conditional_response(request(**headers), Response("{}", {"Content-Type": "application/json"}, 200))


def test_a_response_has_the_hash_of_its_body_as_etag() -> None:
    response = respond()
    assert (response.status_code, response.body) == (200, "{}")
    assert response.headers == {
        "Content-Type": "application/json",
        "ETag": ETAG,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept",
    }


@pytest.mark.parametrize("known", [ETAG, f"W/{ETAG}", f'"other", {ETAG}', f'"other",W/{ETAG}', "*", " * "])
def test_an_etag_that_is_known_is_304_without_a_body(known: str) -> None:
    response = respond(if_none_match=known)
    assert (response.status_code, response.body) == (304, "")
    assert response.headers == {"ETag": ETAG, "Cache-Control": "private, no-cache", "Vary": "Accept"}


@pytest.mark.parametrize("known", ["", '"other"', ETAG.strip('"'), ETAG[:-2] + '"', "**"])
def test_any_other_is_not(known: str) -> None:
    assert respond(if_none_match=known).status_code == 200


def test_text_outside_ascii_is_hashed_as_utf_8() -> None:
    response = conditional_response(request(), Response("é", {}, 200))
    assert response.headers["ETag"] == f'"{hashlib.sha256(b"\xc3\xa9").hexdigest()[:32]}"'


def test_names_are_listed_in_english() -> None:
    assert either_of(["json", "csv", "html"]) == "json, csv, or html"
