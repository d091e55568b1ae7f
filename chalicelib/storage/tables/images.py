"""The table of images: uploads, the status of their analysis, and claims."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

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
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImagePage, ImageStatus, ImageSummary, UploadedFile
from chalicelib.model.paging import MAX_READ, page_of
from chalicelib.model.usage import UsageChange
from chalicelib.storage.tables.table import ALL_OLD, Item, bind
from chalicelib.storage.tables.transaction import Transactions

UNFINISHED: Final = "yes"  # one key for all: two writes per upload, of a thousand writes per second


class UnfinishedImages(GlobalSecondaryIndex["ImageItem"]):
    """The DynamoDB index of images whose upload has arrived and whose analysis is not finished.

    Ids sort oldest first.
    """

    class Meta:
        index_name = "unfinished"
        projection = KeysOnlyProjection()

    unfinished = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ImagesByCreator(GlobalSecondaryIndex["ImageItem"]):
    """The DynamoDB index of the images of projects by the user who created them."""

    class Meta:
        index_name = "by_creator"
        projection = KeysOnlyProjection()

    created_by = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ImageItem(Item):
    """The DynamoDB item of an image."""

    class Meta:
        table_name = ""

    owner_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    content_type = UnicodeAttribute()
    size = NumberAttribute()
    scale = NumberAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    created_by = UnicodeAttribute(null=True)
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
    expected_at = UTCDateTimeAttribute(null=True)
    unfinished_index = UnfinishedImages()
    by_creator = ImagesByCreator()


class ImagesTable:
    """The DynamoDB table of images. Methods raise PynamoDBException if a request fails.

    Every status change is a conditional write, so that one of two concurrent attempts succeeds. Where `usage` is given,
    the usage of the account that the image counts to changes in the same transaction.
    """

    def __init__(self, table: str, region: str, transactions: Transactions) -> None:
        self.items = bind(ImageItem, table, region)
        self._transactions = transactions

    def add(
        self,
        image: Image,
        abandoned_at: datetime,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> None:
        """Store a new image together with audit events; DynamoDB deletes it after abandoned_at without its upload.

        Raises UsageRefused, RateLimitExceeded, and PynamoDBException, also if the owner has an image with this id.
        """
        item = self.items(
            image.key.owner_id,
            image.key.image_id,
            name=image.name,
            content_type=image.content_type,
            size=image.size,
            scale=image.scale,
            sha256=image.sha256,
            created_by=image.created_by,
            status=image.status.value,
            awaiting_upload_at=image.times[ImageStatus.AWAITING_UPLOAD],
            abandoned_at=abandoned_at,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=ImageItem.id.does_not_exist())

        self._transactions.commit(write, events, usage=usage)

    def get(self, key: ImageKey) -> Image | None:
        """Return the image with this key, or None."""
        try:
            return _image(self.items.get(key.owner_id, key.image_id, consistent_read=True))
        except self.items.DoesNotExist:
            return None

    def named(self, owner_id: str, image_ids: Sequence[str]) -> dict[str, Image]:
        """Return the owner's images that have one of these ids, by id; ids without an image are left out."""
        found = self.items.batch_get([(owner_id, image_id) for image_id in image_ids]) if image_ids else ()
        return {item.id: _image(item) for item in found}

    def newest(self, owner_id: str) -> list[Image]:
        """Return an owner's newest images, newest first, up to MAX_READ."""
        return [
            _image(item)
            for item in self.items.query(owner_id, scan_index_forward=False, limit=MAX_READ, page_size=MAX_READ)
        ]

    def list(self, owner_id: str, limit: int, before_id: str | None) -> ImagePage:
        """Return a page of up to limit images of an owner, newest first.

        The page starts after the image before_id, which is excluded, or with the newest image if before_id is None.
        """
        older = None if before_id is None else ImageItem.id < before_id
        # One more than requested shows whether there is a next page, which DynamoDB's own key doesn't at the very end.
        found = self.items.query(owner_id, older, scan_index_forward=False, limit=limit + 1, page_size=limit + 1)
        return page_of((_image(item) for item in found), before_id, limit, lambda _: True)

    def of_account(self, user_id: str) -> Iterator[Image]:
        """Yield all images that count to an account: those of the user, and those that the user created in projects.

        The latter are found by an index that may lag behind.
        """
        yield from (_image(item) for item in self.items.query(user_id, consistent_read=True))
        in_projects = [(item.owner_id, item.id) for item in self.items.by_creator.query(user_id)]
        if in_projects:
            yield from (_image(item) for item in self.items.batch_get(in_projects, consistent_read=True))

    def unfinished(self, before_id: str, max_count: int) -> Sequence[ImageKey]:
        """Return the keys of up to max_count unfinished images with ids before before_id, oldest first.

        The images are those whose upload has arrived and whose analysis is not finished, including images that are
        claimed.
        """
        found = self.items.unfinished_index.query(
            UNFINISHED, ImageItem.id < before_id, limit=max_count, page_size=max_count
        )
        return [ImageKey(item.owner_id, item.id) for item in found]

    def delete(self, image: Image, events: Sequence[AuditEvent] = (), usage: UsageChange | None = None) -> bool:
        """Delete an image's item together with audit events, but no object in the bucket.

        Return False if the image was deleted, or reached another status, since it was read.
        """
        unchanged = (ImageItem.status == image.status.value) & (ImageItem.size == image.size)

        def write(transaction: TransactWrite) -> None:
            transaction.delete(self._item(image.key), condition=unchanged)

        return self._transactions.write(write, events, usage=usage)

    def expect_again(self, key: ImageKey, now: datetime, usage: UsageChange | None = None) -> bool:
        """Record that the form for the upload of an image is signed again; return False unless it awaits its upload."""
        awaiting = ImageItem.status == ImageStatus.AWAITING_UPLOAD.value
        return self._update(key, [ImageItem.expected_at.set(now)], awaiting, usage=usage)

    def queue(self, key: ImageKey, arrived_at: datetime, events: Sequence[AuditEvent] = ()) -> bool:
        """Record that the upload of an image has arrived, together with audit events.

        Return False, without recording anything, unless the image was awaiting its upload.
        """
        arrived = [
            *_reached(ImageStatus.QUEUED, arrived_at),
            ImageItem.abandoned_at.remove(),
            ImageItem.unfinished.set(UNFINISHED),
        ]
        return self._update(key, arrived, ImageItem.status == ImageStatus.AWAITING_UPLOAD.value, events)

    def claim(self, key: ImageKey, claim: Claim, now: datetime) -> Image | None:
        """Claim a queued image, or one whose earlier claim has expired, and return it with the status ANALYZING.

        Return None if the image does not exist, awaits its upload, is finished, or is claimed by another attempt.
        """
        actions = [
            *_reached(ImageStatus.ANALYZING, now),
            ImageItem.claim_id.set(claim.id),
            ImageItem.claim_expires_at.set(claim.expires_at),
        ]
        return self.get(key) if self._update(key, actions, _unclaimed_at(now), own_id=claim.id) else None

    def release(self, key: ImageKey, claim: Claim, now: datetime) -> bool:
        """Release a claim, so that the image is queued again; return False, without a change, if it no longer holds."""
        return self._update(key, [*_reached(ImageStatus.QUEUED, now), *_release()], ImageItem.claim_id == claim.id)

    def finish(
        self,
        key: ImageKey,
        claim: Claim,
        now: datetime,
        upload: UploadedFile,
        summary: ImageSummary,
        views: tuple[str, ...],
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> bool:
        """Record a finished analysis: the uploaded file, the summary, and the names of the stored views.

        Audit events are stored in the same transaction. Return False, without recording anything, unless the claim
        still holds.
        """
        done = [
            *_reached(ImageStatus.ANALYZED, now),
            *_release(),
            ImageItem.unfinished.remove(),
            ImageItem.content_type.set(upload.content_type),
            ImageItem.size.set(upload.size),
            ImageItem.sha256.set(upload.sha256),
            ImageItem.summary.set(asdict(summary)),
            ImageItem.views.set(list(views)),
        ]
        return self._update(key, done, ImageItem.claim_id == claim.id, events, usage=usage)

    def fail(
        self,
        key: ImageKey,
        claim: Claim,
        now: datetime,
        failure: Failure,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> bool:
        """Record that the analysis failed, together with audit events.

        Return False, without recording anything, unless the claim still holds.
        """
        return self._update(key, _failed(now, failure), ImageItem.claim_id == claim.id, events, usage=usage)

    def give_up(
        self,
        key: ImageKey,
        now: datetime,
        failure: Failure,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> bool:
        """Record that the analysis failed and that no more attempts will be made, together with audit events.

        Return False, without recording anything, unless the image is queued or its claim has expired: if it is
        finished, claimed, awaiting its upload, or deleted.
        """
        return self._update(key, _failed(now, failure), _unclaimed_at(now), events, usage=usage)

    def _update(
        self,
        key: ImageKey,
        actions: Sequence[Action],
        condition: Condition,
        events: Sequence[AuditEvent] = (),
        own_id: str | None = None,
        usage: UsageChange | None = None,
    ) -> bool:
        """Update an image together with audit events; return False, with nothing written, unless the condition holds.

        own_id is the id that the update stores, if it has one.
        """

        def write(transaction: TransactWrite) -> None:
            transaction.update(self._item(key), actions=list(actions), condition=condition, return_values=ALL_OLD)

        return self._transactions.write(write, events, own_id=own_id, usage=usage)

    def _item(self, key: ImageKey) -> ImageItem:
        return self.items(key.owner_id, key.image_id)


def _reached(status: ImageStatus, time: datetime) -> list[Action]:
    return [ImageItem.status.set(status.value), _time(ImageItem, status).set(time)]


def _time(item: Any, status: ImageStatus) -> Any:
    return getattr(item, f"{status.value}_at")


def _unclaimed_at(now: datetime) -> Condition:
    queued: Condition = ImageItem.status == ImageStatus.QUEUED.value
    expired: Condition = (ImageItem.status == ImageStatus.ANALYZING.value) & (ImageItem.claim_expires_at <= now)
    either: Condition = queued | expired
    return either


def _release() -> list[Action]:
    return [ImageItem.claim_id.remove(), ImageItem.claim_expires_at.remove()]


def _failed(now: datetime, failure: Failure) -> list[Action]:
    return [
        *_reached(ImageStatus.FAILED, now),
        *_release(),
        ImageItem.unfinished.remove(),
        ImageItem.failure_code.set(failure.code),
        ImageItem.failure_detail.set(failure.detail),
    ]


def _image(item: ImageItem) -> Image:
    times = {status: _time(item, status) for status in ImageStatus}
    return Image(
        key=ImageKey(item.owner_id, item.id),
        name=item.name,
        content_type=item.content_type,
        size=int(item.size),
        scale=None if item.scale is None else float(item.scale),
        sha256=item.sha256,
        created_by=item.created_by,
        status=ImageStatus(item.status),
        times={status: at for status, at in times.items() if at is not None},
        failure=Failure(item.failure_code, item.failure_detail) if item.failure_code and item.failure_detail else None,
        summary=None if item.summary is None else ImageSummary(**item.summary),
        views=tuple(item.views or ()),
        expected_at=item.expected_at,
    )
