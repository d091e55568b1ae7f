"""Images and the state of their analysis."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from chalicelib.model.paging import Page


class ImageStatus(StrEnum):
    """The status of an image, from the request for its upload to the end of its analysis."""

    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    ANALYZING = "analyzing"
    ANALYZED = "analyzed"
    FAILED = "failed"


class ImageKey(msgspec.Struct, frozen=True):
    """The key of an image: the id of its owner, a user or project, and its own id."""

    owner_id: str
    image_id: str


class Failure(msgspec.Struct, frozen=True):
    """The reason why an analysis failed: a code for programs, and a sentence for people."""

    code: str
    detail: str


class Claim(msgspec.Struct, frozen=True):
    """The exclusive right of one attempt to analyze an image until expires_at. id identifies the attempt."""

    id: str
    expires_at: datetime


class UploadedFile(msgspec.Struct, frozen=True):
    """The file that was uploaded for an image: the media type of its content, the size in bytes, the SHA-256 digest."""

    content_type: str
    size: int
    sha256: str


class ImageSummary(msgspec.Struct, frozen=True):
    """The summary of an analysis, stored with its image.

    width and height are the image's size in pixels, outcomes is the number of accessibility checks of levels A and AA
    by outcome, and colors the number of color tokens. outcomes is None if the accessibility part of the analysis
    failed, colors if the design-token part failed.
    """

    width: int
    height: int
    outcomes: dict[str, int] | None
    colors: int | None


class Image(msgspec.Struct, frozen=True):
    """An image. size is in bytes, scale in device pixels per CSS pixel, sha256 in hexadecimal digits.

    content_type, size and sha256 are announced by the client until the image is analyzed, then they are those of the
    uploaded file; the file that is kept of it has no metadata, and a size of its own. sha256 is None until then if the
    client did not state it, and in images that were analyzed before it was recorded. scale is None if the client did
    not state it. times contains the time at which each status was reached last. failure is None unless the analysis
    failed, summary is None until it succeeds. views are the names of the stored views. created_by is the id of the
    user who created an image of a project; None for images of users, and for those of projects from earlier versions.
    expected_at is the time at which the upload form was signed again last, None if it was signed only once.
    """

    key: ImageKey
    name: str
    content_type: str
    size: int
    scale: float | None
    sha256: str | None
    status: ImageStatus
    times: dict[ImageStatus, datetime]
    failure: Failure | None = None
    summary: ImageSummary | None = None
    views: tuple[str, ...] = ()
    created_by: str | None = None
    expected_at: datetime | None = None

    @property
    def account_id(self) -> str:
        """The id of the account whose limits the image counts against: of the user who created it.

        It is that of the project, which has no limits, for an image from an earlier version.
        """
        return self.created_by or self.key.owner_id

    @property
    def id(self) -> str:
        """The image's own id, without that of its owner."""
        return self.key.image_id

    def was_analyzed(self, begin: datetime | None, end: datetime | None) -> bool:
        """Return whether the analysis succeeded within a period.

        begin is inclusive and end exclusive; None leaves that side unbounded.
        """
        if self.status is not ImageStatus.ANALYZED:
            return False
        at = self.times[ImageStatus.ANALYZED]
        return (begin is None or at >= begin) and (end is None or at < end)


type ImagePage = Page[Image]
"""A page of images, newest first."""


class ImageUpload(msgspec.Struct, frozen=True):
    """A file that is about to be uploaded, as the client announces it.

    size is in bytes, scale in device pixels per CSS pixel, sha256 in hexadecimal digits; the last two may be None.
    """

    name: str
    content_type: str
    size: int
    scale: float | None
    sha256: str | None


class ImageNotFound(Exception):
    """The owner has no image with this id."""

    def __init__(self, image_id: str) -> None:
        super().__init__(image_id)
        self.image_id = image_id


class AlreadyUploaded(Exception):
    """The image with this id does not await its upload any more; status is its current status."""

    def __init__(self, image_id: str, status: ImageStatus) -> None:
        super().__init__(image_id, status.value)
        self.image_id = image_id
        self.status = status


class NotAnalyzed(Exception):
    """The image with this id has no result yet; status is its current status."""

    def __init__(self, image_id: str, status: ImageStatus) -> None:
        super().__init__(image_id, status.value)
        self.image_id = image_id
        self.status = status


class AnalysisFailed(Exception):
    """The analysis of the image with this id failed, or the requested part of it. failure is the reason."""

    def __init__(self, image_id: str, failure: Failure) -> None:
        super().__init__(image_id, failure.code)
        self.image_id = image_id
        self.failure = failure


def pass_rate(outcomes: Mapping[str, int]) -> float | None:
    """Return passed checks divided by passed and failed checks, rounded to four decimals; None if there are neither.

    outcomes is the number of checks by outcome; other outcomes are ignored.
    """
    passed, failed = outcomes.get("passed", 0), outcomes.get("failed", 0)
    return round(passed / (passed + failed), 4) if passed + failed else None
