import os
from typing import Any

import boto3
import pytest

from chalicelib.model.ids import new_id
from chalicelib.storage.multipart_upload import PART_BYTES
from chalicelib.storage.object_store import ObjectStore
from chalicelib.wiring import Services
from tests.conftest import REGION


@pytest.fixture
def objects(services: Services) -> ObjectStore:
    return services.adapters.objects


@pytest.fixture
def s3() -> Any:
    return boto3.client("s3", region_name=REGION)


def test_what_is_written_in_pieces_is_stored_as_one_object(objects: ObjectStore, services: Services, s3: Any) -> None:
    user, data = new_id(), os.urandom(2 * PART_BYTES + 5)
    with objects.write_data_export(user, "export") as file:
        for start in range(0, len(data), 5_000_000):
            file.write(data[start : start + 5_000_000])
        file.flush()
    stored = s3.get_object(Bucket=services.settings.bucket, Key=f"data-exports/{user}/export.zip")
    assert stored["Body"].read() == data
    assert (stored["ContentType"], file.size) == ("application/zip", len(data))
    assert stored["ETag"].endswith('-3"')  # parts


def test_a_large_write_is_sent_in_parts(objects: ObjectStore, services: Services, s3: Any) -> None:
    user, data = new_id(), bytes(2 * PART_BYTES)
    with objects.write_data_export(user, "export") as file:
        assert file.write(data) == len(data)
    name = f"data-exports/{user}/export.zip"
    assert s3.head_object(Bucket=services.settings.bucket, Key=name)["ContentLength"] == len(data)


def write_and_fail(objects: ObjectStore, user: str) -> None:
    with objects.write_data_export(user, "export") as file:
        file.write(bytes(PART_BYTES))
        raise ConnectionError


def test_nothing_is_stored_if_the_writer_fails(objects: ObjectStore, services: Services, s3: Any) -> None:
    user, bucket = new_id(), services.settings.bucket
    with pytest.raises(ConnectionError):
        write_and_fail(objects, user)
    assert s3.list_objects_v2(Bucket=bucket, Prefix=f"data-exports/{user}/")["KeyCount"] == 0
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket, Prefix=f"data-exports/{user}/")
