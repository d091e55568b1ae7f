"""The bucket. S3's enforcement of a form isn't ours to test, and moto has none: the signed policy itself is the truth.

Source: https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
"""

import base64
import gzip
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import requests

from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.objects import DeletionFailed, ObjectMissing, ObjectTooLarge, SignedForm
from chalicelib.storage.object_store import ObjectStore, key_of_upload, upload_name
from chalicelib.wiring import Services
from tests.conftest import NOON, REGION


@pytest.fixture
def objects(services: Services) -> ObjectStore:
    return services.adapters.objects


@pytest.fixture
def key() -> ImageKey:
    return ImageKey(new_id(), new_id())


@pytest.fixture
def form(objects: ObjectStore, key: ImageKey) -> SignedForm:
    return objects.upload_form(key, "image/webp", 20_000_000, NOON)


@pytest.fixture
def policy(form: SignedForm) -> Any:
    return json.loads(base64.b64decode(form.fields["policy"]))


def test_a_form_uploads_under_one_name_with_one_type_and_within_the_limit(
    policy: Any, key: ImageKey, services: Services
) -> None:
    ours = [condition for condition in policy["conditions"] if not str(next(iter(condition))).startswith("x-amz-")]
    assert sorted(ours, key=str) == sorted(
        [
            {"bucket": services.settings.bucket},
            {"key": f"uploads/{key.owner_id}/{key.image_id}"},
            {"Content-Type": "image/webp"},
            ["content-length-range", 1, 20_000_000],
        ],
        key=str,
    )


def test_no_condition_leaves_anything_open(policy: Any) -> None:
    operators = {condition[0] for condition in policy["conditions"] if isinstance(condition, list)}
    assert operators == {"content-length-range"}  # no starts-with


def test_a_form_has_a_field_for_every_condition_and_no_other(form: SignedForm, policy: Any) -> None:
    exact = {
        name: value
        for condition in policy["conditions"]
        if isinstance(condition, dict)
        for name, value in condition.items()
        if name != "bucket"
    }
    unsigned = {"policy", "x-amz-signature"}
    assert {name: value for name, value in form.fields.items() if name not in unsigned} == exact
    assert unsigned <= set(form.fields)


def test_a_form_is_signed_with_signature_version_4(form: SignedForm) -> None:
    assert form.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def test_a_form_is_valid_for_five_minutes(form: SignedForm, policy: Any) -> None:
    remaining = datetime.fromisoformat(policy["expiration"]) - datetime.now(UTC)
    assert timedelta(minutes=4, seconds=30) < remaining <= timedelta(minutes=5)
    assert form.expires_at == NOON + timedelta(minutes=5)


def test_what_a_form_uploads_can_be_read(objects: ObjectStore, form: SignedForm, key: ImageKey) -> None:
    requests.post(form.url, data=form.fields, files={"file": b"pixels"}, timeout=10).raise_for_status()
    assert objects.read_upload(key, max_bytes=6) == b"pixels"


def test_too_large_an_upload_is_not_read(objects: ObjectStore, key: ImageKey, store: Callable[..., None]) -> None:
    store(key, b"pixels")
    with pytest.raises(ObjectTooLarge):
        objects.read_upload(key, max_bytes=5)


def test_what_is_not_there_is_missing(objects: ObjectStore, key: ImageKey) -> None:
    with pytest.raises(ObjectMissing):
        objects.read_upload(key, max_bytes=5)
    with pytest.raises(ObjectMissing):
        objects.read_result(key)


def test_a_result_is_read_as_it_was_written_and_stored_compressed(
    objects: ObjectStore, key: ImageKey, services: Services
) -> None:
    objects.write_result(key, b'{"schema": 1}')
    assert objects.read_result(key) == b'{"schema": 1}'
    name = f"results/{key.owner_id}/{key.image_id}.json.gz"
    stored = boto3.client("s3", region_name=REGION).get_object(Bucket=services.settings.bucket, Key=name)
    assert gzip.decompress(stored["Body"].read()) == b'{"schema": 1}'
    assert (stored["ContentType"], stored["ContentEncoding"]) == ("application/json", "gzip")


def test_an_image_can_be_seen_for_five_minutes(objects: ObjectStore, key: ImageKey) -> None:
    objects.write_image(key, b"pixels", "image/webp")
    signed = objects.image_url(key, NOON)
    answer = requests.get(signed.url, timeout=10)
    assert (answer.content, answer.headers["Content-Type"]) == (b"pixels", "image/webp")
    query = parse_qs(urlsplit(signed.url).query)
    assert (query["X-Amz-Algorithm"], query["X-Amz-Expires"]) == (["AWS4-HMAC-SHA256"], ["300"])
    assert signed.expires_at == NOON + timedelta(minutes=5)


def test_a_view_can_be_seen_for_five_minutes_as_it_was_stored_last(objects: ObjectStore, key: ImageKey) -> None:
    for png in (b"of an earlier attempt", b"png"):
        objects.write_view(key, "overlay", png)
    objects.write_view(key, "protan", b"another view")
    signed = objects.view_url(key, "overlay", NOON)
    answer = requests.get(signed.url, timeout=10)
    assert (answer.content, answer.headers["Content-Type"]) == (b"png", "image/png")
    assert parse_qs(urlsplit(signed.url).query)["X-Amz-Expires"] == ["300"]
    assert signed.expires_at == NOON + timedelta(minutes=5)


def test_forms_and_images_are_at_the_bucket_url_that_the_page_allows(
    objects: ObjectStore, form: SignedForm, key: ImageKey
) -> None:
    for url in (form.url, objects.image_url(key, NOON).url, objects.view_url(key, "overlay", NOON).url):
        parts = urlsplit(url)
        assert f"{parts.scheme}://{parts.netloc}" == objects.bucket_url()


def test_what_is_signed_is_at_the_host_of_the_buckets_region(deployment: Mapping[str, str], key: ImageKey) -> None:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html: the global host may redirect.
    objects = ObjectStore("pictures", "eu-central-1")
    assert objects.bucket_url() == "https://pictures.s3.eu-central-1.amazonaws.com"
    assert urlsplit(objects.upload_form(key, "image/png", 1, NOON).url).netloc == urlsplit(objects.bucket_url()).netloc


def test_deleting_everything_leaves_other_images_alone(
    objects: ObjectStore, key: ImageKey, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    other = ImageKey(key.owner_id, new_id())
    for each in (key, other):
        store(each)
        objects.write_image(each, b"pixels", "image/png")
        objects.write_result(each, b"{}")
        objects.write_view(each, "overlay", b"png")
        objects.write_view(each, "protan", b"png")
    objects.delete_all(key)
    objects.delete_all(key)
    assert stored(key) == set()
    assert stored(other) == {"uploads", "images", "results", "views"}


def test_views_are_deleted_by_the_whole_name_of_their_image(
    objects: ObjectStore, key: ImageKey, stored: Callable[[ImageKey], set[str]]
) -> None:
    objects.write_view(key, "overlay", b"png")
    objects.delete_all(ImageKey(key.owner_id, key.image_id[:-1]))
    assert stored(key) == {"views"}


def test_more_objects_than_a_page_lists_are_deleted(objects: ObjectStore, key: ImageKey, services: Services) -> None:
    s3, bucket = boto3.client("s3", region_name=REGION), services.settings.bucket
    for number in range(1001):  # a page has 1000
        s3.put_object(Bucket=bucket, Key=f"views/{key.owner_id}/{key.image_id}/{number}.png", Body=b"png")
        s3.put_object(Bucket=bucket, Key=f"data-exports/{key.owner_id}/{number}.zip", Body=b"zip")
    objects.delete_all(key)
    assert s3.list_objects_v2(Bucket=bucket, Prefix=f"views/{key.owner_id}/")["KeyCount"] == 0
    objects.delete_all_of(key.owner_id)
    assert s3.list_objects_v2(Bucket=bucket, Prefix=f"data-exports/{key.owner_id}/")["KeyCount"] == 0


def test_a_deletion_that_fails_is_not_taken_for_done(
    objects: ObjectStore, key: ImageKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = {"Errors": [{"Key": "uploads", "Code": "AccessDenied"}]}  # S3 answers 200 to it
    monkeypatch.setattr(objects._s3, "delete_objects", lambda **_: refusal)
    with pytest.raises(DeletionFailed):
        objects.delete_all(key)


def test_an_uploads_name_says_whose_it_is(key: ImageKey) -> None:
    assert key_of_upload(upload_name(key)) == key


@pytest.mark.parametrize(
    "name", ["", "uploads", "uploads/a", "uploads/a/", "uploads//b", "uploads/a/b/c", "images/a/b", "/uploads/a/b"]
)
def test_other_names_are_no_uploads(name: str) -> None:
    assert key_of_upload(name) is None
