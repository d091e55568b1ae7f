"""Paging of lists: the query of a page, and opaque cursors.

A cursor only names the id before which the next page of the caller's own list begins, so that a forged one reveals
nothing of other users.
"""

import base64
import binascii
import uuid
from typing import Annotated, Final

from msgspec import Meta

from chalicelib.api.common_types import ApiRequest
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import is_id

CURSOR_PATTERN: Final = r"^[A-Za-z0-9_-]{22}\Z"  # the 16 bytes of an id in Base64
EARLIER_RESPONSE: Final = "the `next` value of an earlier response"

Limit = Annotated[int, Meta(ge=1, le=100, description="a whole number from 1 to 100")]
Cursor = Annotated[Annotated[str, Meta(pattern=CURSOR_PATTERN)] | None, Meta(description=EARLIER_RESPONSE)]
NextCursor = Annotated[str | None, Meta(description="the cursor of the next page, null at the end")]


class PageRequest(ApiRequest, frozen=True):
    """The query of a page of a list: its maximum number of items, and the cursor of an earlier page."""

    limit: Limit = 20
    cursor: Cursor = None

    @property
    def before_id(self) -> str | None:
        """The id after which the page starts, itself excluded; None for the first page.

        Raises InvalidField if `to_cursor` never returned the cursor.
        """
        return None if self.cursor is None else from_cursor(self.cursor)


def to_cursor(last_id: str) -> str:
    """Return the cursor of the page that follows the item last_id. Raises ValueError if last_id is not a UUID."""
    return base64.urlsafe_b64encode(uuid.UUID(last_id).bytes).decode().rstrip("=")


def next_cursor(last_id: str | None) -> str | None:
    """Return the cursor of the page that follows the item last_id; None if last_id is None, on the last page."""
    return None if last_id is None else to_cursor(last_id)


def from_cursor(cursor: str) -> str:
    """Return the id that a cursor contains. Raises InvalidField if `to_cursor` never returned the cursor."""
    try:
        last_id = str(uuid.UUID(bytes=base64.b64decode(cursor + "==", altchars=b"-_", validate=True)))
    except (ValueError, binascii.Error) as error:
        raise InvalidField("cursor", f"must be {EARLIER_RESPONSE}") from error
    if not is_id(last_id) or to_cursor(last_id) != cursor:
        raise InvalidField("cursor", f"must be {EARLIER_RESPONSE}")
    return last_id
