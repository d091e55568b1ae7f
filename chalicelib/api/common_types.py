"""Request and response types that several resources share.

The description of a request's field completes the sentence "must be …", which validation uses.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, Self

from msgspec import Meta, Struct, field

from chalicelib.model.errors import InvalidField
from chalicelib.model.objects import SignedUrl
from chalicelib.model.projects import ProjectRole

# No control characters, line or paragraph separators, or characters that change the direction of surrounding text.
ONE_LINE: Final = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*\Z"
VISIBLE_ASCII: Final = r"^[!-~]*\Z"
RFC_3339: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\Z"

Id = Annotated[str, Meta(description="a UUID", extra_json_schema={"format": "uuid"})]
Timestamp = Annotated[str, Meta(description="a time in UTC (RFC 3339)", extra_json_schema={"format": "date-time"})]
Email = Annotated[str, Meta(max_length=320, description="an email address", extra_json_schema={"format": "email"})]
Password = Annotated[str, Meta(max_length=1024, description="text of at most 1024 characters")]
DisplayName = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None,
    Meta(description="one line of 1 to 100 characters"),
]
ShortName = Annotated[
    str, Meta(min_length=1, max_length=100, pattern=ONE_LINE, description="one line of 1 to 100 characters")
]
OptionalCode = Annotated[
    Annotated[str, Meta(min_length=1, max_length=40)] | None,
    Meta(description="a code from the authenticator app or a recovery code"),
]
EmailToken = Annotated[str, Meta(max_length=200, pattern=VISIBLE_ASCII, description="the token of a link in an email")]
MemberRole = Annotated[ProjectRole, Meta(description="viewer, editor, or owner")]
ImageIds = Annotated[
    list[Annotated[str, Meta(max_length=100)]],
    Meta(min_length=1, max_length=50, description="a list of 1 to 50 image ids"),
]
Time = Annotated[
    Annotated[str, Meta(pattern=RFC_3339, extra_json_schema={"format": "date-time"})] | None,
    Meta(description="a time with a UTC offset (RFC 3339)"),
]


def timestamp(at: datetime) -> str:
    """Return an aware time in UTC in the format of RFC 3339, with milliseconds and Z."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def optional_timestamp(at: datetime | None) -> str | None:
    """Return a time as `timestamp` does, or None for None."""
    return None if at is None else timestamp(at)


def parse[T](name: str, text: str | None, from_text: Callable[[str], T], kind: str) -> T | None:
    """Convert the text of a field with from_text, and return the value; None for an absent field.

    Raises InvalidField for the field `name` if from_text raises ValueError: 30 February matches the pattern of a date.
    """
    try:
        return None if text is None else from_text(text)
    except ValueError as error:
        raise InvalidField(name, f"is not a valid {kind}") from error


def parse_time(name: str, text: str | None) -> datetime | None:
    """Return the time in the text of a `Time` field, None for an absent field. Raises InvalidField."""
    return parse(name, text, datetime.fromisoformat, "time")


class ApiRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of the types of request bodies and queries. Unknown fields are rejected."""


class PeriodRequest(ApiRequest, frozen=True):
    """The query of a period: `from` is inclusive, `to` exclusive."""

    begin: Time = field(default=None, name="from")
    end: Time = field(default=None, name="to")

    @property
    def begins_at(self) -> datetime | None:
        """The inclusive begin of the period, None if it is unbounded.

        Raises InvalidField if the text is not a valid time.
        """
        return parse_time("from", self.begin)

    @property
    def ends_at(self) -> datetime | None:
        """The exclusive end of the period, None if it is unbounded.

        Raises InvalidField if the text is not a valid time.
        """
        return parse_time("to", self.end)


class MessageResponse(Struct):
    """A message for a person."""

    detail: str


class SignedUrlResponse(Struct):
    """A URL from which the file can be read without credentials until expires_at, some minutes after the response."""

    url: str
    expires_at: Timestamp

    @classmethod
    def from_signed_url(cls, signed: SignedUrl) -> Self:
        """Build the response from a `SignedUrl`."""
        return cls(signed.url, timestamp(signed.expires_at))
