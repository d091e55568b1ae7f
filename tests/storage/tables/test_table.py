"""The PynamoDB models are what the template makes tables for."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

import boto3
import pytest
from pynamodb.attributes import TTLAttribute

from chalicelib.model.audit import AuditAction
from chalicelib.model.ids import new_id
from chalicelib.model.images import Image, ImageKey, ImageStatus, ImageUpload
from chalicelib.storage.tables.api_keys import ApiKeyItem
from chalicelib.storage.tables.audit_log import AuditEventItem
from chalicelib.storage.tables.counters import CounterItem
from chalicelib.storage.tables.data_exports import DataExportItem
from chalicelib.storage.tables.idempotency import IdempotencyItem
from chalicelib.storage.tables.images import ImageItem, ImagesTable
from chalicelib.storage.tables.invitations import InvitationItem
from chalicelib.storage.tables.projects import MemberItem, ProjectItem
from chalicelib.storage.tables.research_notes import ResearchNoteItem
from chalicelib.storage.tables.sessions import SessionItem
from chalicelib.storage.tables.table import Item
from chalicelib.storage.tables.usage import UsageItem
from chalicelib.storage.tables.user_items import EmailItem, UserItem
from chalicelib.wiring import Services
from infra import template
from tests.conftest import NOON, REGION, Person

MODELS: Mapping[str, type[Item]] = {
    "UsersTable": UserItem,
    "EmailsTable": EmailItem,
    "SessionsTable": SessionItem,
    "ApiKeysTable": ApiKeyItem,
    "ProjectsTable": ProjectItem,
    "MembersTable": MemberItem,
    "InvitationsTable": InvitationItem,
    "DataExportsTable": DataExportItem,
    "ResearchNotesTable": ResearchNoteItem,
    "IdempotencyTable": IdempotencyItem,
    "ImagesTable": ImageItem,
    "AuditLogTable": AuditEventItem,
    "CountersTable": CounterItem,
    "UsageTable": UsageItem,
}
TABLES = {table.logical_id: table.properties for table in template.load().resources("AWS::DynamoDB::Table")}


def keys(schema: list[dict[str, str]]) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in schema}


def types(definitions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {definition["AttributeName"]: definition["AttributeType"] for definition in definitions}


def indexes(described: Iterable[Mapping[str, Any]], name: str, schema: str, projection: str) -> dict[str, Any]:
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
    attributes = MODELS[logical_id].get_attributes().values()
    modelled = [attribute.attr_name for attribute in attributes if isinstance(attribute, TTLAttribute)]
    expiry = TABLES[logical_id].get("TimeToLiveSpecification")
    assert modelled == ([expiry["AttributeName"]] if expiry else [])
    assert expiry is None or expiry["Enabled"] is True


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
        ("JANUS_SESSIONS_TABLE", ("expires_at", {timedelta(days=30)})),
        ("JANUS_IMAGES_TABLE", ("abandoned_at", {timedelta(days=1)})),
        ("JANUS_AUDIT_LOG_TABLE", ("expires_at", {timedelta(days=90)})),
        ("JANUS_COUNTERS_TABLE", ("expires_at", {timedelta(minutes=15), timedelta(hours=1)})),
    ],
)
def test_items_say_their_schemas_version_and_when_they_expire_in_seconds(
    services: Services,
    deployment: Mapping[str, str],
    make_person: Callable[[], Person],
    variable: str,
    expiring: tuple[str, set[timedelta]] | None,
) -> None:
    person = make_person()
    services.images.create(person.id, person.id, ImageUpload("a.png", "image/png", 1, None, None))
    services.audit.record(AuditAction.SIGNED_IN, actor_id=person.id)
    services.audit.write()
    services.throttle.email_token("192.0.2.7")

    items = stored_items(deployment, variable)

    assert items
    assert {item["schema_version"]["N"] for item in items} == {"1"}
    if expiring:
        attribute, lifetimes = expiring
        expected = {str(int((services.clock() + lifetime).timestamp())) for lifetime in lifetimes}
        assert {item[attribute]["N"] for item in items} == expected


def test_two_table_objects_keep_their_own_tables(services: Services) -> None:
    transactions = services.adapters.transactions
    first, second = (
        ImagesTable(name, region, transactions) for name, region in (("first", REGION), ("second", "eu-central-1"))
    )
    assert (first.items.Meta.table_name, second.items.Meta.table_name) == ("first", "second")
    assert first.items._get_connection().table_name == "first"
    assert second.items._get_connection().table_name == "second"
    assert second.items._get_connection().connection.region == "eu-central-1"


def test_an_item_is_stored_in_the_table_of_its_object(deployment: Mapping[str, str], services: Services) -> None:
    ours = ImagesTable(deployment["JANUS_IMAGES_TABLE"], REGION, services.adapters.transactions)
    ImagesTable("another", REGION, services.adapters.transactions)
    key = ImageKey(new_id(), new_id())
    times = {ImageStatus.AWAITING_UPLOAD: NOON}
    image = Image(key, "a.png", "image/png", 1, None, None, ImageStatus.AWAITING_UPLOAD, times)
    ours.add(image, NOON + timedelta(days=1))
    assert ours.get(key) == image
