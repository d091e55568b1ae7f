"""Image records: what was uploaded, how far its analysis is, and who is at it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec
from msgspec.structs import asdict
from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.storage.paging import READ, PageOf
from chalicelib.storage.table import Item, applied, bind

UNFINISHED: Final = "yes"  # one key for all: it is written twice an upload, and takes a thousand writes a second


class Status(StrEnum):
    """How far an image is."""

    AWAITING_UPLOAD = "awaiting_upload"
    QUEUED = "queued"
    ANALYZING = "analyzing"
    ANALYZED = "analyzed"
    FAILED = "failed"


class ImageKey(msgspec.Struct, frozen=True):
    """What names an image: it is found only together with its owner."""

    owner_id: str
    image_id: str


class Failure(msgspec.Struct, frozen=True):
    """Why there is no analysis: a code for programs, a sentence for a person."""

    code: str
    detail: str


class Claim(msgspec.Struct, frozen=True):
    """Someone's right to analyze an image, for as long as the lease runs."""

    id: str
    expires_at: datetime


class Summary(msgspec.Struct, frozen=True):
    """The short form of an analysis: pixels, checks by outcome, and colors; None for a part that failed."""

    width: int
    height: int
    outcomes: dict[str, int] | None
    colors: int | None


class Image(msgspec.Struct, frozen=True):
    """An image record. size is in bytes, scale in device pixels a CSS pixel, sha256 in hexadecimal digits.

    times says when each status was reached, views which views of the picture are stored.
    """

    key: ImageKey
    name: str
    content_type: str
    size: int
    scale: float | None
    sha256: str | None
    status: Status
    times: dict[Status, datetime]
    failure: Failure | None = None
    summary: Summary | None = None
    views: tuple[str, ...] = ()

    def was_analyzed(self, begin: datetime | None, end: datetime | None) -> bool:
        """Whether it is analyzed, and was in a time: begin is inclusive, end exclusive, None open."""
        if self.status is not Status.ANALYZED:
            return False
        at = self.times[Status.ANALYZED]
        return (begin is None or at >= begin) and (end is None or at < end)


type ImagePage = PageOf[Image]
"""Some images, newest first."""


class UnfinishedImages(GlobalSecondaryIndex["ImageItem"]):
    """The images whose upload has come and whose analysis isn't over, oldest first; no other is in it."""

    class Meta:
        index_name = "unfinished"
        projection = KeysOnlyProjection()

    unfinished = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ImageItem(Item):
    """An image record as stored."""

    class Meta:
        table_name = ""

    owner_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    content_type = UnicodeAttribute()
    size = NumberAttribute()
    scale = NumberAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    awaiting_upload_at = UTCDateTimeAttribute()
    queued_at = UTCDateTimeAttribute(null=True)
    analyzing_at = UTCDateTimeAttribute(null=True)
    analyzed_at = UTCDateTimeAttribute(null=True)
    failed_at = UTCDateTimeAttribute(null=True)
    claim_id = UnicodeAttribute(null=True)
    claim_expires_at = UTCDateTimeAttribute(null=True)
    failure_code = UnicodeAttribute(null=True)
    failure_detail = UnicodeAttribute(null=True)
    summary: JSONAttribute = JSONAttribute(null=True)
    views: JSONAttribute = JSONAttribute(null=True)
    abandoned_at = TTLAttribute(null=True)
    unfinished = UnicodeAttribute(null=True)
    in_work = UnfinishedImages()


class Images:
    """The images' table. Every change of status is a conditional write, so that of two attempts one wins."""

    def __init__(self, table: str, region: str) -> None:
        bind(ImageItem, table, region)

    def add(self, image: Image, abandoned_at: datetime) -> None:
        """Store a new record, which goes by itself at a time unless its upload has come."""
        ImageItem(
            image.key.owner_id,
            image.key.image_id,
            name=image.name,
            content_type=image.content_type,
            size=image.size,
            scale=image.scale,
            sha256=image.sha256,
            status=image.status.value,
            awaiting_upload_at=image.times[Status.AWAITING_UPLOAD],
            abandoned_at=abandoned_at,
        ).save(condition=ImageItem.id.does_not_exist())

    def get(self, key: ImageKey) -> Image | None:
        """Return an image, None if its owner has none of that id."""
        try:
            return _image(ImageItem.get(key.owner_id, key.image_id, consistent_read=True))
        except ImageItem.DoesNotExist:
            return None

    def named(self, owner_id: str, image_ids: Sequence[str]) -> dict[str, Image]:
        """Return by id an owner's images, of those that are there."""
        found = ImageItem.batch_get([(owner_id, image_id) for image_id in image_ids]) if image_ids else ()
        return {item.id: _image(item) for item in found}

    def newest(self, owner_id: str) -> list[Image]:
        """Return an owner's newest images, as many as are looked at for a page."""
        return [
            _image(item) for item in ImageItem.query(owner_id, scan_index_forward=False, limit=READ, page_size=READ)
        ]

    def list(self, owner_id: str, limit: int, before_id: str | None) -> ImagePage:
        """Return an owner's images that are older than one, or from the newest on."""
        older = None if before_id is None else ImageItem.id < before_id
        # One more than asked for tells whether there is a next page, which DynamoDB's own key doesn't at the very end.
        found = ImageItem.query(owner_id, older, scan_index_forward=False, limit=limit + 1, page_size=limit + 1)
        images = [_image(item) for item in found]
        return PageOf(images[:limit], images[limit - 1].key.image_id if len(images) > limit else None)

    def unfinished(self, before_id: str, most: int) -> Sequence[ImageKey]:
        """Return the oldest images of before an id whose upload has come and whose analysis isn't over."""
        found = ImageItem.in_work.query(UNFINISHED, ImageItem.id < before_id, limit=most, page_size=most)
        return [ImageKey(item.owner_id, item.id) for item in found]

    def delete(self, key: ImageKey) -> bool:
        """Delete a record; False if there is none."""
        return applied(lambda: _item(key).delete(condition=ImageItem.id.exists()))

    def queue(self, key: ImageKey, at: datetime) -> bool:
        """Note that the upload has come; False unless it was awaited."""
        return _update(
            _item(key),
            [*_reached(Status.QUEUED, at), ImageItem.abandoned_at.remove(), ImageItem.unfinished.set(UNFINISHED)],
            ImageItem.status == Status.AWAITING_UPLOAD.value,
        )

    def claim(self, key: ImageKey, claim: Claim, at: datetime) -> Image | None:
        """Claim a queued image, or one whose claim has expired; None if there is nothing to claim."""
        claimed = _item(key)
        actions = [
            *_reached(Status.ANALYZING, at),
            ImageItem.claim_id.set(claim.id),
            ImageItem.claim_expires_at.set(claim.expires_at),
        ]
        return _image(claimed) if _update(claimed, actions, _unclaimed_at(at)) else None

    def release(self, key: ImageKey, claim: Claim, at: datetime) -> bool:
        """Give a claim back, so that the image is queued again."""
        return _update(_item(key), [*_reached(Status.QUEUED, at), *_release()], ImageItem.claim_id == claim.id)

    def finish(
        self, key: ImageKey, claim: Claim, at: datetime, size: int, summary: Summary, views: tuple[str, ...]
    ) -> bool:
        """Note a finished analysis, the size that the file has, and its views; False unless the claim still holds."""
        done = [
            *_reached(Status.ANALYZED, at),
            *_release(),
            ImageItem.unfinished.remove(),
            ImageItem.size.set(size),
            ImageItem.summary.set(asdict(summary)),
            ImageItem.views.set(list(views)),
        ]
        return _update(_item(key), done, ImageItem.claim_id == claim.id)

    def fail(self, key: ImageKey, claim: Claim, at: datetime, failure: Failure) -> bool:
        """Note that the analysis can't be made; False unless the claim still holds."""
        return _update(_item(key), _failed(at, failure), ImageItem.claim_id == claim.id)

    def give_up(self, key: ImageKey, at: datetime, failure: Failure) -> bool:
        """Note that no more attempts will be made; False if the image is finished or someone is at it."""
        return _update(_item(key), _failed(at, failure), _unclaimed_at(at))


def _reached(status: Status, at: datetime) -> list[Action]:
    return [ImageItem.status.set(status.value), _time(ImageItem, status).set(at)]


def _time(item: Any, status: Status) -> Any:
    return getattr(item, f"{status.value}_at")


def _unclaimed_at(at: datetime) -> Condition:
    queued: Condition = ImageItem.status == Status.QUEUED.value
    expired: Condition = (ImageItem.status == Status.ANALYZING.value) & (ImageItem.claim_expires_at <= at)
    either: Condition = queued | expired
    return either


def _release() -> list[Action]:
    return [ImageItem.claim_id.remove(), ImageItem.claim_expires_at.remove()]


def _failed(at: datetime, failure: Failure) -> list[Action]:
    return [
        *_reached(Status.FAILED, at),
        *_release(),
        ImageItem.unfinished.remove(),
        ImageItem.failure_code.set(failure.code),
        ImageItem.failure_detail.set(failure.detail),
    ]


def _item(key: ImageKey) -> ImageItem:
    return ImageItem(key.owner_id, key.image_id)


def _update(item: ImageItem, actions: list[Action], condition: Condition) -> bool:
    """Change a stored item if it meets the condition, and the given one with it."""
    return applied(lambda: item.update(actions=actions, condition=condition))


def _image(item: ImageItem) -> Image:
    times = {status: _time(item, status) for status in Status}
    return Image(
        key=ImageKey(item.owner_id, item.id),
        name=item.name,
        content_type=item.content_type,
        size=int(item.size),
        scale=None if item.scale is None else float(item.scale),
        sha256=item.sha256,
        status=Status(item.status),
        times={status: at for status, at in times.items() if at is not None},
        failure=Failure(item.failure_code, item.failure_detail) if item.failure_code and item.failure_detail else None,
        summary=None if item.summary is None else Summary(**item.summary),
        views=tuple(item.views or ()),
    )
