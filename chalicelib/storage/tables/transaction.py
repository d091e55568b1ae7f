"""Transactions: writes that succeed or fail together, with the audit events that record them."""

from collections.abc import Callable, Sequence
from typing import Final

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.storage.tables.audit_log import AuditLogTable
from chalicelib.storage.tables.table import condition_failed, conflicted

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
    ) -> bool:
        """Commit the writes that `write` adds to a transaction, together with audit events, and return True.

        Return False, with nothing written, if a condition is not met. If `last` is given and the only condition that is
        not met is that of the last update, raise `last` instead. A transaction that conflicts with others is tried up
        to MAX_ATTEMPTS times. Raises PynamoDBException if it still conflicts, or if it fails for another reason.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                self.write_once(write, events)
            except PynamoDBException as error:
                if last is not None and condition_failed(error, index=-1):
                    raise last from error
                if condition_failed(error):
                    return False
                if not conflicted(error) or attempt == MAX_ATTEMPTS:
                    raise
            else:
                break
        return True

    def write_once(self, write: Callable[[TransactWrite], None], events: Sequence[AuditEvent] = ()) -> None:
        """Commit the writes that `write` adds to a transaction, together with audit events, in a single attempt.

        Raises PynamoDBException if a condition is not met, on a conflict, or if the request fails.
        """
        with TransactWrite(connection=self._connection) as transaction:
            write(transaction)
            self._audit_log.add_to(transaction, events)
