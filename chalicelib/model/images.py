"""Images and the state of their analysis."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from chalicelib.model.paging import Page


class ImageStatus(StrEnum):
    """The status of an image."""

    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    ANALYZING = "analyzing"
    ANALYZED = "analyzed"
    FAILED = "failed"


class ImageKey(msgspec.Struct, frozen=True):
    """The key of an image: its id together with its owner's."""

    owner_id: str
    image_id: str


class Failure(msgspec.Struct, frozen=True):
    """The reason why an analysis failed: a code for programs, and a sentence for people."""

    code: str
    detail: str


class Claim(msgspec.Struct, frozen=True):
    """The exclusive right of one attempt to analyze an image until expires_at."""

    id: str
    expires_at: datetime


class ImageSummary(msgspec.Struct, frozen=True):
    """The summary of an analysis: size in pixels, number of checks by outcome, and number of colors.

    outcomes and colors are None if their part of the analysis failed.
    """

    width: int
    height: int
    outcomes: dict[str, int] | None
    colors: int | None


class Image(msgspec.Struct, frozen=True):
    """An image. size is in bytes, scale in device pixels per CSS pixel, sha256 in hexadecimal digits.

    times contains the time at which each status was reached, and views the names of the stored views.
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

    def was_analyzed(self, begin: datetime | None, end: datetime | None) -> bool:
        """Return whether the image was analyzed within a period: begin is inclusive, end exclusive, None unbounded."""
        if self.status is not ImageStatus.ANALYZED:
            return False
        at = self.times[ImageStatus.ANALYZED]
        return (begin is None or at >= begin) and (end is None or at < end)


type ImagePage = Page[Image]
"""A page of images, newest first."""


class ImageUpload(msgspec.Struct, frozen=True):
    """A file that is about to be uploaded: size in bytes, scale in device pixels per CSS pixel."""

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


class NotAnalyzed(Exception):
    """The image with this id has no result yet."""

    def __init__(self, image_id: str, status: ImageStatus) -> None:
        super().__init__(image_id, status.value)
        self.image_id = image_id
        self.status = status


class AnalysisFailed(Exception):
    """The analysis of the image with this id failed, or the requested part of it did; failure is the reason."""

    def __init__(self, image_id: str, failure: Failure) -> None:
        super().__init__(image_id, failure.code)
        self.image_id = image_id
        self.failure = failure


def pass_rate(outcomes: Mapping[str, int]) -> float | None:
    """Return the share of passed checks among passed and failed ones, to four digits; None if there is neither."""
    passed, failed = outcomes.get("passed", 0), outcomes.get("failed", 0)
    return round(passed / (passed + failed), 4) if passed + failed else None
