from datetime import timedelta

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.wiring import Services
from tests.conftest import NOON

LATER = NOON + timedelta(days=7)


@pytest.fixture
def sessions(services: Services) -> SessionsTable:
    return services.adapters.sessions


@pytest.fixture
def session(sessions: SessionsTable) -> Session:
    begun = Session(new_id(), new_id(), 0, NOON, NOON + timedelta(days=30))
    sessions.add(begun)
    return begun


def test_a_session_is_read_as_it_was_stored(sessions: SessionsTable, session: Session) -> None:
    assert sessions.of_user(session.user_id, NOON) == [session]
    assert sessions.of_user(session.user_id, session.expires_at) == []


def test_a_session_is_over_from_the_moment_that_it_expires(session: Session) -> None:
    assert not session.is_expired(session.expires_at - timedelta(microseconds=1))
    assert session.is_expired(session.expires_at)


def test_each_counter_advances_once(sessions: SessionsTable, session: Session) -> None:
    assert [sessions.advance(session, counter, NOON, LATER) for counter in (0, 0, 1, 0, 2)] == [
        True,
        False,
        True,
        False,
        True,
    ]


def test_a_counter_that_was_never_reached_does_not_advance(sessions: SessionsTable, session: Session) -> None:
    assert not sessions.advance(session, 1, NOON, LATER)


def test_an_ended_session_is_gone_and_does_not_advance(sessions: SessionsTable, session: Session) -> None:
    assert not sessions.end(session.id, new_id())
    assert sessions.end(session.id, session.user_id)
    assert not sessions.end(session.id, session.user_id)
    assert not sessions.advance(session, 0, NOON, LATER)
    assert sessions.of_user(session.user_id, NOON) == []


def test_a_users_sessions_are_found_in_the_order_in_which_they_began(sessions: SessionsTable) -> None:
    user_id = new_id()
    begun = [
        Session(new_id(), user_id, 0, NOON + timedelta(hours=hours), NOON + timedelta(days=30)) for hours in (2, 0, 1)
    ]
    for session in begun:
        sessions.add(session)
    found = [item.id for item in sessions.items.by_user.query(user_id)]
    assert found == [begun[1].id, begun[2].id, begun[0].id]
