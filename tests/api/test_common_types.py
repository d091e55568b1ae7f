"""Request and response types that several resources share."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from msgspec import field

from chalicelib.api.common_types import (
    ApiRequest,
    DisplayName,
    Email,
    EmailToken,
    ImageIds,
    MemberRole,
    OptionalCode,
    Password,
    PeriodRequest,
    ShortName,
    SignedUrlResponse,
    optional_timestamp,
    timestamp,
)
from chalicelib.api.problems import ApiError
from chalicelib.api.validation import read_body, read_query
from chalicelib.model.errors import InvalidField
from chalicelib.model.objects import SignedUrl
from chalicelib.model.projects import ProjectRole

ONE_NAME = "must be one line of 1 to 100 characters, not only blanks, without unseen marks"


class Everything(ApiRequest, frozen=True):
    email: Email = ""
    password: Password = ""
    display_name: DisplayName = None
    name: ShortName = ""
    code: OptionalCode = None
    token: EmailToken = ""
    role: MemberRole = ProjectRole.VIEWER
    image_ids: ImageIds = field(default_factory=list)


def test_times_are_written_in_utc_with_milliseconds() -> None:
    at = datetime(2026, 3, 1, 12, 0, 0, 123_999, UTC)
    assert timestamp(at) == optional_timestamp(at) == "2026-03-01T12:00:00.123Z"
    assert optional_timestamp(None) is None


def test_a_signed_url_is_returned_with_its_expiry() -> None:
    signed = SignedUrl("https://bucket.example/x", datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert SignedUrlResponse.from_signed_url(signed) == SignedUrlResponse(signed.url, "2026-03-01T12:00:00.000Z")


def period(**query: str) -> PeriodRequest:
    return read_query({name: [value] for name, value in query.items()}, PeriodRequest)


def test_a_period_has_the_times_of_its_query() -> None:
    request = period(**{"from": "2026-03-01T12:00:00Z", "to": "2026-03-01T12:00:00.5+02:00"})
    assert request.begins_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert request.ends_at == datetime(2026, 3, 1, 12, 0, 0, 500_000, timezone(timedelta(hours=2)))
    assert (period().begins_at, period().ends_at) == (None, None)


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize("text", ["2026-02-30T12:00:00Z", "2026-03-01T24:00:01Z", "2026-03-01T12:00:00+25:00"])
def test_a_time_that_does_not_exist_is_refused(name: str, text: str) -> None:
    request = period(**{name: text})
    with pytest.raises(InvalidField) as raised:
        _ = (request.begins_at, request.ends_at)
    assert (raised.value.field, raised.value.detail) == (name, "is not a valid time")


def errors_of(field: str, value: Any) -> list[str]:
    """Return the details of what is wrong with a value of a field of Everything."""
    try:
        read_body(json.dumps({field: value}).encode(), Everything)
    except ApiError as error:
        return [each["detail"] for each in error.problem.extensions["errors"]]
    return []


@pytest.mark.parametrize(
    "text", ["2026-03-01", "2026-03-01T12:00:00", "2026-03-01 12:00:00Z", "2026-03-01T12:00:00Z\n", "now"]
)
def test_a_time_needs_its_form_and_its_offset(text: str) -> None:
    with pytest.raises(ApiError) as raised:
        period(**{"from": text})
    assert raised.value.problem.extensions["errors"] == [
        {"pointer": "#/from", "detail": "must be a time with a UTC offset (RFC 3339)"}
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "x" * 320),
        ("password", "x" * 1024),
        ("display_name", "x" * 100),
        ("display_name", None),
        ("name", "Ä–語"),
        ("code", "x" * 40),
        ("code", None),
        ("token", "!~" * 100),
        ("role", "owner"),
        ("image_ids", ["x" * 100] * 50),
    ],
)
def test_what_is_within_the_limits_is_accepted(field: str, value: Any) -> None:
    assert errors_of(field, value) == []


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("email", "x" * 321, "must be an email address"),
        ("password", "x" * 1025, "must be text of at most 1024 characters"),
        ("display_name", "", ONE_NAME),
        ("display_name", "x" * 101, ONE_NAME),
        ("name", "", ONE_NAME),
        ("name", "x" * 101, ONE_NAME),
        ("name", None, ONE_NAME),
        ("code", "", "must be a code from the authenticator app or a recovery code"),
        ("code", "x" * 41, "must be a code from the authenticator app or a recovery code"),
        ("token", "x" * 201, "must be the token of a link in an email"),
        ("token", "a b", "must be the token of a link in an email"),
        ("role", "admin", "must be viewer, editor, or owner"),
        ("role", "OWNER", "must be viewer, editor, or owner"),
        ("image_ids", [], "must be a list of 1 to 50 image ids"),
        ("image_ids", ["x"] * 51, "must be a list of 1 to 50 image ids"),
        ("image_ids", ["x" * 101], "must be a list of 1 to 50 image ids"),
    ],
)
def test_a_detail_says_what_a_field_must_be(field: str, value: Any, detail: str) -> None:
    assert errors_of(field, value) == [detail]


@pytest.mark.parametrize(
    "character",
    [
        *("\n", "\0", "\x1f", "\x7f", "\x9f", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069"),
        *("\u061c", "\u200b", "\u200e", "\u200f", "\ufeff", "\U000e0000", "\U000e0041", "\U000e007f"),
    ],
)
def test_a_name_has_no_characters_that_break_or_turn_a_line_or_hide(character: str) -> None:
    assert errors_of("name", f"a{character}") == [ONE_NAME]
    assert errors_of("display_name", f"{character}a") == [ONE_NAME]


@pytest.mark.parametrize(
    "blank", [" ", "   ", "\u00a0\u2003", "\u3000", "\u200d", "\u3164", "\u2800", "\ufe0f", "\u00ad"]
)
def test_a_name_is_more_than_blanks(blank: str) -> None:
    assert errors_of("name", blank) == [ONE_NAME]
    assert errors_of("display_name", blank) == [ONE_NAME]
    assert errors_of("name", f"{blank}a{blank}") == []


@pytest.mark.parametrize(
    "name", ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d💻", "❤\ufe0f", "क्\u200dष", "a b", "-"]
)
def test_joiners_and_blanks_belong_to_names(name: str) -> None:
    assert errors_of("name", name) == []
