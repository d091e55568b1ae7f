"""Event notifications of uploads, which S3 sends through SQS.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

import msgspec


class UploadMessageInvalid(ValueError):
    """The body of a message is not an event notification of S3."""


class Upload(msgspec.Struct, frozen=True):
    """The name (key) of an object that was stored in the bucket, and when it was stored."""

    object_name: str
    arrived_at: datetime


class _Object(msgspec.Struct):
    key: str


class _Entity(msgspec.Struct):
    object: _Object


class _Record(msgspec.Struct, rename="camel"):
    event_time: datetime
    s3: _Entity


class _Notification(msgspec.Struct, rename="pascal"):
    records: list[_Record] = []
    event: str | None = None


def read_uploads(body: str) -> list[Upload]:
    """Return the uploads in the JSON of an S3 event notification; an empty list for S3's test event.

    Raises UploadMessageInvalid.
    """
    try:
        notification = msgspec.json.decode(body, type=_Notification)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UploadMessageInvalid(str(error)) from error
    if not notification.records and notification.event != "s3:TestEvent":
        raise UploadMessageInvalid("the message has neither records nor S3's test event")
    # S3 encodes names as HTML forms do, a space as a plus sign.
    return [Upload(unquote_plus(record.s3.object.key), record.event_time) for record in notification.records]


def for_each_upload(body: str, handle: Callable[[str, datetime], Any]) -> None:
    """Call handle with the object name and the time of each upload in a message, also after one has failed.

    Raises UploadMessageInvalid, or an ExceptionGroup of all failures after the last upload.
    """
    failures: list[Exception] = []
    for upload in read_uploads(body):
        try:
            handle(upload.object_name, upload.arrived_at)
        except Exception as error:  # noqa: BLE001  raised below, after the other uploads
            failures.append(error)
    if failures:
        raise ExceptionGroup("uploads could not be handled", failures)
