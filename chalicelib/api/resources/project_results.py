"""/projects/{id}/tokens, /trend, and /logs: the results and the audit log of a whole project."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Self

from chalice.app import Blueprint, Response
from msgspec import Meta, Struct

from chalicelib.api.common_types import PeriodRequest
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor
from chalicelib.api.resources.audit_log import AuditEventListResponse, AuditLogRequest
from chalicelib.api.result_formats import DESIGN_TOKENS, TOKENS, TokensRequest
from chalicelib.api.router import PROJECT_PREFIX, Router, json_response
from chalicelib.api.services import Services
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from chalicelib.services.trends import Day


class TrendDayResponse(Struct):
    """A day in UTC: the number of images analyzed on it, and the number of their checks by outcome.

    pass_rate is passed divided by passed and failed checks, 0 to 1, or null if there are neither.
    """

    day: Annotated[str, Meta(extra_json_schema={"format": "date"})]
    images: int
    outcomes: dict[str, int]
    pass_rate: float | None

    @classmethod
    def from_day(cls, day: Day) -> Self:
        """Build the response from a `Day`."""
        return cls(day.day.isoformat(), day.images, dict(day.outcomes), day.pass_rate)


class TrendResponse(Struct):
    """The accessibility of a project's images by day of analysis, newest day first."""

    items: list[TrendDayResponse]
    next: NextCursor

    @classmethod
    def from_days(cls, days: Sequence[Day]) -> Self:
        """Build the response from `Day` records."""
        return cls([TrendDayResponse.from_day(day) for day in days], None)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of a whole project: merged design tokens, accessibility by day, audit log."""
    router = Router(__name__, services)

    @router.route(
        "GET",
        f"{PROJECT_PREFIX}/tokens",
        scope=Scope.RESULTS_READ,
        query=TokensRequest,
        responses=Responses(
            dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=(HTTPStatus.CONFLICT,)
        ),
    )
    def get_merged_tokens(principal: Principal, query: TokensRequest) -> Response:
        """Get the merged design tokens of the images of a project."""
        format_ = TOKENS.choose(router.request, query.format)
        merged = services.design_systems.of_project(principal.project.id)
        if format_ is None:
            return json_response(merged, content_type=DESIGN_TOKENS)
        return TOKENS.file_response(format_, format_.write(merged))

    @router.route(
        "GET",
        f"{PROJECT_PREFIX}/trend",
        scope=Scope.RESULTS_READ,
        query=PeriodRequest,
        responses=Responses(TrendResponse),
    )
    def get_trend(principal: Principal, query: PeriodRequest) -> TrendResponse:
        """Get the accessibility of the images of a project by day."""
        return TrendResponse.from_days(services.trends.of(principal.project.id, query.begins_at, query.ends_at))

    @router.route("GET", f"{PROJECT_PREFIX}/logs", query=AuditLogRequest, responses=Responses(AuditEventListResponse))
    def list_audit_events(principal: Principal, query: AuditLogRequest) -> AuditEventListResponse:
        """List the audit events of a project."""
        page = services.audit_log.of_user(principal.project.id, query.to_query())
        return AuditEventListResponse.from_page(page, principal)

    return router.blueprint
