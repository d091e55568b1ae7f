"""Who makes a request: what is read of them in one request to DynamoDB, whatever the tables."""

from typing import Any, Final

import msgspec
from pynamodb.connection import Connection
from pynamodb.models import Model

from chalicelib.storage.api_keys import ApiKey, ApiKeyItem, api_key_of
from chalicelib.storage.projects import Member, MemberItem, Project, ProjectItem, member_of, project_of
from chalicelib.storage.sessions import Session, SessionItem, session_of
from chalicelib.storage.users import User, UserItem, user_of

ATTEMPTS: Final = 5  # at keys that DynamoDB left for the next request, as it may at any load

type Key = dict[str, str]
"""The key of an item, by its attributes' names."""
type Items = dict[type[Model], Any]


class Unanswered(Exception):
    """DynamoDB left keys unread every time."""


class Membership(msgspec.Struct, frozen=True):
    """A project and what somebody is in it."""

    project: Project
    member: Member


class Identities:
    """The tables of sessions, keys, users and projects; all are bound to models before."""

    def __init__(self, region: str) -> None:
        self._connection = Connection(region=region)

    def of_session(
        self, session_id: str, user_id: str, project_id: str | None = None
    ) -> tuple[Session, User, Membership | None] | None:
        """Return a session, the user whose it is, and what they are in a project; None unless both are there.

        Raises Unanswered.
        """
        own: dict[type[Model], Key] = {SessionItem: {"id": session_id}, UserItem: {"id": user_id}}
        found = self._read({**own, **_in_project(project_id, user_id)})
        if SessionItem not in found or UserItem not in found:
            return None
        session, user = session_of(found[SessionItem]), user_of(found[UserItem])
        return (session, user, _membership(found)) if session.user_id == user.id else None

    def of_key(
        self, user_id: str, key_id: str, project_id: str | None = None
    ) -> tuple[ApiKey, User, Membership | None] | None:
        """Return an API key, the user whose it is, and what they are in a project; None unless both are there.

        Raises Unanswered.
        """
        own: dict[type[Model], Key] = {ApiKeyItem: {"user_id": user_id, "id": key_id}, UserItem: {"id": user_id}}
        found = self._read({**own, **_in_project(project_id, user_id)})
        if ApiKeyItem not in found or UserItem not in found:
            return None
        return api_key_of(found[ApiKeyItem]), user_of(found[UserItem]), _membership(found)

    def _read(self, keys: dict[type[Model], Key]) -> Items:
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
        found: Items = {}
        for _ in range(ATTEMPTS):
            answer = client.batch_get_item(RequestItems=wanted)
            found |= {models[table]: items[0] for table, items in answer["Responses"].items() if items}
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return {model: model.from_raw_data(item) for model, item in found.items()}
        raise Unanswered


def _in_project(project_id: str | None, user_id: str) -> dict[type[Model], Key]:
    if project_id is None:
        return {}
    return {ProjectItem: {"id": project_id}, MemberItem: {"project_id": project_id, "user_id": user_id}}


def _membership(found: Items) -> Membership | None:
    if ProjectItem not in found or MemberItem not in found or found[ProjectItem].deleted_at is not None:
        return None
    return Membership(project_of(found[ProjectItem]), member_of(found[MemberItem]))
