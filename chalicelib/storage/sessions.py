"""Sessions: who is signed in, and how often each refresh token was exchanged."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry, add_entries
from chalicelib.storage.table import Item, applied, bind


class Session(msgspec.Struct, frozen=True):
    """A sign-in that lasts.

    counter is how often its refresh token was exchanged for the next one, refreshed_at when that was last done,
    generation the one that its user was in when it began, device what the browser or program called itself.
    """

    id: str
    user_id: str
    counter: int
    created_at: datetime
    expires_at: datetime
    generation: int = 0
    device: str = ""
    refreshed_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it has expired; DynamoDB deletes what has only some time later."""
        return now >= self.expires_at


class SessionsByUser(GlobalSecondaryIndex["SessionItem"]):
    """All sessions of a user, by when they began."""

    class Meta:
        index_name = "by_user"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    created_at = UTCDateTimeAttribute(range_key=True)


class SessionItem(Item):
    """A session as stored; one that ended is deleted."""

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
    by_user = SessionsByUser()


class Sessions:
    """The sessions' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(SessionItem, table, region)
        self._connection = Connection(region=region)

    def add(self, session: Session, entries: Sequence[LogEntry] = ()) -> None:
        """Store a new session and what the log says of it, all or nothing."""
        with TransactWrite(connection=self._connection) as transaction:
            transaction.save(
                SessionItem(
                    session.id,
                    user_id=session.user_id,
                    counter=session.counter,
                    created_at=session.created_at,
                    expires_at=session.expires_at,
                    generation=session.generation,
                    device=session.device,
                ),
                condition=SessionItem.id.does_not_exist(),
            )
            add_entries(transaction, entries)

    def of_user(self, user_id: str, now: datetime) -> list[Session]:
        """Return a user's sessions that haven't expired, the newest first."""
        items = SessionItem.by_user.query(
            user_id, filter_condition=SessionItem.expires_at > now, scan_index_forward=False
        )
        return [session_of(item) for item in items]

    def advance(self, session: Session, presented_counter: int, now: datetime) -> bool:
        """Count an exchange of the refresh token with that counter; False if it was exchanged before or has ended."""
        return applied(
            lambda: SessionItem(session.id).update(
                actions=[SessionItem.counter.set(presented_counter + 1), SessionItem.refreshed_at.set(now)],
                condition=SessionItem.counter == presented_counter,
            )
        )

    def end(self, session_id: str, user_id: str) -> bool:
        """End a session of a user; False if that user has no such session."""
        return applied(lambda: SessionItem(session_id).delete(condition=SessionItem.user_id == user_id))


def session_of(item: SessionItem) -> Session:
    """Return the session that is stored so."""
    return Session(
        id=item.id,
        user_id=item.user_id,
        counter=int(item.counter),
        created_at=item.created_at,
        expires_at=item.expires_at,
        generation=int(item.generation),
        device=item.device,
        refreshed_at=item.refreshed_at,
    )
