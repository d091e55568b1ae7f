"""Data exports: all data of a user in one file."""

from datetime import datetime

import msgspec

from chalicelib.model.objects import SignedUrl


class DataExport(msgspec.Struct, frozen=True):
    """A requested export of all data of a user as one ZIP file, available until expires_at.

    asked_at is the time of the request. made_at and size, in bytes, are None until its file has been made.
    """

    user_id: str
    id: str
    asked_at: datetime
    expires_at: datetime
    made_at: datetime | None = None
    size: int | None = None


class DataExportState(msgspec.Struct, frozen=True):
    """A data export, the signed URL of its file, and whether it has failed.

    url is None until the file has been made; failed means that it was not made within an hour of the request.
    """

    data_export: DataExport
    url: SignedUrl | None
    failed: bool


class DataExportNotFound(Exception):
    """The user has requested no data export, or the last one has expired."""


class DataExportInProgress(Exception):
    """The user's last data export is still in progress: it was requested within the last hour and is not made yet."""
