"""The same assertions against the real adapter and its fake."""

from copy import replace
from datetime import UTC, datetime

from chalicelib.model.ids import first_id, new_id
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, event_of


def test_events_come_newest_first_page_by_page_within_their_times(adapters: Adapters) -> None:
    user = new_id()
    events = [event_of(user, NOON + n * HOUR) for n in range(6)]
    adapters.audit_log.add([*events, event_of(new_id())])
    pages: list[object] = []
    before: str | None = first_id(NOON + 5 * HOUR)
    while before is not None:
        page = adapters.audit_log.of_user(user, NOON + HOUR, before, 2, lambda _: True)
        pages, before = [*pages, page.items], page.next_id
    assert pages == [events[4:2:-1], events[2:0:-1]]
    assert adapters.audit_log.get(events[0].id) == events[0]
    assert adapters.audit_log.get(new_id()) is None


def test_an_event_is_stored_once(adapters: Adapters) -> None:
    event = event_of(new_id())
    assert adapters.audit_log.add_once(event)
    assert not adapters.audit_log.add_once(replace(event, detail="another"))
    assert adapters.audit_log.get(event.id) == event


def test_an_event_has_its_source(adapters: Adapters) -> None:
    event = replace(event_of(new_id()), network="192.0.2.0/24", device="Firefox on Linux")
    adapters.audit_log.add([event])
    assert adapters.audit_log.get(event.id) == event


def test_all_users_events_come_day_by_day(adapters: Adapters) -> None:
    begin = datetime(2025, 7, 4, tzinfo=UTC)
    events = [event_of(new_id(), begin + hours * HOUR) for hours in (1, 9, 26, 80)]
    adapters.audit_log.add(events)
    read: list[object] = []
    starts: list[str] = []
    before: str | None = first_id(begin + 90 * HOUR)
    while before is not None:
        page = adapters.audit_log.of_day(begin, before, 5, lambda _: True)
        read, before = [*read, *page.items], page.next_id
        starts += [before] if before else []
    assert read == events[::-1]
    assert starts == [first_id(begin + n * DAY) for n in (3, 2, 1)]


def test_a_day_is_read_up_to_a_maximum(adapters: Adapters) -> None:
    day = datetime(2025, 8, 4, tzinfo=UTC)
    events = [event_of(new_id(), day + n * HOUR) for n in range(24)]
    adapters.audit_log.add([*events, event_of(new_id(), day - MOMENT), event_of(new_id(), day + DAY)])
    found, complete = adapters.audit_log.events_of_day(day, 100)
    assert (sorted(found, key=lambda event: event.at), complete) == (events, True)
    assert not adapters.audit_log.events_of_day(day, 10)[1]
