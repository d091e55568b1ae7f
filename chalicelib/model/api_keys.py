"""API keys and their scopes."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Scope(StrEnum):
    """What an API key permits."""

    IMAGES_WRITE = "images:write"
    RESULTS_READ = "results:read"


class ApiKey(msgspec.Struct, frozen=True):
    """An API key. digest is its hash in hexadecimal digits.

    Expires_at is None for a key that is valid until it is revoked.
    """

    user_id: str
    id: str
    name: str
    scopes: frozenset[Scope]
    digest: str
    created_at: datetime
    expires_at: datetime | None = None
    last_used_at: datetime | None = None


class ApiKeyRefused(Exception):
    """The API key was revoked, has expired, or never existed."""


class ApiKeyNotFound(Exception):
    """The user has no API key with this id."""


class ScopeMissing(Exception):
    """The API key lacks a scope; None if no API key permits the request."""

    def __init__(self, scope: Scope | None) -> None:
        super().__init__(scope)
        self.scope = scope
