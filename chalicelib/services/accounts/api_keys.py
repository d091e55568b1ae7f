"""API keys: creation, listing, revocation."""

from collections.abc import Set
from datetime import timedelta

import msgspec

from chalicelib.model.api_keys import ApiKey, ApiKeyNotFound, Scope
from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.model.ids import is_id, new_id
from chalicelib.model.usage import LimitReached, PerLimit, UsageChange
from chalicelib.model.users import User
from chalicelib.security.api_keys import new_api_key
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.services.usage import UsageService
from chalicelib.storage.tables.api_keys import ApiKeysTable


class ApiKeysService(msgspec.Struct, frozen=True):
    """The use cases of API keys: creating, listing and revoking them."""

    keys: ApiKeysTable
    usage: UsageService
    mailer: Mailer
    audit: AuditRecorder
    clock: Clock

    def create(self, user: User, name: str, scopes: Set[Scope], days: int | None) -> tuple[ApiKey, str]:
        """Create a key that is valid for some days, or without limit if days is None; return the key and its text.

        The text is not stored, so it is never returned again. Raises LimitReached.
        """
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
        created = self.audit.event(AuditAction.API_KEY_CREATED, actor_id=user.id, subject_id=key_id)
        try:
            self._add(user, key, created)
        except LimitReached:
            if not self._delete_ended(user):
                raise
            self._add(user, key, created)
        self.mailer.send(user.email, Message.API_KEY_CREATED)
        return key, text

    def list(self, user: User) -> list[ApiKey]:
        """Return a user's valid keys, newest first."""
        return [key for key in self.keys.of_user(user.id) if not self._has_ended(key, user)]

    def revoke(self, user: User, key_id: str) -> None:
        """Revoke a user's key. Raises ApiKeyNotFound if the user has no key with this id."""
        revoked = self.audit.event(AuditAction.API_KEY_REVOKED, actor_id=user.id, subject_id=key_id)
        if not is_id(key_id) or not self.keys.delete(user.id, key_id, [revoked]):
            raise ApiKeyNotFound
        self.mailer.send(user.email, Message.API_KEY_REVOKED)

    def _add(self, user: User, key: ApiKey, created: AuditEvent) -> None:
        change = UsageChange(user_id=user.id, by=PerLimit(api_keys=1))
        self.usage.keep_within(user.limits, change, lambda usage: self.keys.add(key, [created], usage))

    def _delete_ended(self, user: User) -> bool:
        """Delete the user's keys that have expired or were revoked with all others; return whether there were any.

        DynamoDB deletes expired ones only within days.
        """
        ended = [key for key in self.keys.of_user(user.id) if self._has_ended(key, user)]
        for key in ended:
            self.keys.delete(user.id, key.id)
        return bool(ended)

    def _has_ended(self, key: ApiKey, user: User) -> bool:
        return key.generation != user.key_generation or (key.expires_at is not None and key.expires_at <= self.clock())
