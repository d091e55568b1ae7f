"""/projects/{id}: what its images come to."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import AuditEventList, Trend
from chalicelib.api.audit_log import asked_for
from chalicelib.api.images import DESIGN_TOKENS, TOKENS
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import AuditLogRequest, PeriodRequest, TokensRequest
from chalicelib.api.times import time_of
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.audit_log import AuditLogService
from chalicelib.services.design_systems import DesignSystemsService
from chalicelib.services.trends import TrendsService


def routes(
    systems: Callable[[], DesignSystemsService],
    trends: Callable[[], TrendsService],
    audit_log: Callable[[], AuditLogService],
    authorization: Callable[[], AuthorizationService],
) -> Blueprint:
    """Return the routes of a project's results."""
    project = Routes(__name__, authorization, in_project=True)

    @project.add(
        "GET",
        "/tokens",
        scope=Scope.RESULTS_READ,
        query=TokensRequest,
        answer=Answer(dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=(HTTPStatus.CONFLICT,)),
    )
    def get_merged_tokens(principal: Principal, query: TokensRequest) -> Response:
        merged = systems().of_project(principal.project.id)
        format_ = TOKENS.chosen(project.request, query.format)
        if format_ is None:
            return json_answer(merged, content_type=DESIGN_TOKENS)
        return TOKENS.file(format_, format_.write(merged))

    @project.add("GET", "/trend", scope=Scope.RESULTS_READ, query=PeriodRequest, answer=Answer(Trend))
    def get_trend(principal: Principal, query: PeriodRequest) -> Response:
        days = trends().of(principal.project.id, time_of("from", query.begin), time_of("to", query.end))
        return json_answer(Trend.of(days))

    @project.add("GET", "/logs", query=AuditLogRequest, answer=Answer(AuditEventList))
    def list_log(principal: Principal, query: AuditLogRequest) -> Response:
        return json_answer(AuditEventList.of(audit_log().of_user(principal.project.id, asked_for(query))))

    return project.blueprint
