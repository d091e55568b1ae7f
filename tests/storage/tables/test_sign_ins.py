from datetime import timedelta
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.model.attempts import Attempt
from chalicelib.model.errors import RateLimit
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.wiring import Services
from tests.conftest import NOON
from tests.storage.examples import event_of, recorded

LIMIT = RateLimit("sign-in", 1, timedelta(minutes=15))


def fail_with_counters(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    """Cancel each transaction that updates a counter."""
    call = vars(BaseClient)["_make_api_call"]

    def cancel(client: BaseClient, operation: str, arguments: Any) -> Any:
        if not any("Update" in item for item in arguments.get("TransactItems", [])):
            return call(client, operation, arguments)
        reasons: Any = [{"Code": reason, "Message": "…"} for _ in arguments["TransactItems"]]
        error: Any = {"Code": "TransactionCanceledException", "Message": f"Transaction cancelled [{reason}]"}
        raise ClientError({"Error": error, "CancellationReasons": reasons}, operation)

    monkeypatch.setattr(BaseClient, "_make_api_call", cancel)


def a_session() -> Session:
    return Session(new_id(), new_id(), 0, NOON, NOON + timedelta(days=30))


def test_a_session_starts_although_too_many_sign_in_at_once(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with_counters(monkeypatch, "TransactionConflict")
    session = a_session()
    event = event_of(session.user_id)
    services.adapters.sign_ins.add(session, [Attempt([(LIMIT, "ann")], NOON)], [event])
    assert len(services.adapters.sessions.of_user(session.user_id, NOON)) == 1
    assert recorded(services.adapters, session.user_id) == [event.action]


def test_another_fault_starts_no_session(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with_counters(monkeypatch, "ThrottlingError")
    session = a_session()
    with pytest.raises(PynamoDBException):
        services.adapters.sign_ins.add(session, [Attempt([(LIMIT, "ann")], NOON)], [])
    assert services.adapters.sessions.of_user(session.user_id, NOON) == []
