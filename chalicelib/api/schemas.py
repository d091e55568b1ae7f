"""What requests hold and answers say. A field's description completes the sentence "must be …"."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from chalicelib.services.sessions import TokenPair
from chalicelib.storage.images import Image, Summary
from chalicelib.storage.logs import LogEntry
from chalicelib.storage.objects import SignedForm, SignedUrl
from chalicelib.storage.sessions import Session
from chalicelib.storage.users import User

# No control characters, line or paragraph separators, nor what turns the direction of the text around it.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*\Z"
SHA256 = r"^[0-9a-f]{64}\Z"
TOKEN = r"^[!-~]*\Z"

Email = Annotated[str, Meta(max_length=320, description="an e-mail address")]
Password = Annotated[str, Meta(max_length=1024, description="text of at most 1024 characters")]
DisplayName = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None,
    Meta(description="one line of 1 to 100 characters"),
]
RefreshToken = Annotated[str, Meta(max_length=4096, pattern=TOKEN, description="a refresh token")]
MailedToken = Annotated[str, Meta(max_length=200, pattern=TOKEN, description="the token of a link from a mail")]
ImageName = Annotated[
    str, Meta(min_length=1, max_length=255, pattern=ONE_LINE, description="one line of 1 to 255 characters")
]
ContentType = Annotated[str, Meta(max_length=100, description="the media type of an image")]
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
Visible = Annotated[float, Meta(ge=0, le=100, description="a difference of colors in CIEDE2000, from 0 to 100")]
Limit = Annotated[int, Meta(ge=1, le=100, description="a whole number from 1 to 100")]
Cursor = Annotated[str | None, Meta(description="the `next` of an earlier answer")]
Time = Annotated[Annotated[datetime, Meta(tz=True)] | None, Meta(description="a time with its offset (RFC 3339)")]
LogAction = Annotated[
    Annotated[str, Meta(max_length=50, pattern=r"^[a-z_.]*\Z")] | None, Meta(description="an action like image.created")
]
LogLevel = Annotated[Literal["info", "warning"] | None, Meta(description="info or warning")]
UserId = Annotated[Annotated[str, Meta(max_length=36)] | None, Meta(description="the id of a user")]
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


class Registration(Struct, frozen=True):
    """POST /auth/register."""

    email: Email
    password: Password
    display_name: DisplayName = None


class Credentials(Struct, frozen=True):
    """POST /auth/login."""

    email: Email
    password: Password


class Renewal(Struct, frozen=True):
    """POST /auth/refresh."""

    refresh_token: RefreshToken


class PasswordChange(Struct, frozen=True):
    """POST /auth/password/change."""

    current_password: Password
    new_password: Password


class PasswordForgotten(Struct, frozen=True):
    """POST /auth/password/forgot."""

    email: Email


class PasswordReset(Struct, frozen=True):
    """POST /auth/password/reset."""

    token: MailedToken
    new_password: Password


class EmailVerification(Struct, frozen=True):
    """POST /auth/email/verify."""

    token: MailedToken


class ImageRequest(Struct, frozen=True):
    """POST /images."""

    name: ImageName
    content_type: ContentType
    size: Size
    scale: Scale = None
    sha256: Digest = None


class PageRequest(Struct, frozen=True):
    """The query of a list."""

    limit: Limit = 20
    cursor: Cursor = None


class LogRequest(Struct, frozen=True):
    """The query of a log."""

    limit: Limit = 20
    cursor: Cursor = None
    begin: Time = field(default=None, name="from")
    end: Time = field(default=None, name="to")
    action: LogAction = None
    level: LogLevel = None


class AdminLogRequest(LogRequest, frozen=True):
    """The query of everybody's log."""

    user_id: UserId = None


class UserSearchRequest(Struct, frozen=True):
    """The query of the list of users."""

    limit: Limit = 20
    cursor: Cursor = None
    search: SearchText = None
    role: RoleFilter = None
    disabled: Flag = None


class UserChange(Struct, frozen=True):
    """PATCH /admin/users/{id}: one of both."""

    role: RoleFilter = None
    disabled: Flag = None


class MergeRequest(Struct, frozen=True):
    """POST /tokens/merge."""

    image_ids: ImageIds


class DiffRequest(Struct, frozen=True):
    """POST /tokens/diff."""

    before: ImageIds
    after: ImageIds
    visible: Visible = 1.0


class ReportRequest(Struct, frozen=True):
    """The query of an accessibility report."""

    format: ReportFormat = None


class TokensRequest(Struct, frozen=True):
    """The query of design tokens."""

    format: TokenFormat = None


def tokens_json(pair: TokenPair) -> dict[str, Any]:
    """Return a session's tokens as OAuth 2.0 names them (RFC 6749, section 5.1)."""
    return {
        "access_token": pair.access,
        "token_type": "Bearer",
        "expires_in": pair.access_seconds,
        "refresh_token": pair.refresh,
        "refresh_expires_in": pair.refresh_seconds,
    }


def user_json(user: User) -> dict[str, Any]:
    """Return a user as told to themselves."""
    return {
        "id": user.id,
        "email": user.email,
        "display_name": user.display_name,
        "email_verified": user.verified_at is not None,
        "role": user.role,
        "created_at": timestamp(user.created_at),
    }


def user_record_json(user: User) -> dict[str, Any]:
    """Return a user as told to administrators."""
    return {**user_json(user), "disabled": user.disabled}


def session_json(session: Session, current_id: str) -> dict[str, Any]:
    """Return a session as told to its user; current_id is the one that asks."""
    return {
        "id": session.id,
        "device": session.device,
        "created_at": timestamp(session.created_at),
        "refreshed_at": None if session.refreshed_at is None else timestamp(session.refreshed_at),
        "expires_at": timestamp(session.expires_at),
        "current": session.id == current_id,
    }


def log_json(entry: LogEntry) -> dict[str, Any]:
    """Return a log entry."""
    return {
        "id": entry.id,
        "at": timestamp(entry.at),
        "action": entry.action,
        "kind": entry.kind,
        "level": entry.level,
        "actor_id": entry.actor_id,
        "user_id": entry.user_id,
        "subject_id": entry.subject_id,
        "detail": entry.detail,
        "request_id": entry.request_id,
    }


def image_json(
    image: Image, picture: SignedUrl | None = None, views: Mapping[str, SignedUrl] | None = None
) -> dict[str, Any]:
    """Return an image record."""
    failure = image.failure
    return {
        "id": image.key.image_id,
        "name": image.name,
        "content_type": image.content_type,
        "size": image.size,
        "scale": image.scale,
        "sha256": image.sha256,
        "status": image.status.value,
        "status_times": {status.value: timestamp(at) for status, at in image.times.items()},
        "failure": None if failure is None else {"code": failure.code, "detail": failure.detail},
        "summary": None if image.summary is None else _summary_json(image.summary),
        "picture": None if picture is None else _address_json(picture),
        "views": None if views is None else {view: _address_json(address) for view, address in views.items()},
    }


def _address_json(address: SignedUrl) -> dict[str, Any]:
    return {"url": address.url, "expires_at": timestamp(address.expires_at)}


def _summary_json(summary: Summary) -> dict[str, Any]:
    return {
        "width": summary.width,
        "height": summary.height,
        "accessibility": summary.outcomes,
        "colors": summary.colors,
    }


def form_json(form: SignedForm) -> dict[str, Any]:
    """Return the form that a file is uploaded with."""
    return {"url": form.url, "fields": form.fields, "expires_at": timestamp(form.expires_at)}


def timestamp(at: datetime) -> str:
    """Return a time in UTC as RFC 3339 writes it, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
