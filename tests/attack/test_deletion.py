"""After an account is deleted, nothing that identifies the person remains but what docs/security.md lists."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
import requests

from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.jobs.handlers import handle_data_exports, handle_purges, handle_schedule
from chalicelib.model.emails import InvalidEmailToken
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from tests.attack.conftest import OTHER, Account, From
from tests.conftest import PASSWORD, REGION, Api, SettableClock
from tests.jobs.test_messages import delivered
from tests.jobs.test_schedules import scheduled
from tests.mailbox import new_address, subjects_to, token_to

NAME = "Ann Example-Person"
IMAGE = {"name": "home.png", "content_type": "image/png", "size": 6}
DOCUMENT = Path(__file__).parents[2] / "docs/security.md"
OFFICE, PHONE = "198.51.100.0/24", "Firefox on Android"
OF_SOURCE = {"audit-log.network": "network", "audit-log.device": "device"}
DELETED = "Your Janus account was deleted"


def documented() -> set[tuple[str, str]]:
    """Return what of a deleted account remains, and the attributes in which the document says that it does."""
    section = DOCUMENT.read_text().partition("## After an account is deleted\n")[2].partition("\n## ")[0]
    return {(OF_SOURCE.get(where, "id"), where) for where in re.findall(r"`([a-z-]+\.[a-z_]+)`", section)}


def analyzed(client: Api, services: Services, owner_id: str, path: str = "/images") -> str:
    created = client("POST", path, IMAGE, Idempotency_Key=f"first-{path}").json
    form = created["upload"]
    requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()
    services.analyses.upload_arrived(upload_name(ImageKey(owner_id, created["id"])), services.clock())
    return str(created["id"])


def new_project(client: Api, name: str) -> str:
    return str(client("POST", "/projects", {"name": name}, Idempotency_Key=name).json["id"])


def invite(client: Api, project_id: str, address: str, role: str) -> str:
    body = {"email": address, "role": role}
    path = f"/projects/{project_id}/invitations"
    assert client("POST", path, body, Idempotency_Key=new_id()).status == 201
    return token_to(address, "invitation")


def join(account: Account, token: str) -> None:
    assert account.client("POST", "/invitations/accept", {"token": token}).status == 200


def close_and_purge(account: Account, code: str | None = None) -> None:
    body = {"password": PASSWORD} | ({} if code is None else {"code": code})
    assert account.client("DELETE", "/users/me", body).status == 204
    event = delivered(account.services, account.services.settings.deletion_queue)
    assert handle_purges(event, account.services.audit, account.services.purge) == {"batchItemFailures": []}
    assert account.services.adapters.users.get(account.id) is None


@pytest.fixture
def other(make_account: Callable[[], Account]) -> Account:
    return make_account()


@pytest.fixture
def busy(account: Account, other: Account, services: Services, request_from: From) -> dict[str, str]:
    """Let an account do everything; return what identifies the person, by what it is."""
    client, pending = account.client, new_address()
    client("PATCH", "/users/me", {"display_name": NAME})
    key = account.make_key()
    assert key("GET", "/images").status == 200
    own, shared, joined, left = (
        new_project(by, name)
        for by, name in ((client, "Own"), (client, "Shared"), (other.client, "Joined"), (other.client, "Left"))
    )
    join(other, invite(client, shared, other.address, "editor"))
    for project_id in (joined, left):
        join(account, invite(other.client, project_id, account.address, "owner"))
    for owner_id in (account.id, own, shared, joined, left):
        path = "" if owner_id == account.id else f"/projects/{owner_id}"
        image_id = analyzed(client, services, owner_id, f"{path}/images")
        note = {"topic": "colors", "data": {"n": 1}, "image_ids": [image_id]}
        assert client("POST", f"{path}/analytics", note, Idempotency_Key=f"note-{owner_id}").status == 201
    assert client("DELETE", f"/projects/{left}/members/{account.id}").status == 204
    invite(client, joined, new_address(), "viewer")
    elsewhere = new_project(other.client, "Elsewhere")
    invite(other.client, elsewhere, account.address, "viewer")
    assert account.sign_in().status == 200
    assert account.sign_in(OTHER).status == 401
    phone = "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
    credentials = {"email": account.address, "password": PASSWORD}
    assert request_from("198.51.100.7", "/auth/login", credentials, User_Agent=phone).status == 200
    account.api("POST", "/auth/password/forgot", {"email": account.address})
    assert client("POST", "/users/me/export").status == 202
    event = delivered(services, services.settings.data_export_queue)
    handle_data_exports(event, services.audit, services.data_export, REPRESENTATIONS)
    assert client("GET", "/users/me/export").json["status"] == "made"
    account.change_address(pending)
    return {
        "address": account.address,
        "pending address": pending,
        "name": NAME,
        "id": account.id,
        "network": OFFICE,
        "device": PHONE,
    }


def stored(services: Services) -> Iterator[tuple[str, str]]:
    """Yield each text in the tables, the bucket and the queues of the deployment, with where it is."""
    dynamodb = boto3.client("dynamodb", region_name=REGION)
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            for item in page["Items"]:
                yield from ((f"{table.removeprefix('janus-dev-')}.{name}", str(value)) for name, value in item.items())
    s3, bucket = boto3.client("s3", region_name=REGION), services.settings.bucket
    for listing in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        for entry in listing.get("Versions", []):
            body = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
            yield f"bucket {entry['Key'].split('/')[0]}", f"{entry['Key']} {body!r}"
    sqs = boto3.client("sqs", region_name=REGION)
    for url in sqs.list_queues()["QueueUrls"]:
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            yield from ((f"queue {url.rpartition('/')[2]}", message["Body"]) for message in messages)


def found(services: Services, sought: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return which of some texts are stored, and where."""
    return {(what, where) for where, text in stored(services) for what, value in sought.items() if value in text}


def test_what_remains_is_what_the_document_lists(
    account: Account, other: Account, busy: dict[str, str], services: Services, clock: SettableClock
) -> None:
    factor = account.add_factor()
    assert {what for what, _ in found(services, busy)} == set(busy)
    clock.advance(timedelta(seconds=30))  # a code is valid once
    close_and_purge(account, factor.at(clock()))
    assert found(services, busy) == documented()
    roles = {item["name"]: item["role"] for item in other.client("GET", "/projects").json["items"]}
    assert roles == dict.fromkeys(("Shared", "Joined", "Left", "Elsewhere"), "owner")


class TestMemberships:
    def test_an_invitation_that_is_accepted_while_the_account_is_closed_makes_no_member(
        self, account: Account, other: Account
    ) -> None:
        project_id = new_project(other.client, "Shop")
        token = invite(other.client, project_id, account.address, "viewer")
        user = account.services.adapters.users.get(account.id)
        assert user is not None
        close_and_purge(account)
        with pytest.raises(InvalidEmailToken):
            account.services.projects.accept(user, token)
        members = other.client("GET", f"/projects/{project_id}/members").json["items"]
        assert [member["user_id"] for member in members] == [other.id]
        assert other.client("GET", f"/projects/{project_id}").json["members"] == 1

    def test_a_link_that_was_kept_moves_no_closed_account(self, account: Account) -> None:
        tokens = account.change_address(new_address())
        assert account.client("DELETE", "/users/me", {"password": PASSWORD}).status == 204
        for token in tokens:
            answer = account.api("POST", "/auth/email/confirm", {"token": token})
            assert (answer.status, answer.pointers) == (422, {"#/token"})


class TestAbandonedRegistrations:
    def test_one_is_deleted_a_week_after_its_link_expired(
        self, api: Api, services: Services, clock: SettableClock
    ) -> None:
        address = new_address()
        credentials = {"email": address, "password": PASSWORD, "display_name": f"Ann {address[:36]}"}
        assert api("POST", "/auth/register", credentials).status == 202
        for days, remains in ((7, True), (2, False)):
            clock.advance(timedelta(days=days))
            close = scheduled("close-abandoned-accounts")
            handle_schedule(close, services.audit, services.deletion.close_abandoned)
            handle_purges(delivered(services, services.settings.deletion_queue), services.audit, services.purge)
            assert bool(found(services, {"address": address, "name": credentials["display_name"]})) is remains
        assert DELETED not in subjects_to(address)
