"""Counters that expire: how often something was tried within a window of time.

A window is a stretch of the clock, and its number part of the counter's key, so that counting needs one conditional
write and no clean-up: what is over is deleted by DynamoDB. Keys are hashed, because they hold addresses.
"""

import hashlib
import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.storage.table import SCHEMA_VERSION, Item, bind, conflicted

ATTEMPTS: Final = 8  # at counters that others count at the same moment


class Limit(msgspec.Struct, frozen=True):
    """How often something may be tried within a window."""

    name: str
    most: int
    window: timedelta


class OverLimit(Exception):
    """Something was tried as often as it may be; it may be again when the window ends."""

    def __init__(self, limit: Limit, seconds_left: int) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.seconds_left = seconds_left


class CounterItem(Item):
    """A counter of one window as stored."""

    class Meta:
        table_name = ""

    key = UnicodeAttribute(hash_key=True)
    tried = NumberAttribute()
    expires_at = TTLAttribute()


class Counters:
    """The counters' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(CounterItem, table, region)
        self._connection = Connection(region=region)

    def count(self, tries: Sequence[tuple[Limit, str]], now: datetime) -> None:
        """Count a try for each limit and whom it is for; none if one is over. Raises OverLimit.

        So many tries at one moment that counting them fails are too many, too.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._count(tries, now)
            except TransactWriteError as error:
                for (limit, _), reason in zip(tries, error.cancellation_reasons, strict=True):
                    if reason is not None and reason.code == "ConditionalCheckFailed":
                        raise OverLimit(limit, math.ceil((_ends_at(limit, now) - now).total_seconds())) from error
                if not conflicted(error):
                    raise
                if attempt == ATTEMPTS:
                    raise OverLimit(tries[0][0], 1) from error
            else:
                return

    def _count(self, tries: Sequence[tuple[Limit, str]], now: datetime) -> None:
        with TransactWrite(connection=self._connection) as transaction:
            for limit, whose in tries:
                ends_at = _ends_at(limit, now)
                transaction.update(
                    CounterItem(_key(limit, whose, ends_at)),
                    actions=[
                        CounterItem.tried.add(1),
                        CounterItem.expires_at.set(ends_at),
                        CounterItem.schema_version.set(SCHEMA_VERSION),
                    ],
                    condition=CounterItem.tried.does_not_exist() | (CounterItem.tried < limit.most),
                )


def _ends_at(limit: Limit, now: datetime) -> datetime:
    seconds = limit.window.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, UTC)


def _key(limit: Limit, whose: str, ends_at: datetime) -> str:
    return hashlib.sha256(f"{limit.name}\n{whose}\n{ends_at.isoformat()}".encode()).hexdigest()
