"""Migrations: counted in a dry run, applied once, resumed after an interruption, safe beside other writes."""

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
def _nothing_is_applied(client: DynamoDBClient, services: Services) -> None:
    table = services.settings.migrations_table
    for item in client.scan(TableName=table)["Items"]:
        client.delete_item(TableName=table, Key={"name": item["name"]})


@pytest.fixture
def runner(client: DynamoDBClient, services: Services, clock: SettableClock) -> Runner:
    return Runner(client, services.settings, clock)


@pytest.fixture
def old_users(client: DynamoDBClient, services: Services, make_person: Callable[[], Person]) -> Old:
    """Store users in the form from before the list of all users."""

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


def test_migrations_are_numbered_in_order() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]


def test_administrators_find_migrated_users(services: Services, runner: Runner, old_users: Old) -> None:
    ids = old_users(3)
    assert not set(ids) & listed(services)
    assert run(runner) == [Outcome(NAME, 3)]
    assert set(ids) <= listed(services)


def test_a_dry_run_counts_and_changes_nothing(services: Services, runner: Runner, old_users: Old) -> None:
    ids = old_users(2)
    assert run(runner, dry_run=True) == [Outcome(NAME, 2)]
    assert not set(ids) & listed(services)
    assert run(runner) == [Outcome(NAME, 2)]


def test_an_applied_migration_is_not_applied_again(services: Services, runner: Runner, old_users: Old) -> None:
    old_users(1)
    run(runner)
    later = old_users(1)  # the deployed version never writes such items
    assert run(runner) == [Outcome(NAME, None)]
    assert not set(later) & listed(services)


def test_an_interrupted_migration_resumes(
    services: Services, runner: Runner, old_users: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.migrations.run.PAGE", 2)
    ids = old_users(7)
    save, pages = Runner._save, iter(range(100))

    def save_until_interrupted(self: Runner, *arguments: Any) -> None:
        if next(pages) == 1:
            raise KeyboardInterrupt
        save(self, *arguments)

    monkeypatch.setattr(Runner, "_save", save_until_interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(runner)
    assert set(ids) - listed(services)
    run(runner)
    assert set(ids) <= listed(services)


def test_a_concurrent_change_is_kept(
    services: Services, runner: Runner, old_users: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    (user_id,) = old_users(1)
    change = Runner._change

    def change_after_a_rename(self: Runner, migration: Any, item: Mapping[str, Any]) -> bool:
        services.adapters.users.rename(user_id, "Ann")
        return change(self, migration, dict(item))

    monkeypatch.setattr(Runner, "_change", change_after_a_rename)
    run(runner)
    user = services.adapters.users.get(user_id)
    assert isinstance(user, User)
    assert user.display_name == "Ann"
    assert user_id in listed(services)


def test_a_concurrently_deleted_user_stays_deleted(
    services: Services, runner: Runner, old_users: Old, monkeypatch: pytest.MonkeyPatch
) -> None:
    (user_id,) = old_users(1)
    change = Runner._change

    def change_after_the_deletion(self: Runner, migration: Any, item: Mapping[str, Any]) -> bool:
        user = services.adapters.users.get(user_id)
        assert user is not None
        services.adapters.users.delete(user)
        return change(self, migration, dict(item))

    monkeypatch.setattr(Runner, "_change", change_after_the_deletion)
    assert run(runner) == [Outcome(NAME, 0)]
    assert services.adapters.users.get(user_id) is None


def test_the_number_of_administrators_is_not_migrated(
    services: Services, runner: Runner, make_person: Callable[[], Person]
) -> None:
    user = services.adapters.users.get(make_person().id)
    assert user is not None
    services.adapters.users.change_role(user, AccountRole.ADMIN, [])
    run(runner)
    assert services.adapters.users.list(None, 400, lambda one: one.email == "").items == []


def test_the_command_prints_the_outcome(
    deployment: Mapping[str, str], old_users: Old, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in deployment.items():
        monkeypatch.setenv(name, value)
    old_users(1)
    assert __main__.main(["--dry-run"]) == 0
    assert __main__.main([]) == 0
    assert __main__.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{NAME}: 1 items would change",
        f"{NAME}: 1 items changed",
        f"{NAME}: already applied",
    ]


def test_a_missing_setting_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main([]) == 2
    assert (
        capsys.readouterr().err
        == "janus: The environment is not valid: Object missing required field `JANUS_UPLOADS_QUEUE`\n"
    )


def test_a_migration_has_the_number_of_its_module() -> None:
    assert m0001_users_in_the_directory.__name__.endswith(f".m{NAME}")
