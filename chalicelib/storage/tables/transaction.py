"""Transactions: writes that succeed or fail together, with the audit events that record them.

The answer to a write may be lost after DynamoDB has committed it. DynamoDB recognizes a repeated transaction by its
token for ten minutes. Writes also carry an id of their own, an event's or another one, and a condition that is not met
is compared with what is stored: what has the write's own id was written by its first attempt.
"""

from collections.abc import Callable, Sequence
from typing import Final

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.storage.tables.audit_log import AuditLogTable
from chalicelib.storage.tables.table import condition_failed, conflicted, stored_items

MAX_ATTEMPTS: Final = 5  # if a transaction conflicts with others


class Transactions:
    """Runs DynamoDB transactions: writes to any tables, and the audit events that record them, all of them or none."""

    def __init__(self, region: str, audit_log: AuditLogTable) -> None:
        self._connection = Connection(region=region)
        self._audit_log = audit_log

    def write(
        self,
        write: Callable[[TransactWrite], None],
        events: Sequence[AuditEvent] = (),
        last: type[Exception] | None = None,
        own_id: str | None = None,
    ) -> bool:
        """Commit a transaction as `commit` does, and return True.

        Return False, with nothing written, if a condition is not met. If `last` is given and the only condition that is
        not met is that of the last update, raise `last` instead. Raises PynamoDBException if the transaction fails for
        another reason.
        """
        try:
            self.commit(write, events, own_id)
        except PynamoDBException as error:
            if last is not None and condition_failed(error, index=-1):
                raise last from error
            if condition_failed(error):
                return False
            raise
        return True

    def commit(
        self, write: Callable[[TransactWrite], None], events: Sequence[AuditEvent] = (), own_id: str | None = None
    ) -> None:
        """Commit the writes that `write` adds to a transaction, together with audit events.

        own_id is the id that one of the writes stores in its item, if it has one. A transaction that conflicts with
        others is tried up to MAX_ATTEMPTS times. Raises PynamoDBException if a condition is not met, unless because
        this transaction is committed already; if it still conflicts; or if it fails for another reason.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                with TransactWrite(connection=self._connection) as transaction:
                    write(transaction)
                    self._audit_log.add_to(transaction, events)
            except PynamoDBException as error:
                if self._is_committed(error, events, own_id):
                    return
                if condition_failed(error) or not conflicted(error) or attempt == MAX_ATTEMPTS:
                    raise
            else:
                return

    def _is_committed(self, error: PynamoDBException, events: Sequence[AuditEvent], own_id: str | None) -> bool:
        """Return whether a transaction fails because it is committed: what it writes is stored."""
        if self._audit_log.are_stored(error, events):
            return True
        return own_id is not None and any({"S": own_id} in item.values() for item in stored_items(error))
