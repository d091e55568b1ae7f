"""Archives of all that belongs to a user: one of each user's at a time, which goes after some days."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.table import Item, applied, bind
from chalicelib.storage.transaction import transact


class Archive(msgspec.Struct, frozen=True):
    """An archive that was asked for; size is in bytes, made_at None while it is being made."""

    user_id: str
    id: str
    asked_at: datetime
    expires_at: datetime
    made_at: datetime | None = None
    size: int | None = None


class ArchiveItem(Item):
    """An archive as stored."""

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    made_at = UTCDateTimeAttribute(null=True)
    size = NumberAttribute(null=True)
    expires_at = TTLAttribute()


class Archives:
    """The archives' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(ArchiveItem, table, region)
        self._connection = Connection(region=region)

    def ask(self, archive: Archive, given_up_before: datetime, entries: Sequence[LogEntry]) -> bool:
        """Store a new archive in the place of an earlier one; False while that is still being made.

        One that was asked for before a time and isn't made isn't waited for any more.
        """
        item = ArchiveItem(archive.user_id, id=archive.id, asked_at=archive.asked_at, expires_at=archive.expires_at)
        idle = (
            ArchiveItem.user_id.does_not_exist()
            | ArchiveItem.made_at.exists()
            | (ArchiveItem.asked_at < given_up_before)
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=idle)

        return transact(self._connection, write, entries)

    def get(self, user_id: str) -> Archive | None:
        """Return a user's archive, None if there is none."""
        try:
            item = ArchiveItem.get(user_id, consistent_read=True)
        except ArchiveItem.DoesNotExist:
            return None
        size = None if item.size is None else int(item.size)
        return Archive(item.user_id, item.id, item.asked_at, item.expires_at, item.made_at, size)

    def finish(self, archive: Archive, at: datetime, size: int) -> bool:
        """Note that an archive is made; False if another one was asked for meanwhile."""
        done = [ArchiveItem.made_at.set(at), ArchiveItem.size.set(size)]
        same = ArchiveItem.id == archive.id
        return applied(lambda: ArchiveItem(archive.user_id).update(actions=[*done], condition=same))

    def delete(self, user_id: str) -> None:
        """Delete a user's archive; deleting what is gone does nothing."""
        ArchiveItem(user_id).delete()
