"""The table of sessions, with the number of exchanges of their refresh tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.storage.tables.table import ALL_OLD, Item, bind
from chalicelib.storage.tables.transaction import Transactions

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action


class SessionsByUser(GlobalSecondaryIndex["SessionItem"]):
    """The DynamoDB index of sessions by user, ordered by the time at which they started."""

    class Meta:
        index_name = "by_user"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    created_at = UTCDateTimeAttribute(range_key=True)


class SessionItem(Item):
    """The DynamoDB item of a session; an ended session is deleted.

    exchange_id identifies the write that exchanged its refresh token last.
    """

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute()
    counter = NumberAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()
    generation = NumberAttribute(default=0)
    device = UnicodeAttribute(default="")
    refreshed_at = UTCDateTimeAttribute(null=True)
    authenticated_at = UTCDateTimeAttribute(null=True)
    exchange_id = UnicodeAttribute(null=True)
    by_user = SessionsByUser()


class SessionsTable:
    """The DynamoDB table of sessions. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(SessionItem, table, region)
        self._transactions = transactions

    def add(self, session: Session, events: Sequence[AuditEvent] = ()) -> None:
        """Store a new session together with audit events. Raises PynamoDBException, also if the session id exists."""
        self._transactions.commit(lambda transaction: self.add_to(transaction, session), events)

    def add_to(self, transaction: TransactWrite, session: Session) -> None:
        """Add the write of a new session to a transaction, whose commit fails if the session id exists."""
        item = self.items(
            session.id,
            user_id=session.user_id,
            counter=session.counter,
            created_at=session.created_at,
            expires_at=session.expires_at,
            generation=session.generation,
            device=session.device,
        )
        transaction.save(item, condition=SessionItem.id.does_not_exist())

    def of_user(self, user_id: str, now: datetime) -> list[Session]:
        """Return a user's sessions that expire after now, newest first, including those of an earlier generation."""
        items = self.items.by_user.query(
            user_id, filter_condition=SessionItem.expires_at > now, scan_index_forward=False
        )
        return [session_of(item) for item in items]

    def advance(self, session: Session, presented_counter: int, now: datetime, expires_at: datetime) -> bool:
        """Record that the refresh token whose counter is presented_counter was exchanged at now, and a new expiry.

        Return False, without recording it, if the token was exchanged before or the session has ended.
        """
        exchange_id = new_id()
        actions: list[Action] = [
            SessionItem.counter.set(presented_counter + 1),
            SessionItem.refreshed_at.set(now),
            SessionItem.expires_at.set(expires_at),
            SessionItem.exchange_id.set(exchange_id),
        ]

        def write(transaction: TransactWrite) -> None:
            unused = SessionItem.counter == presented_counter
            transaction.update(self.items(session.id), actions=actions, condition=unused, return_values=ALL_OLD)

        return self._transactions.write(write, own_id=exchange_id)

    def reauthenticate(self, session_id: str, user_id: str, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Record that the user of a session entered the password at now, together with audit events.

        Return False, without recording it, if the user has no session with this id.
        """

        def write(transaction: TransactWrite) -> None:
            actions: list[Action] = [SessionItem.authenticated_at.set(now)]
            transaction.update(self.items(session_id), actions=actions, condition=SessionItem.user_id == user_id)

        return self._transactions.write(write, events)

    def end(self, session_id: str, user_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        """End a session of a user together with audit events; return False if the user has no session with this id."""

        def write(transaction: TransactWrite) -> None:
            transaction.delete(self.items(session_id), condition=SessionItem.user_id == user_id)

        return self._transactions.write(write, events)

    def delete_all(self, user_id: str) -> None:
        """Delete all sessions of a user, also those that have expired."""
        for item in self.items.by_user.query(user_id):
            item.delete()


def session_of(item: SessionItem) -> Session:
    """Return the `Session` that a stored item represents."""
    return Session(
        id=item.id,
        user_id=item.user_id,
        counter=int(item.counter),
        created_at=item.created_at,
        expires_at=item.expires_at,
        generation=int(item.generation),
        device=item.device,
        refreshed_at=item.refreshed_at,
        authenticated_at=item.authenticated_at,
    )
