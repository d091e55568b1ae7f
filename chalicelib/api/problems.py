"""Problem details: the form of every error that the API answers with (RFC 9457)."""

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
from chalicelib.model.errors import ChangedMeanwhile, InvalidField
from chalicelib.model.idempotency import IdempotencyKeyReused, RequestInProgress
from chalicelib.model.images import AnalysisFailed, ImageNotFound, NotAnalyzed
from chalicelib.model.limits import RateLimitExceeded
from chalicelib.model.projects import AlreadyMember, LastOwner, MemberNotFound, ProjectNotFound, RoleMissing
from chalicelib.model.research_notes import ResearchNoteNotFound
from chalicelib.model.sessions import InvalidCredentials, RefreshTokenReused, SessionEnded, SessionNotFound
from chalicelib.model.users import (
    AdminStays,
    CodeRefused,
    CodeRequired,
    NoSecondFactor,
    SecondFactorExists,
    UserNotFound,
)
from chalicelib.services.design_systems import NothingAnalyzed
from januslens.analysis.stored import ResultOutdated

CONTENT_TYPE: Final = "application/problem+json"
TYPE_PREFIX: Final = "urn:janus:problem:"
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field; name is its key in the body or the query."""

    name: str
    detail: str

    @property
    def pointer(self) -> str:
        """The field's JSON pointer as a URI fragment (RFC 6901, section 6); without a name, that of the whole body."""
        return "#/" + self.name.replace("~", "~0").replace("/", "~1") if self.name else "#"


class Problem(msgspec.Struct, frozen=True):
    """An error to answer with. extensions are members of its own, headers go beside it."""

    code: str
    status: HTTPStatus
    detail: str
    extensions: Mapping[str, Any] = NOTHING
    headers: Mapping[str, str] = NOTHING

    def response(self, instance: str, request_id: str) -> Response:
        """Return the answer to a request for a path."""
        body = {
            "type": TYPE_PREFIX + self.code,
            "title": self.code.replace("_", " ").capitalize(),
            "status": self.status.value,
            "detail": self.detail,
            "instance": instance,
            "request_id": request_id,
            **self.extensions,
        }
        return Response(json.dumps(body), {"Content-Type": CONTENT_TYPE, **self.headers}, self.status.value)


class Refused(Exception):
    """A request that the API itself refuses, before any use case."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def invalid(errors: Sequence[FieldError]) -> Problem:
    """Return the problem of fields that can't be taken, all of them at once."""
    return Problem(
        "invalid_fields",
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "; ".join(f"{error.name or 'The body'} {error.detail}" for error in errors) + ".",
        {"errors": [{"pointer": error.pointer, "detail": error.detail} for error in errors]},
    )


AUTHENTICATION_REQUIRED: Final = Problem(
    "authentication_required",
    HTTPStatus.UNAUTHORIZED,
    "Send an access token: Authorization: Bearer <token>.",
    headers={"WWW-Authenticate": "Bearer"},
)
ADMIN_REQUIRED: Final = Problem("admin_required", HTTPStatus.FORBIDDEN, "This is for administrators.")
BODY_TOO_LARGE: Final = Problem(
    "body_too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body of a request may have 256 KB."
)
KEY_MALFORMED: Final = Problem(
    "idempotency_key_malformed",
    HTTPStatus.BAD_REQUEST,
    "An Idempotency-Key has 1 to 255 visible ASCII characters; a UUID is one.",
)
MALFORMED_JSON: Final = Problem("malformed_json", HTTPStatus.BAD_REQUEST, "The body isn't JSON.")
OF_STATUS: Final = {
    problem.status.value: problem
    for problem in (
        Problem("not_found", HTTPStatus.NOT_FOUND, "There is nothing at this address."),
        Problem("method_not_allowed", HTTPStatus.METHOD_NOT_ALLOWED, "This address doesn't take this method."),
        Problem("unsupported_media_type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json."),
        Problem("bad_request", HTTPStatus.BAD_REQUEST, "The request can't be answered as it asks to be."),
        Problem("internal_error", HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again."),
    )
}
SESSION_ENDED: Final = Problem(
    "session_ended",
    HTTPStatus.UNAUTHORIZED,
    "The session is over. Sign in again.",
    headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
)
OF_ERROR: Final[Mapping[type[Exception], Problem]] = {
    SessionEnded: SESSION_ENDED,
    RefreshTokenReused: SESSION_ENDED,
    CodeRequired: Problem(
        "second_factor_required",
        HTTPStatus.UNAUTHORIZED,
        "Send a code of the authenticator app, too, or one to recover by.",
    ),
    CodeRefused: Problem(
        "code_refused", HTTPStatus.UNAUTHORIZED, "The code is that of another time, was used before, or isn't yours."
    ),
    SecondFactorExists: Problem("second_factor_there", HTTPStatus.CONFLICT, "The account has a second factor already."),
    NoSecondFactor: Problem("no_second_factor", HTTPStatus.CONFLICT, "The account has no second factor."),
    ApiKeyRefused: Problem(
        "key_refused",
        HTTPStatus.UNAUTHORIZED,
        "The API key was revoked, has expired, or never was one.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    ),
    ApiKeyNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "You have no such key."),
    ProjectNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "You have no such project."),
    MemberNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "The project has no such member."),
    LastOwner: Problem(
        "last_owner", HTTPStatus.CONFLICT, "The project's only owner stays: make somebody else one first."
    ),
    AlreadyMember: Problem("member_already", HTTPStatus.CONFLICT, "You are a member of this project already."),
    NothingAnalyzed: Problem("nothing_analyzed", HTTPStatus.CONFLICT, "No image here has been analyzed yet."),
    ResultOutdated: Problem(
        "result_outdated",
        HTTPStatus.CONFLICT,
        "The result of the image is from another version of Janus. Analyze the image again.",
    ),
    DataExportNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "You have asked for no export lately."),
    DataExportInProgress: Problem("export_underway", HTTPStatus.CONFLICT, "Your export is being made."),
    UserNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "There is no such user."),
    AdminStays: Problem(
        "admin_stays",
        HTTPStatus.CONFLICT,
        "An administrator can't be disabled or deleted: take the role away first. The last administrator keeps it.",
    ),
    ChangedMeanwhile: Problem(
        "changed_meanwhile", HTTPStatus.CONFLICT, "Somebody else changed this at the same moment. Look again."
    ),
    AuditEventNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "You have no such entry."),
    ResearchNoteNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "You have no such entry."),
    IdempotencyKeyReused: Problem(
        "idempotency_key_reused", HTTPStatus.UNPROCESSABLE_ENTITY, "This Idempotency-Key was that of another request."
    ),
    RequestInProgress: Problem(
        "request_underway", HTTPStatus.CONFLICT, "The first request under this Idempotency-Key isn't answered yet."
    ),
    SessionNotFound: Problem("not_found", HTTPStatus.NOT_FOUND, "You have no such session."),
    InvalidCredentials: Problem(
        "invalid_credentials", HTTPStatus.UNAUTHORIZED, "No account has this e-mail address and password."
    ),
}


def _too_many(error: RateLimitExceeded) -> Problem:
    """Return the problem of a limit (RFC 6585, section 4) with its fields (draft-ietf-httpapi-ratelimit-headers-10)."""
    seconds, window = error.seconds_left, int(error.limit.window.total_seconds())
    return Problem(
        "too_many_requests",
        HTTPStatus.TOO_MANY_REQUESTS,
        f"This was tried too often. Try again in {seconds} seconds.",
        headers={
            "Retry-After": str(seconds),
            "RateLimit-Policy": f'"{error.limit.name}";q={error.limit.max_count};w={window}',
            "RateLimit": f'"{error.limit.name}";r=0;t={seconds}',
        },
    )


def _forbidden(error: ScopeMissing | RoleMissing) -> Problem:
    """Return the problem of a role, or of a key that isn't good for a route (RFC 6750, section 3.1)."""
    if isinstance(error, RoleMissing):
        detail = f"Among the project's members this takes the role {error.role}."
        return Problem("role_required", HTTPStatus.FORBIDDEN, detail)
    needed = "" if error.scope is None else f', scope="{error.scope}"'
    return Problem(
        "insufficient_scope",
        HTTPStatus.FORBIDDEN,
        "No API key is good for this: sign in."
        if error.scope is None
        else f"The API key needs the scope {error.scope}.",
        headers={"WWW-Authenticate": f'Bearer error="insufficient_scope"{needed}'},
    )


def of(error: Exception) -> Problem | None:
    """Return the problem that an error of a use case is answered with, None for an error that nobody foresaw."""
    match error:
        case Refused():
            return error.problem
        case InvalidField():
            return invalid([FieldError(error.field, error.detail)])
        case RateLimitExceeded():
            return _too_many(error)
        case ScopeMissing() | RoleMissing():
            return _forbidden(error)
        case ImageNotFound() | NotAnalyzed() | AnalysisFailed():
            return _of_image(error)
    return OF_ERROR.get(type(error))


def _of_image(error: ImageNotFound | NotAnalyzed | AnalysisFailed) -> Problem:
    extensions = {"image_id": error.image_id}
    match error:
        case ImageNotFound():
            return Problem("not_found", HTTPStatus.NOT_FOUND, "You have no such image.", extensions)
        case NotAnalyzed():
            status = error.status.value
            detail = f"The image has no result yet; it is {status.replace('_', ' ')}."
            return Problem("not_analyzed", HTTPStatus.CONFLICT, detail, extensions | {"image_status": status})
        case AnalysisFailed():
            code = {"failure_code": error.failure.code}
            return Problem("analysis_failed", HTTPStatus.CONFLICT, error.failure.detail, extensions | code)
