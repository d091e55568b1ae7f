"""API keys and their scopes."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Scope(StrEnum):
    """A permission that an API key can have: to create and delete images, or to read images and their results."""

    IMAGES_WRITE = "images:write"
    RESULTS_READ = "results:read"


class ApiKey(msgspec.Struct, frozen=True):
    """An API key of a user: a credential with which programs use the API.

    scopes are its permissions. digest is the SHA-256 hash of its text in hexadecimal digits; the text is not stored.
    expires_at is None for a key that is valid until it is revoked. generation is the user's key_generation at the
    creation of the key; a key of an earlier one is revoked. last_used_at is recorded at most every ten minutes,
    None before the first use.
    """

    user_id: str
    id: str
    name: str
    scopes: frozenset[Scope]
    digest: str
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    generation: int = 0


class ApiKeyRefused(Exception):
    """The API key is malformed, was revoked, has expired, or never existed, or its user is disabled."""


class ApiKeyNotFound(Exception):
    """The user has no API key with this id."""


class ScopeMissing(Exception):
    """The API key lacks the scope that the request requires. scope is None if no API key permits the request."""

    def __init__(self, scope: Scope | None) -> None:
        super().__init__(scope)
        self.scope = scope
