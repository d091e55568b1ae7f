"""/admin: accounts, audit events, and the dashboard, for administrators."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final, Self

from chalice.app import Blueprint
from msgspec import Meta, Struct
from msgspec.structs import asdict

from chalicelib.api.common_types import ONE_LINE, ApiRequest, Timestamp, parse, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor, PageRequest, next_cursor
from chalicelib.api.resources.audit_log import AuditEventListResponse, AuditLogRequest
from chalicelib.api.resources.images import ImageListResponse
from chalicelib.api.resources.usage import LimitsRequest
from chalicelib.api.resources.users import AccountResponse
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.audit import AuditKind
from chalicelib.model.errors import InvalidField
from chalicelib.model.principals import Principal
from chalicelib.model.users import AccountRole, User, UserPage
from chalicelib.services.administration import UserSearch
from chalicelib.services.dashboard import DaySeries, Hour, Levels

NOT_FOUND: Final = (HTTPStatus.NOT_FOUND,)
PROTECTED: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

UserId = Annotated[Annotated[str, Meta(min_length=1, max_length=36)] | None, Meta(description="the id of a user")]
SearchText = Annotated[
    Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)] | None,
    Meta(description="part of an email address or a display name"),
]
Role = Annotated[AccountRole | None, Meta(description="user or admin")]
Flag = Annotated[bool | None, Meta(description="true or false")]
Date = Annotated[
    Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z", extra_json_schema={"format": "date"})] | None,
    Meta(description="a date (RFC 3339)"),
]


class UserSearchRequest(PageRequest, frozen=True):
    """The query of users: a text to search for, and filters by role and state."""

    search: SearchText = None
    role: Role = None
    disabled: Flag = None

    def to_search(self) -> UserSearch:
        """Return the search for the service, with its page. Raises InvalidField if the cursor is not valid."""
        return UserSearch(self.limit, self.before_id, self.search, self.role, self.disabled)


class UserChangeRequest(ApiRequest, frozen=True):
    """The new role of a user, or whether the account is disabled. Both cannot be changed at once."""

    role: Role = None
    disabled: Flag = None


class AdminAuditLogRequest(AuditLogRequest, frozen=True):
    """The query of the audit events of all users, or of one."""

    user_id: UserId = None


class DayRequest(ApiRequest, frozen=True):
    """The query of the metrics of a day in UTC; without one, today."""

    day: Date = None

    @property
    def requested(self) -> date | None:
        """The requested day in UTC, None for today. Raises InvalidField if it is not a valid date."""
        return parse("day", self.day, date.fromisoformat, "date")


class UserResponse(AccountResponse):
    """An account as administrators see it."""

    disabled: bool

    @classmethod
    def from_user(cls, user: User) -> Self:
        """Build the response from a `User`."""
        return cls(**asdict(AccountResponse.from_user(user)), disabled=user.disabled)


class UserListResponse(Struct):
    """A page of users, newest first."""

    items: list[UserResponse]
    next: NextCursor

    @classmethod
    def from_page(cls, page: UserPage) -> Self:
        """Build the response from a `UserPage`."""
        return cls([UserResponse.from_user(user) for user in page.items], next_cursor(page.next_id))


class DurationsResponse(Struct):
    """The median and the 95th percentile of the durations of analyses, in milliseconds; null if there were none."""

    median: float | None
    p95: float | None


class HourMetricsResponse(Struct):
    """An hour: the number of events by action, of failed analyses by code, and the durations of analyses."""

    begin: Timestamp
    actions: dict[str, int]
    failures: dict[str, int]
    analysis_ms: DurationsResponse

    @classmethod
    def from_hour(cls, hour: Hour) -> Self:
        """Build the response from an `Hour`."""
        durations = DurationsResponse(hour.analysis.median, hour.analysis.p95)
        return cls(timestamp(hour.begin), dict(hour.actions), dict(hour.failures), durations)


class DayMetricsResponse(Struct):
    """The hours of a day in UTC. complete says whether all events of the day were counted."""

    hours: list[HourMetricsResponse]
    complete: bool

    @classmethod
    def from_series(cls, series: DaySeries) -> Self:
        """Build the response from a `DaySeries`."""
        return cls([HourMetricsResponse.from_hour(hour) for hour in series.hours], series.complete)


class LevelsResponse(Struct):
    """The number of users (some hours old), of waiting messages by queue, and of stored bytes (a day old) if known."""

    users: int
    waiting: dict[str, int]
    stored_bytes: int | None

    @classmethod
    def from_levels(cls, levels: Levels) -> Self:
        """Build the response from `Levels`."""
        return cls(levels.users, dict(levels.waiting), levels.stored_bytes)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of administration, which only administrators may use."""
    router = Router(__name__, services, admin_only=True)
    _add_user_routes(router, services)
    _add_account_routes(router, services)
    _add_observation_routes(router, services)
    return router.blueprint


def _add_user_routes(router: Router, services: Services) -> None:
    @router.route("GET", "/admin/users", query=UserSearchRequest, responses=Responses(UserListResponse))
    def list_users(_: Principal, query: UserSearchRequest) -> UserListResponse:
        """List users."""
        return UserListResponse.from_page(services.administration.search(query.to_search()))

    @router.route("GET", "/admin/users/{user_id}", responses=Responses(UserResponse, problems=NOT_FOUND))
    def get_user(_: Principal, user_id: str) -> UserResponse:
        """Get a user."""
        return UserResponse.from_user(services.administration.get(user_id))

    @router.route("PATCH", "/admin/users/{user_id}", body=UserChangeRequest, responses=Responses(problems=PROTECTED))
    def change_user(principal: Principal, body: UserChangeRequest, user_id: str) -> None:
        """Change the role of a user, or disable or enable the account."""
        if body.role is not None and body.disabled is not None:
            raise InvalidField("disabled", "cannot be changed together with the role")
        user = services.administration.get(user_id)
        if body.role is not None:
            services.administration.change_role(principal.user_id, user, body.role)
        elif body.disabled is not None:
            services.administration.set_disabled(principal, user, disabled=body.disabled)

    @router.route("GET", "/admin/users/{user_id}/images", query=PageRequest, responses=Responses(ImageListResponse))
    def list_images_of_user(_: Principal, query: PageRequest, user_id: str) -> ImageListResponse:
        """List the images of a user."""
        page = services.administration.images_of(user_id, query.limit, query.before_id)
        return ImageListResponse.from_page(page)


def _add_account_routes(router: Router, services: Services) -> None:
    @router.route("PATCH", "/admin/users/{user_id}/limits", body=LimitsRequest, responses=Responses(problems=PROTECTED))
    def change_limits(principal: Principal, body: LimitsRequest, user_id: str) -> None:
        """Change the limits of a user's account."""
        user = services.administration.get(user_id)
        services.administration.change_limits(principal.user_id, user, body.changed(user.limits))

    @router.route("DELETE", "/admin/users/{user_id}", responses=Responses(problems=PROTECTED))
    def delete_user(principal: Principal, user_id: str) -> None:
        """Delete the account of a user and its data."""
        services.deletion.request(principal, services.administration.get(user_id))

    @router.route("DELETE", "/admin/users/{user_id}/mfa", responses=Responses(problems=PROTECTED))
    def remove_second_factor(principal: Principal, user_id: str) -> None:
        """Remove the second factor of a user who lost it."""
        services.second_factor.reset(principal.user_id, services.administration.get(user_id))

    @router.route("POST", "/admin/users/{user_id}/sessions/end", responses=Responses(problems=NOT_FOUND))
    def end_sessions(principal: Principal, user_id: str) -> None:
        """End all sessions of a user."""
        services.administration.end_sessions(principal, user_id)


def _add_observation_routes(router: Router, services: Services) -> None:
    @router.route("GET", "/admin/logs", query=AdminAuditLogRequest, responses=Responses(AuditEventListResponse))
    def list_all_audit_events(principal: Principal, query: AdminAuditLogRequest) -> AuditEventListResponse:
        """List the audit events of all users, or of one."""
        return list_events(principal, query, None)

    @router.route(
        "GET", "/admin/security-events", query=AdminAuditLogRequest, responses=Responses(AuditEventListResponse)
    )
    def list_all_security_events(principal: Principal, query: AdminAuditLogRequest) -> AuditEventListResponse:
        """List the security events of all users, or of one."""
        return list_events(principal, query, AuditKind.SECURITY)

    def list_events(
        principal: Principal, request: AdminAuditLogRequest, kind: AuditKind | None
    ) -> AuditEventListResponse:
        query, log = request.to_query(kind), services.audit_log
        page = log.of_all_users(query) if request.user_id is None else log.of_user(request.user_id, query)
        return AuditEventListResponse.from_page(page, principal)

    @router.route("GET", "/admin/metrics", query=DayRequest, responses=Responses(DayMetricsResponse))
    def get_metrics(_: Principal, query: DayRequest) -> DayMetricsResponse:
        """Get the metrics of a day."""
        return DayMetricsResponse.from_series(services.dashboard.of_day(query.requested))

    @router.route("GET", "/admin/levels", responses=Responses(LevelsResponse))
    def get_levels(_: Principal) -> LevelsResponse:
        """Get the current numbers of users, waiting messages, and stored bytes."""
        return LevelsResponse.from_levels(services.dashboard.levels())
