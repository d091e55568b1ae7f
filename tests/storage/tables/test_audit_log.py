import zlib
from copy import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from pynamodb.exceptions import TransactWriteError

from chalicelib.model.audit import AuditAction, AuditEvent, AuditKind, AuditLevel
from chalicelib.model.ids import first_id, is_id, new_id
from chalicelib.model.paging import MAX_READ
from chalicelib.storage.tables.audit_log import SHARDS, AuditLogTable
from chalicelib.wiring import Services
from tests.conftest import NOON

DAY = timedelta(days=1)
LATER = NOON + 2 * DAY


def event_at(
    at: datetime, number: int = 0, user_id: str | None = None, action: AuditAction = AuditAction.IMAGE_CREATED
) -> AuditEvent:
    """An event whose id says that time, of a user's own, and the later the higher its number."""
    id_ = str(UUID(int=UUID(first_id(at)).int + (zlib.crc32((user_id or new_id()).encode()) << 20) + number))
    return AuditEvent(
        id_, user_id, user_id, action, AuditKind.LOG, AuditLevel.INFO, None, None, "request", at, at + 90 * DAY
    )


def everything(_: AuditEvent) -> bool:
    return True


@pytest.fixture
def audit_log(services: Services) -> AuditLogTable:
    return services.adapters.audit_log


@pytest.fixture
def user_id() -> str:
    return new_id()


def test_an_entry_is_read_as_it_was_stored(audit_log: AuditLogTable, user_id: str) -> None:
    event = AuditEvent(
        new_id(),
        user_id,
        user_id,
        AuditAction.IMAGE_FAILED,
        AuditKind.LOG,
        AuditLevel.WARNING,
        "image",
        "corrupt",
        "request",
        NOON,
        LATER,
    )
    audit_log.add([event])
    assert audit_log.get(event.id) == event
    assert audit_log.get(new_id()) is None


def test_no_event_is_overwritten(audit_log: AuditLogTable, user_id: str) -> None:
    event = event_at(NOON, user_id=user_id)
    audit_log.add([event])
    with pytest.raises(TransactWriteError):
        audit_log.add([replace(event, detail="another")])
    assert audit_log.get(event.id) == event


def test_events_that_are_stored_already_are_not_stored_again(audit_log: AuditLogTable, user_id: str) -> None:
    events = [event_at(NOON, number, user_id) for number in range(2)]
    for _ in range(2):  # as the second time after a lost answer
        audit_log.add(events)
    assert len(list(audit_log.items.by_user.query(user_id))) == 2


def test_events_of_which_one_is_stored_already_are_not_taken_for_stored(audit_log: AuditLogTable, user_id: str) -> None:
    first, second = (event_at(NOON, number, user_id) for number in range(2))
    audit_log.add([first])
    with pytest.raises(TransactWriteError):
        audit_log.add([first, second])


@pytest.mark.parametrize("fault", ["TransactionConflict", "ThrottlingError"])
def test_an_event_that_is_being_stored_is_left_to_the_other_request(
    audit_log: AuditLogTable, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    def cancel(_: BaseClient, operation: str, __: Any) -> Any:
        error: Any = {"Code": "TransactionCanceledException", "Message": f"Transaction cancelled [{fault}]"}
        raise ClientError({"Error": error, "CancellationReasons": [{"Code": fault, "Message": "…"}]}, operation)

    monkeypatch.setattr(BaseClient, "_make_api_call", cancel)
    if fault == "TransactionConflict":
        assert not audit_log.add_once(event_at(NOON))
    else:
        with pytest.raises(TransactWriteError):
            audit_log.add_once(event_at(NOON))


def test_the_entries_of_a_day_are_spread_over_its_shards(audit_log: AuditLogTable, user_id: str) -> None:
    events = [event_at(NOON, number, user_id) for number in range(60)]
    audit_log.add(events)
    shards = {item.shard for item in audit_log.items.by_user.query(user_id)}
    assert shards == {f"2026-03-01#{number}" for number in range(SHARDS)}


def test_a_users_entries_come_newest_first_page_by_page(audit_log: AuditLogTable, user_id: str) -> None:
    events = [event_at(NOON, number, user_id) for number in range(7)]
    audit_log.add([*events, event_at(NOON, 99, new_id())])
    read: list[AuditEvent] = []
    before, pages = first_id(LATER), 0
    while before:
        page = audit_log.of_user(user_id, NOON - DAY, before, 3, everything)
        read, before, pages = [*read, *page.items], page.next_id or "", pages + 1
    assert read == events[::-1]
    assert pages == 3


def test_only_what_is_wanted_is_counted_and_the_rest_looked_at_once(audit_log: AuditLogTable, user_id: str) -> None:
    actions = [AuditAction.IMAGE_DELETED, *[AuditAction.IMAGE_CREATED] * 49]
    some = [event_at(NOON, number, user_id, actions[number % 50]) for number in range(MAX_READ + 50)]
    for start in range(0, len(some), 100):
        audit_log.add(some[start : start + 100])
    page = audit_log.of_user(user_id, NOON - DAY, first_id(LATER), 20, lambda event: event.action == "image.deleted")
    assert page.next_id is not None
    rest = audit_log.of_user(user_id, NOON - DAY, page.next_id, 20, lambda event: event.action == "image.deleted")
    found = [*page.items, *rest.items]
    assert found == [event for event in reversed(some) if event.action == "image.deleted"]
    assert rest.next_id is None


def test_entries_before_the_beginning_are_left_out(audit_log: AuditLogTable, user_id: str) -> None:
    early, late = event_at(NOON, 0, user_id), event_at(NOON + DAY, 0, user_id)
    audit_log.add([early, late])
    assert audit_log.of_user(user_id, NOON + DAY, first_id(LATER), 9, everything).items == [late]
    assert audit_log.of_user(user_id, NOON, first_id(NOON + DAY), 9, everything).items == [early]


def test_everybodys_entries_come_day_by_day(audit_log: AuditLogTable) -> None:
    start = datetime(2025, 7, 4, tzinfo=UTC)  # days that no other test writes to
    events = [event_at(start + timedelta(hours=hours), hours, new_id()) for hours in (1, 9, 26, 30, 80)]
    nobodys = event_at(start + timedelta(hours=31))
    audit_log.add([*events, nobodys])
    read: list[AuditEvent] = []
    before, pages = first_id(start + timedelta(hours=90)), 0
    while before:
        page = audit_log.of_day(start, before, 2, everything)
        read, before, pages = [*read, *page.items], page.next_id or "", pages + 1
    assert read == [events[4], nobodys, events[3], events[2], events[1], events[0]]
    assert pages <= 6


@given(st.datetimes(datetime(1970, 1, 2), datetime(2500, 1, 1)))  # noqa: DTZ001 - made aware below
def test_all_ids_of_a_time_come_after_its_first(at: datetime) -> None:
    aware = at.replace(tzinfo=UTC)
    assert is_id(first_id(aware))
    assert first_id(aware) <= first_id(aware + timedelta(milliseconds=1))
    assert first_id(datetime(2020, 1, 1, tzinfo=UTC)) < new_id() < first_id(datetime(2400, 1, 1, tzinfo=UTC))
