"""The bucket: uploads as they come in, the analyzed pictures, their views, and the results."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.storage import aws
from chalicelib.storage.images import ImageKey

if TYPE_CHECKING:
    from datetime import datetime

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

UPLOADS: Final = "uploads"
PICTURES: Final = "images"
VIEWS: Final = "views"
RESULTS: Final = "results"
ARCHIVES: Final = "archives"
FORM_LIFETIME: Final = timedelta(minutes=5)
PICTURE_LIFETIME: Final = timedelta(minutes=5)


class ObjectMissing(Exception):
    """There is no such object."""


class ObjectTooLarge(Exception):
    """An object is larger than may be read."""


class DeletionFailed(RuntimeError):
    """Some objects are still there; trying again is safe."""


class SignedForm(msgspec.Struct, frozen=True):
    """A presigned POST: where to send a multipart form with these fields, the file as its last part."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


class SignedUrl(msgspec.Struct, frozen=True):
    """A presigned GET."""

    url: str
    expires_at: datetime


def upload_name(key: ImageKey) -> str:
    """Return the object's name that an image is uploaded under."""
    return _name(UPLOADS, key)


def key_of_upload(name: str) -> ImageKey | None:
    """Return the image that an object was uploaded for, None if the name is no upload's."""
    match name.split("/"):
        case [prefix, owner_id, image_id] if prefix == UPLOADS and owner_id and image_id:
            return ImageKey(owner_id, image_id)
        case _:
            return None


class Objects:
    """The bucket and its objects."""

    def __init__(self, bucket: str, region: str) -> None:
        self._bucket = bucket
        # Else what is signed names S3's global host, which redirects to a young bucket's region: browsers don't follow.
        config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        self._s3: S3Client = aws.client("s3", region, config)

    def origin(self) -> str:
        """Return the scheme and host under which browsers reach the bucket."""
        parts = urlsplit(self._s3.generate_presigned_url("get_object", {"Bucket": self._bucket, "Key": "any"}))
        return f"{parts.scheme}://{parts.netloc}"

    def upload_form(self, key: ImageKey, content_type: str, largest: int, now: datetime) -> SignedForm:
        """Sign a form that uploads one file of an exact type and at most so many bytes under an exact name."""
        post = self._s3.generate_presigned_post(
            self._bucket,
            upload_name(key),
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, largest]],
            ExpiresIn=int(FORM_LIFETIME.total_seconds()),
        )
        return SignedForm(post["url"], post["fields"], now + FORM_LIFETIME)

    def read_upload(self, key: ImageKey, largest: int) -> bytes:
        """Read what was uploaded. Raises ObjectMissing, or ObjectTooLarge before reading more than may be."""
        return self._read(upload_name(key), largest)

    def keep_picture(self, key: ImageKey, data: bytes, content_type: str) -> None:
        """Store the very bytes that are analyzed, where no upload can replace them."""
        self._s3.put_object(Bucket=self._bucket, Key=_picture(key), Body=data, ContentType=content_type)

    def read_picture(self, key: ImageKey, largest: int) -> bytes:
        """Read the analyzed picture. Raises ObjectMissing, or ObjectTooLarge before reading more than may be."""
        return self._read(_picture(key), largest)

    def picture_url(self, key: ImageKey, now: datetime) -> SignedUrl:
        """Sign an address to see the picture at."""
        return self._signed(_picture(key), now)

    def write_view(self, key: ImageKey, view: str, png: bytes) -> None:
        """Store a view of the picture, over one that an earlier attempt may have stored."""
        self._s3.put_object(Bucket=self._bucket, Key=_view(key, view), Body=png, ContentType="image/png")

    def view_url(self, key: ImageKey, view: str, now: datetime) -> SignedUrl:
        """Sign an address to see a view at."""
        return self._signed(_view(key, view), now)

    def write_result(self, key: ImageKey, result: bytes) -> None:
        """Store a result's JSON, compressed."""
        self._s3.put_object(
            Bucket=self._bucket,
            Key=_result(key),
            Body=gzip.compress(result, mtime=0),
            ContentType="application/json",
            ContentEncoding="gzip",
        )

    def read_result(self, key: ImageKey) -> bytes:
        """Read a result's JSON. Raises ObjectMissing."""
        with self._get(_result(key))["Body"] as body:
            return gzip.decompress(body.read())

    def delete_upload(self, key: ImageKey) -> None:
        """Delete what was uploaded; deleting what is gone does nothing."""
        self._s3.delete_object(Bucket=self._bucket, Key=upload_name(key))

    def delete_all(self, key: ImageKey) -> None:
        """Delete everything of an image; deleting what is gone does nothing."""
        listed = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=_views(key))  # a page holds 1000
        views = [found["Key"] for found in listed.get("Contents", [])]
        names = [upload_name(key), _picture(key), _result(key), *views]
        response = self._s3.delete_objects(
            Bucket=self._bucket, Delete={"Objects": [{"Key": name} for name in names], "Quiet": True}
        )
        if response.get("Errors"):
            raise DeletionFailed(f"{len(response['Errors'])} objects of image {key.image_id} could not be deleted")

    def write_archive(self, user_id: str, archive_id: str, file: IO[bytes]) -> None:
        """Store an archive of what belongs to a user, a ZIP file."""
        name = _archive(user_id, archive_id)
        self._s3.put_object(Bucket=self._bucket, Key=name, Body=file, ContentType="application/zip")

    def archive_url(self, user_id: str, archive_id: str, now: datetime) -> SignedUrl:
        """Sign an address to fetch an archive at."""
        return self._signed(_archive(user_id, archive_id), now)

    def delete_archives(self, user_id: str) -> None:
        """Delete all archives of a user; deleting what is gone does nothing."""
        listed = self._s3.list_objects_v2(Bucket=self._bucket, Prefix=f"{ARCHIVES}/{user_id}/")
        for found in listed.get("Contents", []):
            self._s3.delete_object(Bucket=self._bucket, Key=found["Key"])

    def _signed(self, name: str, now: datetime) -> SignedUrl:
        place = {"Bucket": self._bucket, "Key": name}
        url = self._s3.generate_presigned_url("get_object", place, int(PICTURE_LIFETIME.total_seconds()))
        return SignedUrl(url, now + PICTURE_LIFETIME)

    def _read(self, name: str, largest: int) -> bytes:
        response = self._get(name)
        with response["Body"] as body:
            if response["ContentLength"] > largest:
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


def _picture(key: ImageKey) -> str:
    return _name(PICTURES, key)


def _views(key: ImageKey) -> str:
    return _name(VIEWS, key) + "/"


def _view(key: ImageKey, view: str) -> str:
    return f"{_views(key)}{view}.png"


def _archive(user_id: str, archive_id: str) -> str:
    return f"{ARCHIVES}/{user_id}/{archive_id}.zip"


def _result(key: ImageKey) -> str:
    return _name(RESULTS, key) + ".json.gz"
