"""Announcements of uploads, as S3 sends them through SQS.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

import msgspec


class UploadMessageInvalid(ValueError):
    """A message isn't what S3 sends."""


class Upload(msgspec.Struct, frozen=True):
    """An object that was stored, and when."""

    object_name: str
    at: datetime


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
    """Read the announced uploads: none, one or several. Raises UploadMessageInvalid."""
    try:
        notification = msgspec.json.decode(body, type=_Notification)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UploadMessageInvalid(str(error)) from error
    if not notification.records and notification.event != "s3:TestEvent":
        raise UploadMessageInvalid("neither records nor S3's test event")
    # S3 encodes names as forms do, a space as a plus sign.
    return [Upload(unquote_plus(record.s3.object.key), record.event_time) for record in notification.records]


def for_each_upload(body: str, handle: Callable[[str, datetime], Any]) -> None:
    """Handle every upload of a message. One that fails leaves the others done.

    Raises UploadMessageInvalid, and all failures together as an ExceptionGroup.
    """
    failures: list[Exception] = []
    for upload in read_uploads(body):
        try:
            handle(upload.object_name, upload.at)
        except Exception as error:  # noqa: BLE001  raised below, after the others had their turn
            failures.append(error)
    if failures:
        raise ExceptionGroup("uploads that were not handled", failures)
