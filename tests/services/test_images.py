from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey, ImageNotFound, ImageStatus, ImageUpload
from chalicelib.model.objects import DeletionFailed
from chalicelib.services.images import CONTENT_TYPES, ImagesService
from chalicelib.storage.object_store import upload_name
from tests.conftest import NOON
from tests.fakes.wiring import FakeServices

NEW = ImageUpload("a.png", "image/png", 6, 2.0, "0" * 64)


@pytest.fixture
def images(services: FakeServices) -> ImagesService:
    return services.images


def audited(services: FakeServices, owner_id: str) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(owner_id)


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_new_image_awaits_an_upload_of_its_type(images: ImagesService, content_type: str) -> None:
    owner = new_id()
    image, form = images.create(owner, "somebody", ImageUpload("a", content_type, 6, None, None))
    assert images.get(image.key) == image
    assert (image.status, image.times) == (ImageStatus.AWAITING_UPLOAD, {ImageStatus.AWAITING_UPLOAD: NOON})
    assert (form.fields["key"], form.fields["Content-Type"]) == (upload_name(image.key), content_type)
    assert form.expires_at == NOON + timedelta(minutes=5)


@pytest.mark.parametrize("content_type", ["", "image/svg+xml", "image/PNG", "image/png; charset=x", "text/html"])
def test_other_types_are_refused(images: ImagesService, content_type: str) -> None:
    with pytest.raises(InvalidField, match="content_type"):
        images.create(new_id(), "somebody", ImageUpload("a", content_type, 6, None, None))


def test_a_file_may_have_twenty_megabytes_and_not_a_byte_more(images: ImagesService) -> None:
    images.create(new_id(), "somebody", ImageUpload("a", "image/png", 20_000_000, None, None))
    with pytest.raises(InvalidField, match=r"size must be at most 20000000 bytes \(20 MB\)"):
        images.create(new_id(), "somebody", ImageUpload("a", "image/png", 20_000_001, None, None))


def test_a_picture_is_shown_once_it_is_analyzed(services: FakeServices, store: Callable[..., None]) -> None:
    image, _ = services.images.create(new_id(), "somebody", ImageUpload("a", "image/png", 6, None, None))
    store(image.key)
    assert services.images.image_url(image) is None
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    assert services.images.image_url(services.images.get(image.key)) is not None


def test_what_is_deleted_is_gone_with_all_its_objects(
    services: FakeServices, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    images, owner = services.images, new_id()
    image, _ = images.create(owner, "somebody", ImageUpload("a", "image/png", 6, None, None))
    store(image.key)
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    images.delete(image.key, "somebody")
    images.delete(image.key, "somebody")
    assert stored(image.key) == set()
    with pytest.raises(ImageNotFound):
        images.get(image.key)
    assert audited(services, owner).count("image.deleted") == 1


def test_a_deletion_that_fails_leaves_the_record_to_try_again_with(
    images: ImagesService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object, key: ImageKey) -> None:
        raise DeletionFailed

    image, _ = images.create(new_id(), "somebody", NEW)
    with monkeypatch.context() as refusing:
        refusing.setattr(type(images.objects), "delete_all", refuse)
        with pytest.raises(DeletionFailed):
            images.delete(image.key, "somebody")
    assert images.get(image.key) == image
    images.delete(image.key, "somebody")


@pytest.mark.parametrize("image_id", ["", "x", "../..", "0" * 2000, "\0", "é", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_id_names_nothing(images: ImagesService, services: FakeServices, image_id: str) -> None:
    key = ImageKey(new_id(), image_id)
    with pytest.raises(ImageNotFound):
        images.get(key)
    images.delete(key, "somebody")
    assert audited(services, key.owner_id) == []


def test_deleting_somebody_elses_image_deletes_nothing(
    images: ImagesService, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    image, _ = images.create(new_id(), "somebody", NEW)
    store(image.key)
    images.delete(ImageKey(new_id(), image.key.image_id), "somebody")
    assert images.get(image.key) == image
    assert stored(image.key) == {"uploads"}


def test_a_new_image_has_no_objects(images: ImagesService, services: FakeServices) -> None:
    images.create(new_id(), "somebody", NEW)
    assert services.adapters.objects.stored == {}
