"""Changes of stored items: counted first, made once, gone on with after an end, while the service is up."""

from collections.abc import Callable, Mapping
from typing import Any

import boto3
import pytest
from mypy_boto3_dynamodb import DynamoDBClient

from chalicelib.model.users import AccountRole, User
from chalicelib.wiring import Services
from infra.migrations import MIGRATIONS, __main__, m0001_users_in_the_directory
from infra.migrations.run import Outcome, Runner
from tests.conftest import REGION, Person, SettableClock

NAME = "0001_users_in_the_directory"
Old = Callable[[int], list[str]]


@pytest.fixture
def client() -> DynamoDBClient:
    return boto3.client("dynamodb", region_name=REGION)


@pytest.fixture(autouse=True)
def _nothing_was_made(client: DynamoDBClient, services: Services) -> None:
    table = services.settings.migrations_table
    for item in client.scan(TableName=table)["Items"]:
        client.delete_item(TableName=table, Key={"name": item["name"]})


@pytest.fixture
def runner(client: DynamoDBClient, services: Services, clock: SettableClock) -> Runner:
    return Runner(client, services.settings, clock)


@pytest.fixture
def old_users(client: DynamoDBClient, services: Services, make_person: Callable[[], Person]) -> Old:
    """Make users as they were stored before there was a list of them."""

    def make(number: int) -> list[str]:
        ids = [make_person().id for _ in range(number)]
        for user_id in ids:
            client.update_item(
                TableName=services.settings.users_table,
                Key={"id": {"S": user_id}},
                UpdateExpression="REMOVE directory",
            )
        return ids

    return make


def listed(services: Services) -> set[str]:
    return {user.id for user in services.adapters.users.list(None, 400, lambda _: True).items}


def run(runner: Runner, *, dry_run: bool = False) -> list[Outcome]:
    return list(runner.run(MIGRATIONS, dry_run=dry_run))


def test_they_are_numbered_in_order() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]


def test_old_users_are_found_by_administrators_afterwards(services: Services, runner: Runner, old_users: Old) -> None:
    ids = old_users(3)
    assert not set(ids) & listed(services)
    assert run(runner) == [Outcome(NAME, 3)]
    assert set(ids) <= listed(services)


def test_a_dry_run_counts_and_changes_nothing(services: Services, runner: Runner, old_users: Old) -> None:
    ids = old_users(2)
    assert run(runner, dry_run=True) == [Outcome(NAME, 2)]
    assert not set(ids) & listed(services)
    assert run(runner) == [Outcome(NAME, 2)]


def test_what_was_made_is_not_made_again(services: Services, runner: Runner, old_users: Old) -> None:
    old_users(1)
    run(runner)
    later = old_users(1)  # no version that runs writes such items
    assert run(runner) == [Outcome(NAME, None)]
    assert not set(later) & listed(services)


def test_one_that_was_cut_short_goes_on_where_it_was(
    services: Services, runner: Runner, old_users: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.migrations.run.PAGE", 2)
    ids = old_users(7)
    note, pages = Runner._note, iter(range(100))

    def note_until_the_end_comes(self: Runner, *arguments: Any) -> None:
        if next(pages) == 1:
            raise KeyboardInterrupt
        note(self, *arguments)

    monkeypatch.setattr(Runner, "_note", note_until_the_end_comes)
    with pytest.raises(KeyboardInterrupt):
        run(runner)
    assert set(ids) - listed(services)
    run(runner)
    assert set(ids) <= listed(services)


def test_who_changes_an_item_meanwhile_keeps_their_change(
    services: Services, runner: Runner, old_users: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    (user_id,) = old_users(1)
    change = Runner._change

    def change_after_somebody_else(self: Runner, migration: Any, item: Mapping[str, Any]) -> bool:
        services.adapters.users.rename(user_id, "Ann")
        return change(self, migration, dict(item))

    monkeypatch.setattr(Runner, "_change", change_after_somebody_else)
    run(runner)
    user = services.adapters.users.get(user_id)
    assert isinstance(user, User)
    assert user.display_name == "Ann"
    assert user_id in listed(services)


def test_who_is_gone_meanwhile_stays_gone(
    services: Services, runner: Runner, old_users: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    (user_id,) = old_users(1)
    change = Runner._change

    def change_after_the_end(self: Runner, migration: Any, item: Mapping[str, Any]) -> bool:
        user = services.adapters.users.get(user_id)
        assert user is not None
        services.adapters.users.delete(user)
        return change(self, migration, dict(item))

    monkeypatch.setattr(Runner, "_change", change_after_the_end)
    assert run(runner) == [Outcome(NAME, 0)]
    assert services.adapters.users.get(user_id) is None


def test_the_number_of_administrators_is_no_user(
    services: Services, runner: Runner, make_person: Callable[[], Person]
) -> None:
    user = services.adapters.users.get(make_person().id)
    assert user is not None
    services.adapters.users.change_role(user, AccountRole.ADMIN, [])
    run(runner)
    assert services.adapters.users.list(None, 400, lambda one: one.email == "").items == []


def test_the_command_says_what_it_did(
    deployment: Mapping[str, str], old_users: Old, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in deployment.items():
        monkeypatch.setenv(name, value)
    old_users(1)
    assert __main__.main(["--dry-run"]) == 0
    assert __main__.main([]) == 0
    assert __main__.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{NAME}: 1 items would be changed",
        f"{NAME}: 1 items were changed",
        f"{NAME}: made before",
    ]


def test_a_missing_setting_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main([]) == 2
    assert (
        capsys.readouterr().err
        == "janus: The environment is not valid: Object missing required field `JANUS_UPLOADS_QUEUE`\n"
    )


def test_the_number_is_that_of_its_module() -> None:
    assert m0001_users_in_the_directory.__name__.endswith(f".m{NAME}")
