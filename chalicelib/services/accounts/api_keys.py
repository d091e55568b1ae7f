"""API keys: creation, listing, revocation."""

from collections.abc import Sequence, Set
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.api_keys import ApiKey, ApiKeyNotFound, Scope
from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import is_id, new_id
from chalicelib.model.users import User
from chalicelib.security.api_keys import new_api_key
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.tables.api_keys import ApiKeysTable

MAX_API_KEYS: Final = 50  # per user: one query lists them


class ApiKeysService(msgspec.Struct, frozen=True):
    """The use cases of API keys: creating, listing and revoking them."""

    keys: ApiKeysTable
    mailer: Mailer
    audit: AuditRecorder
    clock: Clock

    def create(self, user: User, name: str, scopes: Set[Scope], days: int | None) -> tuple[ApiKey, str]:
        """Create a key that is valid for some days, or without limit if days is None; return the key and its text.

        The text is not stored, so it is never returned again. Raises InvalidField if the user already has MAX_API_KEYS
        keys (50).
        """
        if len(self._unrevoked(user)) >= MAX_API_KEYS:
            raise InvalidField("name", f"would exceed {MAX_API_KEYS} keys; revoke one first")
        now, key_id = self.clock(), new_id()
        text, digest = new_api_key(user.id, key_id)
        key = ApiKey(
            user_id=user.id,
            id=key_id,
            name=name,
            scopes=frozenset(scopes),
            digest=digest,
            created_at=now,
            expires_at=None if days is None else (now + timedelta(days=days)).replace(microsecond=0),  # as it is stored
            generation=user.key_generation,
        )
        self.keys.add(key, [self.audit.event(AuditAction.API_KEY_CREATED, actor_id=user.id, subject_id=key_id)])
        self.mailer.send(user.email, Message.API_KEY_CREATED)
        return key, text

    def list(self, user: User) -> list[ApiKey]:
        """Return a user's keys that have not expired, newest first."""
        now = self.clock()
        return [key for key in self._unrevoked(user) if key.expires_at is None or now < key.expires_at]

    def revoke(self, user: User, key_id: str) -> None:
        """Revoke a user's key. Raises ApiKeyNotFound if the user has no key with this id."""
        revoked = self.audit.event(AuditAction.API_KEY_REVOKED, actor_id=user.id, subject_id=key_id)
        if not is_id(key_id) or not self.keys.delete(user.id, key_id, [revoked]):
            raise ApiKeyNotFound
        self.mailer.send(user.email, Message.API_KEY_REVOKED)

    def _unrevoked(self, user: User) -> Sequence[ApiKey]:
        return [key for key in self.keys.of_user(user.id) if key.generation == user.key_generation]
