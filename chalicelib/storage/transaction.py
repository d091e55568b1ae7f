"""Writes that are made all or none, together with what the log says of them."""

from collections.abc import Callable, Sequence
from typing import Final

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry, add_entries
from chalicelib.storage.table import condition_failed, conflicted

ATTEMPTS: Final = 5  # at a transaction that meets others at the same items


def transact(
    connection: Connection,
    write: Callable[[TransactWrite], None],
    entries: Sequence[LogEntry] = (),
    last: type[Exception] | None = None,
) -> bool:
    """Write in a transaction, together with log entries; False if a condition isn't met.

    last is raised instead if it is that of the last update alone.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with TransactWrite(connection=connection) as transaction:
                write(transaction)
                add_entries(transaction, entries)
        except PynamoDBException as error:
            if last is not None and condition_failed(error, at=-1):
                raise last from error
            if condition_failed(error):
                return False
            if not conflicted(error) or attempt == ATTEMPTS:
                raise
        else:
            break
    return True
