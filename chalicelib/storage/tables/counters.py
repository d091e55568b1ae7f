"""Counters of attempts within a window of time.

The window is part of a counter's key, so that counting takes one conditional write and no cleanup: DynamoDB deletes
expired counters. Keys are hashed, because they contain email and IP addresses.
"""

import hashlib
import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.model.attempts import Attempt, Count
from chalicelib.model.clock import window_start
from chalicelib.model.errors import RateLimit, RateLimitExceeded
from chalicelib.storage.tables.table import SCHEMA_VERSION, Item, bind, conflicted

MAX_ATTEMPTS: Final = 8  # if counters are updated concurrently


class CounterItem(Item):
    """The DynamoDB item that counts the attempts of one subject against one rate limit in one window."""

    class Meta:
        table_name = ""

    key = UnicodeAttribute(hash_key=True)
    attempts = NumberAttribute()
    expires_at = TTLAttribute()


class CountersTable:
    """The DynamoDB table of the counters of rate limits, each of one subject in one fixed window of time.

    Keys are hashed, because they contain email and IP addresses. DynamoDB deletes counters after their window.
    """

    def __init__(self, table: str, region: str) -> None:
        self.items = bind(CounterItem, table, region)
        self._connection = Connection(region=region)

    def count(self, counts: Sequence[Count], now: datetime) -> None:
        """Count an attempt against each rate limit and its subject, or against none if one of the limits is reached.

        Raises RateLimitExceeded with the time until the limit's window ends. It is also raised, with one second, if
        concurrent updates still conflict after MAX_ATTEMPTS. Raises PynamoDBException for other failures.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                self._count(counts, now)
            except TransactWriteError as error:
                for (limit, _), reason in zip(counts, error.cancellation_reasons, strict=True):
                    if reason is not None and reason.code == "ConditionalCheckFailed":
                        raise RateLimitExceeded(limit, seconds_left(limit, now)) from error
                if not conflicted(error):
                    raise
                if attempt == MAX_ATTEMPTS:
                    raise RateLimitExceeded(counts[0][0], 1) from error
            else:
                return

    def take_back(self, attempt: Attempt) -> None:
        """Take back the counts of an attempt; they stay if concurrent updates still conflict after MAX_ATTEMPTS.

        Raises PynamoDBException for other failures.
        """
        for _ in range(MAX_ATTEMPTS):
            try:
                with TransactWrite(connection=self._connection) as transaction:
                    self.take_back_in(transaction, attempt)
            except TransactWriteError as error:
                if not conflicted(error):
                    raise
            else:
                return

    def take_back_in(self, transaction: TransactWrite, attempt: Attempt) -> None:
        """Add the writes that take back the counts of an attempt to a transaction."""
        for count in attempt.counts:
            self._add(transaction, count, attempt.at, -1)

    def _count(self, counts: Sequence[Count], now: datetime) -> None:
        with TransactWrite(connection=self._connection) as transaction:
            for limit, subject in counts:
                self.add_to(transaction, limit, subject, now)

    def add_to(self, transaction: TransactWrite, limit: RateLimit, subject: str, now: datetime) -> None:
        """Add a count to a transaction, whose commit fails if the rate limit is reached."""
        below = CounterItem.attempts.does_not_exist() | (CounterItem.attempts < limit.max_count)
        self._add(transaction, (limit, subject), now, 1, below)

    def counted(self, limit: RateLimit, subject: str, now: datetime) -> int:
        """Return how many attempts of a subject are counted against a rate limit in the current window."""
        try:
            return int(self.items.get(_key(limit, subject, _ends_at(limit, now)), consistent_read=True).attempts)
        except self.items.DoesNotExist:
            return 0

    def _add(
        self, transaction: TransactWrite, count: Count, now: datetime, number: int, condition: Condition | None = None
    ) -> None:
        limit, subject = count
        ends_at = _ends_at(limit, now)
        transaction.update(
            self.items(_key(limit, subject, ends_at)),
            actions=[
                CounterItem.attempts.add(number),
                CounterItem.expires_at.set(ends_at),
                CounterItem.schema_version.set(SCHEMA_VERSION),
            ],
            condition=condition,
        )


def seconds_left(limit: RateLimit, now: datetime) -> int:
    """Return the number of seconds until the current window of a rate limit ends."""
    return math.ceil((_ends_at(limit, now) - now).total_seconds())


def _ends_at(limit: RateLimit, now: datetime) -> datetime:
    return window_start(now, limit.window) + limit.window


def _key(limit: RateLimit, subject: str, ends_at: datetime) -> str:
    return hashlib.sha256(f"{limit.name}\n{subject}\n{ends_at.isoformat()}".encode()).hexdigest()
