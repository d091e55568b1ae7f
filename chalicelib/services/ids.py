"""Ids: UUIDs of version 7, which sort by when they were made (RFC 9562, section 5.7)."""

import re
from typing import Final

import uuid_utils

ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id() -> str:
    """Return a new id."""
    return str(uuid_utils.uuid7())


def is_id(text: str) -> bool:
    """Whether a text has the form of an id; what hasn't names nothing."""
    return ID.fullmatch(text) is not None
