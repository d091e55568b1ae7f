import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.model.api_keys import Scope
from chalicelib.model.data_exports import DataExportInProgress, DataExportNotFound
from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.images import Image, ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.sessions import Session
from chalicelib.model.users import User
from tests.conftest import NOON, SettableClock
from tests.fakes.wiring import FakeServices

MOMENT = timedelta(microseconds=1)


def made(services: FakeServices, user: User) -> dict[str, bytes]:
    """Request and make a data export; return its files."""
    state = services.data_export.request(user)
    services.data_export.make(user.id, state.data_export.id)
    stored = services.adapters.objects.stored[f"data-exports/{user.id}/{state.data_export.id}.zip"]
    assert stored.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(stored.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def analyzed(services: FakeServices, user: User, data: bytes = b"pixels") -> Image:
    image, _ = services.images.create(user.id, user.id, ImageUpload("a.png", "image/png", 6, None, None))
    services.adapters.objects.upload(image.key, data)
    services.analyses.upload_arrived(f"uploads/{user.id}/{image.key.image_id}", NOON)
    return services.images.get(image.key)


def test_a_request_is_queued_and_audited(services: FakeServices, user: User) -> None:
    state = services.data_export.request(user)
    assert (state.url, state.failed) == (None, False)
    assert services.adapters.jobs.sent == [("export data", user.id, state.data_export.id)]
    assert services.adapters.audit_log.actions(user.id) == ["data_export.requested"]
    assert services.data_export.get(user.id) == state


def test_a_second_request_waits_for_the_first_up_to_an_hour(
    services: FakeServices, user: User, clock: SettableClock
) -> None:
    services.data_export.request(user)
    clock.advance(timedelta(hours=1))
    with pytest.raises(DataExportInProgress):
        services.data_export.request(user)
    assert not services.data_export.get(user.id).failed
    clock.advance(MOMENT)
    assert services.data_export.get(user.id).failed
    services.data_export.request(user)
    assert len(services.adapters.jobs.sent) == 2


def test_five_exports_may_be_requested_per_day(services: FakeServices, user: User) -> None:
    for _ in range(5):
        made(services, user)
    with pytest.raises(RateLimitExceeded):
        services.data_export.request(user)


def test_an_export_is_available_for_seven_days(services: FakeServices, user: User, clock: SettableClock) -> None:
    made(services, user)
    state = services.data_export.get(user.id)
    assert state.url is not None
    assert (state.data_export.made_at, state.data_export.expires_at) == (NOON, NOON + timedelta(days=7))
    clock.now = NOON + timedelta(days=7) - MOMENT
    services.data_export.get(user.id)
    clock.now = NOON + timedelta(days=7)
    with pytest.raises(DataExportNotFound):
        services.data_export.get(user.id)


def test_an_export_that_was_never_requested_is_not_found(services: FakeServices, user: User) -> None:
    with pytest.raises(DataExportNotFound):
        services.data_export.get(user.id)


def test_an_export_has_the_size_of_its_file_and_replaces_the_earlier_one(services: FakeServices, user: User) -> None:
    for _ in range(2):
        made(services, user)
    (stored,) = services.adapters.objects.stored.values()
    assert services.data_export.get(user.id).data_export.size == len(stored.data)


def test_an_export_is_made_once(services: FakeServices, user: User) -> None:
    made(services, user)
    before = dict(services.adapters.objects.stored)
    export = services.data_export.get(user.id).data_export
    services.data_export.make(user.id, export.id)
    services.data_export.make(user.id, new_id())
    services.data_export.make(new_id(), export.id)
    assert services.adapters.objects.stored == before


def test_an_export_that_was_replaced_is_not_made(services: FakeServices, user: User) -> None:
    services.data_export.request(user)
    services.data_export.make(user.id, new_id())
    assert services.adapters.objects.stored == {}


@pytest.fixture
def records(services: FakeServices, user: User, owner: Principal, clock: SettableClock) -> dict[str, Any]:
    clock.now = datetime.now(UTC)  # ids are made with the machine's time
    services.adapters.sessions.add(Session(new_id(), user.id, 0, clock.now, clock.now + timedelta(days=30)))
    services.api_keys.create(user, "CI", {Scope.IMAGES_WRITE}, None)
    services.research_notes.add(Principal(user, None), "topic", {"n": 1}, [])
    return {name: json.loads(data) for name, data in made(services, user).items()}


def test_the_records_of_a_user_are_exported(records: dict[str, Any], user: User, owner: Principal) -> None:
    assert set(records) == {
        "account.json", "sessions.json", "api-keys.json", "projects.json", "log.json", "analytics.json"
    }  # fmt: skip
    assert records["account.json"]["email"] == user.email
    assert [session["user_id"] for session in records["sessions.json"]] == [user.id]
    assert [key["name"] for key in records["api-keys.json"]] == ["CI"]
    assert [project["project_id"] for project in records["projects.json"]] == [owner.project.id]
    assert [note["data"] for note in records["analytics.json"]] == [{"n": 1}]
    # What concerns the project is in the project's own log.
    assert [event["action"] for event in records["log.json"]] == [
        "data_export.requested",
        "research_note.created",
        "api_key.created",
    ]


def test_no_secret_is_exported(records: dict[str, Any]) -> None:
    assert not {"password_hash", "totp_secret", "totp_proposed", "email_change"} & set(records["account.json"])
    assert "digest" not in records["api-keys.json"][0]


def test_an_analyzed_image_is_exported_with_its_result(services: FakeServices, user: User) -> None:
    image = analyzed(services, user)
    files = made(services, user)
    folder = f"images/{image.key.image_id}"
    assert files[f"{folder}/image.png"] == b"pixels"
    assert json.loads(files[f"{folder}/image.json"])["name"] == "a.png"
    assert files[f"{folder}/result.json"] == services.adapters.objects.read_result(image.key)


def test_an_image_without_a_result_is_exported_as_a_record(services: FakeServices, user: User) -> None:
    image, _ = services.images.create(user.id, user.id, ImageUpload("a.png", "image/png", 6, None, None))
    names = [name for name in made(services, user) if name.startswith("images/")]
    assert names == [f"images/{image.key.image_id}/image.json"]


def test_an_image_that_was_deleted_meanwhile_is_left_out(services: FakeServices, user: User) -> None:
    image = analyzed(services, user)
    del services.adapters.objects.stored[f"images/{user.id}/{image.key.image_id}"]
    assert f"images/{image.key.image_id}/image.png" not in made(services, user)


def test_images_beyond_what_the_file_can_hold_are_named(
    services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.services.accounts.data_export.MAX_IMAGES_BYTES", 12)
    images = [analyzed(services, user) for _ in range(3)]
    files = made(services, user)
    newest_first = [image.key.image_id for image in reversed(images)]
    assert [f"images/{image_id}/image.png" in files for image_id in newest_first] == [True, True, False]
    assert files["left-out.txt"].decode().splitlines()[1:] == [f"/images/{newest_first[2]}"]


def test_all_pages_are_exported(services: FakeServices, user: User) -> None:
    for _ in range(101):  # a page has 100
        services.images.create(user.id, user.id, ImageUpload("a.png", "image/png", 6, None, None))
    services.audit.write()
    assert len([name for name in made(services, user) if name.startswith("images/")]) == 101


def test_an_object_that_cannot_be_read_fails_the_job(
    services: FakeServices, user: User, store: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    analyzed(services, user)

    def refuse(*_: object) -> bytes:
        raise ConnectionError

    monkeypatch.setattr(type(services.adapters.objects), "read_result", refuse)
    state = services.data_export.request(user)
    with pytest.raises(ConnectionError):
        services.data_export.make(user.id, state.data_export.id)
    assert services.data_export.get(user.id).data_export.made_at is None
