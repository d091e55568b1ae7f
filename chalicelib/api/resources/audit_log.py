"""/logs and /security-events: the audit events of the user."""

from http import HTTPStatus
from typing import Annotated, Self

from chalice.app import Blueprint
from msgspec import Meta, Struct, field

from chalicelib.api.common_types import Id, Time, Timestamp, parse_time, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor, PageRequest, next_cursor
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.audit import AuditEvent, AuditEventPage, AuditKind, AuditLevel
from chalicelib.model.principals import Principal
from chalicelib.services.audit_log import AuditQuery

Action = Annotated[
    Annotated[str, Meta(max_length=50, pattern=r"^[a-z_.]*\Z")] | None,
    Meta(description="an action such as image.created"),
]
Level = Annotated[AuditLevel | None, Meta(description="info or warning")]


class AuditLogRequest(PageRequest, frozen=True):
    """The query of audit events: `from` is inclusive, `to` exclusive."""

    begin: Time = field(default=None, name="from")
    end: Time = field(default=None, name="to")
    action: Action = None
    level: Level = None

    def to_query(self, kind: AuditKind | None = None) -> AuditQuery:
        """Return the query for the service, restricted to a kind of events unless kind is None.

        Raises InvalidField if a time or the cursor is not valid.
        """
        return AuditQuery(
            limit=self.limit,
            before_id=self.before_id,
            begin=parse_time("from", self.begin),
            end=parse_time("to", self.end),
            action=self.action,
            level=self.level,
            kind=kind,
        )


class AuditEventResponse(Struct):
    """An audit event. duration_ms is the duration of an analysis in milliseconds, null for other events.

    network and device are the source of the request, such as 192.0.2.0/24 and Firefox on Linux. They are null for
    events of background jobs and of earlier versions. Those of other users' actions are shown to administrators only.
    """

    id: Id
    at: Timestamp
    action: str
    kind: AuditKind
    level: AuditLevel
    actor_id: str | None
    user_id: str | None
    subject_id: str | None
    detail: str | None
    request_id: str
    duration_ms: int | None
    network: str | None
    device: str | None

    @classmethod
    def from_event(cls, event: AuditEvent) -> Self:
        """Build the response from an `AuditEvent`."""
        return cls(
            id=event.id,
            at=timestamp(event.at),
            action=event.action,
            kind=event.kind,
            level=event.level,
            actor_id=event.actor_id,
            user_id=event.user_id,
            subject_id=event.subject_id,
            detail=event.detail,
            request_id=event.request_id,
            duration_ms=event.duration_ms,
            network=event.network,
            device=event.device,
        )


class AuditEventListResponse(Struct):
    """A page of audit events, newest first."""

    items: list[AuditEventResponse]
    next: NextCursor

    @classmethod
    def from_page(cls, page: AuditEventPage, principal: Principal) -> Self:
        """Build the response from an `AuditEventPage` as the principal's user may see it."""
        items = [AuditEventResponse.from_event(seen_by(principal, event)) for event in page.items]
        return cls(items, next_cursor(page.next_id))


def seen_by(principal: Principal, event: AuditEvent) -> AuditEvent:
    """Return an event as the principal's user may see it; administrators see all of it."""
    return event if principal.user.may_administer else event.as_seen_by(principal.user_id)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the user's own audit events."""
    router = Router(__name__, services)

    @router.route("GET", "/logs", query=AuditLogRequest, responses=Responses(AuditEventListResponse))
    def list_audit_events(principal: Principal, query: AuditLogRequest) -> AuditEventListResponse:
        """List the audit events of the user."""
        page = services.audit_log.of_user(principal.user_id, query.to_query())
        return AuditEventListResponse.from_page(page, principal)

    @router.route("GET", "/logs/{entry_id}", responses=Responses(AuditEventResponse, problems=(HTTPStatus.NOT_FOUND,)))
    def get_audit_event(principal: Principal, entry_id: str) -> AuditEventResponse:
        """Get an audit event."""
        return AuditEventResponse.from_event(seen_by(principal, services.audit_log.get(principal, entry_id)))

    @router.route("GET", "/security-events", query=AuditLogRequest, responses=Responses(AuditEventListResponse))
    def list_security_events(principal: Principal, query: AuditLogRequest) -> AuditEventListResponse:
        """List the security events of the user."""
        page = services.audit_log.of_user(principal.user_id, query.to_query(AuditKind.SECURITY))
        return AuditEventListResponse.from_page(page, principal)

    return router.blueprint
