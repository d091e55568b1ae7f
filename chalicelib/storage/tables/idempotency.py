"""Requests with an idempotency key, and their responses."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.model.idempotency import IdempotentRequest, StoredResponse
from chalicelib.storage.tables.table import Item, applied, bind, delete_all


class IdempotencyItem(Item):
    """The DynamoDB item of a request with an idempotency key; status is absent until the request has a response."""

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True)
    fingerprint = UnicodeAttribute()
    started_at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()
    status = NumberAttribute(null=True)
    content_type = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)


class IdempotencyTable:
    """The DynamoDB table of requests with an idempotency key. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str) -> None:
        self.items = bind(IdempotencyItem, table, region)

    def claim(self, request: IdempotentRequest, now: datetime, given_up_before: datetime) -> bool:
        """Store a request under its user and key, which claims the key; return whether that succeeded.

        The key is not free, and the result False, while an unexpired request has it that is finished, or that started
        at or after given_up_before.
        """
        abandoned = IdempotencyItem.status.does_not_exist() & (IdempotencyItem.started_at < given_up_before)
        free = IdempotencyItem.key.does_not_exist() | (IdempotencyItem.expires_at <= now) | abandoned
        item = self.items(
            request.user_id,
            request.key,
            fingerprint=request.fingerprint,
            started_at=request.started_at,
            expires_at=request.expires_at,
        )
        return applied(lambda: item.save(condition=free))

    def get(self, user_id: str, key: str) -> IdempotentRequest | None:
        """Return the user's request with this idempotency key, which may have expired, or None."""
        try:
            item = self.items.get(user_id, key, consistent_read=True)
        except self.items.DoesNotExist:
            return None
        finished = item.status is not None
        response = StoredResponse(int(item.status), item.content_type or "", item.body or "") if finished else None
        return IdempotentRequest(item.user_id, item.key, item.fingerprint, item.started_at, item.expires_at, response)

    def finish(self, request: IdempotentRequest, response: StoredResponse) -> None:
        """Store the response of a request, or do nothing if the key was released or another request has claimed it."""
        applied(
            lambda: self.items(request.user_id, request.key).update(
                actions=[
                    IdempotencyItem.status.set(response.status),
                    IdempotencyItem.content_type.set(response.content_type),
                    IdempotencyItem.body.set(response.body),
                ],
                condition=IdempotencyItem.started_at == request.started_at,
            )
        )

    def release(self, request: IdempotentRequest) -> None:
        """Delete a request, so that its key is free, unless another request has claimed the key."""
        applied(
            lambda: self.items(request.user_id, request.key).delete(
                condition=IdempotencyItem.started_at == request.started_at
            )
        )

    def delete_all(self, user_id: str) -> None:
        """Delete all stored requests of a user, with their responses."""
        delete_all(self.items, user_id)
