"""Cursors: opaque, and valid only as they were returned."""

from uuid import UUID

import pytest

from chalicelib.api.paging import PageRequest, from_cursor, next_cursor, to_cursor
from chalicelib.api.problems import ApiError
from chalicelib.api.validation import read_query
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id

ID, CURSOR = "01a21453-a46f-7113-9de8-5f9cc8f03beb", "AaIUU6RvcROd6F-cyPA76w"  # by xxd and base64


def test_a_cursor_is_the_base64_of_an_id() -> None:
    assert to_cursor(ID) == CURSOR
    assert from_cursor(CURSOR) == ID


def test_every_id_comes_back() -> None:
    for _ in range(100):
        id_ = new_id()
        assert from_cursor(to_cursor(id_)) == id_


def test_the_last_page_has_no_next_cursor() -> None:
    assert next_cursor(None) is None
    assert next_cursor(ID) == CURSOR


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        CURSOR[:-1],
        CURSOR + "A",
        CURSOR + "==",
        CURSOR[:-1] + "x",  # the same 16 bytes, with other unused bits
        CURSOR.replace("-", "+"),
        CURSOR.replace("-", " "),
        "AaIUU6RvQROd6F-cyPA76w",  # version 4
        "AaIUU6RvcRMd6F-cyPA76w",  # variant 0
        "A" * 22,
    ],
)
def test_a_cursor_that_was_changed_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidField) as raised:
        from_cursor(cursor)
    assert (raised.value.field, raised.value.detail) == ("cursor", "must be the `next` value of an earlier response")


def test_changed_cursors_are_what_they_are_said_to_be() -> None:
    assert UUID(bytes=UUID(ID).bytes).version == 7
    assert UUID("01a21453-a46f-4113-9de8-5f9cc8f03beb").version == 4


def test_a_page_has_20_items_unless_a_limit_says_otherwise() -> None:
    page = read_query({}, PageRequest)
    assert (page.limit, page.before_id) == (20, None)
    page = read_query({"limit": ["100"], "cursor": [CURSOR]}, PageRequest)
    assert (page.limit, page.before_id) == (100, ID)
    assert read_query({"limit": ["1"]}, PageRequest).limit == 1


@pytest.mark.parametrize(
    ("name", "value", "detail"),
    [
        ("limit", "0", "must be a whole number from 1 to 100"),
        ("limit", "101", "must be a whole number from 1 to 100"),
        ("cursor", "x", "must be the `next` value of an earlier response"),
        ("cursor", CURSOR + "\n", "must be the `next` value of an earlier response"),
    ],
)
def test_a_page_that_cannot_be_is_refused(name: str, value: str, detail: str) -> None:
    with pytest.raises(ApiError) as raised:
        read_query({name: [value]}, PageRequest)
    assert raised.value.problem.extensions["errors"] == [{"pointer": f"#/{name}", "detail": detail}]
