"""The export of a user's data as one file."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from copy import replace
from datetime import timedelta

import boto3
import pytest
import requests
from msgspec import Struct

from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.model.users import User
from chalicelib.wiring import Services
from tests.api.conftest import Analyzed
from tests.conftest import REGION, Api, Person, SettableClock

pytestmark = pytest.mark.usefixtures("today")


def make(services: Services, person: Person) -> None:
    data_export = services.adapters.data_exports.get(person.id)
    assert data_export is not None
    services.data_export.make(person.id, data_export.id, REPRESENTATIONS)


def test_it_contains_all_data_of_the_account(
    services: Services, signed_in: Api, person: Person, analyzed: Analyzed
) -> None:
    image_id = analyzed()
    project = signed_in("POST", "/projects", {"name": "Shop"}).json
    signed_in("POST", "/api-keys", {"name": "CI", "scopes": ["images:write"]})
    assert signed_in("GET", "/users/me/export").status == 404
    asked = signed_in("POST", "/users/me/export")
    assert (asked.status, asked.json["status"], asked.json["file"]) == (202, "making", None)
    make(services, person)
    told = signed_in("GET", "/users/me/export").json
    assert told["status"] == "made"
    content = requests.get(told["file"]["url"], timeout=10).content
    assert told["size"] == len(content)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    folder = f"images/{image_id}"
    assert set(archive.namelist()) == {
        "account.json", "sessions.json", "api-keys.json", "projects.json", "log.json", "analytics.json",
        f"projects/{project['id']}/analytics.json",
        f"{folder}/image.json", f"{folder}/image.png", f"{folder}/accessibility.json", f"{folder}/tokens.json",
    }  # fmt: skip
    assert archive.read(f"{folder}/image.png") == b"pixels"
    assert json.loads(archive.read("account.json")) == signed_in("GET", "/users/me").json
    assert json.loads(archive.read("projects.json")) == signed_in("GET", "/projects").json["items"] == [project]
    assert json.loads(archive.read("api-keys.json")) == signed_in("GET", "/api-keys").json["items"]
    assert json.loads(archive.read("log.json")) == signed_in("GET", "/logs").json["items"]
    assert json.loads(archive.read(f"{folder}/image.json")) == signed_in("GET", "/images").json["items"][0]
    for part in ("accessibility", "tokens"):
        assert json.loads(archive.read(f"{folder}/{part}.json")) == signed_in("GET", f"/{folder}/{part}").json
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"password_hash|digest|totp", everything)


def test_a_message_that_comes_twice_or_late_changes_nothing(services: Services, signed_in: Api, person: Person) -> None:
    signed_in("POST", "/users/me/export")
    first = services.adapters.data_exports.get(person.id)
    assert first is not None
    make(services, person)
    told = signed_in("GET", "/users/me/export").json
    services.data_export.make(person.id, first.id, REPRESENTATIONS)
    assert signed_in("GET", "/users/me/export").json["made_at"] == told["made_at"]
    signed_in("POST", "/users/me/export")
    services.data_export.make(person.id, first.id, REPRESENTATIONS)
    assert signed_in("GET", "/users/me/export").json["status"] == "making"
    make(services, person)
    in_bucket = boto3.client("s3", region_name=REGION).list_objects_v2(
        Bucket=services.settings.bucket, Prefix=f"data-exports/{person.id}/"
    )
    assert in_bucket["KeyCount"] == 1


def test_one_at_a_time_and_one_that_is_never_made_is_given_up(
    api: Api, signed_in: Api, person: Person, clock: SettableClock, sign_in_again: Callable[[Person], str]
) -> None:
    signed_in("POST", "/users/me/export")
    assert signed_in("POST", "/users/me/export").code == "export_underway"
    clock.advance(timedelta(hours=1, seconds=1))
    signed_in = Api(api.gateway, sign_in_again(person))
    assert signed_in("GET", "/users/me/export").json["status"] == "failed"
    assert signed_in("POST", "/users/me/export").status == 202


def test_one_that_fails_leaves_no_parts(services: Services, signed_in: Api, person: Person) -> None:
    signed_in("POST", "/users/me/export")
    data_export = services.adapters.data_exports.get(person.id)
    assert data_export is not None

    def fail(_: User) -> Struct:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        services.data_export.make(person.id, data_export.id, replace(REPRESENTATIONS, account=fail))
    s3 = boto3.client("s3", region_name=REGION)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=services.settings.bucket)


def test_it_goes_after_a_week(
    services: Services, api: Api, signed_in: Api, person: Person, clock: SettableClock,
    sign_in_again: Callable[[Person], str],
) -> None:  # fmt: skip
    signed_in("POST", "/users/me/export")
    clock.advance(timedelta(days=7))
    assert Api(api.gateway, sign_in_again(person))("GET", "/users/me/export").status == 404


def test_images_that_would_make_it_too_large_are_named(
    services: Services, signed_in: Api, person: Person, analyzed: Analyzed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.services.accounts.exported_data.MAX_IMAGES_BYTES", 6)
    analyzed()
    left = analyzed()
    signed_in("POST", "/users/me/export")
    make(services, person)
    url = signed_in("GET", "/users/me/export").json["file"]["url"]
    archive = zipfile.ZipFile(io.BytesIO(requests.get(url, timeout=10).content))
    assert sum(name.endswith("image.png") for name in archive.namelist()) == 1
    assert archive.read("left-out.txt").count(b"/images/") == 1
    assert left in archive.read("left-out.txt").decode() or f"images/{left}/image.png" in archive.namelist()
