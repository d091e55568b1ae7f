"""A session and its user, read together: every signed-in request asks for both, in one request to DynamoDB."""

from typing import Any, Final

from pynamodb.connection import Connection

from chalicelib.storage.sessions import Session, SessionItem, session_of
from chalicelib.storage.users import User, UserItem, user_of

ATTEMPTS: Final = 5  # at keys that DynamoDB left for the next request, as it may at any load


class Unanswered(Exception):
    """DynamoDB left keys unread every time."""


class Identities:
    """The tables of sessions and users; both are bound to models before, by `Sessions` and `Users`."""

    def __init__(self, region: str) -> None:
        self._connection = Connection(region=region)

    def find(self, session_id: str, user_id: str) -> tuple[Session, User] | None:
        """Return a session and the user whose it is; None unless both are there. Raises Unanswered."""
        sessions, users = SessionItem.Meta.table_name, UserItem.Meta.table_name
        found = self._read({sessions: session_id, users: user_id})
        if sessions not in found or users not in found:
            return None
        session = session_of(SessionItem.from_raw_data(found[sessions]))
        user = user_of(UserItem.from_raw_data(found[users]))
        return (session, user) if session.user_id == user.id else None

    def _read(self, ids: dict[str, str]) -> dict[str, dict[str, Any]]:
        """Return by table the item with an id, of those that are there."""
        client: Any = self._connection.client  # PynamoDB's own batches are of one table each
        wanted: Any = {table: {"Keys": [{"id": {"S": id_}}], "ConsistentRead": True} for table, id_ in ids.items()}
        found: dict[str, dict[str, Any]] = {}
        for _ in range(ATTEMPTS):
            answer = client.batch_get_item(RequestItems=wanted)
            found |= {table: items[0] for table, items in answer["Responses"].items() if items}
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return found
        raise Unanswered
