"""Requests with an idempotency key, and the ids of what they created."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.model.idempotency import IdempotentRequest
from chalicelib.model.ids import new_id
from chalicelib.storage.tables.table import ALL_OLD, Item, bind, delete_all, stored_items
from chalicelib.storage.tables.transaction import Transactions


class IdempotencyItem(Item):
    """The DynamoDB item of a request with an idempotency key.

    attempt_id is absent while no attempt is made. Items of earlier versions have the status and the JSON body of the
    response, once finished, instead of created_id.
    """

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True)
    fingerprint = UnicodeAttribute()
    started_at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()
    attempt_id = UnicodeAttribute(null=True)
    created_id = UnicodeAttribute(null=True)
    finished = BooleanAttribute(default=False)
    status = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)


class IdempotencyTable:
    """The DynamoDB table of requests with an idempotency key. Methods raise PynamoDBException if a request fails."""

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(IdempotencyItem, table, region)
        self._transactions = transactions

    def claim(self, request: IdempotentRequest, now: datetime) -> IdempotentRequest | None:
        """Store a request under its user and key, and return None.

        Return the request that has the key, without storing anything, unless that one expired before now.
        """
        free = IdempotencyItem.key.does_not_exist() | (IdempotencyItem.expires_at <= now)
        try:
            self._transactions.commit(self._put(request, free), own_id=request.attempt_id)
        except PynamoDBException as error:
            earlier = stored_items(error)
            if not earlier:
                raise
            return _request(self.items.from_raw_data(earlier[0]))
        return None

    def take_over(self, request: IdempotentRequest, from_attempt_id: str | None) -> bool:
        """Store a request in place of an attempt at the same request; return False if that is not the last attempt."""
        attempt, finished = IdempotencyItem.attempt_id, IdempotencyItem.finished
        same = attempt.does_not_exist() if from_attempt_id is None else attempt == from_attempt_id
        unfinished = finished.does_not_exist() | (finished == False)  # noqa: E712 - a condition of DynamoDB
        last = IdempotencyItem.key.exists() & same & unfinished
        return self._transactions.write(self._put(request, last), own_id=request.attempt_id)

    def finish(self, request: IdempotentRequest, created_id: str) -> None:
        """Record what an attempt has created, or do nothing if another attempt has the key."""
        self._update(request, [IdempotencyItem.finished.set(True), IdempotencyItem.created_id.set(created_id)])

    def interrupt(self, request: IdempotentRequest) -> None:
        """Record that an unfinished attempt ended with an unknown outcome, so that it can be repeated at once."""
        self._update(request, [IdempotencyItem.attempt_id.remove()])

    def release(self, request: IdempotentRequest) -> None:
        """Delete a request that created nothing, so that its key is free, unless another attempt has the key."""

        def write(transaction: TransactWrite) -> None:
            transaction.delete(self.items(request.user_id, request.key), condition=_is_unfinished(request))

        self._transactions.write(write)

    def _put(self, request: IdempotentRequest, condition: Condition) -> Callable[[TransactWrite], None]:
        item = self.items(
            request.user_id,
            request.key,
            fingerprint=request.fingerprint,
            started_at=request.started_at,
            expires_at=request.expires_at,
            attempt_id=request.attempt_id,
            created_id=request.created_id,
            finished=request.finished,
        )
        return lambda transaction: transaction.save(item, condition=condition, return_values=ALL_OLD)

    def _update(self, request: IdempotentRequest, actions: list[Action]) -> None:
        """Update a request, or do nothing if it is finished or another attempt has its key."""

        def write(transaction: TransactWrite) -> None:
            item = self.items(request.user_id, request.key)
            transaction.update(item, actions=actions, condition=_is_unfinished(request))

        self._transactions.write(write)

    def delete_all(self, user_id: str) -> None:
        """Delete all requests of a user."""
        delete_all(self.items, user_id)


def _is_unfinished(request: IdempotentRequest) -> Condition:
    same = IdempotencyItem.attempt_id == request.attempt_id
    unfinished: Condition = same & (IdempotencyItem.finished == False)  # noqa: E712 - a condition of DynamoDB
    return unfinished


def _request(item: IdempotencyItem) -> IdempotentRequest:
    """Return the `IdempotentRequest` that an item represents, also one of an earlier version."""
    response = None if item.body is None else msgspec.json.decode(item.body)
    return IdempotentRequest(
        user_id=item.user_id,
        key=item.key,
        fingerprint=item.fingerprint,
        started_at=item.started_at,
        expires_at=item.expires_at,
        attempt_id=item.attempt_id,
        created_id=item.created_id or (new_id() if response is None else response["id"]),
        finished=item.finished or item.status is not None,
    )
