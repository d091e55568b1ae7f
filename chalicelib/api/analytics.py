"""/analytics: research entries, and what several images come to; one's own or a project's."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import EntryList, EntryRecord, InsightRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import EntryRequest, EntrySearchRequest, InsightRequest
from chalicelib.api.times import time_of
from chalicelib.services.access import Access, Caller, Scope
from chalicelib.services.insights import Insights
from chalicelib.services.repeats import Repeats
from chalicelib.services.research import Notebook
from chalicelib.storage.projects import Role

NOT_FOUND: Final = (HTTPStatus.NOT_FOUND,)


def routes(
    notebook: Callable[[], Notebook],
    insights: Callable[[], Insights],
    access: Callable[[], Access],
    repeats: Callable[[], Repeats],
    *,
    in_project: bool = False,
) -> Blueprint:
    """Return the routes of one's own research, or of a project's."""
    analytics = Routes(__name__, access, in_project=in_project, repeats=repeats)

    @analytics.add(
        "POST",
        "/analytics",
        role=Role.EDITOR,
        body=EntryRequest,
        answer=Answer(EntryRecord, status=HTTPStatus.CREATED, problems=NOT_FOUND),
    )
    def add_entry(caller: Caller, body: EntryRequest) -> Response:
        entry = notebook().add(caller, body.topic, body.data, body.image_ids)
        return json_answer(EntryRecord.of(entry), HTTPStatus.CREATED)

    @analytics.add("GET", "/analytics", query=EntrySearchRequest, answer=Answer(EntryList))
    def list_entries(caller: Caller, query: EntrySearchRequest) -> Response:
        return json_answer(EntryList.of(notebook().list(caller, query.limit, query.before_id, query.topic)))

    @analytics.add(
        "GET",
        "/analytics/summary",
        scope=Scope.RESULTS_READ,
        query=InsightRequest,
        answer=Answer(InsightRecord, problems=NOT_FOUND),
    )
    def summarize_images(caller: Caller, query: InsightRequest) -> Response:
        begin, end = time_of("from", query.begin), time_of("to", query.end)
        return json_answer(InsightRecord.of(insights().of(caller.owner_id, query.ids, begin, end)))

    @analytics.add("GET", "/analytics/{research_id}", answer=Answer(EntryRecord, problems=NOT_FOUND))
    def get_entry(caller: Caller, research_id: str) -> Response:
        return json_answer(EntryRecord.of(notebook().get(caller, research_id)))

    @analytics.add("DELETE", "/analytics/{research_id}", role=Role.EDITOR)
    def delete_entry(caller: Caller, research_id: str) -> Response:
        notebook().delete(caller, research_id)
        return empty_answer()

    return analytics.blueprint
