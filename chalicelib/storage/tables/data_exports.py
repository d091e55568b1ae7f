"""The table of data exports: at most one per user, which expires after some days."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.data_exports import DataExport
from chalicelib.storage.tables.table import Item, applied, bind
from chalicelib.storage.tables.transaction import Transactions


class DataExportItem(Item):
    """A data export as stored."""

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    made_at = UTCDateTimeAttribute(null=True)
    size = NumberAttribute(null=True)
    expires_at = TTLAttribute()


class DataExportsTable:
    """The table of data exports."""

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(DataExportItem, table, region)
        self._transactions = transactions

    def request(self, data_export: DataExport, given_up_before: datetime, events: Sequence[AuditEvent]) -> bool:
        """Store a new data export in place of an earlier one; return False while that one is in progress.

        An unfinished one that was requested before given_up_before is replaced.
        """
        item = self.items(
            data_export.user_id, id=data_export.id, asked_at=data_export.asked_at, expires_at=data_export.expires_at
        )
        idle = (
            DataExportItem.user_id.does_not_exist()
            | DataExportItem.made_at.exists()
            | (DataExportItem.asked_at < given_up_before)
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=idle)

        return self._transactions.write(write, events)

    def get(self, user_id: str) -> DataExport | None:
        """Return a user's data export, or None."""
        try:
            item = self.items.get(user_id, consistent_read=True)
        except self.items.DoesNotExist:
            return None
        size = None if item.size is None else int(item.size)
        return DataExport(item.user_id, item.id, item.asked_at, item.expires_at, item.made_at, size)

    def finish(self, data_export: DataExport, made_at: datetime, size: int) -> bool:
        """Record that a data export is finished; return False if another one was requested meanwhile."""
        done = [DataExportItem.made_at.set(made_at), DataExportItem.size.set(size)]
        same = DataExportItem.id == data_export.id
        return applied(lambda: self.items(data_export.user_id).update(actions=[*done], condition=same))

    def delete(self, user_id: str) -> None:
        """Delete a user's data export, if there is one."""
        self.items(user_id).delete()
