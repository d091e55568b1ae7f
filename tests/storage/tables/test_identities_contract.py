"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.api_keys import ApiKey, Scope
from chalicelib.model.ids import new_id
from chalicelib.model.projects import Project, ProjectRole
from chalicelib.model.sessions import Session
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, MOMENT, event_of


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


def test_a_session_is_found_only_with_its_user(adapters: Adapters, user: User, session: Session) -> None:
    assert adapters.identities.of_session(session.id, user.id) == (session, user, None)
    stranger = replace(user, id=new_id(), email=f"{new_id()}@people.example")
    adapters.users.add(stranger)
    for session_id, user_id in ((new_id(), user.id), (session.id, new_id()), (session.id, stranger.id)):
        assert adapters.identities.of_session(session_id, user_id) is None


def test_an_api_key_is_found_only_with_its_user(adapters: Adapters, user: User) -> None:
    key = ApiKey(user.id, new_id(), "CI", frozenset({Scope.IMAGES_WRITE}), "digest", NOON)
    adapters.api_keys.add(key, [])
    assert adapters.identities.of_api_key(user.id, key.id) == (key, user, None)
    for user_id, key_id in ((user.id, new_id()), (new_id(), key.id)):
        assert adapters.identities.of_api_key(user_id, key_id) is None


def test_a_membership_is_found_until_the_project_is_closed(adapters: Adapters, user: User, session: Session) -> None:
    project = Project(new_id(), "Shop", NOON)
    adapters.projects.add(project, user.id)
    found = adapters.identities.of_session(session.id, user.id, project.id)
    assert found is not None
    assert found[2] is not None
    assert (found[2].project, found[2].member.role) == (project, ProjectRole.OWNER)
    assert adapters.identities.of_session(session.id, user.id, new_id()) == (session, user, None)
    adapters.projects.mark_deleted(project.id, NOON, [])
    assert adapters.identities.of_session(session.id, user.id, project.id) == (session, user, None)
