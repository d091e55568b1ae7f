"""/projects/{id}: what its images come to."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import LogList, Trend
from chalicelib.api.images import DESIGN_TOKENS, TOKENS
from chalicelib.api.journal import asked_for
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import LogRequest, PeriodRequest, TokensRequest
from chalicelib.api.times import time_of
from chalicelib.services.access import Access, Caller, Scope
from chalicelib.services.design_systems import DesignSystems
from chalicelib.services.journal import Journal
from chalicelib.services.trends import Trends


def routes(
    systems: Callable[[], DesignSystems],
    trends: Callable[[], Trends],
    journal: Callable[[], Journal],
    access: Callable[[], Access],
) -> Blueprint:
    """Return the routes of a project's results."""
    project = Routes(__name__, access, in_project=True)

    @project.add(
        "GET",
        "/tokens",
        scope=Scope.RESULTS_READ,
        query=TokensRequest,
        answer=Answer(dict, media_type=DESIGN_TOKENS, formats=TOKENS.media_types, problems=(HTTPStatus.CONFLICT,)),
    )
    def get_merged_tokens(caller: Caller, query: TokensRequest) -> Response:
        merged = systems().of_project(caller.project.id)
        format_ = TOKENS.chosen(project.request, query.format)
        if format_ is None:
            return json_answer(merged, content_type=DESIGN_TOKENS)
        return TOKENS.file(format_, format_.write(merged))

    @project.add("GET", "/trend", scope=Scope.RESULTS_READ, query=PeriodRequest, answer=Answer(Trend))
    def get_trend(caller: Caller, query: PeriodRequest) -> Response:
        days = trends().of(caller.project.id, time_of("from", query.begin), time_of("to", query.end))
        return json_answer(Trend.of(days))

    @project.add("GET", "/logs", query=LogRequest, answer=Answer(LogList))
    def list_log(caller: Caller, query: LogRequest) -> Response:
        return json_answer(LogList.of(journal().of_user(caller.project.id, asked_for(query))))

    return project.blueprint
