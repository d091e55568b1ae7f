"""Bodies and queries become typed values, or one problem that names every invalid field."""

import contextlib
import json
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, field

from chalicelib.api.common_types import ApiRequest
from chalicelib.api.problems import ApiError
from chalicelib.api.resources.auth import RegistrationRequest, SignInRequest
from chalicelib.api.validation import read_body, read_query, without_null

Count = Annotated[int, Meta(ge=1, le=9, description="a whole number from 1 to 9")]
Word = Annotated[Annotated[str, Meta(max_length=4)] | None, Meta(description="at most 4 characters")]


class Sample(ApiRequest, frozen=True):
    count: Count
    begin: Word = field(default=None, name="from")


def problem_of(call: Callable[[], object]) -> tuple[int, str, dict[str, str]]:
    """Return the status and the code of the problem that a call raises, and the details of fields by pointer."""
    with pytest.raises(ApiError) as raised:
        call()
    problem = raised.value.problem
    errors = problem.extensions.get("errors", [])
    return problem.status, problem.code, {error["pointer"]: error["detail"] for error in errors}


def test_a_body_is_converted_with_its_defaults_and_names() -> None:
    assert read_body(b'{"count": 9, "from": "here"}', Sample) == Sample(9, "here")
    assert read_body(b'{"count": 1, "from": null}', Sample) == read_body(b'{"count": 1}', Sample) == Sample(1, None)


def test_every_invalid_field_of_a_body_is_named() -> None:
    body = b'{"from": "later", "other": 1}'
    assert problem_of(lambda: read_body(body, Sample)) == (
        422,
        "invalid_fields",
        {"#/other": "is not a known field", "#/count": "is missing", "#/from": "must be at most 4 characters"},
    )


@pytest.mark.parametrize("number", [b"7.0", b"7e0", b"0.7e1", b"700e-2", b"7"])
def test_a_number_without_a_fraction_is_an_integer_however_it_is_written(number: bytes) -> None:
    count = read_body(b'{"count": ' + number + b"}", Sample).count
    assert (count, type(count)) == (7, int)


def test_an_integer_is_a_number() -> None:
    class Scaled(ApiRequest, frozen=True):
        scale: Annotated[float, Meta(ge=0.5, description="a number from 0.5")]

    assert read_body(b'{"scale": 2}', Scaled) == read_body(b'{"scale": 2.0}', Scaled) == Scaled(2.0)
    assert problem_of(lambda: read_body(b'{"scale": 0.0}', Scaled))[2] == {"#/scale": "must be a number from 0.5"}


def test_a_number_within_an_object_stays_as_it_was_written() -> None:
    class Free(ApiRequest, frozen=True):
        data: Annotated[dict[str, Any], Meta(description="a JSON object")]

    read = read_body(b'{"data": {"n": 1.0}}', Free).data["n"]
    assert type(read) is float


@pytest.mark.parametrize("count", [0, 10, 0.0, 10.0, 1.5, "5", True, None, [], {}])
def test_a_body_is_read_strictly(count: Any) -> None:
    body = json.dumps({"count": count}).encode()
    assert problem_of(lambda: read_body(body, Sample))[2] == {"#/count": "must be a whole number from 1 to 9"}


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"7"])
def test_a_body_must_be_an_object(body: bytes) -> None:
    assert problem_of(lambda: read_body(body, Sample))[2] == {"#": "must be a JSON object"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"count": NaN}',
        b'{"count": Infinity}',
        b'{"count": 1} {}',
        b'{"count": 1,}',
        b"{'count': 1}",
        b'{"from": "\\ud800"}',
        b'{"from": "\xff"}',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"[" * 200_000,
        b'{"a":' * 40_000,
    ],
    ids=lambda body: str(body[:20]),
)
def test_what_is_not_strictly_json_is_malformed(body: bytes) -> None:
    assert problem_of(lambda: read_body(body, Sample)) == (400, "malformed_json", {})


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"9" * 5000, b"0." + b"0" * 5000 + b"1"])
def test_a_number_too_large_or_too_small_for_anything_is_refused(number: bytes) -> None:
    assert problem_of(lambda: read_body(b'{"count": ' + number + b"}", Sample))[0] in {400, 422}


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_refused(body: bytes) -> None:
    with contextlib.suppress(ApiError):
        read_body(body, SignInRequest)


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["email", "display_name", "password", "extra"]) | st.text(), NESTED, max_size=4))
def test_no_object_is_more_than_refused(body: dict[str, Any]) -> None:
    with contextlib.suppress(ApiError):
        assert isinstance(read_body(json.dumps(body).encode(), RegistrationRequest), RegistrationRequest)


def test_a_body_may_have_262144_bytes() -> None:
    body = b'{"count": 1}'
    assert read_body(body + b" " * (262_144 - len(body)), Sample) == Sample(1)
    too_long = body + b" " * (262_145 - len(body))
    assert problem_of(lambda: read_body(too_long, Sample)) == (413, "body_too_large", {})


def test_a_query_is_text_that_is_converted() -> None:
    assert read_query({"count": ["7"], "from": ["here"]}, Sample) == Sample(7, "here")


def test_null_in_a_query_is_a_word() -> None:
    assert read_query({"count": ["7"], "from": ["null"]}, Sample).begin == "null"


@pytest.mark.parametrize("count", ["", "0", "10", "1.5", "x", "null"])
def test_a_query_that_does_not_convert_is_named(count: str) -> None:
    assert problem_of(lambda: read_query({"count": [count]}, Sample)) == (
        422,
        "invalid_fields",
        {"#/count": "must be a whole number from 1 to 9"},
    )


def test_a_parameter_may_be_given_once() -> None:
    parameters = {"count": ["7", "7"], "from": ["a", "b"], "other": ["c"]}
    assert problem_of(lambda: read_query(parameters, Sample))[2] == {
        "#/count": "is given more than once",
        "#/from": "is given more than once",
    }


def test_only_a_union_with_none_loses_it() -> None:
    assert without_null(Count) is Count
    expected = without_null(Word)
    assert msgspec.convert("null", expected, strict=False) == "null"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("later", expected)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(None, expected)
