from collections.abc import Callable, Sequence
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ConnectionClosedError
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.model.ids import new_id
from chalicelib.storage.tables.table import ALL_OLD, applied
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.user_items import EmailItem, UserItem
from chalicelib.wiring import Services
from tests.storage.examples import event_of, recorded

type Canceled = Callable[..., list[str]]


class Last(Exception):
    """The last update failed alone."""


@pytest.fixture
def transactions(services: Services) -> Transactions:
    return services.adapters.transactions


@pytest.fixture
def canceled(monkeypatch: pytest.MonkeyPatch) -> Canceled:
    """Let DynamoDB cancel every transaction for some reasons, in their order; return the operations that were tried."""

    def cancel(*reasons: str, times: int = 99) -> list[str]:
        response: Any = {
            "Error": {"Code": "TransactionCanceledException", "Message": f"cancelled [{', '.join(reasons)}]"},
            "CancellationReasons": [{"Code": reason, "Message": "…"} for reason in reasons],
        }
        tried: list[str] = []
        call: Callable[..., Any] = vars(BaseClient)["_make_api_call"]

        def answer(client: BaseClient, operation: str, arguments: Any) -> Any:
            tried.append(operation)
            if len(tried) <= times:
                raise ClientError(response, operation)
            return call(client, operation, arguments)

        monkeypatch.setattr(BaseClient, "_make_api_call", answer)
        return tried

    return cancel


def nothing(_: TransactWrite) -> None:
    pass


def test_a_write_is_stored_together_with_its_events(services: Services, transactions: Transactions) -> None:
    user, items = new_id(), services.adapters.users.email_items

    def write(transaction: TransactWrite) -> None:
        transaction.save(items(f"{user}@people.example", user_id=user), condition=EmailItem.email.does_not_exist())

    assert transactions.write(write, [event_of(user)])
    assert not transactions.write(write, [event_of(user)])
    assert items.get(f"{user}@people.example").user_id == user
    assert len(recorded(services.adapters, user)) == 1


@pytest.mark.parametrize(("conflicts", "succeeds"), [(7, True), (8, False)])
def test_a_conflict_is_retried_up_to_eight_times(
    services: Services, transactions: Transactions, canceled: Canceled, conflicts: int, succeeds: bool
) -> None:
    user = new_id()
    tried = canceled("TransactionConflict", times=conflicts)
    if succeeds:
        assert transactions.write(nothing, [event_of(user)])
    else:
        with pytest.raises(TransactWriteError):
            transactions.write(nothing, [event_of(user)])
    assert tried == ["TransactWriteItems"] * 8


@pytest.mark.parametrize(
    ("reasons", "raises"),
    [
        (["None", "ConditionalCheckFailed"], True),
        (["ConditionalCheckFailed", "None"], False),
        (["ConditionalCheckFailed", "ConditionalCheckFailed"], False),
    ],
)
def test_the_last_update_has_an_error_of_its_own_if_it_fails_alone(
    transactions: Transactions, canceled: Canceled, reasons: Sequence[str], raises: bool
) -> None:
    canceled(*reasons)
    if raises:
        with pytest.raises(Last):
            transactions.write(nothing, [event_of(new_id())], last=Last)
        assert not transactions.write(nothing, [event_of(new_id())])
    else:
        assert not transactions.write(nothing, [event_of(new_id())], last=Last)


@pytest.mark.parametrize("reason", ["ThrottlingError", "ValidationError"])
def test_other_failures_are_raised_at_once(transactions: Transactions, canceled: Canceled, reason: str) -> None:
    tried = canceled(reason)
    with pytest.raises(TransactWriteError):
        transactions.write(nothing, [event_of(new_id())])
    assert len(tried) == 1


def test_a_conditional_write_is_applied_or_not(services: Services) -> None:
    users, user_id = services.adapters.users.user_items, new_id()

    def delete() -> None:
        users(user_id).delete(condition=UserItem.id.exists())

    assert not applied(delete)


def test_other_failures_of_a_write_are_raised(services: Services) -> None:
    def fail() -> None:
        raise TransactWriteError("throttled")

    with pytest.raises(TransactWriteError):
        applied(fail)


def test_a_write_whose_answer_was_lost_is_ones_own(services: Services, transactions: Transactions) -> None:
    user, items, event = new_id(), services.adapters.users.email_items, event_of(new_id())

    def write(transaction: TransactWrite) -> None:
        transaction.save(items(f"{user}@people.example", user_id=user), condition=EmailItem.email.does_not_exist())

    assert [transactions.write(write, [event]) for _ in range(2)] == [True, True]  # as it is sent again
    assert recorded(services.adapters, event.user_id or "") == [event.action]
    assert not transactions.write(write)


def test_an_update_is_recognized_by_its_own_id(services: Services, transactions: Transactions) -> None:
    users, user_id = services.adapters.users.user_items, new_id()

    def write(own_id: str) -> bool:
        def update(transaction: TransactWrite) -> None:
            transaction.update(
                users(user_id),
                actions=[UserItem.write_id.set(own_id)],
                condition=UserItem.id.does_not_exist(),
                return_values=ALL_OLD,
            )

        return transactions.write(update, own_id=own_id)

    assert [write("ours"), write("ours"), write("theirs")] == [True, True, False]


def test_a_write_without_an_answer_is_neither_applied_nor_refused(
    transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(client: BaseClient, operation: str, arguments: Any) -> Any:
        raise ConnectionClosedError(endpoint_url="https://dynamodb.us-east-1.amazonaws.com")

    monkeypatch.setattr(BaseClient, "_make_api_call", lose)
    with pytest.raises(TransactWriteError):
        transactions.write(nothing, [event_of(new_id())])
