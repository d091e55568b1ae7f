"""The table of API keys: digests, scopes, and last use."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import (
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from chalicelib.model.api_keys import ApiKey, Scope
from chalicelib.model.audit import AuditEvent
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.storage.tables.table import Item, applied, bind
from chalicelib.storage.tables.transaction import Transactions


class ApiKeyItem(Item):
    """The DynamoDB item of an API key; a revoked key is deleted."""

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
    generation = NumberAttribute(default=0)


class ApiKeysTable:
    """The DynamoDB table of API keys. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(ApiKeyItem, table, region)
        self._transactions = transactions

    def add(self, key: ApiKey, events: Sequence[AuditEvent], usage: UsageChange | None = None) -> None:
        """Store a new key together with audit events and the usage of its user's account.

        Raises UsageRefused, and PynamoDBException, also if the user has a key with this id.
        """
        item = self.items(
            key.user_id,
            key.id,
            name=key.name,
            scopes={scope.value for scope in key.scopes},
            digest=key.digest,
            created_at=key.created_at,
            expires_at=key.expires_at,
            generation=key.generation,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=ApiKeyItem.id.does_not_exist())

        self._transactions.commit(write, events, usage=usage)

    def of_user(self, user_id: str) -> list[ApiKey]:
        """Return a user's keys, newest first, including those that have expired or are of an earlier generation."""
        items = self.items.query(user_id, scan_index_forward=False, consistent_read=True)
        return [api_key_of(item) for item in items]

    def delete(self, user_id: str, key_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        """Delete a user's key, which no longer counts to the account, together with audit events.

        Return False if there is none with this id.
        """

        def write(transaction: TransactWrite) -> None:
            transaction.delete(self.items(user_id, key_id), condition=ApiKeyItem.id.exists())

        return self._transactions.write(write, events, usage=UsageChange(user_id=user_id, by=PerLimit(api_keys=-1)))

    def record_use(self, key: ApiKey, used_at: datetime) -> None:
        """Record the time of a key's last use; do nothing if the key was deleted."""
        applied(
            lambda: self.items(key.user_id, key.id).update(
                actions=[ApiKeyItem.last_used_at.set(used_at)], condition=ApiKeyItem.id.exists()
            )
        )


def api_key_of(item: ApiKeyItem) -> ApiKey:
    """Return the `ApiKey` that a stored item represents."""
    return ApiKey(
        user_id=item.user_id,
        id=item.id,
        name=item.name,
        scopes=frozenset(Scope(scope) for scope in item.scopes),
        digest=item.digest,
        created_at=item.created_at,
        expires_at=item.expires_at,
        last_used_at=item.last_used_at,
        generation=int(item.generation),
    )
