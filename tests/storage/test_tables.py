"""The PynamoDB models are what the template makes tables for."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib.services.audit import Action
from chalicelib.services.images import NewImage
from chalicelib.storage.api_keys import ApiKeyItem
from chalicelib.storage.archives import ArchiveItem
from chalicelib.storage.counters import CounterItem
from chalicelib.storage.images import ImageItem
from chalicelib.storage.invitations import InvitationItem
from chalicelib.storage.logs import LogItem
from chalicelib.storage.projects import MemberItem, ProjectItem
from chalicelib.storage.repeats import AttemptItem
from chalicelib.storage.research import EntryItem
from chalicelib.storage.sessions import SessionItem
from chalicelib.storage.table import Item
from chalicelib.storage.users import EmailItem, UserItem
from chalicelib.wiring import Services
from infra import template
from tests.conftest import REGION, Person

MODELS: Mapping[str, type[Item]] = {
    "UsersTable": UserItem,
    "EmailsTable": EmailItem,
    "SessionsTable": SessionItem,
    "ApiKeysTable": ApiKeyItem,
    "ProjectsTable": ProjectItem,
    "MembersTable": MemberItem,
    "InvitationsTable": InvitationItem,
    "ArchivesTable": ArchiveItem,
    "ResearchTable": EntryItem,
    "AttemptsTable": AttemptItem,
    "ImagesTable": ImageItem,
    "LogsTable": LogItem,
    "CountersTable": CounterItem,
}
TABLES = {table.logical_id: table.properties for table in template.load().resources("AWS::DynamoDB::Table")}


def keys(schema: list[dict[str, str]]) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in schema}


def types(definitions: list[dict[str, str]]) -> dict[str, str]:
    return {definition["AttributeName"]: definition["AttributeType"] for definition in definitions}


def indexes(described: list[dict[str, Any]], name: str, schema: str, projection: str) -> dict[str, Any]:
    return {index[name]: (keys(index[schema]), index[projection]["ProjectionType"]) for index in described}


def test_every_table_has_its_model() -> None:
    of_the_migrations = {"MigrationsTable"}
    assert set(TABLES) == set(MODELS) | of_the_migrations


@pytest.mark.parametrize("logical_id", MODELS)
def test_keys_and_their_types_agree(logical_id: str) -> None:
    schema, table = MODELS[logical_id]._get_schema(), TABLES[logical_id]
    expected = types(table["AttributeDefinitions"])
    assert {key["KeyType"]: key["AttributeName"] for key in schema["key_schema"]} == keys(table["KeySchema"])
    assert types(schema["attribute_definitions"]) == expected


@pytest.mark.parametrize("logical_id", MODELS)
def test_indexes_agree(logical_id: str) -> None:
    modelled = indexes(
        MODELS[logical_id]._get_schema()["global_secondary_indexes"], "index_name", "key_schema", "projection"
    )
    declared = indexes(TABLES[logical_id].get("GlobalSecondaryIndexes", []), "IndexName", "KeySchema", "Projection")
    assert modelled == declared


@pytest.mark.parametrize("logical_id", MODELS)
def test_the_attribute_that_expires_items_agrees(logical_id: str) -> None:
    attribute = MODELS[logical_id]._ttl_attribute()
    expiry = TABLES[logical_id].get("TimeToLiveSpecification")
    declared = expiry and (expiry["AttributeName"], expiry["Enabled"])
    assert (attribute and (attribute.attr_name, True)) == declared


@pytest.mark.parametrize("logical_id", MODELS)
def test_tables_are_paid_by_request(logical_id: str) -> None:
    assert TABLES[logical_id]["BillingMode"] == "PAY_PER_REQUEST"


def stored_items(deployment: Mapping[str, str], variable: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = boto3.client("dynamodb", region_name=REGION).scan(TableName=deployment[variable])[
        "Items"
    ]
    return items


@pytest.mark.parametrize(
    ("variable", "expiring"),
    [
        ("JANUS_USERS_TABLE", None),
        ("JANUS_EMAILS_TABLE", None),
        ("JANUS_SESSIONS_TABLE", ("expires_at", timedelta(days=30))),
        ("JANUS_IMAGES_TABLE", ("abandoned_at", timedelta(days=1))),
        ("JANUS_LOGS_TABLE", ("expires_at", timedelta(days=90))),
        ("JANUS_COUNTERS_TABLE", ("expires_at", timedelta(minutes=15))),
    ],
)
def test_items_say_their_schemas_version_and_when_they_expire_in_seconds(
    services: Services,
    deployment: Mapping[str, str],
    make_person: Callable[[], Person],
    variable: str,
    expiring: tuple[str, timedelta] | None,
) -> None:
    person = make_person()
    services.library.create(person.id, person.id, NewImage("a.png", "image/png", 1, None, None))
    services.audit.record(Action.SIGNED_IN, actor_id=person.id)
    services.audit.write()
    services.throttle.guess("192.0.2.7")

    items = stored_items(deployment, variable)

    assert items
    assert {item["schema_version"]["N"] for item in items} == {"1"}
    if expiring:
        attribute, lifetime = expiring
        assert {item[attribute]["N"] for item in items} == {str(int((services.clock() + lifetime).timestamp()))}
