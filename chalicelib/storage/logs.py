"""The log table: who did what. Entries are added, never changed; DynamoDB deletes them when their time is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.storage.table import Item, bind


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One deed. subject_id is what it was done to, detail a word on how it ended; neither names a person."""

    id: str
    actor_id: str
    action: str
    subject_id: str | None
    detail: str | None
    request_id: str
    at: datetime
    expires_at: datetime


class LogItem(Item):
    """A log entry as stored."""

    class Meta:
        table_name = ""

    actor_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    action = UnicodeAttribute()
    subject_id = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()


class Logs:
    """The log table."""

    def __init__(self, table: str, region: str) -> None:
        bind(LogItem, table, region)

    def add(self, entries: Sequence[LogEntry]) -> None:
        """Store entries, all of an invocation in one request."""
        with LogItem.batch_write() as batch:
            for entry in entries:
                batch.save(log_item(entry))


def log_item(entry: LogEntry) -> LogItem:
    """Return an entry as it is stored."""
    return LogItem(
        entry.actor_id,
        entry.id,
        action=entry.action,
        subject_id=entry.subject_id,
        detail=entry.detail,
        request_id=entry.request_id,
        at=entry.at,
        expires_at=entry.expires_at,
    )
