"""Identities: the items that authorize a request, read from several tables in one request to DynamoDB."""

from typing import Any, Final

from pynamodb.connection import Connection
from pynamodb.models import Model

from chalicelib.model.api_keys import ApiKey
from chalicelib.model.projects import Membership
from chalicelib.model.sessions import Session
from chalicelib.model.users import User
from chalicelib.storage.tables.api_keys import ApiKeysTable, api_key_of
from chalicelib.storage.tables.projects import ProjectsTable, member_of, project_of
from chalicelib.storage.tables.sessions import SessionsTable, session_of
from chalicelib.storage.tables.users import UsersTable, user_of

MAX_ATTEMPTS: Final = 5  # DynamoDB may leave keys unprocessed at any load

type Key = dict[str, str]
"""The key of an item, by the names of its attributes."""
type Items = dict[type[Model], Any]


class KeysUnprocessed(Exception):
    """DynamoDB left some keys of a batch unprocessed in all MAX_ATTEMPTS attempts."""


class IdentitiesTable:
    """The reader of sessions, API keys, users and projects, which are in separate DynamoDB tables, in one request."""

    def __init__(
        self, users: UsersTable, sessions: SessionsTable, api_keys: ApiKeysTable, projects: ProjectsTable, region: str
    ) -> None:
        self._users = users.user_items
        self._sessions = sessions.items
        self._api_keys = api_keys.items
        self._projects = projects.project_items
        self._members = projects.member_items
        self._connection = Connection(region=region)

    def of_session(
        self, session_id: str, user_id: str, project_id: str | None = None
    ) -> tuple[Session, User, Membership | None] | None:
        """Return a session, its user, and the user's membership of a project.

        The membership is None without project_id, or if the project is closed or the user is not a member. The result
        is None if the session or the user does not exist, or if the session belongs to another user. Raises
        KeysUnprocessed, or botocore's ClientError if the request fails.
        """
        own: dict[type[Model], Key] = {self._sessions: {"id": session_id}, self._users: {"id": user_id}}
        found = self._read({**own, **self._in_project(project_id, user_id)})
        if self._sessions not in found or self._users not in found:
            return None
        session, user = session_of(found[self._sessions]), user_of(found[self._users])
        return (session, user, self._membership(found)) if session.user_id == user.id else None

    def of_api_key(
        self, user_id: str, key_id: str, project_id: str | None = None
    ) -> tuple[ApiKey, User, Membership | None] | None:
        """Return an API key, its user, and the user's membership of a project.

        The membership is None without project_id, or if the project is closed or the user is not a member. The result
        is None if the key or the user does not exist. Raises KeysUnprocessed, or botocore's ClientError if the request
        fails.
        """
        own: dict[type[Model], Key] = {self._api_keys: {"user_id": user_id, "id": key_id}, self._users: {"id": user_id}}
        found = self._read({**own, **self._in_project(project_id, user_id)})
        if self._api_keys not in found or self._users not in found:
            return None
        return api_key_of(found[self._api_keys]), user_of(found[self._users]), self._membership(found)

    def _read(self, keys: dict[type[Model], Key]) -> Items:
        """Return the item of each key that exists, by model."""
        models = {model.Meta.table_name: model for model in keys}
        client: Any = self._connection.client  # PynamoDB's own batches are of one table each
        wanted: Any = {
            model.Meta.table_name: {
                "Keys": [{name: {"S": value} for name, value in key.items()}],
                "ConsistentRead": True,
            }
            for model, key in keys.items()
        }
        found: Items = {}
        for _ in range(MAX_ATTEMPTS):
            response = client.batch_get_item(RequestItems=wanted)
            found |= {models[table]: items[0] for table, items in response["Responses"].items() if items}
            wanted = response.get("UnprocessedKeys")
            if not wanted:
                return {model: model.from_raw_data(item) for model, item in found.items()}
        raise KeysUnprocessed

    def _in_project(self, project_id: str | None, user_id: str) -> dict[type[Model], Key]:
        if project_id is None:
            return {}
        return {self._projects: {"id": project_id}, self._members: {"project_id": project_id, "user_id": user_id}}

    def _membership(self, found: Items) -> Membership | None:
        if self._projects not in found or self._members not in found or found[self._projects].deleted_at is not None:
            return None
        return Membership(project_of(found[self._projects]), member_of(found[self._members]))
