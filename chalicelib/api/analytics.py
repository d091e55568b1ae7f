"""/analytics: research notes and insights, of a user or a project."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import InsightRecord, ResearchNoteList, ResearchNoteRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import InsightRequest, ResearchNoteRequest, ResearchNoteSearchRequest
from chalicelib.api.times import time_of
from chalicelib.model.api_keys import Scope
from chalicelib.model.principals import Principal
from chalicelib.model.projects import ProjectRole
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.idempotency import IdempotencyStore
from chalicelib.services.insights import InsightsService
from chalicelib.services.research_notes import ResearchNotesService

NOT_FOUND: Final = (HTTPStatus.NOT_FOUND,)


def routes(
    research_notes: Callable[[], ResearchNotesService],
    insights: Callable[[], InsightsService],
    authorization: Callable[[], AuthorizationService],
    idempotency: Callable[[], IdempotencyStore],
    *,
    in_project: bool = False,
) -> Blueprint:
    """Return the routes of a user's research notes, or of a project's."""
    analytics = Routes(__name__, authorization, in_project=in_project, idempotency=idempotency)

    @analytics.add(
        "POST",
        "/analytics",
        role=ProjectRole.EDITOR,
        body=ResearchNoteRequest,
        answer=Answer(ResearchNoteRecord, status=HTTPStatus.CREATED, problems=NOT_FOUND),
    )
    def add_research_note(principal: Principal, body: ResearchNoteRequest) -> Response:
        note = research_notes().add(principal, body.topic, body.data, body.image_ids)
        return json_answer(ResearchNoteRecord.of(note), HTTPStatus.CREATED)

    @analytics.add("GET", "/analytics", query=ResearchNoteSearchRequest, answer=Answer(ResearchNoteList))
    def list_research_notes(principal: Principal, query: ResearchNoteSearchRequest) -> Response:
        return json_answer(
            ResearchNoteList.of(research_notes().list(principal, query.limit, query.before_id, query.topic))
        )

    @analytics.add(
        "GET",
        "/analytics/summary",
        scope=Scope.RESULTS_READ,
        query=InsightRequest,
        answer=Answer(InsightRecord, problems=NOT_FOUND),
    )
    def summarize_images(principal: Principal, query: InsightRequest) -> Response:
        begin, end = time_of("from", query.begin), time_of("to", query.end)
        return json_answer(InsightRecord.of(insights().of(principal.owner_id, query.ids, begin, end)))

    @analytics.add("GET", "/analytics/{research_id}", answer=Answer(ResearchNoteRecord, problems=NOT_FOUND))
    def get_research_note(principal: Principal, research_id: str) -> Response:
        return json_answer(ResearchNoteRecord.of(research_notes().get(principal, research_id)))

    @analytics.add("DELETE", "/analytics/{research_id}", role=ProjectRole.EDITOR)
    def delete_research_note(principal: Principal, research_id: str) -> Response:
        research_notes().delete(principal, research_id)
        return empty_answer()

    return analytics.blueprint
