"""The same assertions against the real adapter and its fake."""

from datetime import datetime

import pytest

from chalicelib.model.emails import EmailToken
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.model.users import AccountRole, User
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, MOMENT, event_of, recorded

SENT = EmailToken("verify", NOON + DAY)


@pytest.fixture
def user(adapters: Adapters) -> User:
    user = User(new_id(), f"{new_id()}@people.example", "Ann", AccountRole.USER, "hash", NOON, verification=SENT)
    adapters.users.add(user)
    return user


@pytest.fixture
def session(user: User) -> Session:
    return Session(new_id(), user.id, 0, NOON, NOON + DAY)


@pytest.mark.parametrize(
    ("digest", "now", "valid"),
    [("verify", NOON + DAY - MOMENT, True), ("verify", NOON + DAY, False), ("other", NOON, False)],
)
def test_a_token_verifies_and_starts_a_session_until_it_expires_and_once(
    adapters: Adapters, user: User, session: Session, digest: str, now: datetime, valid: bool
) -> None:
    token = EmailToken(digest, NOON + DAY)
    assert adapters.email_verifications.complete(token, session, now, [event_of(user.id)]) is valid
    later = Session(new_id(), user.id, 0, NOON, NOON + DAY)
    assert not adapters.email_verifications.complete(token, later, now, [event_of(user.id)])
    verified = adapters.users.get(user.id)
    assert verified is not None
    assert (verified.verified_at, verified.verification) == ((now, None) if valid else (None, SENT))
    assert adapters.sessions.of_user(user.id, NOON) == ([session] if valid else [])
    assert len(recorded(adapters, user.id)) == valid
