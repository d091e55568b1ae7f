"""The table of the usage of accounts: how many images, bytes, projects, … count against the limits of each.

The usage changes in the transaction that creates or deletes what is counted, under the condition that no limit is
exceeded. DynamoDB's own deletion of expired items is not counted; counting everything again repairs that.
"""

import operator
from functools import reduce
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition, size
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.model.usage import Limit, PerLimit, Usage, UsageChange
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.storage.tables.table import Item, applied, bind

USAGE_UPDATE: Final = -1  # the place of the update in a transaction, as `conditions_failed` returns it
HOURLY_UPDATE: Final = -2
NUMBERS: Final = (
    Limit.STORED_IMAGES,
    Limit.STORED_BYTES,
    Limit.PROJECTS,
    Limit.API_KEYS,
    Limit.RESEARCH_NOTES,
)


class UsageItem(Item):
    """The DynamoDB item of the usage of an account.

    in_flight are the ids of images whose analyses are in flight: as a set, so that none is counted or released twice.
    """

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    stored_images = NumberAttribute(default=0)
    stored_bytes = NumberAttribute(default=0)
    projects = NumberAttribute(default=0)
    api_keys = NumberAttribute(default=0)
    research_notes = NumberAttribute(default=0)
    in_flight = UnicodeSetAttribute(null=True)
    counted_at = UTCDateTimeAttribute()
    revision = NumberAttribute(default=0)


class UsageTable:
    """The DynamoDB table of the usage of accounts. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str, counters: CountersTable) -> None:
        self.items = bind(UsageItem, table, region)
        self._counters = counters

    def get(self, user_id: str) -> Usage | None:
        """Return the usage of an account, or None if it was never counted."""
        try:
            item = self.items.get(user_id, consistent_read=True)
        except self.items.DoesNotExist:
            return None
        in_flight = frozenset(item.in_flight or ())
        numbers = {limit.value: int(_attribute(limit, item)) for limit in NUMBERS}
        used = PerLimit(**numbers, analyses_in_flight=len(in_flight))
        return Usage(item.user_id, used, in_flight, item.counted_at, int(item.revision))

    def replace(self, usage: Usage, earlier: Usage | None) -> bool:
        """Store the usage of an account that was counted; return False if it has changed since `earlier` was read."""
        item = self._item(usage)
        if earlier is None:
            return applied(lambda: item.save(condition=UsageItem.user_id.does_not_exist()))
        item.revision = earlier.revision + 1
        return applied(lambda: item.save(condition=UsageItem.revision == earlier.revision))

    def delete(self, user_id: str) -> None:
        """Delete the usage of an account, if it exists."""
        self.items(user_id).delete()

    def begin(self, transaction: TransactWrite, usage: Usage) -> None:
        """Add the usage of a new account to a transaction."""
        transaction.save(self._item(usage))

    def add_to(self, transaction: TransactWrite, change: UsageChange) -> None:
        """Add a change to a transaction, whose commit fails if a limit would be exceeded or nothing was counted yet.

        The last update is that of the usage; before it comes that of the rate limit, if the change has one.
        """
        if change.hourly is not None and change.at is not None:
            self._counters.add_to(transaction, change.hourly, change.user_id, change.at)
        transaction.update(self.items(change.user_id), actions=_actions(change), condition=_permits(change))

    def _item(self, usage: Usage) -> UsageItem:
        item = self.items(usage.user_id, in_flight=set(usage.in_flight) or None, counted_at=usage.counted_at)
        for limit in NUMBERS:
            setattr(item, limit, usage.used.of(limit))
        return item


def _actions(change: UsageChange) -> list[Action]:
    actions: list[Action] = [UsageItem.revision.add(1)]
    actions += [_attribute(limit).add(change.by.of(limit)) for limit in NUMBERS if change.by.of(limit)]
    if change.by.analyses_in_flight > 0:
        actions.append(UsageItem.in_flight.add({change.image_id}))
    if change.by.analyses_in_flight < 0:
        actions.append(UsageItem.in_flight.delete({change.image_id}))
    return actions


def _permits(change: UsageChange) -> Condition:
    """Return the condition that the usage is counted, and stays within the limits of the change."""
    conditions: list[Condition] = [UsageItem.user_id.exists()]
    if change.within is not None:
        rising = [limit for limit in NUMBERS if change.by.of(limit) > 0]
        conditions += [_attribute(limit) <= change.within.of(limit) - change.by.of(limit) for limit in rising]
        if change.by.analyses_in_flight > 0:
            few = size(UsageItem.in_flight) < change.within.analyses_in_flight
            is_counted = UsageItem.in_flight.contains(change.image_id)
            conditions.append(UsageItem.in_flight.does_not_exist() | few | is_counted)
    return reduce(operator.and_, conditions)


def _attribute(limit: Limit, item: Any = UsageItem) -> Any:
    return getattr(item, limit.value)
