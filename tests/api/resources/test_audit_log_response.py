"""The response of an audit event, without a request."""

from datetime import UTC, datetime

from msgspec import to_builtins

from chalicelib.api.resources.audit_log import AuditEventResponse
from chalicelib.model.audit import AuditAction, AuditEvent, AuditKind, AuditLevel


def test_each_field_of_an_event_is_in_its_member() -> None:
    event = AuditEvent(
        id="event",
        actor_id="actor",
        user_id="project",
        action=AuditAction.USER_DELETED,
        kind=AuditKind.SECURITY,
        level=AuditLevel.WARNING,
        subject_id="subject",
        detail="detail",
        request_id="request",
        at=datetime(2026, 1, 1, 12, tzinfo=UTC),
        expires_at=datetime(2026, 4, 1, 12, tzinfo=UTC),
        duration_ms=7,
    )
    assert to_builtins(AuditEventResponse.from_event(event)) == {
        "id": "event",
        "at": "2026-01-01T12:00:00.000Z",
        "action": "user.deleted",
        "kind": "security",
        "level": "warning",
        "actor_id": "actor",
        "user_id": "project",
        "subject_id": "subject",
        "detail": "detail",
        "request_id": "request",
        "duration_ms": 7,
    }
