"""Reading the audit log: a user's own events, and for administrators those of all users."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.model.audit import AuditEvent, AuditEventNotFound, AuditEventPage, AuditKind
from chalicelib.model.clock import Clock
from chalicelib.model.ids import first_id, is_id
from chalicelib.model.principals import Principal
from chalicelib.storage.tables.audit_log import AuditLogTable


class AuditQuery(msgspec.Struct, frozen=True):
    """A query for audit events, with the page to return.

    begin is inclusive, end exclusive; before_id is the last id of the previous page, limit the maximum number of
    events. action, level and kind restrict the events. None does not restrict them.
    """

    limit: int
    before_id: str | None = None
    begin: datetime | None = None
    end: datetime | None = None
    action: str | None = None
    level: str | None = None
    kind: AuditKind | None = None

    def matches(self, event: AuditEvent) -> bool:
        """Return whether an event has the action, level and kind of the query; its period is not checked."""
        filters = ((self.action, event.action), (self.level, event.level), (self.kind, event.kind))
        return all(wanted is None or wanted == actual for wanted, actual in filters)


class AuditLogService(msgspec.Struct, frozen=True):
    """The use cases of reading the audit log. retention is the longest retention of any event."""

    table: AuditLogTable
    clock: Clock
    retention: timedelta

    def of_user(self, user_id: str, query: AuditQuery) -> AuditEventPage:
        """Return a page of the events of a user or project that match a query, newest first.

        Events older than the retention are left out.
        """
        return self.table.of_user(user_id, self._begin(query), self._before(query), query.limit, query.matches)

    def of_all_users(self, query: AuditQuery) -> AuditEventPage:
        """Return a page of the events of all users that match a query, newest first.

        A page contains events of one day at most, so that it may be empty although there is a next page. Events older
        than the retention are left out.
        """
        return self.table.of_day(self._begin(query), self._before(query), query.limit, query.matches)

    def get(self, principal: Principal, event_id: str) -> AuditEvent:
        """Return an event from the user's own log, or any event for administrators.

        Raises AuditEventNotFound if there is no such event.
        """
        event = self.table.get(event_id) if is_id(event_id) else None
        if event is None or (event.user_id != principal.user_id and not principal.user.may_administer):
            raise AuditEventNotFound
        return event

    def _begin(self, query: AuditQuery) -> datetime:
        oldest = self.clock() - self.retention
        return max(query.begin, oldest) if query.begin else oldest

    def _before(self, query: AuditQuery) -> str:
        # Ids contain the time of the machine that made them: one more minute includes the most recent events.
        ends = [first_id(query.end or self.clock() + timedelta(minutes=1))]
        return min([*ends, query.before_id] if query.before_id else ends)
