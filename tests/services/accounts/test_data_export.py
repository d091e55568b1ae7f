import io
import json
import zipfile
from collections.abc import Callable
from copy import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.model.api_keys import Scope
from chalicelib.model.data_exports import DataExportInProgress, DataExportNotFound
from chalicelib.model.emails import EmailChange
from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.images import Image, ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.sessions import Session
from chalicelib.model.usage import OwnLimits
from chalicelib.model.users import User
from tests.conftest import NOON, FakeAnalyzer, SettableClock
from tests.fakes.wiring import FakeServices

MOMENT = timedelta(microseconds=1)


def made(services: FakeServices, user: User) -> dict[str, bytes]:
    """Request and make a data export; return its files."""
    state = services.data_export.request(user)
    services.data_export.make(user.id, state.data_export.id, REPRESENTATIONS)
    stored = services.adapters.objects.stored[f"data-exports/{user.id}/{state.data_export.id}.zip"]
    assert stored.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(stored.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def analyzed(services: FakeServices, owner_id: str, maker_id: str) -> Image:
    image, _ = services.images.create(owner_id, maker_id, ImageUpload("a.png", "image/png", 6, None, None))
    services.adapters.objects.upload(image.key)
    services.analyses.upload_arrived(f"uploads/{owner_id}/{image.id}", NOON)
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
    services.data_export.make(user.id, export.id, REPRESENTATIONS)
    services.data_export.make(user.id, new_id(), REPRESENTATIONS)
    services.data_export.make(new_id(), export.id, REPRESENTATIONS)
    assert services.adapters.objects.stored == before


def test_an_export_that_was_replaced_is_not_made(services: FakeServices, user: User) -> None:
    services.data_export.request(user)
    services.data_export.make(user.id, new_id(), REPRESENTATIONS)
    assert services.adapters.objects.stored == {}


@pytest.fixture
def files(services: FakeServices, user: User, owner: Principal, clock: SettableClock) -> dict[str, Any]:
    clock.now = datetime.now(UTC)  # ids are made with the machine's time
    services.adapters.sessions.add(Session(new_id(), user.id, 0, clock.now, clock.now + timedelta(days=30)))
    services.api_keys.create(user, "CI", {Scope.IMAGES_WRITE}, None)
    services.research_notes.add(Principal(user, None), "topic", {"n": 1}, [])
    for author in (owner, replace(owner, user=replace(user, id=new_id()))):
        services.research_notes.add(author, "topic", {"by": author.user_id}, [])
    change = EmailChange("new@people.example", "new digest", "old digest", clock.now)
    services.adapters.users.stored[user.id] = replace(user, email_change=change, totp_secret="secret")
    return {name: json.loads(data) for name, data in made(services, user).items()}


def test_the_records_of_a_user_are_exported(files: dict[str, Any], user: User, owner: Principal) -> None:
    of_project = f"projects/{owner.project.id}/analytics.json"
    assert set(files) == {
        "account.json", "sessions.json", "api-keys.json", "projects.json", "log.json", "analytics.json", of_project
    }  # fmt: skip
    assert files["account.json"]["email"] == user.email
    assert files["account.json"]["email_change"]["email"] == "new@people.example"
    assert [session["current"] for session in files["sessions.json"]] == [False]
    assert [key["name"] for key in files["api-keys.json"]] == ["CI"]
    assert [(project["id"], project["name"]) for project in files["projects.json"]] == [(owner.project.id, "Shop")]
    assert [note["data"] for note in files["analytics.json"]] == [{"n": 1}]
    assert [note["data"] for note in files[of_project]] == [{"by": user.id}]
    # What concerns the project is in the project's own log.
    assert [event["action"] for event in files["log.json"]] == [
        "data_export.requested",
        "research_note.created",
        "api_key.created",
    ]


def test_revoked_keys_are_not_exported(services: FakeServices, user: User) -> None:
    services.api_keys.create(user, "revoked", {Scope.IMAGES_WRITE}, None)
    changed = replace(user, key_generation=1)
    services.adapters.users.stored[user.id] = changed
    services.api_keys.create(changed, "CI", {Scope.IMAGES_WRITE}, None)
    assert [key["name"] for key in json.loads(made(services, changed)["api-keys.json"])] == ["CI"]


def test_no_secret_is_exported(files: dict[str, Any]) -> None:
    text = json.dumps(files)
    for secret in ("hash", "digest", "totp", '"secret"', "generation"):
        assert secret not in text


def test_an_analyzed_image_is_exported_with_its_results_as_the_api_returns_them(
    services: FakeServices, user: User
) -> None:
    image = analyzed(services, user.id, user.id)
    files = made(services, user)
    folder = f"images/{image.id}"
    assert files[f"{folder}/image.png"] == b"pixels"
    assert json.loads(files[f"{folder}/image.json"])["id"] == image.id
    report = msgspec.json.encode(services.images.accessibility(image.key))
    assert json.loads(files[f"{folder}/accessibility.json"]) == json.loads(report)
    assert json.loads(files[f"{folder}/tokens.json"]) == json.loads(bytes(services.images.tokens(image.key)))


def test_a_part_that_failed_is_left_out(services: FakeServices, user: User, analyzer: FakeAnalyzer) -> None:
    analyzer.result = replace(analyzer.result, tokens=None, failures={"tokens": "analysis_crashed"})
    image = analyzed(services, user.id, user.id)
    names = made(services, user).keys()
    assert f"images/{image.id}/accessibility.json" in names
    assert f"images/{image.id}/tokens.json" not in names


def test_a_result_that_cannot_be_read_any_more_is_exported_as_it_is_stored(services: FakeServices, user: User) -> None:
    image = analyzed(services, user.id, user.id)
    services.adapters.objects.write_result(image.key, b'{"schema": 1}')
    assert made(services, user)[f"images/{image.id}/result.json"] == b'{"schema": 1}'


def test_images_that_the_user_made_in_projects_are_exported(
    services: FakeServices, user: User, owner: Principal
) -> None:
    own, _ = (analyzed(services, owner.project.id, maker) for maker in (user.id, new_id()))
    elsewhere = analyzed(services, new_id(), user.id)  # in a project that the user has left
    names = made(services, user)
    assert names[f"projects/{owner.project.id}/images/{own.id}/image.png"] == b"pixels"
    assert len([name for name in names if name.endswith("image.json")]) == 1
    assert elsewhere.id not in "".join(names)


def test_an_image_without_a_result_is_exported_as_a_record(services: FakeServices, user: User) -> None:
    image, _ = services.images.create(user.id, user.id, ImageUpload("a.png", "image/png", 6, None, None))
    names = [name for name in made(services, user) if name.startswith("images/")]
    assert names == [f"images/{image.key.image_id}/image.json"]


@pytest.mark.parametrize("missing", ["images", "results"])
def test_an_image_that_is_deleted_meanwhile_fails_nothing(services: FakeServices, user: User, missing: str) -> None:
    image, other = (analyzed(services, user.id, user.id) for _ in range(2))
    name = f"{missing}/{user.id}/{image.id}"
    del services.adapters.objects.stored[name]
    names = made(services, user)
    assert (f"images/{image.id}/image.png" in names) is (missing == "results")
    assert (f"images/{image.id}/tokens.json" in names) is (missing == "images")
    assert f"images/{other.id}/image.png" in names


def test_a_request_whose_message_is_not_sent_can_be_repeated(
    services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(type(services.adapters.jobs), "export_data", refuse)
        with pytest.raises(ConnectionError):
            services.data_export.request(user)
    with pytest.raises(DataExportNotFound):
        services.data_export.get(user.id)
    assert "account.json" in made(services, user)


@pytest.mark.parametrize("gone", ["account", "record"])
def test_what_is_made_of_an_account_that_is_deleted_meanwhile_is_deleted(
    services: FakeServices, user: User, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = services.data_export.request(user).data_export.id
    with services.adapters.objects.write_data_export(user.id, export_id) as file:
        file.write(b"of an attempt that was killed")
    if gone == "account":
        services.adapters.users.mark_deleted(user, NOON, [])
    else:
        monkeypatch.setattr(services.adapters.data_exports, "finish", lambda *_: False)
    services.data_export.make(user.id, export_id, REPRESENTATIONS)
    assert services.adapters.objects.stored == {}


def test_images_beyond_what_the_file_can_hold_are_named(
    services: FakeServices, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.services.accounts.exported_data.MAX_IMAGES_BYTES", 12)
    images = [analyzed(services, user.id, user.id) for _ in range(3)]
    files = made(services, user)
    newest_first = [image.key.image_id for image in reversed(images)]
    assert [f"images/{image_id}/image.png" in files for image_id in newest_first] == [True, True, False]
    assert files["left-out.txt"].decode().splitlines()[1:] == [f"/images/{newest_first[2]}"]


def test_all_pages_are_exported(services: FakeServices, user: User) -> None:
    many = OwnLimits(analyses_in_flight=101)
    for _ in range(101):  # a page has 100
        services.images.create(user.id, user.id, ImageUpload("a.png", "image/png", 6, None, None), own_limits=many)
    services.audit.write()
    assert len([name for name in made(services, user) if name.startswith("images/")]) == 101


def test_an_object_that_cannot_be_read_fails_the_job(
    services: FakeServices, user: User, store: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    analyzed(services, user.id, user.id)

    def refuse(*_: object) -> bytes:
        raise ConnectionError

    monkeypatch.setattr(type(services.adapters.objects), "read_result", refuse)
    state = services.data_export.request(user)
    with pytest.raises(ConnectionError):
        services.data_export.make(user.id, state.data_export.id, REPRESENTATIONS)
    assert services.data_export.get(user.id).data_export.made_at is None
