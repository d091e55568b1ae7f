"""The limits of accounts, and how much of each is used."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self

import msgspec

from chalicelib.model.errors import RateLimit
from chalicelib.model.images import Image, ImageStatus

HOUR: Final = timedelta(hours=1)
UPLOAD_EXPECTED: Final = timedelta(minutes=10)  # the form is valid for five; the file may take as long to arrive


class Limit(StrEnum):
    """A limit of every account, by its name in settings, responses and the audit log."""

    IMAGES_PER_HOUR = "images_per_hour"
    STORED_IMAGES = "stored_images"
    STORED_BYTES = "stored_bytes"
    ANALYSES_IN_FLIGHT = "analyses_in_flight"
    PROJECTS = "projects"
    API_KEYS = "api_keys"
    RESEARCH_NOTES = "research_notes"


class PerLimit(msgspec.Struct, frozen=True):
    """A number for each limit: its maximum, how much of it is used, or by how much that changes.

    stored_bytes are those of the image files, not of what is derived from them.
    """

    images_per_hour: int = 0
    stored_images: int = 0
    stored_bytes: int = 0
    analyses_in_flight: int = 0
    projects: int = 0
    api_keys: int = 0
    research_notes: int = 0

    def of(self, limit: Limit) -> int:
        """Return the number for a limit."""
        number: int = getattr(self, limit)
        return number

    def items(self) -> Iterator[tuple[Limit, int]]:
        """Yield each limit with its number."""
        return ((limit, self.of(limit)) for limit in Limit)


class OwnLimits(msgspec.Struct, frozen=True, omit_defaults=True):
    """The limits that administrators have set for one account, in place of those of the stage; None for the others."""

    images_per_hour: int | None = None
    stored_images: int | None = None
    stored_bytes: int | None = None
    analyses_in_flight: int | None = None
    projects: int | None = None
    api_keys: int | None = None
    research_notes: int | None = None

    def over(self, stage: PerLimit) -> PerLimit:
        """Return the limits of the account, given those of the stage."""
        return msgspec.structs.replace(stage, **msgspec.to_builtins(self))


NO_OWN_LIMITS: Final = OwnLimits()


class UsageChange(msgspec.Struct, frozen=True, kw_only=True):
    """By how much a write changes the usage of the account that it counts to.

    within are the limits that the usage may not exceed by it; None for a change that is never refused, as of a
    deletion. image_id is the image that adds to the analyses in flight, or ends to be among them. at is the time of the
    change, which decides its hour.
    """

    user_id: str
    by: PerLimit
    image_id: str | None = None
    at: datetime | None = None
    within: PerLimit | None = None

    @property
    def hourly(self) -> RateLimit | None:
        """The rate limit that the change counts against, or None."""
        if self.within is None or not self.by.images_per_hour:
            return None
        return RateLimit(Limit.IMAGES_PER_HOUR, self.within.images_per_hour, HOUR)


class Usage(msgspec.Struct, frozen=True):
    """The usage of the limits of an account, except for those per hour.

    in_flight are the ids of images whose upload is expected, or whose analysis is not finished. counted_at is the time
    at which everything was last counted. revision increases with each change.
    """

    user_id: str
    used: PerLimit
    in_flight: frozenset[str]
    counted_at: datetime
    revision: int = 0

    @classmethod
    def none(cls, user_id: str, now: datetime) -> Self:
        """Return the usage of a new account."""
        return cls(user_id, PerLimit(), frozenset(), now)

    def exceeded_by(self, change: UsageChange) -> Limit | None:
        """Return a limit that would be exceeded after a change, or None."""
        if change.within is None:
            return None
        for limit, by in change.by.items():
            is_counted = limit is Limit.ANALYSES_IN_FLIGHT and change.image_id in self.in_flight
            if by > 0 and not is_counted and self.used.of(limit) + by > change.within.of(limit):
                return limit
        return None


class UsageState(msgspec.Struct, frozen=True):
    """The limits of an account, and how much of each is used."""

    limits: PerLimit
    used: PerLimit


class LimitReached(Exception):
    """The request would exceed a limit of the account; max_count is the limit."""

    def __init__(self, limit: Limit, max_count: int) -> None:
        super().__init__(limit.value, max_count)
        self.limit = limit
        self.max_count = max_count


class UsageRefused(Exception):
    """A change would exceed a limit, or the usage of the account has not been counted yet."""


def of_images(images: Iterable[Image], now: datetime) -> tuple[PerLimit, frozenset[str]]:
    """Return how much the images of an account use, and the ids of those whose analyses are in flight."""
    count, size, in_flight = 0, 0, set()
    for image in images:
        count += 1
        size += _stored_bytes(image)
        if _is_in_flight(image, now):
            in_flight.add(image.id)
    return PerLimit(stored_images=count, stored_bytes=size, analyses_in_flight=len(in_flight)), frozenset(in_flight)


def announcement_of(image: Image) -> UsageChange:
    """Return the change by a new image."""
    return UsageChange(
        user_id=image.account_id,
        by=PerLimit(images_per_hour=1, stored_images=1, stored_bytes=image.size, analyses_in_flight=1),
        image_id=image.id,
        at=image.times[ImageStatus.AWAITING_UPLOAD],
    )


def renewal_of(image: Image) -> UsageChange:
    """Return the change by another form for the upload of an image."""
    return UsageChange(user_id=image.account_id, by=PerLimit(analyses_in_flight=1), image_id=image.id)


def completion_of(image: Image, size: int) -> UsageChange:
    """Return the change by the end of the analysis of an image whose file has `size` bytes."""
    return _ended(image, stored_bytes=size - image.size)


def failure_of(image: Image) -> UsageChange:
    """Return the change by the failure of the analysis of an image, whose file is not stored any more."""
    return _ended(image, stored_bytes=-image.size)


def deletion_of(image: Image) -> UsageChange:
    """Return the change by the deletion of an image."""
    return _ended(image, stored_images=-1, stored_bytes=-_stored_bytes(image))


def _ended(image: Image, *, stored_bytes: int, stored_images: int = 0) -> UsageChange:
    by = PerLimit(stored_images=stored_images, stored_bytes=stored_bytes, analyses_in_flight=-1)
    return UsageChange(user_id=image.account_id, by=by, image_id=image.id)


def _stored_bytes(image: Image) -> int:
    return 0 if image.status is ImageStatus.FAILED else image.size


def _is_in_flight(image: Image, now: datetime) -> bool:
    if image.status is ImageStatus.AWAITING_UPLOAD:
        return now - (image.expected_at or image.times[ImageStatus.AWAITING_UPLOAD]) < UPLOAD_EXPECTED
    return image.status in (ImageStatus.QUEUED, ImageStatus.ANALYZING)
