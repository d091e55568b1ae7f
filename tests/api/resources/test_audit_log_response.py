"""The response of an audit event, without a request."""

from copy import replace
from datetime import UTC, datetime

import pytest
from msgspec import to_builtins

from chalicelib.api.resources.audit_log import AuditEventResponse, seen_by
from chalicelib.model.audit import AuditAction, AuditEvent, AuditKind, AuditLevel
from chalicelib.model.principals import Principal
from chalicelib.model.users import AccountRole, User

EVENT = AuditEvent(
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
    network="192.0.2.0/24",
    device="Firefox on Linux",
)


def principal(user_id: str, role: AccountRole = AccountRole.USER) -> Principal:
    user = User(user_id, "a@b.example", None, role, "hash", EVENT.at, verified_at=EVENT.at, totp_secret="secret")
    return Principal(user, None)


@pytest.mark.parametrize(
    ("actor_id", "viewer", "sees"),
    [
        ("actor", principal("actor"), True),
        ("actor", principal("another"), False),
        (None, principal("another"), True),  # a stranger who tried to act as the owner of the log
        ("actor", principal("another", AccountRole.ADMIN), True),
    ],
)
def test_where_others_acted_is_for_administrators(actor_id: str | None, viewer: Principal, sees: bool) -> None:
    seen = seen_by(viewer, replace(EVENT, actor_id=actor_id))
    expected = ("192.0.2.0/24", "Firefox on Linux") if sees else (None, None)
    assert (seen.network, seen.device) == expected


def test_each_field_of_an_event_is_in_its_member() -> None:
    assert to_builtins(AuditEventResponse.from_event(EVENT)) == {
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
        "network": "192.0.2.0/24",
        "device": "Firefox on Linux",
    }
