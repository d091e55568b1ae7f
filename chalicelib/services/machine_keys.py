"""API keys of a user's machines: made, listed, revoked."""

from collections.abc import Set
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.security.api_keys import new_key
from chalicelib.services.access import Scope
from chalicelib.services.audit import Action, Audit
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import is_id, new_id
from chalicelib.storage.api_keys import ApiKey, ApiKeys

MOST_KEYS: Final = 50  # of a user: more than one has machines, and one read lists them


class KeyNotFound(Exception):
    """The caller has no such key."""


class MachineKeys(msgspec.Struct, frozen=True):
    """The use cases of API keys."""

    keys: ApiKeys
    audit: Audit
    clock: Clock

    def create(self, user_id: str, name: str, scopes: Set[Scope], days: int | None) -> tuple[ApiKey, str]:
        """Make a key that is good for scopes, for some days or until it is revoked; return it and its text.

        The text isn't kept anywhere. Raises FieldUnacceptable.
        """
        if len(self.keys.of_user(user_id)) >= MOST_KEYS:
            raise FieldUnacceptable("name", f"would be that of more than {MOST_KEYS} keys; revoke one first")
        now, key_id = self.clock(), new_id()
        text, digest = new_key(user_id, key_id)
        key = ApiKey(
            user_id=user_id,
            id=key_id,
            name=name,
            scopes=frozenset(scope.value for scope in scopes),
            digest=digest,
            created_at=now,
            expires_at=None if days is None else (now + timedelta(days=days)).replace(microsecond=0),  # as it is stored
        )
        self.keys.add(key, [self.audit.entry(Action.API_KEY_CREATED, actor_id=user_id, subject_id=key_id)])
        return key, text

    def list(self, user_id: str) -> list[ApiKey]:
        """Return a user's keys that haven't expired, the newest first."""
        now = self.clock()
        return [key for key in self.keys.of_user(user_id) if key.expires_at is None or now < key.expires_at]

    def revoke(self, user_id: str, key_id: str) -> None:
        """End a user's key; its next request is refused. Raises KeyNotFound."""
        if not is_id(key_id) or not self.keys.delete(user_id, key_id):
            raise KeyNotFound
        self.audit.record(Action.API_KEY_REVOKED, actor_id=user_id, subject_id=key_id)
