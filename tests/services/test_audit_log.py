from copy import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.model.audit import AuditAction, AuditEvent, AuditEventNotFound, AuditKind, AuditLevel
from chalicelib.model.ids import first_id, new_id
from chalicelib.model.principals import Principal
from chalicelib.model.users import AccountRole, User
from chalicelib.services.audit_log import AuditQuery
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def record(
    services: FakeServices, user: User, at: datetime, action: AuditAction = AuditAction.IMAGE_CREATED
) -> AuditEvent:
    event = services.audit.event(action, actor_id=user.id)
    event = replace(event, id=first_id(at)[:-12] + new_id()[-12:], at=at)
    services.adapters.audit_log.add([event])
    return event


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        (AuditQuery(9), True),
        (AuditQuery(9, action="image.failed"), True),
        (AuditQuery(9, action="image.created"), False),
        (AuditQuery(9, level="warning"), True),
        (AuditQuery(9, level="info"), False),
        (AuditQuery(9, kind=AuditKind.LOG), True),
        (AuditQuery(9, kind=AuditKind.SECURITY), False),
        (AuditQuery(9, action="image.failed", level="info"), False),
    ],
)
def test_a_query_filters(services: FakeServices, user: User, query: AuditQuery, matches: bool) -> None:
    event = record(services, user, NOON, AuditAction.IMAGE_FAILED)
    assert event.level is AuditLevel.WARNING
    assert services.audit_log.of_user(user.id, query).items == ([event] if matches else [])
    assert services.audit_log.of_all_users(query).items == ([event] if matches else [])


def test_a_user_reads_their_own_events(services: FakeServices, user: User) -> None:
    record(services, user, NOON)
    assert services.audit_log.of_user(new_id(), AuditQuery(9)).items == []


def test_events_are_within_the_times_of_the_query(services: FakeServices, user: User) -> None:
    events = [record(services, user, NOON - hours * HOUR) for hours in range(5)]
    query = AuditQuery(9, begin=NOON - 3 * HOUR, end=NOON - HOUR)
    assert services.audit_log.of_user(user.id, query).items == events[2:4]
    assert services.audit_log.of_all_users(query).items == events[2:4]


def test_events_come_page_by_page(services: FakeServices, user: User) -> None:
    events = [record(services, user, NOON - hours * HOUR) for hours in range(3)]
    first = services.audit_log.of_user(user.id, AuditQuery(2))
    rest = services.audit_log.of_user(user.id, AuditQuery(2, before_id=first.next_id))
    assert (first.items, rest.items) == (events[:2], events[2:])


def test_a_page_ends_where_the_query_does(services: FakeServices, user: User) -> None:
    events = [record(services, user, NOON - hours * HOUR) for hours in range(3)]
    query = AuditQuery(9, before_id=first_id(NOON), end=NOON - HOUR)
    assert services.audit_log.of_user(user.id, query).items == events[2:]


def test_what_was_recorded_a_moment_ago_is_included(services: FakeServices, user: User) -> None:
    recent = record(services, user, NOON + timedelta(seconds=59))
    record(services, user, NOON + timedelta(seconds=61))
    assert services.audit_log.of_user(user.id, AuditQuery(9)).items == [recent]


def test_events_are_read_as_long_as_the_longest_retention(
    services: FakeServices, user: User, clock: SettableClock
) -> None:
    event = record(services, user, NOON)
    clock.now = NOON + 400 * DAY
    assert services.audit_log.of_user(user.id, AuditQuery(9)).items == [event]
    clock.now += timedelta(milliseconds=1)
    assert services.audit_log.of_user(user.id, AuditQuery(9)).items == []
    assert services.audit_log.of_user(user.id, AuditQuery(9, begin=datetime(1970, 1, 1, tzinfo=UTC))).items == []


def test_one_event_is_read_by_its_user_and_by_administrators(services: FakeServices, user: User) -> None:
    event = record(services, user, NOON)
    stranger = replace(user, id=new_id())
    assert services.audit_log.get(Principal(user, None), event.id) == event
    assert (
        services.audit_log.get(
            Principal(replace(stranger, role=AccountRole.ADMIN, totp_secret="secret"), None), event.id
        )
        == event
    )
    with pytest.raises(AuditEventNotFound):
        services.audit_log.get(Principal(stranger, None), event.id)


@pytest.mark.parametrize("event_id", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_an_unknown_event_is_not_found(services: FakeServices, principal: Principal, event_id: str) -> None:
    with pytest.raises(AuditEventNotFound):
        services.audit_log.get(principal, event_id)
