"""Requests with an idempotency key, and their stored responses."""

from datetime import datetime

import msgspec


class StoredResponse(msgspec.Struct, frozen=True):
    """The stored HTTP response of a request with an idempotency key; it has no headers other than content_type."""

    status: int
    content_type: str
    body: str


class IdempotentRequest(msgspec.Struct, frozen=True):
    """A request of a user with an idempotency key.

    fingerprint is the SHA-256 hash of its method, path and body; response is None until it has one. The key can be used
    for another request after expires_at.
    """

    user_id: str
    key: str
    fingerprint: str
    started_at: datetime
    expires_at: datetime
    response: StoredResponse | None = None


class IdempotencyKeyReused(Exception):
    """The idempotency key was used before, for a request with another fingerprint."""


class RequestInProgress(Exception):
    """The first request with this idempotency key is still in progress."""
