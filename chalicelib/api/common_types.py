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

# Control characters, line and paragraph separators, and marks that are not seen: of the direction of text, without a
# width, and tags. The joiners U+200C and U+200D are not among them, as Persian, Hindi and emoji need them.
UNSEEN_MARKS: Final = (
    r"\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f"  # the characters themselves: JSON Schema has another escape for them than Python
)
# White space, the default ignorable code points of Unicode that are permitted in a line, and empty letters.
BLANKS: Final = (
    r"\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\uffa0"
)
ONE_LINE: Final = rf"^[^{UNSEEN_MARKS}]*\Z"
NAME: Final = rf"^[^{UNSEEN_MARKS}]*[^{UNSEEN_MARKS}{BLANKS}][^{UNSEEN_MARKS}]*\Z"  # a line that can be seen
NAME_OF_100: Final = "one line of 1 to 100 characters, not only blanks, without unseen marks"
VISIBLE_ASCII: Final = r"^[!-~]*\Z"
RFC_3339: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\Z"

Id = Annotated[str, Meta(description="a UUID", extra_json_schema={"format": "uuid"})]
Timestamp = Annotated[str, Meta(description="a time in UTC (RFC 3339)", extra_json_schema={"format": "date-time"})]
Email = Annotated[str, Meta(max_length=320, description="an email address", extra_json_schema={"format": "email"})]
Password = Annotated[str, Meta(max_length=1024, description="text of at most 1024 characters")]
DisplayName = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=NAME)] | None, Meta(description=NAME_OF_100)
]
ShortName = Annotated[str, Meta(min_length=1, max_length=100, pattern=NAME, description=NAME_OF_100)]
OptionalCode = Annotated[
    Annotated[str, Meta(min_length=1, max_length=40)] | None,
    Meta(description="a code from the authenticator app or a recovery code"),
]
OptionalDeviceToken = Annotated[
    Annotated[str, Meta(max_length=200, pattern=VISIBLE_ASCII)] | None,
    Meta(description="the device token of an earlier sign-in"),
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
