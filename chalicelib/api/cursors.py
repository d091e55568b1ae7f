"""Cursors: where a list goes on, as a word that means nothing to the caller.

It only says before which id to read on in the caller's own list, so a forged one reads nothing of anybody else's.
"""

import base64
import binascii
import uuid
from typing import Final

from chalicelib.api.problems import FieldError, Refused, invalid
from chalicelib.model.ids import is_id

NO_CURSOR: Final = invalid([FieldError("cursor", "must be the `next` of an earlier answer")])


def to_cursor(last_id: str) -> str:
    """Return the cursor of a page's last id."""
    return base64.urlsafe_b64encode(uuid.UUID(last_id).bytes).decode().rstrip("=")


def next_cursor(last_id: str | None) -> str | None:
    """Return the cursor of the page after one, given its last id; None at the end."""
    return None if last_id is None else to_cursor(last_id)


def from_cursor(cursor: str) -> str:
    """Return the id that a cursor was made of. Raises Refused."""
    try:
        last_id = str(uuid.UUID(bytes=base64.b64decode(cursor + "==", altchars=b"-_", validate=True)))
    except (ValueError, binascii.Error) as error:
        raise Refused(NO_CURSOR) from error
    if not is_id(last_id) or to_cursor(last_id) != cursor:
        raise Refused(NO_CURSOR)
    return last_id
