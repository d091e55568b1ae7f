from collections.abc import Callable
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.model.ids import new_id
from chalicelib.storage.tables.identities import IdentitiesTable, KeysUnprocessed
from chalicelib.wiring import Services
from tests.conftest import Person


@pytest.fixture
def identities(services: Services) -> IdentitiesTable:
    return services.adapters.identities


def test_a_session_is_found_with_its_user(services: Services, identities: IdentitiesTable, person: Person) -> None:
    found = identities.of_session(person.session_id, person.id)
    assert found is not None
    session, user, membership = found
    assert session.id == person.session_id
    assert user == services.adapters.users.get(person.id)
    assert membership is None


def test_both_must_be_there_and_belong_together(
    identities: IdentitiesTable, person: Person, make_person: Callable[[], Person]
) -> None:
    for session_id, user_id in (
        (new_id(), person.id),
        (person.session_id, new_id()),
        (person.session_id, make_person().id),
    ):
        assert identities.of_session(session_id, user_id) is None


def left_unread(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DynamoDB leave all keys for the next request, so many times."""
    call, remaining = vars(BaseClient)["_make_api_call"], [None] * times

    def answer(client: BaseClient, operation: str, arguments: Any) -> Any:
        if operation == "BatchGetItem" and remaining:
            remaining.pop()
            return {"Responses": {}, "UnprocessedKeys": arguments["RequestItems"]}
        return call(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)


def test_keys_that_were_left_are_read_again(
    identities: IdentitiesTable, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_unread(4, monkeypatch)
    assert identities.of_session(person.session_id, person.id) is not None


def test_keys_that_are_left_every_time_are_no_ended_session(
    identities: IdentitiesTable, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_unread(5, monkeypatch)
    with pytest.raises(KeysUnprocessed):
        identities.of_session(person.session_id, person.id)
