from collections.abc import Mapping
from copy import replace
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from pynamodb.exceptions import TransactWriteError

from chalicelib.model.emails import EmailTaken
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.storage.tables.users import UsersTable
from chalicelib.wiring import Services
from tests.conftest import NOON, REGION


@pytest.fixture
def users(services: Services) -> UsersTable:
    return services.adapters.users


@pytest.fixture
def user() -> User:
    return User(new_id(), f"{new_id()}@people.example", "Ann", AccountRole.USER, "hash", NOON)


def count(table: str) -> int:
    return int(boto3.client("dynamodb", region_name=REGION).scan(TableName=table, Select="COUNT")["Count"])


def test_a_user_is_found_by_id_and_by_address(users: UsersTable, user: User) -> None:
    users.add(user)
    assert users.get(user.id) == users.find(user.email) == user


def test_a_user_needs_no_display_name(users: UsersTable, user: User) -> None:
    nameless = replace(user, display_name=None)
    users.add(nameless)
    assert users.get(user.id) == nameless


def test_who_is_not_there_is_not_found(users: UsersTable) -> None:
    assert users.get("nobody") is None
    assert users.find("nobody@people.example") is None


def test_a_taken_address_leaves_nothing_of_the_second_registration(
    users: UsersTable, user: User, deployment: Mapping[str, str]
) -> None:
    users.add(user)
    tables = deployment["JANUS_USERS_TABLE"], deployment["JANUS_EMAILS_TABLE"]
    before = [count(table) for table in tables]
    second = replace(user, id=new_id(), password_hash="another")
    with pytest.raises(EmailTaken):
        users.add(second)
    assert [count(table) for table in tables] == before
    assert users.get(second.id) is None
    assert users.find(user.email) == user


def cancel(monkeypatch: pytest.MonkeyPatch, reason: str, times: int) -> None:
    """Let DynamoDB cancel the next transactions, as it answers when two meet at one item."""
    canceled = ClientError(
        {
            "Error": {"Code": "TransactionCanceledException", "Message": f"Transaction cancelled [{reason}, None]"},
            "CancellationReasons": [
                {"Code": reason, "Message": "Transaction is ongoing for the item"},
                {"Code": "None"},
            ],
        },
        "TransactWriteItems",
    )
    remaining = [canceled] * times
    call = vars(BaseClient)["_make_api_call"]

    def answer_first(client: BaseClient, operation: str, arguments: Any) -> Any:
        if operation == "TransactWriteItems" and remaining:
            raise remaining.pop()
        return call(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", answer_first)


def test_a_transaction_that_meets_another_is_tried_again(
    users: UsersTable, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel(monkeypatch, "TransactionConflict", times=4)
    users.add(user)
    assert users.find(user.email) == user


@pytest.mark.parametrize(("reason", "times"), [("TransactionConflict", 8), ("ThrottlingError", 1)])
def test_what_hinders_a_transaction_is_not_taken_for_a_taken_address(
    users: UsersTable, user: User, monkeypatch: pytest.MonkeyPatch, reason: str, times: int
) -> None:
    cancel(monkeypatch, reason, times)
    with pytest.raises(TransactWriteError):
        users.add(user)
    assert users.find(user.email) is None


def test_a_hash_is_replaced(users: UsersTable, user: User) -> None:
    users.add(user)
    users.replace_password_hash(user, "stronger")
    assert users.get(user.id) == replace(user, password_hash="stronger")


def test_a_hash_that_was_changed_meanwhile_stays(users: UsersTable, user: User) -> None:
    users.add(user)
    users.replace_password_hash(user, "of another password")
    users.replace_password_hash(user, "stronger")
    assert users.get(user.id) == replace(user, password_hash="of another password")
