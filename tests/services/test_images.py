from collections.abc import Callable
from datetime import timedelta

import boto3
import pytest

from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import new_id
from chalicelib.services.images import CONTENT_TYPES, ImageLibrary, ImageNotFound, NewImage
from chalicelib.storage.images import ImageKey, Status
from chalicelib.storage.logs import LogItem
from chalicelib.storage.objects import DeletionFailed, upload_name
from chalicelib.wiring import Services
from tests.conftest import NOON, REGION

NEW = NewImage("a.png", "image/png", 6, 2.0, "0" * 64)


@pytest.fixture
def library(services: Services) -> ImageLibrary:
    return services.library


def deeds(services: Services, owner_id: str) -> list[str]:
    services.audit.write()
    return [item.action for item in LogItem.by_user.query(owner_id)]


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_new_image_awaits_an_upload_of_its_type(library: ImageLibrary, content_type: str) -> None:
    owner = new_id()
    image, form = library.create(owner, "somebody", NewImage("a", content_type, 6, None, None))
    assert library.get(image.key) == image
    assert (image.status, image.times) == (Status.AWAITING_UPLOAD, {Status.AWAITING_UPLOAD: NOON})
    assert (form.fields["key"], form.fields["Content-Type"]) == (upload_name(image.key), content_type)
    assert form.expires_at == NOON + timedelta(minutes=5)


@pytest.mark.parametrize("content_type", ["", "image/svg+xml", "image/PNG", "image/png; charset=x", "text/html"])
def test_other_types_are_refused(library: ImageLibrary, content_type: str) -> None:
    with pytest.raises(FieldUnacceptable, match="content_type"):
        library.create(new_id(), "somebody", NewImage("a", content_type, 6, None, None))


def test_a_file_may_have_twenty_megabytes_and_not_a_byte_more(library: ImageLibrary) -> None:
    library.create(new_id(), "somebody", NewImage("a", "image/png", 20_000_000, None, None))
    with pytest.raises(FieldUnacceptable, match=r"size must be at most 20000000 bytes \(20 MB\)"):
        library.create(new_id(), "somebody", NewImage("a", "image/png", 20_000_001, None, None))


def test_a_picture_is_shown_once_it_is_analyzed(services: Services, store: Callable[..., None]) -> None:
    image, _ = services.library.create(new_id(), "somebody", NewImage("a", "image/png", 6, None, None))
    store(image.key)
    assert services.library.picture(image) is None
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    assert services.library.picture(services.library.get(image.key)) is not None


def test_what_is_deleted_is_gone_with_all_its_objects(
    services: Services, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    library, owner = services.library, new_id()
    image, _ = library.create(owner, "somebody", NewImage("a", "image/png", 6, None, None))
    store(image.key)
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    library.delete(image.key, "somebody")
    library.delete(image.key, "somebody")
    assert stored(image.key) == set()
    with pytest.raises(ImageNotFound):
        library.get(image.key)
    assert deeds(services, owner).count("image.deleted") == 1


def test_a_deletion_that_fails_leaves_the_record_to_try_again_with(
    library: ImageLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, _ = library.create(new_id(), "somebody", NEW)
    with monkeypatch.context() as refusing:
        refusing.setattr(library.objects._s3, "delete_objects", lambda **_: {"Errors": [{"Code": "InternalError"}]})
        with pytest.raises(DeletionFailed):
            library.delete(image.key, "somebody")
    assert library.get(image.key) == image
    library.delete(image.key, "somebody")


@pytest.mark.parametrize("image_id", ["", "x", "../..", "0" * 2000, "\0", "é", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_id_names_nothing(library: ImageLibrary, services: Services, image_id: str) -> None:
    key = ImageKey(new_id(), image_id)
    with pytest.raises(ImageNotFound):
        library.get(key)
    library.delete(key, "somebody")
    assert deeds(services, key.owner_id) == []


def test_deleting_somebody_elses_image_deletes_nothing(
    library: ImageLibrary, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    image, _ = library.create(new_id(), "somebody", NEW)
    store(image.key)
    library.delete(ImageKey(new_id(), image.key.image_id), "somebody")
    assert library.get(image.key) == image
    assert stored(image.key) == {"uploads"}


def test_the_bucket_has_nothing_but_what_is_awaited(library: ImageLibrary, services: Services) -> None:
    before = boto3.client("s3", region_name=REGION).list_objects_v2(Bucket=services.settings.bucket)["KeyCount"]
    library.create(new_id(), "somebody", NEW)
    after = boto3.client("s3", region_name=REGION).list_objects_v2(Bucket=services.settings.bucket)["KeyCount"]
    assert before == after
