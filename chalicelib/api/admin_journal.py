"""/admin/logs and /admin/security-events: everybody's, for administrators."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.answers import LogList
from chalicelib.api.journal import asked_for
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import AdminLogRequest
from chalicelib.services.access import Access, Caller
from chalicelib.services.audit import Kind
from chalicelib.services.journal import Journal


def routes(journal: Callable[[], Journal], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of everybody's log."""
    admin = Routes(__name__, access, admin_only=True)

    @admin.add("GET", "/admin/logs", query=AdminLogRequest, answer=Answer(LogList))
    def list_everybodys_log(_: Caller, query: AdminLogRequest) -> Response:
        return _answer(query, None)

    @admin.add("GET", "/admin/security-events", query=AdminLogRequest, answer=Answer(LogList))
    def list_everybodys_security_events(_: Caller, query: AdminLogRequest) -> Response:
        return _answer(query, Kind.SECURITY)

    def _answer(query: AdminLogRequest, kind: Kind | None) -> Response:
        asked = asked_for(query, kind)
        page = journal().of_everybody(asked) if query.user_id is None else journal().of_user(query.user_id, asked)
        return json_answer(LogList.of(page))

    return admin.blueprint
