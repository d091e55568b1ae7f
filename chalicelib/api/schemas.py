"""What requests hold. A field's description completes the sentence "must be …"."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from chalicelib.api.cursors import from_cursor
from chalicelib.services.images import CONTENT_TYPES

# No control characters, line or paragraph separators, nor what turns the direction of the text around it.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*\Z"
SHA256 = r"^[0-9a-f]{64}\Z"
TOKEN = r"^[!-~]*\Z"
RFC_3339 = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})\Z"
CURSOR = r"^[A-Za-z0-9_-]{22}\Z"  # the 16 bytes of an id in Base64

Email = Annotated[str, Meta(max_length=320, description="an e-mail address", extra_json_schema={"format": "email"})]
Password = Annotated[str, Meta(max_length=1024, description="text of at most 1024 characters")]
DisplayName = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None,
    Meta(description="one line of 1 to 100 characters"),
]
FactorCode = Annotated[
    str, Meta(min_length=1, max_length=40, description="a code of the authenticator app, or one to recover by")
]
OptionalCode = Annotated[
    Annotated[str, Meta(min_length=1, max_length=40)] | None,
    Meta(description="a code of the authenticator app, or one to recover by"),
]
RefreshToken = Annotated[str, Meta(max_length=4096, pattern=TOKEN, description="a refresh token")]
MailedToken = Annotated[str, Meta(max_length=200, pattern=TOKEN, description="the token of a link from a mail")]
ShortName = Annotated[
    str, Meta(min_length=1, max_length=100, pattern=ONE_LINE, description="one line of 1 to 100 characters")
]
MemberRole = Annotated[Literal["viewer", "editor", "owner"], Meta(description="viewer, editor or owner")]
Scopes = Annotated[
    list[Literal["images:write", "results:read"]],
    Meta(min_length=1, max_length=2, description="a list of images:write, results:read or both"),
]
KeyDays = Annotated[
    Annotated[int, Meta(ge=1, le=366)] | None,
    Meta(description="a whole number of days from 1 to 366, or null for a key that goes on"),
]
ImageName = Annotated[
    str, Meta(min_length=1, max_length=255, pattern=ONE_LINE, description="one line of 1 to 255 characters")
]
ContentType = Annotated[
    str,
    Meta(max_length=100, description="the media type of an image", extra_json_schema={"enum": list(CONTENT_TYPES)}),
]
Size = Annotated[int, Meta(ge=1, description="a number of bytes above 0")]
Scale = Annotated[
    Annotated[float, Meta(ge=0.5, le=8)] | None,
    Meta(description="the device pixels of a CSS pixel, from 0.5 to 8"),
]
Digest = Annotated[
    Annotated[str, Meta(pattern=SHA256)] | None,
    Meta(description="a SHA-256 in 64 lower-case hexadecimal digits"),
]
ImageIds = Annotated[
    list[Annotated[str, Meta(max_length=100)]],
    Meta(min_length=1, max_length=50, description="a list of 1 to 50 ids of images"),
]
OptionalImageIds = Annotated[
    list[Annotated[str, Meta(max_length=100)]],
    Meta(max_length=50, description="a list of at most 50 ids of images"),
]
ImageIdList = Annotated[
    Annotated[str, Meta(pattern=r"^[^,]{1,100}(,[^,]{1,100}){0,49}\Z")] | None,
    Meta(description="1 to 50 ids of images with commas between"),
]
EntryData = Annotated[dict[str, Any], Meta(description="a JSON object")]
TopicFilter = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None, Meta(description="a topic")
]
Visible = Annotated[float, Meta(ge=0, le=100, description="a difference of colors in CIEDE2000, from 0 to 100")]
Limit = Annotated[int, Meta(ge=1, le=100, description="a whole number from 1 to 100")]
Cursor = Annotated[Annotated[str, Meta(pattern=CURSOR)] | None, Meta(description="the `next` of an earlier answer")]
Time = Annotated[
    Annotated[str, Meta(pattern=RFC_3339, extra_json_schema={"format": "date-time"})] | None,
    Meta(description="a time with its offset (RFC 3339)"),
]
Day = Annotated[
    Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z", extra_json_schema={"format": "date"})] | None,
    Meta(description="a day (RFC 3339)"),
]
LogAction = Annotated[
    Annotated[str, Meta(max_length=50, pattern=r"^[a-z_.]*\Z")] | None, Meta(description="an action like image.created")
]
LogLevel = Annotated[Literal["info", "warning"] | None, Meta(description="info or warning")]
UserId = Annotated[Annotated[str, Meta(min_length=1, max_length=36)] | None, Meta(description="the id of a user")]
SearchText = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None,
    Meta(description="a part of an address or a name"),
]
RoleFilter = Annotated[Literal["user", "admin"] | None, Meta(description="user or admin")]
Flag = Annotated[bool | None, Meta(description="true or false")]
ReportFormat = Annotated[
    Literal["json", "axe", "earl", "sarif", "junit", "csv", "html"] | None,
    Meta(description="json, axe, earl, sarif, junit, csv or html"),
]
TokenFormat = Annotated[
    Literal["dtcg", "resolver", "css", "scss", "less", "tailwind", "style-dictionary", "tokens-studio"]
    | Literal["android", "compose", "swiftui", "flutter", "styleguide"]
    | None,
    Meta(
        description="dtcg, resolver, css, scss, less, tailwind, style-dictionary, tokens-studio, android, compose, "
        "swiftui, flutter or styleguide"
    ),
]


class Request(Struct, frozen=True, forbid_unknown_fields=True):
    """What a request holds; other fields are refused."""


class Registration(Request, frozen=True):
    """POST /auth/register."""

    email: Email
    password: Password
    display_name: DisplayName = None


class Credentials(Request, frozen=True):
    """POST /auth/login."""

    email: Email
    password: Password
    code: OptionalCode = None


class Renewal(Request, frozen=True):
    """POST /auth/refresh."""

    refresh_token: RefreshToken


class PasswordChange(Request, frozen=True):
    """POST /auth/password/change."""

    current_password: Password
    new_password: Password


class FactorEnrolment(Request, frozen=True):
    """POST /auth/mfa/enrol."""

    password: Password


class FactorConfirmation(Request, frozen=True):
    """POST /auth/mfa/confirm."""

    code: FactorCode


class FactorRemoval(Request, frozen=True):
    """POST /auth/mfa/disable."""

    password: Password
    code: FactorCode


class PasswordForgotten(Request, frozen=True):
    """POST /auth/password/forgot."""

    email: Email


class PasswordReset(Request, frozen=True):
    """POST /auth/password/reset."""

    token: MailedToken
    new_password: Password


class EmailVerification(Request, frozen=True):
    """POST /auth/email/verify."""

    token: MailedToken


class ApiKeyRequest(Request, frozen=True):
    """POST /api-keys."""

    name: ShortName
    scopes: Scopes
    expires_in_days: KeyDays = None


class Profile(Request, frozen=True):
    """PATCH /users/me."""

    display_name: DisplayName


class EmailChangeRequest(Request, frozen=True):
    """POST /users/me/email."""

    email: Email
    password: Password


class AccountClosure(Request, frozen=True):
    """DELETE /users/me."""

    password: Password
    code: OptionalCode = None


class ProjectRequest(Request, frozen=True):
    """POST /projects and PATCH /projects/{id}."""

    name: ShortName


class MemberChange(Request, frozen=True):
    """PATCH /projects/{id}/members/{user_id}."""

    role: MemberRole


class InvitationRequest(Request, frozen=True):
    """POST /projects/{id}/invitations."""

    email: Email
    role: MemberRole


class InvitationAcceptance(Request, frozen=True):
    """POST /invitations/accept."""

    token: MailedToken


class ImageRequest(Request, frozen=True):
    """POST /images."""

    name: ImageName
    content_type: ContentType
    size: Size
    scale: Scale = None
    sha256: Digest = None


class PageRequest(Request, frozen=True):
    """The query of a list."""

    limit: Limit = 20
    cursor: Cursor = None

    @property
    def before_id(self) -> str | None:
        """The id before which the page begins, None for the first one. Raises Refused."""
        return None if self.cursor is None else from_cursor(self.cursor)


class PeriodRequest(Request, frozen=True):
    """The query of what happened in a time."""

    begin: Time = field(default=None, name="from")
    end: Time = field(default=None, name="to")


class ResearchNoteRequest(Request, frozen=True):
    """POST /analytics."""

    topic: ShortName
    data: EntryData
    image_ids: OptionalImageIds = []


class ResearchNoteSearchRequest(PageRequest, frozen=True):
    """The query of research entries."""

    topic: TopicFilter = None


class InsightRequest(PeriodRequest, frozen=True):
    """The query of what several images come to."""

    image_ids: ImageIdList = None

    @property
    def ids(self) -> list[str] | None:
        """The images that are named, None where none are."""
        return None if self.image_ids is None else self.image_ids.split(",")


class AuditLogRequest(PageRequest, frozen=True):
    """The query of a log."""

    begin: Time = field(default=None, name="from")
    end: Time = field(default=None, name="to")
    action: LogAction = None
    level: LogLevel = None


class AdminAuditLogRequest(AuditLogRequest, frozen=True):
    """The query of everybody's log."""

    user_id: UserId = None


class DayRequest(Request, frozen=True):
    """The query of a day's numbers."""

    day: Day = None


class UserSearchRequest(PageRequest, frozen=True):
    """The query of the list of users."""

    search: SearchText = None
    role: RoleFilter = None
    disabled: Flag = None


class UserChange(Request, frozen=True):
    """PATCH /admin/users/{id}: one of both."""

    role: RoleFilter = None
    disabled: Flag = None


class MergeRequest(Request, frozen=True):
    """POST /tokens/merge."""

    image_ids: ImageIds


class DiffRequest(Request, frozen=True):
    """POST /tokens/diff."""

    before: ImageIds
    after: ImageIds
    visible: Visible = 1.0


class ReportRequest(Request, frozen=True):
    """The query of an accessibility report."""

    format: ReportFormat = None


class TokensRequest(Request, frozen=True):
    """The query of design tokens."""

    format: TokenFormat = None
