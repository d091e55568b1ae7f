"""API keys as stored: their hashes, what they are good for, and when they were last used."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry, add_entries
from chalicelib.storage.table import Item, applied, bind


class ApiKey(msgspec.Struct, frozen=True):
    """A key. digest is its hash in hexadecimal digits; expires_at is None for one that goes on until it is revoked."""

    user_id: str
    id: str
    name: str
    scopes: frozenset[str]
    digest: str
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None


class ApiKeyItem(Item):
    """A key as stored; one that was revoked is deleted."""

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    scopes = UnicodeSetAttribute()
    digest = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    expires_at = TTLAttribute(null=True)
    last_used_at = UTCDateTimeAttribute(null=True)


class ApiKeys:
    """The keys' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(ApiKeyItem, table, region)
        self._connection = Connection(region=region)

    def add(self, key: ApiKey, entries: Sequence[LogEntry]) -> None:
        """Store a new key and what the log says of it, all or nothing."""
        item = ApiKeyItem(
            key.user_id,
            key.id,
            name=key.name,
            scopes=set(key.scopes),
            digest=key.digest,
            created_at=key.created_at,
            expires_at=key.expires_at,
        )
        with TransactWrite(connection=self._connection) as transaction:
            transaction.save(item, condition=ApiKeyItem.id.does_not_exist())
            add_entries(transaction, entries)

    def of_user(self, user_id: str) -> list[ApiKey]:
        """Return a user's keys, the newest first."""
        items = ApiKeyItem.query(user_id, scan_index_forward=False, consistent_read=True)
        return [api_key_of(item) for item in items]

    def delete(self, user_id: str, key_id: str) -> bool:
        """Delete a user's key; False if they have none of that id."""
        return applied(lambda: ApiKeyItem(user_id, key_id).delete(condition=ApiKeyItem.id.exists()))

    def note_use(self, key: ApiKey, at: datetime) -> None:
        """Note that a key was used, if it is still there."""
        applied(
            lambda: ApiKeyItem(key.user_id, key.id).update(
                actions=[ApiKeyItem.last_used_at.set(at)], condition=ApiKeyItem.id.exists()
            )
        )


def api_key_of(item: ApiKeyItem) -> ApiKey:
    """Return the key that is stored so."""
    return ApiKey(
        user_id=item.user_id,
        id=item.id,
        name=item.name,
        scopes=frozenset(item.scopes),
        digest=item.digest,
        created_at=item.created_at,
        expires_at=item.expires_at,
        last_used_at=item.last_used_at,
    )
