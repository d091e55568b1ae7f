"""/logs and /security-events: what was done to and by an account."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import LogList, LogRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import LogRequest
from chalicelib.api.times import time_of
from chalicelib.services.access import Access, Caller
from chalicelib.services.audit import Kind
from chalicelib.services.journal import Journal, Query


def routes(journal: Callable[[], Journal], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of one's own log."""
    logs = Routes(__name__, access)

    @logs.add("GET", "/logs", query=LogRequest, answer=Answer(LogList))
    def list_log(caller: Caller, query: LogRequest) -> Response:
        return json_answer(LogList.of(journal().of_user(caller.user_id, asked_for(query))))

    @logs.add("GET", "/logs/{entry_id}", answer=Answer(LogRecord, problems=(HTTPStatus.NOT_FOUND,)))
    def get_log_entry(caller: Caller, entry_id: str) -> Response:
        return json_answer(LogRecord.of(journal().get(caller, entry_id)))

    @logs.add("GET", "/security-events", query=LogRequest, answer=Answer(LogList))
    def list_security_events(caller: Caller, query: LogRequest) -> Response:
        return json_answer(LogList.of(journal().of_user(caller.user_id, asked_for(query, Kind.SECURITY))))

    return logs.blueprint


def asked_for(request: LogRequest, kind: Kind | None = None) -> Query:
    """Return what a query string asks for. Raises Refused."""
    begin, end = time_of("from", request.begin), time_of("to", request.end)
    return Query(request.limit, request.before_id, begin, end, request.action, request.level, kind)
