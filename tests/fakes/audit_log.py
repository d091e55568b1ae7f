from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import override

from chalicelib.model.audit import AuditEvent, AuditEventPage
from chalicelib.model.ids import created_at, first_id
from chalicelib.model.paging import Page, page_of
from chalicelib.storage.tables.audit_log import AuditLogTable


class FakeAuditLog(AuditLogTable):
    def __init__(self) -> None:
        self.events: dict[str, AuditEvent] = {}

    @override
    def add(self, events: Sequence[AuditEvent]) -> None:
        for event in events:
            if self.events.get(event.id, event) != event:
                raise ValueError(f"event {event.id} exists already")
            self.events[event.id] = event

    @override
    def add_once(self, event: AuditEvent) -> bool:
        return self.events.setdefault(event.id, event) is event

    @override
    def get(self, event_id: str) -> AuditEvent | None:
        return self.events.get(event_id)

    @override
    def of_user(
        self, user_id: str, begin: datetime, before_id: str, limit: int, wanted: Callable[[AuditEvent], bool]
    ) -> AuditEventPage:
        found = (event for event in self._newest_until(first_id(begin), before_id) if event.user_id == user_id)
        return page_of(found, before_id, limit, wanted)

    @override
    def of_day(
        self, begin: datetime, before_id: str, limit: int, wanted: Callable[[AuditEvent], bool]
    ) -> AuditEventPage:
        just_before = created_at(before_id) - timedelta(milliseconds=first_id(created_at(before_id)) >= before_id)
        day = datetime.combine(just_before.date(), datetime.min.time(), UTC)
        page = page_of(self._newest_until(first_id(max(begin, day)), before_id), before_id, limit, wanted)
        return Page(page.items, first_id(day)) if page.next_id is None and day > begin else page

    @override
    def events_of_day(self, day: datetime, max_count: int) -> tuple[list[AuditEvent], bool]:
        found = [event for _, event in sorted(self.events.items()) if created_at(event.id).date() == day.date()]
        return found[:max_count], len(found) < max_count

    def actions(self, user_id: str | None) -> list[str]:
        """Return what is recorded for a user or project, or for nobody, oldest first."""
        return [event.action for _, event in sorted(self.events.items()) if event.user_id == user_id]

    def _newest_until(self, oldest_id: str, newest_id: str) -> Iterator[AuditEvent]:
        return (event for id_, event in sorted(self.events.items(), reverse=True) if oldest_id <= id_ <= newest_id)
