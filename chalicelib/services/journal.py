"""Reading the log: one's own entries, and for administrators everybody's."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.services.access import Caller
from chalicelib.services.audit import Kind
from chalicelib.services.clock import Clock
from chalicelib.services.ids import is_id
from chalicelib.storage.logs import LogEntry, LogPage, Logs, first_id
from chalicelib.storage.users import ROLE_ADMIN


class EntryNotFound(Exception):
    """The caller may see no such entry."""


class Query(msgspec.Struct, frozen=True):
    """Which entries are asked for: begin is inclusive, end exclusive; before_id is that of the page before."""

    limit: int
    before_id: str | None = None
    begin: datetime | None = None
    end: datetime | None = None
    action: str | None = None
    level: str | None = None
    kind: Kind | None = None

    def wants(self, entry: LogEntry) -> bool:
        """Whether an entry is asked for, as far as its key doesn't say."""
        asked = ((self.action, entry.action), (self.level, entry.level), (self.kind, entry.kind))
        return all(wanted is None or wanted == is_ for wanted, is_ in asked)


class Journal(msgspec.Struct, frozen=True):
    """The use cases of reading the log. kept is how long the oldest entries are."""

    logs: Logs
    clock: Clock
    kept: timedelta

    def of_user(self, user_id: str, query: Query) -> LogPage:
        """Return entries of a user's account, newest first."""
        return self.logs.of_user(user_id, self._begin(query), self._before(query), query.limit, query.wants)

    def of_everybody(self, query: Query) -> LogPage:
        """Return everybody's entries, newest first, a day a page at most."""
        return self.logs.of_day(self._begin(query), self._before(query), query.limit, query.wants)

    def get(self, caller: Caller, entry_id: str) -> LogEntry:
        """Return an entry of the caller's account, for administrators anybody's. Raises EntryNotFound."""
        entry = self.logs.get(entry_id) if is_id(entry_id) else None
        if entry is None or (entry.user_id != caller.user_id and caller.user.role != ROLE_ADMIN):
            raise EntryNotFound
        return entry

    def _begin(self, query: Query) -> datetime:
        oldest = self.clock() - self.kept
        return max(query.begin, oldest) if query.begin else oldest

    def _before(self, query: Query) -> str:
        # Ids go by the machine's own time: a minute more leaves out nothing that was written a moment ago.
        ends = [first_id(query.end or self.clock() + timedelta(minutes=1))]
        return min([*ends, query.before_id] if query.before_id else ends)
