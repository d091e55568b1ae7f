"""The audit log: events are added and never changed; DynamoDB deletes them when they expire.

The events of a day are spread over a few shards, so that concurrent writes do not share one partition key. The shard is
computed from the event's id, which contains its time. An index finds the events of a user.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from typing import Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditAction, AuditEvent, AuditEventPage, AuditKind, AuditLevel
from chalicelib.model.ids import created_at, first_id
from chalicelib.model.paging import MAX_READ, Page, page_of
from chalicelib.storage.tables.table import ALL_OLD, Item, applied, bind, conflicted, stored_items

SHARDS: Final = 2  # per day, for 2,000 writes per second; more shards would take more requests to read a day


class AuditEventsByUser(GlobalSecondaryIndex["AuditEventItem"]):
    """The DynamoDB index of audit events by user or project, ordered by event id.

    Events of unknown users have no user_id and are not in it.
    """

    class Meta:
        index_name = "by_user"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class AuditEventItem(Item):
    """The DynamoDB item of an audit event."""

    class Meta:
        table_name = ""

    shard = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    actor_id = UnicodeAttribute(null=True)
    user_id = UnicodeAttribute(null=True)
    action = UnicodeAttribute()
    kind = UnicodeAttribute()
    level = UnicodeAttribute()
    subject_id = UnicodeAttribute(null=True)
    detail = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()
    duration_ms = NumberAttribute(null=True)
    network = UnicodeAttribute(null=True)
    device = UnicodeAttribute(null=True)
    by_user = AuditEventsByUser()


class AuditLogTable:
    """The DynamoDB table of audit events. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str) -> None:
        self.items = bind(AuditEventItem, table, region)
        self._connection = Connection(region=region)

    def add(self, events: Sequence[AuditEvent]) -> None:
        """Store audit events in one transaction: all of them or none; do nothing if they are stored already.

        Raises PynamoDBException, also if another event has the id of one.
        """
        try:
            with TransactWrite(connection=self._connection) as transaction:
                self.add_to(transaction, events)
        except PynamoDBException as error:
            if not self.are_stored(error, events):
                raise

    def add_once(self, event: AuditEvent) -> bool:
        """Store an audit event; return False, without a change, if another with its id is stored or being stored.

        Raises PynamoDBException if the request fails for another reason.
        """
        try:
            return applied(lambda: self.add([event]))
        except PynamoDBException as error:
            if conflicted(error):
                return False
            raise

    def get(self, event_id: str) -> AuditEvent | None:
        """Return the event with this id, or None. Raises ValueError if event_id is not a UUID."""
        try:
            return _event(self.items.get(_shard(event_id), event_id, consistent_read=True))
        except self.items.DoesNotExist:
            return None

    def of_user(
        self, user_id: str, begin: datetime, before_id: str, limit: int, wanted: Callable[[AuditEvent], bool]
    ) -> AuditEventPage:
        """Return a page of the wanted events of a user or project, newest first.

        The events lie between begin, inclusive, and the event before_id, exclusive; limit is the maximum number of
        events.
        """
        between = AuditEventItem.id.between(first_id(begin), before_id)
        found = self.items.by_user.query(user_id, between, scan_index_forward=False, limit=MAX_READ, page_size=MAX_READ)
        return page_of((_event(item) for item in found), before_id, limit, wanted)

    def of_day(
        self, begin: datetime, before_id: str, limit: int, wanted: Callable[[AuditEvent], bool]
    ) -> AuditEventPage:
        """Return a page of the wanted events of all users on the last day in UTC before an id, newest first.

        The events lie between begin, inclusive, and the event before_id, exclusive; limit is the maximum number of
        events. After the last event of a day, next_id is the first possible id of that day, or None if the day does not
        start after begin.
        """
        day = created_at(before_id).replace(hour=0, minute=0, second=0, microsecond=0)
        if first_id(day) >= before_id:
            day -= timedelta(days=1)
        between = AuditEventItem.id.between(first_id(max(begin, day)), before_id)
        shards = [self._newest_first(f"{day:%Y-%m-%d}#{number}", between) for number in range(SHARDS)]
        page = page_of(merge(*shards, key=lambda event: event.id, reverse=True), before_id, limit, wanted)
        if page.next_id is None and day > begin:
            return Page(page.items, first_id(day))
        return page

    def events_of_day(self, day: datetime, max_count: int) -> tuple[list[AuditEvent], bool]:
        """Return the events of all users on a day in UTC, and whether they are complete.

        At most max_count events are read. The events are sorted by id only within each shard.
        """
        per_shard = max_count // SHARDS
        keys = [f"{day:%Y-%m-%d}#{number}" for number in range(SHARDS)]
        found = [[_event(item) for item in self.items.query(key, limit=per_shard)] for key in keys]
        return [event for events in found for event in events], all(len(events) < per_shard for events in found)

    def add_to(self, transaction: TransactWrite, events: Sequence[AuditEvent]) -> None:
        """Add the writes of audit events to a transaction, whose commit fails if an event is stored already."""
        for event in events:
            transaction.save(self._item(event), condition=AuditEventItem.id.does_not_exist(), return_values=ALL_OLD)

    def are_stored(self, error: PynamoDBException, events: Sequence[AuditEvent]) -> bool:
        """Return whether a transaction with these events failed because it is committed: because they are stored."""
        stored = stored_items(error)
        return bool(events) and all(self._item(event).serialize() in stored for event in events)

    def _item(self, event: AuditEvent) -> AuditEventItem:
        return self.items(
            _shard(event.id),
            event.id,
            actor_id=event.actor_id,
            user_id=event.user_id,
            action=event.action.value,
            kind=event.kind.value,
            level=event.level.value,
            subject_id=event.subject_id,
            detail=event.detail,
            request_id=event.request_id,
            at=event.at,
            expires_at=event.expires_at,
            duration_ms=event.duration_ms,
            network=event.network,
            device=event.device,
        )

    def _newest_first(self, shard: str, between: Condition) -> Iterator[AuditEvent]:
        items = self.items.query(shard, between, scan_index_forward=False, limit=MAX_READ, page_size=MAX_READ)
        return (_event(item) for item in items)


def _shard(event_id: str) -> str:
    return f"{created_at(event_id):%Y-%m-%d}#{zlib.crc32(event_id.encode()) % SHARDS}"


def _event(item: AuditEventItem) -> AuditEvent:
    return AuditEvent(
        id=item.id,
        actor_id=item.actor_id,
        user_id=item.user_id,
        action=AuditAction(item.action),
        kind=AuditKind(item.kind),
        level=AuditLevel(item.level),
        subject_id=item.subject_id,
        detail=item.detail,
        request_id=item.request_id,
        at=item.at,
        expires_at=item.expires_at,
        duration_ms=None if item.duration_ms is None else int(item.duration_ms),
        network=item.network,
        device=item.device,
    )
