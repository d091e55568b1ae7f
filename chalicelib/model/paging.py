"""Pages of filtered items: a page reads a bounded number of items, and never costs more than one request."""

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
    """Some items, and the id before which the next page starts, None at the end."""

    items: list[T]
    next_id: str | None


def page_of[T: Named](read: Iterable[T], before_id: str | None, limit: int, wanted: Callable[[T], bool]) -> Page[T]:
    """Return the wanted items among the first MAX_READ, newest first, without the item of before_id."""
    found: list[T] = []
    looked_at, last = 0, None
    for item in islice((item for item in read if item.id != before_id), MAX_READ - 1):
        if len(found) == limit:
            return Page(found, found[-1].id)
        looked_at, last = looked_at + 1, item.id
        if wanted(item):
            found.append(item)
    return Page(found, last if looked_at == MAX_READ - 1 else None)
