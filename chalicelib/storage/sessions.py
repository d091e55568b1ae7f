"""Sessions: who is signed in, and how often each refresh token was exchanged."""

from dataclasses import dataclass
from datetime import datetime

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import PynamoDBException
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.storage.table import Item, bind, condition_failed


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that lasts. counter is how often its refresh token was exchanged for the next one."""

    id: str
    user_id: str
    counter: int
    created_at: datetime
    expires_at: datetime

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
    by_user = SessionsByUser()


class Sessions:
    """The sessions' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(SessionItem, table, region)

    def add(self, session: Session) -> None:
        """Store a new session."""
        SessionItem(
            session.id,
            user_id=session.user_id,
            counter=session.counter,
            created_at=session.created_at,
            expires_at=session.expires_at,
        ).save(condition=SessionItem.id.does_not_exist())

    def get(self, session_id: str) -> Session | None:
        """Return a session, None if it has ended."""
        try:
            item = SessionItem.get(session_id, consistent_read=True)
        except SessionItem.DoesNotExist:
            return None
        return Session(item.id, item.user_id, int(item.counter), item.created_at, item.expires_at)

    def advance(self, session: Session, presented_counter: int) -> bool:
        """Count an exchange of the refresh token with that counter; False if it was exchanged before or has ended."""
        try:
            SessionItem(session.id).update(
                actions=[SessionItem.counter.set(presented_counter + 1)],
                condition=SessionItem.counter == presented_counter,
            )
        except PynamoDBException as error:
            if condition_failed(error):
                return False
            raise
        return True

    def end(self, session_id: str) -> None:
        """End a session; ending one that has ended does nothing."""
        SessionItem(session_id).delete()
