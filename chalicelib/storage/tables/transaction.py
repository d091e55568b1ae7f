"""Transactions: writes that succeed or fail together, with their audit events and the usage of an account.

The answer to a write may be lost after DynamoDB has committed it. DynamoDB recognizes a repeated transaction by its
token for ten minutes. Writes also carry an id of their own, an event's or another one, and a condition that is not met
is compared with what is stored: what has the write's own id was written by its first attempt.
"""

import random
import time
from collections.abc import Callable, Sequence
from typing import Final

from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.usage import UsageChange, UsageRefused
from chalicelib.storage.tables.audit_log import AuditLogTable
from chalicelib.storage.tables.counters import seconds_left
from chalicelib.storage.tables.table import condition_failed, conditions_failed, conflicted, stored_items
from chalicelib.storage.tables.usage import HOURLY_UPDATE, USAGE_UPDATE, UsageTable

MAX_ATTEMPTS: Final = 8  # if a transaction conflicts with others, as when one account sends many requests at once
PAUSE_SECONDS: Final = 0.02  # before the second attempt, twice as long before each other one, and shorter at random


class Transactions:
    """Runs DynamoDB transactions: writes to any tables, all of them or none.

    They include the audit events that record the writes, and the change of the usage of an account.
    """

    def __init__(self, region: str, audit_log: AuditLogTable, usage: UsageTable) -> None:
        self._connection = Connection(region=region)
        self._audit_log = audit_log
        self._usage = usage

    def write(
        self,
        write: Callable[[TransactWrite], None],
        events: Sequence[AuditEvent] = (),
        last: type[Exception] | None = None,
        own_id: str | None = None,
        usage: UsageChange | None = None,
    ) -> bool:
        """Commit a transaction as `commit` does, and return True.

        Return False, with nothing written, if a condition is not met. If `last` is given and the only condition that is
        not met is that of the last update of `write`, raise `last` instead. Raises UsageRefused, RateLimitExceeded, and
        PynamoDBException if the transaction fails for another reason.
        """
        try:
            self.commit(write, events, own_id, usage, last)
        except PynamoDBException as error:
            if condition_failed(error):
                return False
            raise
        return True

    def commit(
        self,
        write: Callable[[TransactWrite], None],
        events: Sequence[AuditEvent] = (),
        own_id: str | None = None,
        usage: UsageChange | None = None,
        last: type[Exception] | None = None,
    ) -> None:
        """Commit the writes that `write` adds to a transaction, together with audit events and the usage of an account.

        own_id is the id that one of the writes stores in its item, if it has one. A change of the usage without limits
        is left out if the account is not counted. A transaction that conflicts with others is tried up to MAX_ATTEMPTS
        times. Raises `last` if it is given and only the last update of `write` fails; UsageRefused if only the usage is
        not within its limits or not counted; RateLimitExceeded if only these fail and the rate limit is reached; and
        PynamoDBException if another condition is not met, unless because this transaction is committed already; if it
        still conflicts; or if it fails for another reason.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                with TransactWrite(connection=self._connection) as transaction:
                    write(transaction)
                    self._audit_log.add_to(transaction, events)
                    if usage is not None:
                        self._usage.add_to(transaction, usage)
            except PynamoDBException as error:
                if self._is_committed(error, events, own_id):
                    return
                failed, of_usage = conditions_failed(error), _updates_of(usage)
                if usage is not None and usage.within is None and failed & of_usage:
                    self.commit(write, events, own_id, last=last)
                    return
                if usage is not None and failed and failed <= of_usage:
                    raise _refusal(usage, failed) from error
                if last is not None and failed == {-1 - len(of_usage)}:
                    raise last from error
                if condition_failed(error) or not conflicted(error) or attempt == MAX_ATTEMPTS:
                    raise
                time.sleep(random.random() * PAUSE_SECONDS * 2**attempt)  # noqa: S311 - not a secret
            else:
                return

    def _is_committed(self, error: PynamoDBException, events: Sequence[AuditEvent], own_id: str | None) -> bool:
        """Return whether a transaction fails because it is committed: what it writes is stored."""
        if self._audit_log.are_stored(error, events):
            return True
        return own_id is not None and any({"S": own_id} in item.values() for item in stored_items(error))


def _updates_of(usage: UsageChange | None) -> set[int]:
    """Return which updates of a transaction are those of the usage, as `conditions_failed` does."""
    if usage is None:
        return set()
    return {USAGE_UPDATE} if usage.hourly is None else {USAGE_UPDATE, HOURLY_UPDATE}


def _refusal(usage: UsageChange, failed: set[int]) -> Exception:
    if usage.hourly is not None and usage.at is not None and HOURLY_UPDATE in failed:
        return RateLimitExceeded(usage.hourly, seconds_left(usage.hourly, usage.at))
    return UsageRefused()
