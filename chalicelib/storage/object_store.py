"""The object store: uploads, analyzed images, their views, results, and data exports."""

from __future__ import annotations

import gzip
from datetime import timedelta
from itertools import batched
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.model.images import ImageKey
from chalicelib.model.objects import DeletionFailed, ObjectMissing, ObjectTooLarge, SignedForm, SignedUrl
from chalicelib.storage import aws
from chalicelib.storage.multipart_upload import MultipartUpload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef, ObjectIdentifierTypeDef

UPLOADS: Final = "uploads"
IMAGES: Final = "images"
VIEWS: Final = "views"
RESULTS: Final = "results"
DATA_EXPORTS: Final = "data-exports"
FOLDERS: Final = (UPLOADS, IMAGES, VIEWS, RESULTS, DATA_EXPORTS)
MAX_DELETED_AT_ONCE: Final = 1000  # by DeleteObjects
FORM_LIFETIME: Final = timedelta(minutes=5)
URL_LIFETIME: Final = timedelta(minutes=5)


def upload_name(key: ImageKey) -> str:
    """Return the name in the bucket (the S3 key) under which the file of an image is uploaded."""
    return _name(UPLOADS, key)


def key_of_upload(name: str) -> ImageKey | None:
    """Return the key of the image that an object was uploaded for, or None if its name is not that of an upload."""
    match name.split("/"):
        case [prefix, owner_id, image_id] if prefix == UPLOADS and owner_id and image_id:
            return ImageKey(owner_id, image_id)
        case _:
            return None


class ObjectStore:
    """The S3 bucket and its objects: uploads, analyzed images, views, results, data exports.

    Every method that sends a request raises botocore's ClientError or BotoCoreError for failures that it does not name.
    """

    def __init__(self, bucket: str, region: str) -> None:
        self._bucket = bucket
        # Otherwise signed URLs name S3's global host, which redirects to a new bucket's region; browsers don't follow.
        config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        self._s3: S3Client = aws.client("s3", region, config)

    def bucket_url(self) -> str:
        """Return the URL, scheme and host, at which browsers reach the bucket."""
        parts = urlsplit(self._s3.generate_presigned_url("get_object", {"Bucket": self._bucket, "Key": "any"}))
        return f"{parts.scheme}://{parts.netloc}"

    def upload_form(self, key: ImageKey, content_type: str, max_bytes: int, now: datetime) -> SignedForm:
        """Return a form that uploads one file of this content type with 1 to max_bytes bytes, valid for 5 minutes."""
        post = self._s3.generate_presigned_post(
            self._bucket,
            upload_name(key),
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, max_bytes]],
            ExpiresIn=int(FORM_LIFETIME.total_seconds()),
        )
        return SignedForm(post["url"], post["fields"], now + FORM_LIFETIME)

    def read_upload(self, key: ImageKey, max_bytes: int) -> bytes:
        """Return the content of the file that was uploaded for an image.

        Raises ObjectMissing, or ObjectTooLarge, without reading the file, if it has more than max_bytes.
        """
        return self._read(upload_name(key), max_bytes)

    def write_image(self, key: ImageKey, data: bytes, content_type: str) -> None:
        """Store the file that is kept of an image, under a name that no upload form can overwrite."""
        self._s3.put_object(Bucket=self._bucket, Key=_image(key), Body=data, ContentType=content_type)

    def read_image(self, key: ImageKey, max_bytes: int) -> bytes:
        """Return the content of the analyzed file of an image.

        Raises ObjectMissing, or ObjectTooLarge, without reading the file, if it has more than max_bytes.
        """
        return self._read(_image(key), max_bytes)

    def image_url(self, key: ImageKey, now: datetime) -> SignedUrl:
        """Return the URL of an image's analyzed file, signed for five minutes; whether it exists is not checked."""
        return self._signed(_image(key), now)

    def write_view(self, key: ImageKey, view: str, png: bytes) -> None:
        """Store a rendered view of an image as PNG, in place of an earlier attempt's view of the same name."""
        self._s3.put_object(Bucket=self._bucket, Key=_view(key, view), Body=png, ContentType="image/png")

    def view_url(self, key: ImageKey, view: str, now: datetime) -> SignedUrl:
        """Return the URL of a rendered view of an image, signed for five minutes; whether it exists is not checked."""
        return self._signed(_view(key, view), now)

    def write_result(self, key: ImageKey, result: bytes) -> None:
        """Store the result of an analysis, given as JSON, compressed with gzip."""
        self._s3.put_object(
            Bucket=self._bucket,
            Key=_result(key),
            Body=gzip.compress(result, mtime=0),
            ContentType="application/json",
            ContentEncoding="gzip",
        )

    def read_result(self, key: ImageKey) -> bytes:
        """Return the result of an analysis as decompressed JSON. Raises ObjectMissing."""
        with self._get(_result(key))["Body"] as body:
            return gzip.decompress(body.read())

    def delete_upload(self, key: ImageKey) -> None:
        """Delete the file that was uploaded for an image, if it exists; the analyzed file remains."""
        self._s3.delete_object(Bucket=self._bucket, Key=upload_name(key))

    def delete_all(self, key: ImageKey) -> None:
        """Delete the upload, the analyzed file, the result and the views of an image.

        Objects that do not exist are ignored. Raises DeletionFailed if S3 could not delete some of them.
        """
        self._delete([upload_name(key), _image(key), _result(key), *self._names_below(_views(key))])

    def delete_all_of(self, owner_id: str) -> None:
        """Delete all objects of a user or project, also those whose image no longer has a record.

        Raises DeletionFailed if S3 could not delete some of them.
        """
        for folder in FOLDERS:
            self._delete(self._names_below(f"{folder}/{owner_id}/"))

    def write_data_export(self, user_id: str, export_id: str) -> MultipartUpload:
        """Begin to store the file of a user's data export, a ZIP file, while it is being written."""
        return MultipartUpload(self._s3, self._bucket, _data_export(user_id, export_id), "application/zip")

    def data_export_url(self, user_id: str, export_id: str, now: datetime) -> SignedUrl:
        """Return the URL of a data export's file, signed for five minutes; whether it exists is not checked."""
        return self._signed(_data_export(user_id, export_id), now)

    def delete_data_exports(self, user_id: str) -> None:
        """Delete the files of all data exports of a user, if there are any. Raises DeletionFailed."""
        self._delete(self._names_below(f"{DATA_EXPORTS}/{user_id}/"))

    def delete_data_export(self, user_id: str, export_id: str) -> None:
        """Delete the file of one data export, if it exists."""
        self._s3.delete_object(Bucket=self._bucket, Key=_data_export(user_id, export_id))

    def _names_below(self, prefix: str) -> Iterator[str]:
        """Yield the names of all objects whose names begin with a prefix, page by page."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
        return (entry["Key"] for page in pages for entry in page.get("Contents", []))

    def _delete(self, names: Iterable[str]) -> None:
        """Delete objects; names without one are ignored. Raises DeletionFailed after all others were deleted."""
        failed = 0
        for batch in batched(names, MAX_DELETED_AT_ONCE, strict=False):
            objects: list[ObjectIdentifierTypeDef] = [{"Key": name} for name in batch]
            response = self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True})
            failed += len(response.get("Errors", []))
        if failed:
            raise DeletionFailed(f"{failed} objects could not be deleted")

    def _signed(self, name: str, now: datetime) -> SignedUrl:
        location = {"Bucket": self._bucket, "Key": name}
        url = self._s3.generate_presigned_url("get_object", location, int(URL_LIFETIME.total_seconds()))
        return SignedUrl(url, now + URL_LIFETIME)

    def _read(self, name: str, max_bytes: int) -> bytes:
        response = self._get(name)
        with response["Body"] as body:
            if response["ContentLength"] > max_bytes:
                raise ObjectTooLarge
            return body.read()

    def _get(self, name: str) -> GetObjectOutputTypeDef:
        try:
            return self._s3.get_object(Bucket=self._bucket, Key=name)
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise ObjectMissing from error
            raise


def _name(prefix: str, key: ImageKey) -> str:
    return f"{prefix}/{key.owner_id}/{key.image_id}"


def _image(key: ImageKey) -> str:
    return _name(IMAGES, key)


def _views(key: ImageKey) -> str:
    return _name(VIEWS, key) + "/"


def _view(key: ImageKey, view: str) -> str:
    return f"{_views(key)}{view}.png"


def _data_export(user_id: str, export_id: str) -> str:
    return f"{DATA_EXPORTS}/{user_id}/{export_id}.zip"


def _result(key: ImageKey) -> str:
    return _name(RESULTS, key) + ".json.gz"
