"""Pages of what is wanted among what is read: a request reads some items, and no page costs more than one request."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final, Protocol

import msgspec

READ: Final = 400  # items that are looked at for a page: some 200 KB, where a request reads a megabyte


class Named(Protocol):
    """What has an id."""

    @property
    def id(self) -> str:
        """The id."""


class PageOf[T](msgspec.Struct, frozen=True):
    """Some items, and the id to go on before, None at the end."""

    items: list[T]
    next_id: str | None


def page_of[T: Named](read: Iterable[T], before_id: str | None, limit: int, wanted: Callable[[T], bool]) -> PageOf[T]:
    """Return the wanted ones among READ items that come newest first; that of before_id is left out."""
    found: list[T] = []
    looked_at, last = 0, None
    for item in islice((item for item in read if item.id != before_id), READ - 1):
        if len(found) == limit:
            return PageOf(found, found[-1].id)
        looked_at, last = looked_at + 1, item.id
        if wanted(item):
            found.append(item)
    return PageOf(found, last if looked_at == READ - 1 else None)
