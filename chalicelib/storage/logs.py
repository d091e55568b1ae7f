"""The log table: who did what. Entries are added, never changed; DynamoDB deletes them when their time is over.

Entries of one day are spread over some keys, so that no key has all the writes of a moment; which one follows from the
entry's id, whose time says the day. Whose entry it is, an index says.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import merge
from typing import Final
from uuid import UUID

import msgspec
from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.transactions import TransactWrite

from chalicelib.storage.paging import READ, PageOf, page_of
from chalicelib.storage.table import Item, bind

SHARDS: Final = 2  # of a day: 2,000 writes a second, as a key takes 1,000; more would be more requests to read a day
UUID7_FLOOR: Final = (7 << 76) | (2 << 62)  # version and variant (RFC 9562, section 5.7)


class LogEntry(msgspec.Struct, frozen=True):
    """One deed.

    actor_id is who did it, user_id whose account it belongs to, None for both where nobody is known; subject_id is what
    it was done to, detail a word on how it ended, duration_ms how long it took, where that matters. None of them names
    a person. kind is `log` or `security`.
    """

    id: str
    actor_id: str | None
    user_id: str | None
    action: str
    kind: str
    level: str
    subject_id: str | None
    detail: str | None
    request_id: str
    at: datetime
    expires_at: datetime
    duration_ms: int | None = None


type LogPage = PageOf[LogEntry]
"""Some entries, newest first."""


class LogsByUser(GlobalSecondaryIndex["LogItem"]):
    """The entries of a user's account, in order; those of nobody aren't in it."""

    class Meta:
        index_name = "by_user"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class LogItem(Item):
    """A log entry as stored."""

    class Meta:
        table_name = ""

    shard = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    actor_id = UnicodeAttribute(null=True)
    user_id = UnicodeAttribute(null=True)
    action = UnicodeAttribute()
    kind = UnicodeAttribute()
    level = UnicodeAttribute()
    subject_id = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()
    duration_ms = NumberAttribute(null=True)
    by_user = LogsByUser()


class Logs:
    """The log table."""

    def __init__(self, table: str, region: str) -> None:
        bind(LogItem, table, region)
        self._connection = Connection(region=region)

    def add(self, entries: Sequence[LogEntry]) -> None:
        """Store entries, all of an invocation in one request."""
        with TransactWrite(connection=self._connection) as transaction:
            add_entries(transaction, entries)

    def get(self, entry_id: str) -> LogEntry | None:
        """Return an entry, None if there is none of that id."""
        try:
            return _entry(LogItem.get(_shard(entry_id), entry_id, consistent_read=True))
        except LogItem.DoesNotExist:
            return None

    def of_user(
        self, user_id: str, begin: datetime, before_id: str, limit: int, wanted: Callable[[LogEntry], bool]
    ) -> LogPage:
        """Return entries of a user's account that are wanted, from a time on, before an id."""
        between = LogItem.id.between(first_id(begin), before_id)
        found = LogItem.by_user.query(user_id, between, scan_index_forward=False, limit=READ, page_size=READ)
        return page_of((_entry(item) for item in found), before_id, limit, wanted)

    def of_day(self, begin: datetime, before_id: str, limit: int, wanted: Callable[[LogEntry], bool]) -> LogPage:
        """Return everybody's entries of the last day before an id that are wanted, from a time on.

        Where nothing is left of that day, the page goes on before it, as long as that is after the time.
        """
        day = _time(before_id).replace(hour=0, minute=0, second=0, microsecond=0)
        if first_id(day) >= before_id:
            day -= timedelta(days=1)
        between = LogItem.id.between(first_id(max(begin, day)), before_id)
        shards = [self._newest_first(f"{day:%Y-%m-%d}#{number}", between) for number in range(SHARDS)]
        page = page_of(merge(*shards, key=lambda entry: entry.id, reverse=True), before_id, limit, wanted)
        if page.next_id is None and day > begin:
            return PageOf(page.items, first_id(day))
        return page

    def entries_of_day(self, day: datetime, most: int) -> tuple[list[LogEntry], bool]:
        """Return everybody's entries of a day, as many as may be of each of its keys, and whether that is all."""
        of_key = most // SHARDS
        keys = [f"{day:%Y-%m-%d}#{number}" for number in range(SHARDS)]
        found = [[_entry(item) for item in LogItem.query(key, limit=of_key)] for key in keys]
        return [entry for entries in found for entry in entries], all(len(entries) < of_key for entries in found)

    def _newest_first(self, shard: str, between: Condition) -> Iterator[LogEntry]:
        items = LogItem.query(shard, between, scan_index_forward=False, limit=READ, page_size=READ)
        return (_entry(item) for item in items)


def add_entries(transaction: TransactWrite, entries: Sequence[LogEntry]) -> None:
    """Add entries to what a transaction writes. Nothing that is there is written over."""
    for entry in entries:
        item = LogItem(
            _shard(entry.id),
            entry.id,
            actor_id=entry.actor_id,
            user_id=entry.user_id,
            action=entry.action,
            kind=entry.kind,
            level=entry.level,
            subject_id=entry.subject_id,
            detail=entry.detail,
            request_id=entry.request_id,
            at=entry.at,
            expires_at=entry.expires_at,
            duration_ms=entry.duration_ms,
        )
        transaction.save(item, condition=LogItem.id.does_not_exist())


def first_id(at: datetime) -> str:
    """Return the id before which all ids are that were made before a time."""
    milliseconds = max(0, int(at.timestamp() * 1000))
    return str(UUID(int=(milliseconds << 80) | UUID7_FLOOR))


def _shard(entry_id: str) -> str:
    return f"{_time(entry_id):%Y-%m-%d}#{zlib.crc32(entry_id.encode()) % SHARDS}"


def _time(entry_id: str) -> datetime:
    return datetime.fromtimestamp((UUID(entry_id).int >> 80) / 1000, UTC)


def _entry(item: LogItem) -> LogEntry:
    return LogEntry(
        id=item.id,
        actor_id=item.actor_id,
        user_id=item.user_id,
        action=item.action,
        kind=item.kind,
        level=item.level,
        subject_id=item.subject_id,
        detail=item.detail,
        request_id=item.request_id,
        at=item.at,
        expires_at=item.expires_at,
        duration_ms=None if item.duration_ms is None else int(item.duration_ms),
    )
