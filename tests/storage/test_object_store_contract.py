"""The same assertions against the real adapter and its fake."""

from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.objects import ObjectMissing, ObjectTooLarge
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON


@pytest.fixture
def key() -> ImageKey:
    return ImageKey(new_id(), new_id())


def test_what_is_missing_or_too_large_is_not_read(adapters: Adapters, key: ImageKey) -> None:
    for read in (adapters.objects.read_image, adapters.objects.read_upload):
        with pytest.raises(ObjectMissing):
            read(key, 6)
    with pytest.raises(ObjectMissing):
        adapters.objects.read_result(key)
    adapters.objects.write_image(key, b"pixels", "image/png")
    with pytest.raises(ObjectTooLarge):
        adapters.objects.read_image(key, 5)
    assert adapters.objects.read_image(key, 6) == b"pixels"


def test_a_result_is_replaced_and_deleted_with_the_image(adapters: Adapters, key: ImageKey) -> None:
    other = replace(key, image_id=new_id())
    for each in (key, other):
        for result in (b"1", b"2"):
            adapters.objects.write_result(each, result)
    adapters.objects.delete_upload(key)
    adapters.objects.delete_all(key)
    adapters.objects.delete_all(key)
    with pytest.raises(ObjectMissing):
        adapters.objects.read_result(key)
    assert adapters.objects.read_result(other) == b"2"


def test_what_is_signed_is_valid_for_five_minutes(adapters: Adapters, key: ImageKey) -> None:
    form = adapters.objects.upload_form(key, "image/webp", 9, NOON)
    assert (form.fields["key"], form.fields["Content-Type"]) == (
        f"uploads/{key.owner_id}/{key.image_id}",
        "image/webp",
    )
    urls = {
        f"images/{key.owner_id}/{key.image_id}": adapters.objects.image_url(key, NOON),
        f"views/{key.owner_id}/{key.image_id}/overlay.png": adapters.objects.view_url(key, "overlay", NOON),
        "data-exports/user/export.zip": adapters.objects.data_export_url("user", "export", NOON),
    }
    for name, signed in urls.items():
        assert signed.url.startswith(f"{adapters.objects.bucket_url()}/{name}?")
        assert signed.expires_at == NOON + timedelta(minutes=5)
    assert form.expires_at == NOON + timedelta(minutes=5)


def test_data_exports_are_stored_at_the_end_and_deleted_of_one_user(adapters: Adapters) -> None:
    user = new_id()
    for _ in range(2):
        with adapters.objects.write_data_export(user, "export") as file:
            assert file.write(b"z") + file.write(b"ip") == file.size == 3
    adapters.objects.delete_data_export(user, "another")
    adapters.objects.delete_data_export(user, "export")
    adapters.objects.delete_data_exports(user)


def test_all_objects_of_one_owner_are_deleted(adapters: Adapters, key: ImageKey) -> None:
    objects, other = adapters.objects, ImageKey(new_id(), new_id())
    for each in (key, other):
        objects.write_image(each, b"pixels", "image/png")
        objects.write_result(each, b"{}")
        objects.write_view(each, "overlay", b"png")
    objects.delete_all_of(key.owner_id)
    objects.delete_all_of(key.owner_id)
    with pytest.raises(ObjectMissing):
        objects.read_image(key, 6)
    with pytest.raises(ObjectMissing):
        objects.read_result(key)
    assert objects.read_image(other, 6) == b"pixels"
