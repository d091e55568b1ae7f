"""The operator's command that confirms an email address."""

import pytest

from chalicelib.model.emails import canonical_email
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from infra import confirm
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices
from tests.services.conftest import SETTINGS


@pytest.fixture
def services() -> FakeServices:
    return FakeServices(lambda: SETTINGS, lambda: NOON)


@pytest.fixture
def user(services: FakeServices) -> User:
    user = User(new_id(), canonical_email("Ann@people.example"), None, AccountRole.USER, "no hash", NOON)
    services.adapters.users.add(user)
    return user


def test_it_confirms_once_and_records_it(
    services: FakeServices, user: User, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert confirm.main(["ANN@people.example"], services) == 0
    assert capsys.readouterr().out == "The address ann@people.example is confirmed.\n" * 2
    assert services.adapters.users.stored[user.id].verified_at == NOON
    (event,) = services.adapters.audit_log.events.values()
    assert (event.action, event.actor_id, event.user_id) == ("email.verified", "command", user.id)


@pytest.mark.parametrize("address", ["nobody@people.example", "no address"])
def test_an_unknown_address_is_an_error(
    services: FakeServices, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert confirm.main([address], services) == 1
    assert capsys.readouterr().err == f"janus: no user has the email address {address}\n"


def test_it_takes_one_address(services: FakeServices) -> None:
    assert confirm.main([], services) == 2


def test_a_user_whom_the_index_of_addresses_does_not_have_yet_is_found(
    services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.adapters.users, "find", lambda _: None)
    assert confirm.confirmed_user(services, user.email).is_confirmed
