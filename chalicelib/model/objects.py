"""Objects in the object store, and the signed requests that reach them."""

from datetime import datetime
from typing import Final

import msgspec

MEGABYTE: Final = 1_000_000  # bytes: the unit in which limits are stated


class ObjectMissing(Exception):
    """The object does not exist in the bucket."""


class ObjectTooLarge(Exception):
    """The object is larger than the caller's limit for reading it."""


class DeletionFailed(RuntimeError):
    """Some objects could not be deleted from the bucket; the deletion can be retried."""


class SignedForm(msgspec.Struct, frozen=True):
    """A presigned POST of S3: the URL and fields of a multipart form whose last part is the file, and its expiry."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


class SignedUrl(msgspec.Struct, frozen=True):
    """A presigned GET of S3: the URL from which a file can be read without credentials until expires_at."""

    url: str
    expires_at: datetime
