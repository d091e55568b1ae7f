"""/logs and /security-events: what was done to and by an account."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.cursors import from_cursor, to_cursor
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import LogRequest, log_json
from chalicelib.services.audit import Kind
from chalicelib.services.journal import Journal, Query
from chalicelib.services.sessions import Authentication, Caller
from chalicelib.storage.logs import LogPage


def routes(journal: Callable[[], Journal], authentication: Callable[[], Authentication]) -> Blueprint:
    """Return the routes of one's own log."""
    logs = Routes(__name__, authentication)

    @logs.add("GET", "/logs", query=LogRequest)
    def list_log(caller: Caller, query: LogRequest) -> Response:
        return page_answer(journal().of_user(caller.user_id, asked_for(query)))

    @logs.add("GET", "/logs/{entry_id}")
    def get_log_entry(caller: Caller, entry_id: str) -> Response:
        return json_answer(log_json(journal().get(caller, entry_id)))

    @logs.add("GET", "/security-events", query=LogRequest)
    def list_security_events(caller: Caller, query: LogRequest) -> Response:
        return page_answer(journal().of_user(caller.user_id, asked_for(query, Kind.SECURITY)))

    return logs.blueprint


def asked_for(request: LogRequest, kind: Kind | None = None) -> Query:
    """Return what a query string asks for. Raises Refused."""
    before_id = None if request.cursor is None else from_cursor(request.cursor)
    return Query(request.limit, before_id, request.begin, request.end, request.action, request.level, kind)


def page_answer(page: LogPage) -> Response:
    """Return a page of entries."""
    following = None if page.next_id is None else to_cursor(page.next_id)
    return json_answer({"items": [log_json(entry) for entry in page.items], "next": following})
