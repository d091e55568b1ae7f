"""The problem of each error, and the form of a problem (RFC 9457)."""

import importlib
import inspect
import json
import pkgutil
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from chalicelib import model
from chalicelib.api import problems
from chalicelib.api.problems import ApiError, FieldError, Problem, invalid_fields, to_problem
from chalicelib.model.api_keys import ApiKeyNotFound, ApiKeyRefused, Scope, ScopeMissing
from chalicelib.model.audit import AuditEventNotFound
from chalicelib.model.data_exports import DataExportInProgress, DataExportNotFound
from chalicelib.model.emails import EmailTaken, InvalidEmailToken
from chalicelib.model.errors import ChangedMeanwhile, InvalidField, RateLimit, RateLimitExceeded
from chalicelib.model.idempotency import CreatedGone, IdempotencyKeyReused, RequestInProgress
from chalicelib.model.images import AlreadyUploaded, AnalysisFailed, Failure, ImageNotFound, ImageStatus, NotAnalyzed
from chalicelib.model.objects import DeletionFailed, ObjectMissing, ObjectTooLarge
from chalicelib.model.projects import (
    AlreadyMember,
    InvitationNotFound,
    LastOwner,
    MemberNotFound,
    ProjectFull,
    ProjectNotFound,
    ProjectRole,
    RoleMissing,
)
from chalicelib.model.research_notes import ResearchNoteNotFound
from chalicelib.model.sessions import (
    InvalidCredentials,
    ReauthenticationRequired,
    RefreshTokenReused,
    SessionEnded,
    SessionNotFound,
)
from chalicelib.model.usage import Limit, LimitReached, UsageRefused
from chalicelib.model.users import (
    AdminStays,
    CodeRefused,
    CodeRequired,
    EmailUnconfirmed,
    LastAdmin,
    NoSecondFactor,
    PasswordTooShort,
    SecondFactorExists,
    UserInactive,
    UserNotFound,
    UserUnconfirmed,
)
from chalicelib.services.design_systems import NothingAnalyzed
from januslens.analysis.stored import ResultOutdated

SIGN_INS = RateLimit("sign-in", 10, timedelta(minutes=15))
DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"

# The status and the last part of `type` that docs/api.md promises for each error.
ERRORS: list[tuple[Exception, int, str]] = [
    (SessionEnded(), 401, "session_ended"),
    (RefreshTokenReused(), 401, "session_ended"),
    (InvalidCredentials(), 401, "invalid_credentials"),
    (PasswordTooShort(), 401, "password_too_short"),
    (CodeRequired(), 401, "second_factor_required"),
    (CodeRefused(), 401, "code_refused"),
    (ApiKeyRefused(), 401, "key_refused"),
    (ScopeMissing(None), 403, "insufficient_scope"),
    (ScopeMissing(Scope.RESULTS_READ), 403, "insufficient_scope"),
    (RoleMissing(ProjectRole.EDITOR), 403, "role_required"),
    (EmailUnconfirmed(), 403, "email_unconfirmed"),
    (ReauthenticationRequired(), 403, "reauthentication_required"),
    (ApiKeyNotFound(), 404, "not_found"),
    (ProjectNotFound(), 404, "not_found"),
    (MemberNotFound(), 404, "not_found"),
    (DataExportNotFound(), 404, "not_found"),
    (UserNotFound(), 404, "not_found"),
    (AuditEventNotFound(), 404, "not_found"),
    (ResearchNoteNotFound(), 404, "not_found"),
    (SessionNotFound(), 404, "not_found"),
    (ImageNotFound("i1"), 404, "not_found"),
    (InvitationNotFound(), 404, "not_found"),
    (AlreadyUploaded("i1", ImageStatus.ANALYZED), 409, "already_uploaded"),
    (CreatedGone(), 409, "already_deleted"),
    (NotAnalyzed("i1", ImageStatus.QUEUED), 409, "not_analyzed"),
    (AnalysisFailed("i1", Failure("image_corrupt", "The file is damaged.")), 409, "analysis_failed"),
    (SecondFactorExists(), 409, "second_factor_there"),
    (NoSecondFactor(), 409, "no_second_factor"),
    (LastOwner(), 409, "last_owner"),
    (AlreadyMember(), 409, "member_already"),
    (NothingAnalyzed(), 409, "nothing_analyzed"),
    (ResultOutdated(1), 409, "result_outdated"),
    (DataExportInProgress(), 409, "export_underway"),
    (AdminStays(), 409, "admin_stays"),
    (UserInactive(), 409, "user_inactive"),
    (UserUnconfirmed(), 409, "user_unconfirmed"),
    (ChangedMeanwhile(), 409, "changed_meanwhile"),
    (RequestInProgress(), 409, "request_underway"),
    (IdempotencyKeyReused(), 422, "idempotency_key_reused"),
    (InvalidField("email", "is not an email address"), 422, "invalid_fields"),
    (InvalidEmailToken(), 422, "invalid_fields"),
    (LimitReached(Limit.STORED_IMAGES, 5_000), 409, "limit_reached"),
    (LimitReached(Limit.ANALYSES_IN_FLIGHT, 50), 429, "too_many_requests"),
    (RateLimitExceeded(SIGN_INS, 30), 429, "too_many_requests"),
]
# Errors that services handle themselves, so that the API never sees them.
INTERNAL = {EmailTaken, LastAdmin, ProjectFull, UsageRefused, ObjectMissing, ObjectTooLarge, DeletionFailed}
IDS = [f"{type(error).__name__}{number}" for number, (error, _, _) in enumerate(ERRORS)]


def problem_of(error: Exception) -> Problem:
    problem = to_problem(error)
    assert problem is not None
    return problem


def test_every_error_of_the_model_has_a_problem_or_is_internal() -> None:
    modules = [
        importlib.import_module(f"{model.__name__}.{found.name}") for found in pkgutil.iter_modules(model.__path__)
    ]
    errors = {
        value
        for module in modules
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Exception) and value.__module__ == module.__name__
    }
    assert errors == INTERNAL | {type(error) for error, _, _ in ERRORS} - {NothingAnalyzed, ResultOutdated}


@pytest.mark.parametrize(("error", "status", "code"), ERRORS, ids=IDS)
def test_each_error_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.code) == (status, code)


@pytest.mark.parametrize(("error", "status", "code"), ERRORS, ids=IDS)
def test_a_subclass_of_an_error_has_its_problem(error: Exception, status: int, code: str) -> None:
    specific = type("Specific", (type(error),), {"__init__": lambda self: self.__dict__.update(vars(error))})()
    assert problem_of(specific) == problem_of(error)


def test_a_problem_of_its_own_comes_before_that_of_a_base_class(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Problem("token_reused", HTTPStatus.UNAUTHORIZED, "The refresh token was used before.")
    monkeypatch.setattr(problems, "PROBLEM_OF_ERROR", {**problems.PROBLEM_OF_ERROR, RefreshTokenReused: own})
    assert problem_of(RefreshTokenReused()) is own
    assert problem_of(SessionEnded()).code == "session_ended"


@pytest.mark.parametrize("error", [ArithmeticError(), KeyError("name"), LastAdmin()])
def test_an_unexpected_error_has_none(error: Exception) -> None:
    assert to_problem(error) is None


def test_the_problem_of_an_api_error_is_its_own() -> None:
    assert to_problem(ApiError(problems.MALFORMED_JSON)) is problems.MALFORMED_JSON


ALL = [
    *(problem_of(error) for error, _, _ in ERRORS),
    *problems.PROBLEM_OF_STATUS.values(),
    problems.AUTHENTICATION_REQUIRED,
    problems.ADMIN_REQUIRED,
    problems.BODY_TOO_LARGE,
    problems.IDEMPOTENCY_KEY_MALFORMED,
    problems.MALFORMED_JSON,
]


@pytest.mark.parametrize("problem", ALL, ids=lambda problem: problem.code)
def test_a_detail_is_a_sentence_and_a_title_is_none(problem: Problem) -> None:
    body = json.loads(problem.response("/", "r1").body)
    assert body["detail"].endswith(".")
    assert problem.code == "invalid_fields" or body["detail"][0].isupper()  # a field's name comes first
    assert body["title"][0].isupper()
    assert not body["title"].endswith(".")


def test_every_code_is_documented() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert [problem.code for problem in ALL if f"`{problem.code}`" not in text] == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "bad_request"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (415, "unsupported_media_type"),
        (500, "internal_error"),
    ],
)
def test_errors_of_chalice_have_problems(status: int, code: str) -> None:
    problem = problems.PROBLEM_OF_STATUS[status]
    assert (problem.status, problem.code) == (status, code)


def test_the_members_of_a_problem_are_those_of_rfc_9457_and_its_extensions() -> None:
    problem = Problem("odd_thing", HTTPStatus.CONFLICT, "It is odd.", extensions={"thing": 7}, headers={"A": "b"})
    response = problem.response("/things/1", "r1")
    assert json.loads(response.body) == {
        "type": "urn:janus:problem:odd_thing",
        "title": "Odd thing",
        "status": 409,
        "detail": "It is odd.",
        "instance": "/things/1",
        "request_id": "r1",
        "thing": 7,
    }
    assert response.status_code == 409
    assert response.headers == {"Content-Type": "application/problem+json", "A": "b"}


def test_a_title_may_differ_from_the_code() -> None:
    assert json.loads(problem_of(AlreadyMember()).response("/", "r1").body)["title"] == "Already a member"


def test_all_invalid_fields_are_named_with_their_pointers() -> None:
    problem = invalid_fields([FieldError("a/b~c", "is missing"), FieldError("", "must be a JSON object")])
    assert problem.detail == "a/b~c is missing; The request body must be a JSON object."
    assert problem.extensions == {
        "errors": [
            {"pointer": "#/a~1b~0c", "detail": "is missing"},  # RFC 6901, section 3
            {"pointer": "#", "detail": "must be a JSON object"},
        ]
    }


def test_an_invalid_field_of_a_use_case_is_named_alike() -> None:
    assert problem_of(InvalidField("size", "must be at most 6 bytes")) == invalid_fields(
        [FieldError("size", "must be at most 6 bytes")]
    )


@pytest.mark.parametrize(
    ("error", "challenge"),
    [
        (SessionEnded(), 'Bearer error="invalid_token"'),
        (ApiKeyRefused(), 'Bearer error="invalid_token"'),
        (ScopeMissing(None), 'Bearer error="insufficient_scope"'),
        (ScopeMissing(Scope.IMAGES_WRITE), 'Bearer error="insufficient_scope", scope="images:write"'),
    ],
)
def test_refused_credentials_are_challenged_as_rfc_6750_says(error: Exception, challenge: str) -> None:
    assert problem_of(error).headers == {"WWW-Authenticate": challenge}


def test_without_a_token_the_challenge_names_no_error() -> None:
    assert problems.AUTHENTICATION_REQUIRED.headers == {"WWW-Authenticate": "Bearer"}


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (RoleMissing(ProjectRole.OWNER), "This requires the project role owner."),
        (ScopeMissing(Scope.RESULTS_READ), "The API key needs the scope results:read."),
        (ScopeMissing(None), "API keys are not allowed to do this. Sign in instead."),
        (RateLimitExceeded(SIGN_INS, 30), "Too many attempts. Try again in 30 seconds."),
        (RateLimitExceeded(SIGN_INS, 1), "Too many attempts. Try again in 1 second."),
        (NotAnalyzed("i1", ImageStatus.AWAITING_UPLOAD), "The image has no result yet; it is awaiting upload."),
        (AnalysisFailed("i1", Failure("image_corrupt", "The file is damaged.")), "The file is damaged."),
    ],
)
def test_a_detail_names_what_is_needed(error: Exception, detail: str) -> None:
    assert problem_of(error).detail == detail


def test_a_rate_limit_says_when_to_try_again() -> None:
    assert problem_of(RateLimitExceeded(SIGN_INS, 30)).headers == {
        "Retry-After": "30",
        "RateLimit-Policy": '"sign-in";q=10;w=900',
        "RateLimit": '"sign-in";r=0;t=30',
    }


@pytest.mark.parametrize(
    ("error", "extensions"),
    [
        (ImageNotFound("i1"), {"image_id": "i1"}),
        (NotAnalyzed("i1", ImageStatus.QUEUED), {"image_id": "i1", "image_status": "queued"}),
        (AnalysisFailed("i1", Failure("x", "X.")), {"image_id": "i1", "failure_code": "x"}),
    ],
)
def test_problems_of_images_name_the_image(error: Exception, extensions: dict[str, Any]) -> None:
    assert problem_of(error).extensions == extensions
