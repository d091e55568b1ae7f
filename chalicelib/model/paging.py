"""Pages of filtered items, which end at a number of items and of bytes. A page reads at most MAX_READ items."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, Protocol

import msgspec

MAX_READ: Final = 400  # items read per page: mostly some 200 KB, where one request reads a megabyte
MAX_PAGE_BYTES: Final = 1024 * 1024  # of JSON; escaped as text, it is at most 3 MB of the 6 MB of Lambda's response


class Named(Protocol):
    """The interface of an item that has an id, as pages need it."""

    @property
    def id(self) -> str:
        """The id of the item."""


class Page[T](msgspec.Struct, frozen=True):
    """A page of a list, newest items first.

    next_id is the before_id of the next page, or None on the last page. The items may be fewer than requested, or none,
    although there is a next page, because a page reads a limited number of items and ends at MAX_PAGE_BYTES.
    """

    items: list[T]
    next_id: str | None


def page_of[T: Named](items: Iterable[T], before_id: str | None, limit: int, wanted: Callable[[T], bool]) -> Page[T]:
    """Return a page of up to limit wanted items.

    items come newest first; at most MAX_READ - 1 of them are examined, without the item before_id, which is skipped,
    and not more than MAX_PAGE_BYTES of JSON, unless the first one is larger. next_id is set if wanted items may remain.
    """
    found: list[T] = []
    read, size, last_id = 0, 0, None
    for item in islice((item for item in items if item.id != before_id), MAX_READ - 1):
        if len(found) == limit:
            return Page(found, found[-1].id)
        size += len(msgspec.json.encode(item))
        if read and size > MAX_PAGE_BYTES:
            return Page(found, last_id)
        read, last_id = read + 1, item.id
        if wanted(item):
            found.append(item)
    return Page(found, last_id if read == MAX_READ - 1 else None)
