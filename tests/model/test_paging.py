"""Pages end at a number of items, read or wanted, and at a number of bytes."""

import msgspec
import pytest

from chalicelib.model.paging import MAX_PAGE_BYTES, Page, page_of


class Thing(msgspec.Struct, frozen=True):
    id: str
    text: str = ""


def things(count: int, kilobytes: int = 0) -> list[Thing]:
    """Return things of this size in JSON, the newest, with the highest number, first."""
    text = "x" * (kilobytes * 1024 - len(msgspec.json.encode(Thing("000")))) if kilobytes else ""
    return [Thing(f"{number:03}", text) for number in range(count, 0, -1)]


def every_page(among: list[Thing], limit: int = 100, wanted: str | None = None) -> list[Page[Thing]]:
    pages, before_id = [], None
    while True:
        older = [thing for thing in among if before_id is None or thing.id < before_id]
        pages.append(page_of(older, before_id, limit, lambda thing: wanted in (None, thing.id)))
        before_id = pages[-1].next_id
        if before_id is None:
            return pages


def test_a_page_of_large_items_ends_at_a_megabyte() -> None:
    pages = every_page(things(40, kilobytes=64))
    assert [len(page.items) for page in pages] == [16, 16, 8]
    assert [thing for page in pages for thing in page.items] == things(40, kilobytes=64)
    assert all(len(msgspec.json.encode(page.items)) <= MAX_PAGE_BYTES + 1024 for page in pages)  # and commas


def test_an_item_that_is_larger_alone_is_a_page() -> None:
    assert [len(page.items) for page in every_page(things(3, kilobytes=1025))] == [1, 1, 1]


def test_large_items_that_are_not_wanted_end_a_page_too() -> None:
    pages = every_page(things(40, kilobytes=64), wanted="001")
    assert [[thing.id for thing in page.items] for page in pages] == [[], [], ["001"]]


@pytest.mark.parametrize(("count", "sizes"), [(0, [0]), (5, [5]), (10, [10]), (11, [10, 1])])
def test_a_page_of_small_items_ends_at_the_limit(count: int, sizes: list[int]) -> None:
    assert [len(page.items) for page in every_page(things(count), limit=10)] == sizes
