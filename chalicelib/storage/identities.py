"""Who makes a request: what is read of them in one request to DynamoDB, whatever the tables."""

from typing import Any, Final

from pynamodb.connection import Connection
from pynamodb.models import Model

from chalicelib.storage.api_keys import ApiKey, ApiKeyItem, api_key_of
from chalicelib.storage.sessions import Session, SessionItem, session_of
from chalicelib.storage.users import User, UserItem, user_of

ATTEMPTS: Final = 5  # at keys that DynamoDB left for the next request, as it may at any load

type Key = dict[str, str]
"""The key of an item, by its attributes' names."""


class Unanswered(Exception):
    """DynamoDB left keys unread every time."""


class Identities:
    """The tables of sessions, keys and users; all are bound to models before."""

    def __init__(self, region: str) -> None:
        self._connection = Connection(region=region)

    def of_session(self, session_id: str, user_id: str) -> tuple[Session, User] | None:
        """Return a session and the user whose it is; None unless both are there. Raises Unanswered."""
        found = self._read({SessionItem: {"id": session_id}, UserItem: {"id": user_id}})
        if SessionItem not in found or UserItem not in found:
            return None
        session, user = session_of(found[SessionItem]), user_of(found[UserItem])
        return (session, user) if session.user_id == user.id else None

    def of_key(self, user_id: str, key_id: str) -> tuple[ApiKey, User] | None:
        """Return an API key and the user whose it is; None unless both are there. Raises Unanswered."""
        found = self._read({ApiKeyItem: {"user_id": user_id, "id": key_id}, UserItem: {"id": user_id}})
        if ApiKeyItem not in found or UserItem not in found:
            return None
        return api_key_of(found[ApiKeyItem]), user_of(found[UserItem])

    def _read(self, keys: dict[type[Model], Key]) -> dict[type[Model], Any]:
        """Return by model the item with a key, of those that are there."""
        models = {model.Meta.table_name: model for model in keys}
        client: Any = self._connection.client  # PynamoDB's own batches are of one table each
        wanted: Any = {
            model.Meta.table_name: {
                "Keys": [{name: {"S": value} for name, value in key.items()}],
                "ConsistentRead": True,
            }
            for model, key in keys.items()
        }
        found: dict[type[Model], Any] = {}
        for _ in range(ATTEMPTS):
            answer = client.batch_get_item(RequestItems=wanted)
            found |= {models[table]: items[0] for table, items in answer["Responses"].items() if items}
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return {model: model.from_raw_data(item) for model, item in found.items()}
        raise Unanswered
