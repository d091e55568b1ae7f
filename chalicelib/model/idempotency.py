"""Requests with an idempotency key, and what they created."""

from datetime import datetime

import msgspec


class IdempotentRequest(msgspec.Struct, frozen=True):
    """A request of a user with an idempotency key, which creates something.

    fingerprint is the SHA-256 hash of its method, path and body. attempt_id identifies the attempt that carries it out,
    None if the attempt was interrupted. created_id is the id of what it creates, the same in every attempt; once it
    is finished, of what it has created. The key can be used for another request after expires_at.
    """

    user_id: str
    key: str
    fingerprint: str
    started_at: datetime
    expires_at: datetime
    attempt_id: str | None
    created_id: str
    finished: bool = False


class IdempotencyKeyReused(Exception):
    """The idempotency key was used before, for a request with another fingerprint."""


class RequestInProgress(Exception):
    """The first request with this idempotency key is still in progress."""


class CreatedGone(Exception):
    """The resource that the first request with this idempotency key created does not exist any more."""
