"""Objects in the object store, and the signed requests that reach them."""

from datetime import datetime

import msgspec


class ObjectMissing(Exception):
    """The object does not exist."""


class ObjectTooLarge(Exception):
    """The object is larger than the limit for reading it."""


class DeletionFailed(RuntimeError):
    """Some objects could not be deleted; trying again is safe."""


class SignedForm(msgspec.Struct, frozen=True):
    """A presigned POST: where to send a multipart form with these fields, the file as its last part."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


class SignedUrl(msgspec.Struct, frozen=True):
    """A presigned GET."""

    url: str
    expires_at: datetime
