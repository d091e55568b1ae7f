"""Pages of filtered items. A page reads at most MAX_READ items, which takes one request to DynamoDB."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, Protocol

import msgspec

MAX_READ: Final = 400  # items read per page: some 200 KB, where one request reads a megabyte


class Named(Protocol):
    """An item with an id."""

    @property
    def id(self) -> str:
        """The id."""


class Page[T](msgspec.Struct, frozen=True):
    """Items of a list, newest first, and the id before which the next page starts, or None on the last page."""

    items: list[T]
    next_id: str | None


def page_of[T: Named](items: Iterable[T], before_id: str | None, limit: int, wanted: Callable[[T], bool]) -> Page[T]:
    """Return a page of up to limit wanted items among the first MAX_READ items, which come newest first.

    The item of before_id itself is skipped.
    """
    found: list[T] = []
    read, last_id = 0, None
    for item in islice((item for item in items if item.id != before_id), MAX_READ - 1):
        if len(found) == limit:
            return Page(found, found[-1].id)
        read, last_id = read + 1, item.id
        if wanted(item):
            found.append(item)
    return Page(found, last_id if read == MAX_READ - 1 else None)
