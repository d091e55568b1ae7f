"""Problem details: the format of every error response of the API (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

import msgspec
from chalice.app import Response

from chalicelib.model.api_keys import ApiKeyNotFound, ApiKeyRefused, ScopeMissing
from chalicelib.model.audit import AuditEventNotFound
from chalicelib.model.data_exports import DataExportInProgress, DataExportNotFound
from chalicelib.model.errors import ChangedMeanwhile, InvalidField, RateLimitExceeded
from chalicelib.model.idempotency import CreatedGone, IdempotencyKeyReused, RequestInProgress
from chalicelib.model.images import AlreadyUploaded, AnalysisFailed, ImageNotFound, NotAnalyzed
from chalicelib.model.projects import (
    AlreadyMember,
    InvitationNotFound,
    LastOwner,
    MemberNotFound,
    ProjectNotFound,
    RoleMissing,
)
from chalicelib.model.research_notes import ResearchNoteNotFound
from chalicelib.model.sessions import (
    InvalidCredentials,
    ReauthenticationRequired,
    SessionEnded,
    SessionNotFound,
)
from chalicelib.model.usage import Limit, LimitReached
from chalicelib.model.users import (
    AdminStays,
    CodeRefused,
    CodeRequired,
    EmailUnconfirmed,
    NoSecondFactor,
    PasswordTooShort,
    SecondFactorExists,
    UserInactive,
    UserNotFound,
    UserUnconfirmed,
)
from chalicelib.services.design_systems import NothingAnalyzed
from januslens.analysis.stored import ResultOutdated

CONTENT_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:janus:problem:"
ANALYSIS_SECONDS: Final = 30  # most analyses take a few; others wait for them
LIMITED: Final = {
    Limit.STORED_IMAGES: "images",
    Limit.STORED_BYTES: "bytes of image files",
    Limit.PROJECTS: "projects",
    Limit.API_KEYS: "API keys",
    Limit.RESEARCH_NOTES: "research notes",
}
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class FieldError(msgspec.Struct, frozen=True):
    """An error of one field of a request.

    name is the field's key in the body or the query, empty for the whole body; detail continues it to a sentence.
    """

    name: str
    detail: str

    @property
    def pointer(self) -> str:
        """The JSON pointer of the field as a URI fragment (RFC 6901, section 6)."""
        return "#/" + self.name.replace("~", "~0").replace("/", "~1") if self.name else "#"


class Problem(msgspec.Struct, frozen=True):
    """An error response as problem details.

    code identifies the problem in `type`; title defaults to the words of the code; extensions are additional members of
    the body.
    """

    code: str
    status: HTTPStatus
    detail: str
    title: str = ""
    extensions: Mapping[str, Any] = NOTHING
    headers: Mapping[str, str] = NOTHING

    def response(self, instance: str, request_id: str) -> Response:
        """Return the HTTP response with this problem; instance is the path of the request."""
        body = {
            "type": TYPE_PREFIX + self.code,
            "title": self.title or self.code.replace("_", " ").capitalize(),
            "status": self.status.value,
            "detail": self.detail,
            "instance": instance,
            "request_id": request_id,
            **self.extensions,
        }
        return Response(json.dumps(body), {"Content-Type": CONTENT_TYPE, **self.headers}, self.status.value)


class ApiError(Exception):
    """The error of a request that the API itself rejects, before any use case, with its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def invalid_fields(errors: Sequence[FieldError]) -> Problem:
    """Return the problem with status 422 that names all invalid fields."""
    return Problem(
        "invalid_fields",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "; ".join(f"{error.name or 'The request body'} {error.detail}" for error in errors) + ".",
        extensions={"errors": [{"pointer": error.pointer, "detail": error.detail} for error in errors]},
    )


def _not_found(detail: str) -> Problem:
    return Problem("not_found", HTTPStatus.NOT_FOUND, detail)


def _conflict(code: str, detail: str, title: str = "") -> Problem:
    return Problem(code, HTTPStatus.CONFLICT, detail, title)


AUTHENTICATION_REQUIRED: Final = Problem(
    "authentication_required",
    HTTPStatus.UNAUTHORIZED,
    "You are not signed in. Send an access token: Authorization: Bearer <token>.",
    headers={"WWW-Authenticate": "Bearer"},
)
ADMIN_REQUIRED: Final = Problem("admin_required", HTTPStatus.FORBIDDEN, "Only administrators are allowed to do this.")
ADMIN_FACTOR_REQUIRED: Final = Problem(
    "second_factor_missing",
    HTTPStatus.FORBIDDEN,
    "Administrators need a second factor. Add one to your account first.",
)
BODY_TOO_LARGE: Final = Problem(
    "body_too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request body is larger than 256 KB."
)
IDEMPOTENCY_KEY_MALFORMED: Final = Problem(
    "idempotency_key_malformed",
    HTTPStatus.BAD_REQUEST,
    "An Idempotency-Key must have 1 to 255 visible ASCII characters, as a UUID has.",
)
UNAVAILABLE: Final = Problem(
    "unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "A service that Janus depends on does not respond. Try again, with the same Idempotency-Key if there was one.",
    headers={"Retry-After": "5"},
)
NOT_ACCEPTABLE: Final = Problem(
    "not_acceptable",
    HTTPStatus.NOT_ACCEPTABLE,
    "The Accept header accepts no format of this result. Choose one by ?format=.",
)
MALFORMED_JSON: Final = Problem("malformed_json", HTTPStatus.BAD_REQUEST, "The request body is not valid JSON.")
PROBLEM_OF_STATUS: Final = {
    problem.status.value: problem
    for problem in (
        _not_found("There is no resource at this path."),
        Problem("method_not_allowed", HTTPStatus.METHOD_NOT_ALLOWED, "This resource does not support this method."),
        Problem(
            "unsupported_media_type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The Content-Type of the request body must be application/json.",
        ),
        Problem("bad_request", HTTPStatus.BAD_REQUEST, "The request is not valid."),
        Problem("internal_error", HTTPStatus.INTERNAL_SERVER_ERROR, "An internal error occurred. Try again."),
    )
}
"""The problems of Chalice's own errors, by status."""

INVALID_TOKEN: Final = MappingProxyType({"WWW-Authenticate": 'Bearer error="invalid_token"'})  # RFC 6750, section 3
PROBLEM_OF_ERROR: Final[Mapping[type[Exception], Problem]] = {
    SessionEnded: Problem(
        "session_ended", HTTPStatus.UNAUTHORIZED, "Your session has ended. Sign in again.", headers=INVALID_TOKEN
    ),
    ReauthenticationRequired: Problem(
        "reauthentication_required",
        HTTPStatus.FORBIDDEN,
        "Enter your password again to do this: POST /auth/reauthenticate permits it for ten minutes.",
    ),
    PasswordTooShort: Problem(
        "password_too_short",
        HTTPStatus.UNAUTHORIZED,
        "The account no longer has a second factor, so that its password must have at least 15 characters. "
        "Choose a new one, with the link that POST /auth/password/forgot sends.",
    ),
    CodeRequired: Problem(
        "second_factor_required",
        HTTPStatus.UNAUTHORIZED,
        "A code from your authenticator app or a recovery code is required.",
    ),
    CodeRefused: Problem(
        "code_refused",
        HTTPStatus.UNAUTHORIZED,
        "The code has expired, was used before, or does not belong to this account.",
        "Code rejected",
    ),
    EmailUnconfirmed: Problem(
        "email_unconfirmed",
        HTTPStatus.FORBIDDEN,
        "Confirm your email address first, by the link in the email that you received.",
        "Email address not confirmed",
    ),
    SecondFactorExists: _conflict(
        "second_factor_there", "The account already has a second factor.", "Second factor already set up"
    ),
    NoSecondFactor: _conflict("no_second_factor", "The account has no second factor."),
    ApiKeyRefused: Problem(
        "key_refused",
        HTTPStatus.UNAUTHORIZED,
        "The API key was revoked, has expired, or never existed.",
        "API key rejected",
        headers=INVALID_TOKEN,
    ),
    ApiKeyNotFound: _not_found("No API key with this id exists."),
    ProjectNotFound: _not_found("No project with this id exists."),
    MemberNotFound: _not_found("The project has no member with this id."),
    InvitationNotFound: _not_found("The project has no invitation with this id."),
    LastOwner: _conflict("last_owner", "A project needs an owner. Make another member an owner first."),
    AlreadyMember: _conflict("member_already", "You are already a member of this project.", "Already a member"),
    NothingAnalyzed: _conflict("nothing_analyzed", "No image of the project has been analyzed yet."),
    ResultOutdated: _conflict(
        "result_outdated", "The result of the image is from another version of Janus. Analyze the image again."
    ),
    DataExportNotFound: _not_found("There is no current data export. Request one first."),
    DataExportInProgress: _conflict(
        "export_underway", "The data export that you requested last is still in progress.", "Data export in progress"
    ),
    UserNotFound: _not_found("No user with this id exists."),
    AdminStays: _conflict(
        "admin_stays",
        "An administrator cannot be disabled or deleted. Remove the administrator role first; "
        "the last administrator keeps it.",
        "Administrator role in the way",
    ),
    UserInactive: _conflict(
        "user_inactive",
        "The account is disabled or being deleted. A disabled user cannot become an administrator, and an account "
        "that is being deleted cannot be enabled or change its role.",
        "Account not active",
    ),
    UserUnconfirmed: _conflict(
        "user_unconfirmed", "The user's email address is not confirmed, which an administrator's must be."
    ),
    ChangedMeanwhile: _conflict(
        "changed_meanwhile", "Another request changed this at the same time. Reload it and try again.", "Edit conflict"
    ),
    AuditEventNotFound: _not_found("No log entry with this id exists."),
    ResearchNoteNotFound: _not_found("No research note with this id exists."),
    IdempotencyKeyReused: Problem(
        "idempotency_key_reused",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "This Idempotency-Key was already used for a different request.",
    ),
    RequestInProgress: _conflict(
        "request_underway", "The first request with this Idempotency-Key is still in progress.", "Request in progress"
    ),
    CreatedGone: _conflict(
        "already_deleted",
        "What the first request with this Idempotency-Key created no longer exists. "
        "Use another key to create it again.",
    ),
    SessionNotFound: _not_found("No session with this id exists."),
    InvalidCredentials: Problem(
        "invalid_credentials",
        HTTPStatus.UNAUTHORIZED,
        "No account has this email address and password, or the address is not confirmed yet.",
    ),
}
"""The problems of the errors of use cases that need nothing of the error itself."""


def to_problem(error: Exception) -> Problem | None:
    """Return the problem of an error that a view raised, or None for an unexpected error.

    An error without a problem of its own has that of its nearest base class that has one.
    """
    match error:
        case ApiError():
            return error.problem
        case InvalidField():
            return invalid_fields([FieldError(error.field, error.detail)])
        case RateLimitExceeded() | LimitReached():
            return _problem_of_limit(error)
        case ScopeMissing() | RoleMissing():
            return _forbidden(error)
        case ImageNotFound() | AlreadyUploaded() | NotAnalyzed() | AnalysisFailed():
            return _problem_of_image(error)
    return next((PROBLEM_OF_ERROR[class_] for class_ in type(error).__mro__ if class_ in PROBLEM_OF_ERROR), None)


def _problem_of_limit(error: RateLimitExceeded | LimitReached) -> Problem:
    return _too_many_requests(error) if isinstance(error, RateLimitExceeded) else _limit_reached(error)


def _too_many_requests(error: RateLimitExceeded) -> Problem:
    """Return the problem of a rate limit (RFC 6585, section 4; draft-ietf-httpapi-ratelimit-headers-10)."""
    seconds, window = error.seconds_left, int(error.limit.window.total_seconds())
    return Problem(
        "too_many_requests",
        HTTPStatus.TOO_MANY_REQUESTS,
        f"Too many attempts. Try again in {seconds} {'second' if seconds == 1 else 'seconds'}.",
        extensions={"limit": error.limit.name},
        headers={
            "Retry-After": str(seconds),
            "RateLimit-Policy": f'"{error.limit.name}";q={error.limit.max_count};w={window}',
            "RateLimit": f'"{error.limit.name}";r=0;t={seconds}',
        },
    )


def _limit_reached(error: LimitReached) -> Problem:
    """Return the problem of a limit of an account: of a total, or of analyses, which end by themselves."""
    extensions = {"limit": error.limit, "max": error.max_count}
    if error.limit is Limit.ANALYSES_IN_FLIGHT:
        detail = f"Your account has {error.max_count} analyses in flight, its limit. Try again when one is finished."
        headers = {"Retry-After": str(ANALYSIS_SECONDS)}
        return Problem(
            "too_many_requests", HTTPStatus.TOO_MANY_REQUESTS, detail, extensions=extensions, headers=headers
        )
    detail = (
        f"Your account has reached its limit of {error.max_count:,} {LIMITED[error.limit]}. "
        "Delete some first, or ask an administrator for more."
    )
    return Problem("limit_reached", HTTPStatus.CONFLICT, detail, extensions=extensions)


def _forbidden(error: ScopeMissing | RoleMissing) -> Problem:
    """Return the problem of an insufficient role, or of an insufficient scope (RFC 6750, section 3.1)."""
    if isinstance(error, RoleMissing):
        return Problem("role_required", HTTPStatus.FORBIDDEN, f"This requires the project role {error.role}.")
    if error.scope is None:
        detail, needed = "API keys are not allowed to do this. Sign in instead.", ""
    else:
        detail, needed = f"The API key needs the scope {error.scope}.", f', scope="{error.scope}"'
    headers = {"WWW-Authenticate": f'Bearer error="insufficient_scope"{needed}'}
    return Problem("insufficient_scope", HTTPStatus.FORBIDDEN, detail, headers=headers)


def _problem_of_image(error: ImageNotFound | AlreadyUploaded | NotAnalyzed | AnalysisFailed) -> Problem:
    image_id = {"image_id": error.image_id}
    match error:
        case ImageNotFound():
            return Problem("not_found", HTTPStatus.NOT_FOUND, "No image with this id exists.", extensions=image_id)
        case AlreadyUploaded():
            status = error.status.value
            detail = (
                f"The file of this image has been uploaded; the image is {status}. Its results can be read by its id."
            )
            extensions = image_id | {"image_status": status}
            return Problem("already_uploaded", HTTPStatus.CONFLICT, detail, extensions=extensions)
        case NotAnalyzed():
            status = error.status.value
            detail = f"The image has no result yet; it is {status.replace('_', ' ')}."
            extensions = image_id | {"image_status": status}
            return Problem("not_analyzed", HTTPStatus.CONFLICT, detail, "Not analyzed yet", extensions)
        case AnalysisFailed():
            extensions = image_id | {"failure_code": error.failure.code}
            return Problem("analysis_failed", HTTPStatus.CONFLICT, error.failure.detail, extensions=extensions)
