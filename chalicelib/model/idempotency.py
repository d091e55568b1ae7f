"""Requests with an idempotency key, and their stored responses."""

from datetime import datetime

import msgspec


class StoredResponse(msgspec.Struct, frozen=True):
    """A stored HTTP response."""

    status: int
    content_type: str
    body: str


class IdempotentRequest(msgspec.Struct, frozen=True):
    """A request with an idempotency key.

    fingerprint is a hash of its method, path and body; response is None while the request is in progress.
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
