"""Requests that may be repeated: the answer that each got, under the key that its sender gave it."""

from datetime import datetime

import msgspec
from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.storage.table import Item, applied, bind, delete_all


class GivenAnswer(msgspec.Struct, frozen=True):
    """An HTTP answer that was given."""

    status: int
    content_type: str
    body: str


class Attempt(msgspec.Struct, frozen=True):
    """A request under its key. fingerprint is a hash of what was asked; answer is None while it is being found."""

    user_id: str
    key: str
    fingerprint: str
    begun_at: datetime
    expires_at: datetime
    answer: GivenAnswer | None = None


class AttemptItem(Item):
    """A request as stored."""

    class Meta:
        table_name = ""

    user_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True)
    fingerprint = UnicodeAttribute()
    begun_at = UTCDateTimeAttribute()
    expires_at = TTLAttribute()
    status = NumberAttribute(null=True)
    content_type = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)


class Attempts:
    """The table of requests that may be repeated."""

    def __init__(self, table: str, region: str) -> None:
        bind(AttemptItem, table, region)

    def begin(self, attempt: Attempt, now: datetime, given_up_before: datetime) -> bool:
        """Take a key; False if it is taken: by one that was answered, or begun at or after a time."""
        unanswered = AttemptItem.status.does_not_exist() & (AttemptItem.begun_at < given_up_before)
        free = AttemptItem.key.does_not_exist() | (AttemptItem.expires_at <= now) | unanswered
        item = AttemptItem(
            attempt.user_id,
            attempt.key,
            fingerprint=attempt.fingerprint,
            begun_at=attempt.begun_at,
            expires_at=attempt.expires_at,
        )
        return applied(lambda: item.save(condition=free))

    def get(self, user_id: str, key: str) -> Attempt | None:
        """Return the request that has a key, None if none has."""
        try:
            item = AttemptItem.get(user_id, key, consistent_read=True)
        except AttemptItem.DoesNotExist:
            return None
        answered = item.status is not None
        answer = GivenAnswer(int(item.status), item.content_type or "", item.body or "") if answered else None
        return Attempt(item.user_id, item.key, item.fingerprint, item.begun_at, item.expires_at, answer)

    def finish(self, attempt: Attempt, answer: GivenAnswer) -> None:
        """Keep the answer of a request, unless another one has its key by now."""
        applied(
            lambda: AttemptItem(attempt.user_id, attempt.key).update(
                actions=[
                    AttemptItem.status.set(answer.status),
                    AttemptItem.content_type.set(answer.content_type),
                    AttemptItem.body.set(answer.body),
                ],
                condition=AttemptItem.begun_at == attempt.begun_at,
            )
        )

    def forget(self, attempt: Attempt) -> None:
        """Give a key back, unless another request has it by now."""
        applied(
            lambda: AttemptItem(attempt.user_id, attempt.key).delete(condition=AttemptItem.begun_at == attempt.begun_at)
        )

    def delete_all(self, user_id: str) -> None:
        """Delete all requests of a user."""
        delete_all(AttemptItem, user_id)
