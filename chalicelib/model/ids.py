"""Ids: UUIDs of version 7, which sort by their time of creation (RFC 9562, section 5.7)."""

import hashlib
import re
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import uuid_utils

ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
UUID7_FLOOR: Final = (7 << 76) | (2 << 62)  # version and variant
RANDOM_A: Final = (1 << 12) - 1
RANDOM_B: Final = (1 << 62) - 1


def new_id() -> str:
    """Return a new id: a UUID of version 7 in lowercase, with hyphens."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Return whether a text is a UUID of version 7 in lowercase, with hyphens."""
    return ID.fullmatch(text) is not None


def first_id(at: datetime) -> str:
    """Return the lowest possible id of a time, truncated to the millisecond.

    Ids of earlier milliseconds sort before it, those of this or a later one after it. Times before 1970 count as 1970.
    """
    milliseconds = max(0, int(at.timestamp() * 1000))
    return str(UUID(int=(milliseconds << 80) | UUID7_FLOOR))


def id_of(at: datetime, name: str) -> str:
    """Return the id of what happens at a time and has a name: the same id for the same time and name.

    It sorts like an id that was created at that time.
    """
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest())
    random = (digest >> 128 & RANDOM_A) << 64 | (digest & RANDOM_B)
    return str(UUID(int=UUID(first_id(at)).int | random))


def created_at(id_: str) -> datetime:
    """Return when an id was created, in UTC, to the millisecond. Raises ValueError if the text is not a UUID."""
    return datetime.fromtimestamp((UUID(id_).int >> 80) / 1000, UTC)
