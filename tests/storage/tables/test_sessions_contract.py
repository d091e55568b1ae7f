"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, SECOND, event_of, recorded


@pytest.fixture
def user(adapters: Adapters) -> User:
    user = User(new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "hash", NOON)
    adapters.users.add(user)
    return user


@pytest.fixture
def session(adapters: Adapters, user: User) -> Session:
    session = Session(new_id(), user.id, 0, NOON + MOMENT, NOON + 30 * DAY + MOMENT, 2, "a browser")
    adapters.sessions.add(session, [event_of(user.id)])
    return replace(session, expires_at=NOON + 30 * DAY)


def test_a_session_is_read_with_its_end_in_whole_seconds(adapters: Adapters, session: Session) -> None:
    assert adapters.sessions.of_user(session.user_id, NOON + 30 * DAY - SECOND) == [session]
    assert adapters.sessions.of_user(session.user_id, NOON + 30 * DAY) == []
    assert recorded(adapters, session.user_id) == ["session.started"]


def test_sessions_come_newest_first(adapters: Adapters, session: Session) -> None:
    later = replace(session, id=new_id(), created_at=NOON + HOUR)
    adapters.sessions.add(later)
    assert adapters.sessions.of_user(session.user_id, NOON) == [later, session]


def test_each_counter_advances_once(adapters: Adapters, session: Session) -> None:
    later = NOON + DAY
    won = [adapters.sessions.advance(session, counter, NOON + HOUR, later + MOMENT) for counter in (1, 0, 0, 1)]
    assert won == [False, True, False, True]
    advanced = replace(session, counter=2, refreshed_at=NOON + HOUR, expires_at=later)
    assert adapters.sessions.of_user(session.user_id, NOON) == [advanced]


def test_a_session_is_ended_by_its_user_once(adapters: Adapters, session: Session) -> None:
    users = (new_id(), session.user_id, session.user_id)
    assert [adapters.sessions.end(session.id, user_id) for user_id in users] == [False, True, False]
    assert not adapters.sessions.advance(session, 0, NOON, NOON + DAY)


def test_a_session_records_when_its_user_entered_the_password(adapters: Adapters) -> None:
    session = Session(new_id(), new_id(), 0, NOON, NOON + DAY)
    adapters.sessions.add(session)
    assert adapters.sessions.reauthenticate(session.id, session.user_id, NOON + HOUR, [event_of(session.user_id)])
    assert not adapters.sessions.reauthenticate(session.id, new_id(), NOON + DAY, [event_of(session.user_id)])
    assert len(recorded(adapters, session.user_id)) == 1
    (stored,) = adapters.sessions.of_user(session.user_id, NOON)
    assert stored == replace(session, authenticated_at=NOON + HOUR)
    adapters.sessions.end(session.id, session.user_id)
    assert not adapters.sessions.reauthenticate(session.id, session.user_id, NOON, [])
