import zlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynamodb.exceptions import TransactWriteError

from chalicelib.services.ids import is_id, new_id
from chalicelib.storage.logs import SHARDS, LogEntry, LogItem, Logs, first_id
from chalicelib.storage.paging import READ
from chalicelib.wiring import Services
from tests.conftest import NOON

DAY = timedelta(days=1)
LATER = NOON + 2 * DAY


def entry_at(at: datetime, number: int = 0, user_id: str | None = None, action: str = "image.created") -> LogEntry:
    """An entry whose id says that time, of a user's own, and the later the higher its number."""
    id_ = str(UUID(int=UUID(first_id(at)).int + (zlib.crc32((user_id or new_id()).encode()) << 20) + number))
    return LogEntry(id_, user_id, user_id, action, "log", "info", None, None, "request", at, at + 90 * DAY)


def everything(_: LogEntry) -> bool:
    return True


@pytest.fixture
def logs(services: Services) -> Logs:
    return services.logs


@pytest.fixture
def user_id() -> str:
    return new_id()


def test_an_entry_is_read_as_it_was_stored(logs: Logs, user_id: str) -> None:
    entry = LogEntry(
        new_id(), user_id, user_id, "image.failed", "log", "warning", "image", "corrupt", "request", NOON, LATER
    )
    logs.add([entry])
    assert logs.get(entry.id) == entry
    assert logs.get(new_id()) is None


def test_no_entry_is_written_over(logs: Logs, user_id: str) -> None:
    entry = entry_at(NOON, user_id=user_id)
    logs.add([entry])
    with pytest.raises(TransactWriteError):
        logs.add([entry])


def test_the_entries_of_a_day_are_spread_over_its_shards(logs: Logs, user_id: str) -> None:
    entries = [entry_at(NOON, number, user_id) for number in range(60)]
    logs.add(entries)
    shards = {item.shard for item in LogItem.by_user.query(user_id)}
    assert shards == {f"2026-03-01#{number}" for number in range(SHARDS)}


def test_a_users_entries_come_newest_first_page_by_page(logs: Logs, user_id: str) -> None:
    entries = [entry_at(NOON, number, user_id) for number in range(7)]
    logs.add([*entries, entry_at(NOON, 99, new_id())])
    read: list[LogEntry] = []
    before, pages = first_id(LATER), 0
    while before:
        page = logs.of_user(user_id, NOON - DAY, before, 3, everything)
        read, before, pages = [*read, *page.items], page.next_id or "", pages + 1
    assert read == entries[::-1]
    assert pages == 3


def test_only_what_is_wanted_is_counted_and_the_rest_looked_at_once(logs: Logs, user_id: str) -> None:
    actions = ["image.deleted", *["image.created"] * 49]
    some = [entry_at(NOON, number, user_id, actions[number % 50]) for number in range(READ + 50)]
    for start in range(0, len(some), 100):
        logs.add(some[start : start + 100])
    page = logs.of_user(user_id, NOON - DAY, first_id(LATER), 20, lambda entry: entry.action == "image.deleted")
    assert page.next_id is not None
    rest = logs.of_user(user_id, NOON - DAY, page.next_id, 20, lambda entry: entry.action == "image.deleted")
    found = [*page.items, *rest.items]
    assert found == [entry for entry in reversed(some) if entry.action == "image.deleted"]
    assert rest.next_id is None


def test_entries_before_the_beginning_are_left_out(logs: Logs, user_id: str) -> None:
    early, late = entry_at(NOON, 0, user_id), entry_at(NOON + DAY, 0, user_id)
    logs.add([early, late])
    assert logs.of_user(user_id, NOON + DAY, first_id(LATER), 9, everything).items == [late]
    assert logs.of_user(user_id, NOON, first_id(NOON + DAY), 9, everything).items == [early]


def test_everybodys_entries_come_day_by_day(logs: Logs) -> None:
    start = datetime(2025, 7, 4, tzinfo=UTC)  # days that no other test writes to
    entries = [entry_at(start + timedelta(hours=hours), hours, new_id()) for hours in (1, 9, 26, 30, 80)]
    nobodys = entry_at(start + timedelta(hours=31))
    logs.add([*entries, nobodys])
    read: list[LogEntry] = []
    before, pages = first_id(start + timedelta(hours=90)), 0
    while before:
        page = logs.of_day(start, before, 2, everything)
        read, before, pages = [*read, *page.items], page.next_id or "", pages + 1
    assert read == [entries[4], nobodys, entries[3], entries[2], entries[1], entries[0]]
    assert pages <= 6


@given(st.datetimes(datetime(1970, 1, 2), datetime(2500, 1, 1)))  # noqa: DTZ001 - made aware below
def test_all_ids_of_a_time_come_after_its_first(at: datetime) -> None:
    aware = at.replace(tzinfo=UTC)
    assert is_id(first_id(aware))
    assert first_id(aware) <= first_id(aware + timedelta(milliseconds=1))
    assert first_id(datetime(2020, 1, 1, tzinfo=UTC)) < new_id() < first_id(datetime(2400, 1, 1, tzinfo=UTC))
