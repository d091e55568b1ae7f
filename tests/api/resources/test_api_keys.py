"""Keys for machines: shown once, good for their scopes, until they are revoked or expire."""

from datetime import timedelta

import boto3
import pytest

from chalicelib.wiring import Services
from tests.api.conftest import NEW
from tests.conftest import REGION, Api, Person, SettableClock

BOTH = {"name": "CI", "scopes": ["images:write", "results:read"]}
pytestmark = pytest.mark.usefixtures("today")


def test_a_machine_uploads_and_reads_with_its_key(api: Api, signed_in: Api) -> None:
    machine = Api(api.gateway, signed_in("POST", "/api-keys", BOTH).json["key"])
    created = machine("POST", "/images", NEW)
    assert created.status == 201
    assert signed_in("GET", "/images").json["items"][0]["id"] == created.json["id"]
    assert machine("GET", f"/images/{created.json['id']}").json["name"] == NEW["name"]


def test_a_key_is_shown_once_and_stored_as_its_hash(signed_in: Api, services: Services) -> None:
    made = signed_in("POST", "/api-keys", BOTH).json
    listed = signed_in("GET", "/api-keys")
    assert listed.json["items"] == [{name: value for name, value in made.items() if name != "key"}]
    table = boto3.client("dynamodb", region_name=REGION).scan(TableName=services.settings.api_keys_table)
    assert made["key"] not in str(table)


def test_a_key_without_the_scope_is_told_which_it_needs(api: Api, signed_in: Api) -> None:
    key = signed_in("POST", "/api-keys", BOTH | {"scopes": ["results:read"]}).json["key"]
    refused = Api(api.gateway, key)("POST", "/images", NEW)
    assert (refused.status, refused.code) == (403, "insufficient_scope")
    assert refused.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="images:write"'
    assert Api(api.gateway, key)("GET", "/api-keys").headers["www-authenticate"] == 'Bearer error="insufficient_scope"'


def test_a_key_ends_when_it_is_revoked_and_when_its_time_is_over(
    api: Api, signed_in: Api, person: Person, services: Services, clock: SettableClock
) -> None:
    lasting = signed_in("POST", "/api-keys", BOTH).json
    short = signed_in("POST", "/api-keys", BOTH | {"expires_in_days": 1}).json
    assert signed_in("DELETE", f"/api-keys/{lasting['id']}").status == 204
    assert signed_in("DELETE", f"/api-keys/{lasting['id']}").status == 404
    refused = Api(api.gateway, lasting["key"])("GET", "/images")
    assert (refused.status, refused.code) == (401, "key_refused")
    machine = Api(api.gateway, short["key"])
    assert machine("GET", "/images").status == 200
    clock.advance(timedelta(days=1))
    assert machine("GET", "/images").code == "key_refused"
    user = services.adapters.users.get(person.id)
    assert user is not None
    assert services.api_keys.list(user) == []


def test_a_key_of_somebody_disabled_is_refused_and_one_with_another_secret_too(
    api: Api, signed_in: Api, person: Person, services: Services
) -> None:
    key = signed_in("POST", "/api-keys", BOTH).json["key"]
    forged = key[:-1] + ("A" if key[-1] != "A" else "B")
    assert Api(api.gateway, forged)("GET", "/images").code == "key_refused"
    assert Api(api.gateway, "janus_nothing")("GET", "/images").code == "key_refused"
    user = services.adapters.users.get(person.id)
    assert user is not None
    assert services.adapters.users.set_disabled(user, [], disabled=True)
    assert Api(api.gateway, key)("GET", "/images").code == "key_refused"


def test_the_last_use_is_kept_to_ten_minutes(api: Api, signed_in: Api, clock: SettableClock) -> None:
    machine = Api(api.gateway, signed_in("POST", "/api-keys", BOTH).json["key"])

    def last_use() -> str:
        return str(signed_in("GET", "/api-keys").json["items"][0]["last_used_at"])

    assert last_use() == "None"
    machine("GET", "/images")
    first = last_use()
    assert first == clock.now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    clock.advance(timedelta(minutes=9))
    machine("GET", "/images")
    assert last_use() == first
    clock.advance(timedelta(minutes=1))
    machine("GET", "/images")
    assert last_use() > first


def test_nobody_has_keys_without_end(signed_in: Api) -> None:
    assert [signed_in("POST", "/api-keys", BOTH).status for _ in range(50)] == [201] * 50
    refused = signed_in("POST", "/api-keys", BOTH)
    assert (refused.status, refused.code, refused.json["limit"]) == (409, "limit_reached", "api_keys")


def test_making_and_revoking_keys_are_security_events(signed_in: Api) -> None:
    key_id = signed_in("POST", "/api-keys", BOTH).json["id"]
    signed_in("DELETE", f"/api-keys/{key_id}")
    events = signed_in("GET", "/security-events").json["items"]
    assert [(event["action"], event["subject_id"]) for event in events] == [
        ("api_key.revoked", key_id),
        ("api_key.created", key_id),
    ]
