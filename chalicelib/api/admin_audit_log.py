"""/admin/logs and /admin/security-events: everybody's, for administrators."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.answers import AuditEventList
from chalicelib.api.audit_log import asked_for
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import AdminAuditLogRequest
from chalicelib.model.audit import AuditKind
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.audit_log import AuditLogService


def routes(audit_log: Callable[[], AuditLogService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of everybody's log."""
    admin = Routes(__name__, authorization, admin_only=True)

    @admin.add("GET", "/admin/logs", query=AdminAuditLogRequest, answer=Answer(AuditEventList))
    def list_everybodys_log(_: Principal, query: AdminAuditLogRequest) -> Response:
        return _answer(query, None)

    @admin.add("GET", "/admin/security-events", query=AdminAuditLogRequest, answer=Answer(AuditEventList))
    def list_everybodys_security_events(_: Principal, query: AdminAuditLogRequest) -> Response:
        return _answer(query, AuditKind.SECURITY)

    def _answer(query: AdminAuditLogRequest, kind: AuditKind | None) -> Response:
        asked = asked_for(query, kind)
        page = audit_log().of_all_users(asked) if query.user_id is None else audit_log().of_user(query.user_id, asked)
        return json_answer(AuditEventList.of(page))

    return admin.blueprint
