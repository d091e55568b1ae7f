"""/logs and /security-events: what was done to and by an account."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import AuditEventList, AuditEventRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import AuditLogRequest
from chalicelib.api.times import time_of
from chalicelib.model.audit import AuditKind
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.audit_log import AuditLogService, AuditQuery


def routes(audit_log: Callable[[], AuditLogService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of one's own log."""
    logs = Routes(__name__, authorization)

    @logs.add("GET", "/logs", query=AuditLogRequest, answer=Answer(AuditEventList))
    def list_log(principal: Principal, query: AuditLogRequest) -> Response:
        return json_answer(AuditEventList.of(audit_log().of_user(principal.user_id, asked_for(query))))

    @logs.add("GET", "/logs/{entry_id}", answer=Answer(AuditEventRecord, problems=(HTTPStatus.NOT_FOUND,)))
    def get_log_entry(principal: Principal, entry_id: str) -> Response:
        return json_answer(AuditEventRecord.of(audit_log().get(principal, entry_id)))

    @logs.add("GET", "/security-events", query=AuditLogRequest, answer=Answer(AuditEventList))
    def list_security_events(principal: Principal, query: AuditLogRequest) -> Response:
        return json_answer(
            AuditEventList.of(audit_log().of_user(principal.user_id, asked_for(query, AuditKind.SECURITY)))
        )

    return logs.blueprint


def asked_for(request: AuditLogRequest, kind: AuditKind | None = None) -> AuditQuery:
    """Return what a query string asks for. Raises Refused."""
    begin, end = time_of("from", request.begin), time_of("to", request.end)
    return AuditQuery(request.limit, request.before_id, begin, end, request.action, request.level, kind)
