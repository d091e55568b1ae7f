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
    """The DynamoDB item of a user's data export."""

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute()
    asked_at = UTCDateTimeAttribute()
    made_at = UTCDateTimeAttribute(null=True)
    size = NumberAttribute(null=True)
    expires_at = TTLAttribute()


class DataExportsTable:
    """The DynamoDB table of data exports, one per user. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(DataExportItem, table, region)
        self._transactions = transactions

    def request(self, data_export: DataExport, given_up_before: datetime, events: Sequence[AuditEvent]) -> bool:
        """Store a new data export, with audit events, in place of the user's earlier one.

        Return False, without storing anything, if the earlier one is unfinished and was requested at or after
        given_up_before.
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
        """Return a user's data export, which may have expired, or None."""
        try:
            item = self.items.get(user_id, consistent_read=True)
        except self.items.DoesNotExist:
            return None
        size = None if item.size is None else int(item.size)
        return DataExport(item.user_id, item.id, item.asked_at, item.expires_at, item.made_at, size)

    def finish(self, data_export: DataExport, made_at: datetime, size: int) -> bool:
        """Record the time at which a data export was made and its size in bytes.

        Return False, without recording anything, if the user requested another one meanwhile or it was deleted.
        """
        done = [DataExportItem.made_at.set(made_at), DataExportItem.size.set(size)]
        same = DataExportItem.id == data_export.id
        return applied(lambda: self.items(data_export.user_id).update(actions=[*done], condition=same))

    def withdraw(self, data_export: DataExport) -> None:
        """Delete a data export, or do nothing if the user requested another one meanwhile."""
        same = DataExportItem.id == data_export.id
        applied(lambda: self.items(data_export.user_id).delete(condition=same))

    def delete(self, user_id: str) -> None:
        """Delete a user's data export, if there is one."""
        self.items(user_id).delete()
