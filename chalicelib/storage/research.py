"""Research entries: what people note of their images, as JSON of their own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.paging import READ, PageOf, page_of
from chalicelib.storage.table import Item, applied, bind, delete_all
from chalicelib.storage.transaction import transact


class Entry(msgspec.Struct, frozen=True):
    """A note of a user or project: a topic, data, and the images that it is about. by is the user who wrote it."""

    owner_id: str
    id: str
    by: str
    topic: str
    data: Mapping[str, Any]
    image_ids: tuple[str, ...]
    created_at: datetime


type EntryPage = PageOf[Entry]
"""Some entries, newest first."""


class EntryItem(Item):
    """An entry as stored."""

    class Meta:
        table_name = ""

    owner_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    by = UnicodeAttribute()
    topic = UnicodeAttribute()
    data: JSONAttribute = JSONAttribute()
    image_ids: JSONAttribute = JSONAttribute()
    created_at = UTCDateTimeAttribute()


class Research:
    """The entries' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(EntryItem, table, region)
        self._connection = Connection(region=region)

    def add(self, entry: Entry, entries: Sequence[LogEntry]) -> None:
        """Store a new entry and what the log says of it, all or nothing."""
        item = EntryItem(
            entry.owner_id,
            entry.id,
            by=entry.by,
            topic=entry.topic,
            data=dict(entry.data),
            image_ids=list(entry.image_ids),
            created_at=entry.created_at,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=EntryItem.id.does_not_exist())

        transact(self._connection, write, entries)

    def get(self, owner_id: str, entry_id: str) -> Entry | None:
        """Return an entry, None if its owner has none of that id."""
        try:
            return _entry(EntryItem.get(owner_id, entry_id, consistent_read=True))
        except EntryItem.DoesNotExist:
            return None

    def list(self, owner_id: str, limit: int, before_id: str | None, wanted: Callable[[Entry], bool]) -> EntryPage:
        """Return an owner's entries that are wanted, newest first, before an id or from the newest on."""
        older = None if before_id is None else EntryItem.id < before_id
        found = EntryItem.query(owner_id, older, scan_index_forward=False, limit=READ, page_size=limit + 1)
        return page_of((_entry(item) for item in found), before_id, limit, wanted)

    def delete(self, owner_id: str, entry_id: str) -> bool:
        """Delete an entry; False if its owner has none of that id."""
        return applied(lambda: EntryItem(owner_id, entry_id).delete(condition=EntryItem.id.exists()))

    def delete_all(self, owner_id: str) -> None:
        """Delete all entries of an owner."""
        delete_all(EntryItem, owner_id)


def _entry(item: EntryItem) -> Entry:
    return Entry(item.owner_id, item.id, item.by, item.topic, item.data, tuple(item.image_ids), item.created_at)
