"""Times, audit events and members for the tests of the tables."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.model.audit import AuditAction, AuditEvent, AuditKind, AuditLevel
from chalicelib.model.ids import first_id, new_id
from chalicelib.model.projects import Invitation, Member, ProjectRole
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON

MOMENT = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def event_of(user_id: str, at: datetime = NOON, action: AuditAction = AuditAction.SIGNED_IN) -> AuditEvent:
    id_ = first_id(at)[:-12] + new_id()[-12:]
    return AuditEvent(
        id_, user_id, user_id, action, AuditKind.LOG, AuditLevel.INFO, None, None, "request", at, at + 90 * DAY
    )


def recorded(adapters: Adapters, user_id: str) -> list[AuditAction]:
    page = adapters.audit_log.of_user(user_id, NOON - 365 * DAY, first_id(NOON + 365 * DAY), 100, lambda _: True)
    return [event.action for event in reversed(page.items)]


def page_by_page[T](read: Callable[[str | None], Any]) -> Iterator[list[T]]:
    before: str | None = None
    while True:
        page = read(before)
        yield page.items
        before = page.next_id
        if before is None:
            return


def guest(adapters: Adapters) -> str:
    """Store a user with a confirmed address, and return the id."""
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON, verified_at=NOON)
    adapters.users.add(user)
    return user.id


def join(
    adapters: Adapters, project_id: str, role: ProjectRole, since: datetime = NOON + HOUR, user_id: str | None = None
) -> Member:
    """Have a user, by default a new one, accept an invitation into a project."""
    invitation = Invitation(project_id, new_id(), "guest@people.example", role, NOON + DAY)
    member = Member(project_id, user_id or guest(adapters), role, since)
    adapters.invitations.add(invitation, [])
    assert adapters.invitations.accept(invitation, member, [])
    return member
