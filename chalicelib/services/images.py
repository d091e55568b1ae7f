"""Images: uploads, and the results of their analysis."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chalicelib.model.audit import AuditAction
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import is_id, new_id
from chalicelib.model.images import (
    AlreadyUploaded,
    AnalysisFailed,
    Failure,
    Image,
    ImageKey,
    ImageNotFound,
    ImagePage,
    ImageStatus,
    ImageUpload,
    NotAnalyzed,
)
from chalicelib.model.objects import MEGABYTE, ObjectMissing, ObjectTooLarge, SignedForm, SignedUrl
from chalicelib.model.usage import NO_OWN_LIMITS, announcement_of, deletion_of, renewal_of
from januslens.analysis.stored import StoredResult, read_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.model.audit import AuditEvent
    from chalicelib.model.clock import Clock
    from chalicelib.model.usage import OwnLimits
    from chalicelib.services.audit import AuditRecorder
    from chalicelib.services.usage import UsageService
    from chalicelib.storage.object_store import ObjectStore
    from chalicelib.storage.tables.images import ImagesTable
    from januslens.exports.format import Format
    from januslens.exports.reports.subject import Subject
    from januslens.exports.tokens.source.document import Document

CONTENT_TYPES: Final = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif")
OTHER_NAMES: Final = MappingProxyType({"image/jpg": "image/jpeg"})  # of content types, as some clients write them
UPLOAD_AWAITED: Final = timedelta(days=1)  # until the image expires; the upload form is valid for five minutes
MAX_EMBEDDED_BYTES: Final = 3 * MEGABYTE  # 4 MB in Base64; a response of Lambda has up to 6 MB


class ImagesService(msgspec.Struct, frozen=True):
    """The use cases of images: creating, listing, reading, and deleting them. max_bytes is the maximum size of a file.

    Methods that read a result also raise ObjectMissing if the image is deleted meanwhile.
    """

    images: ImagesTable
    objects: ObjectStore
    usage: UsageService
    audit: AuditRecorder
    clock: Clock
    max_bytes: int

    def create(
        self,
        owner_id: str,
        actor_id: str,
        upload: ImageUpload,
        image_id: str | None = None,
        own_limits: OwnLimits = NO_OWN_LIMITS,
    ) -> tuple[Image, SignedForm]:
        """Create an image that awaits its upload; return it and the signed form with which the file is uploaded.

        owner_id is a user or project, actor_id the user who creates the image, to whose account it counts, image_id its
        id, by default a new one, and own_limits are the limits that were set for the account. The form is valid for
        five minutes, for a file of at most the announced size; an image without its upload expires after a day. The
        content type may be in capitals, or one of OTHER_NAMES. Raises InvalidField if it is not supported or the file
        is larger than max_bytes, RateLimitExceeded and LimitReached.
        """
        content_type = upload.content_type.lower()  # RFC 9110, section 8.3.1: media types have no case
        content_type = OTHER_NAMES.get(content_type, content_type)
        if content_type not in CONTENT_TYPES:
            raise InvalidField("content_type", f"must be one of {', '.join(CONTENT_TYPES)}")
        if upload.size > self.max_bytes:
            raise InvalidField("size", f"must be at most {self.max_bytes} bytes ({self.max_bytes / MEGABYTE:g} MB)")
        now = self.clock()
        image = Image(
            key=ImageKey(owner_id, image_id or new_id()),
            name=unicodedata.normalize("NFC", upload.name),
            content_type=content_type,
            size=upload.size,
            scale=upload.scale,
            sha256=upload.sha256 and upload.sha256.lower(),
            status=ImageStatus.AWAITING_UPLOAD,
            times={ImageStatus.AWAITING_UPLOAD: now},
            created_by=actor_id if actor_id != owner_id else None,
        )
        created = self.audit.event(
            AuditAction.IMAGE_CREATED, actor_id=actor_id, user_id=owner_id, subject_id=image.key.image_id
        )
        self.usage.keep_within(
            own_limits,
            announcement_of(image),
            lambda usage: self.images.add(image, now + UPLOAD_AWAITED, [created], usage),
        )
        return image, self._form(image)

    def awaiting(self, key: ImageKey, own_limits: OwnLimits = NO_OWN_LIMITS) -> tuple[Image, SignedForm]:
        """Return an image that awaits its upload, and a newly signed form, valid for five minutes.

        Its analysis is in flight again, within the limits that were set for the account. Raises ImageNotFound, also if
        the image was deleted, AlreadyUploaded if its upload has arrived, and LimitReached.
        """
        image, now = self.get(key), self.clock()
        if image.status is not ImageStatus.AWAITING_UPLOAD:
            raise AlreadyUploaded(image.id, image.status)
        expected = self.usage.keep_within(
            own_limits, renewal_of(image), lambda usage: self.images.expect_again(key, now, usage)
        )
        return (image, self._form(image)) if expected else self.awaiting(key, own_limits)

    def _form(self, image: Image) -> SignedForm:
        return self.objects.upload_form(image.key, image.content_type, image.size, self.clock())

    def list(self, owner_id: str, limit: int, before_id: str | None) -> ImagePage:
        """Return a page of up to limit images of an owner, newest first.

        The page starts after the image before_id, which is excluded, or with the newest image if before_id is None.
        """
        return self.images.list(owner_id, limit, before_id)

    def get(self, key: ImageKey) -> Image:
        """Return an image. Raises ImageNotFound if the owner has no image with this id."""
        image = self.images.get(key) if is_id(key.image_id) else None
        if image is None:
            raise ImageNotFound(key.image_id)
        return image

    def image_url(self, image: Image) -> SignedUrl | None:
        """Return the URL of the image file, signed for five minutes, or None unless the image is analyzed."""
        return self.objects.image_url(image.key, self.clock()) if image.status is ImageStatus.ANALYZED else None

    def view_urls(self, image: Image) -> dict[str, SignedUrl] | None:
        """Return the URLs of the stored views, signed for five minutes, by name; None unless the image is analyzed."""
        if image.status is not ImageStatus.ANALYZED:
            return None
        return {view: self.objects.view_url(image.key, view, self.clock()) for view in image.views}

    def delete(self, key: ImageKey, actor_id: str) -> None:
        """Delete an image and all its objects, if it exists, and record an audit event. Raises DeletionFailed."""
        if is_id(key.image_id):
            event = self.audit.event(
                AuditAction.IMAGE_DELETED, actor_id=actor_id, user_id=key.owner_id, subject_id=key.image_id
            )
            self._delete(key, event)

    def _delete(self, key: ImageKey, event: AuditEvent) -> None:
        """Delete an image and all its objects, if it exists. Raises DeletionFailed if S3 could not delete some objects.

        The objects go first, so that a deletion that is interrupted can be repeated.
        """
        self.objects.delete_all(key)
        while (image := self.images.get(key)) is not None:
            if self.images.delete(image, [event], deletion_of(image)):
                break  # else its analysis reached another status meanwhile
        self.objects.delete_all(key)  # objects that an analysis stored meanwhile; later ones find no image

    def accessibility(self, key: ImageKey) -> dict[str, Any]:
        """Return the members of the accessibility report, and the facts on the image as `image`, as JSON values.

        Raises ImageNotFound, NotAnalyzed, AnalysisFailed, ResultOutdated.
        """
        _, stored = self._analysis(key, "accessibility")
        return report_members(stored)

    def report(self, key: ImageKey, format_: Format[Subject]) -> str:
        """Return the accessibility report of an image as text in a format.

        A format that shows the image embeds it, unless the file has more than 3 MB or is missing. Raises ImageNotFound,
        NotAnalyzed, AnalysisFailed, ResultOutdated.
        """
        image, stored = self._analysis(key, "accessibility")
        # Loaded with the first report: most requests need none of it.
        from januslens.accessibility.report import AccessibilityReport  # noqa: PLC0415
        from januslens.decode.facts import ImageFacts  # noqa: PLC0415
        from januslens.exports.reports.subject import Subject  # noqa: PLC0415

        subject = Subject(
            AccessibilityReport.from_json(msgspec.json.decode(stored.accessibility)),
            msgspec.json.decode(stored.image, type=ImageFacts),
            image.name,
            image.times[ImageStatus.ANALYZED],
            self._embeddable_image(key) if format_.embeds_image else None,
        )
        return format_.write(subject)

    def _embeddable_image(self, key: ImageKey) -> bytes | None:
        try:
            return self.objects.read_image(key, MAX_EMBEDDED_BYTES)
        except (ObjectMissing, ObjectTooLarge):
            return None  # the report is useful without the image

    def tokens(self, key: ImageKey) -> msgspec.Raw:
        """Return the design tokens of an image as a DTCG document in JSON.

        Raises ImageNotFound, NotAnalyzed, AnalysisFailed, ResultOutdated.
        """
        _, stored = self._analysis(key, "tokens")
        return stored.tokens

    def token_file(self, key: ImageKey, format_: Format[Document]) -> str:
        """Return the design tokens of an image as text in a format, such as CSS.

        Raises ImageNotFound, NotAnalyzed, AnalysisFailed, ResultOutdated.
        """
        return format_.write(msgspec.json.decode(self.tokens(key)))

    def named(self, owner_id: str, image_ids: Sequence[str]) -> Sequence[Image]:
        """Return the owner's images in the order of these ids, without duplicates.

        Raises ImageNotFound for the first id without an image.
        """
        wanted = list(dict.fromkeys(image_ids))
        found = self.images.named(owner_id, [image_id for image_id in wanted if is_id(image_id)])
        for image_id in wanted:
            if image_id not in found:
                raise ImageNotFound(image_id)
        return [found[image_id] for image_id in wanted]

    def newest(self, owner_id: str) -> Sequence[Image]:
        """Return an owner's newest images, newest first, up to `paging.MAX_READ` (400), whatever their status."""
        return self.images.newest(owner_id)

    def parts_of(self, image: Image) -> tuple[msgspec.Raw | None, msgspec.Raw | None]:
        """Return the accessibility report and the design tokens of an analyzed image as JSON.

        A part that failed is None. Raises ResultOutdated, and ObjectMissing if the image has no stored result.
        """
        stored = read_result(self.objects.read_result(image.key))
        report = None if "accessibility" in stored.failures else stored.accessibility
        return report, None if "tokens" in stored.failures else stored.tokens

    def analysis_of(self, image: Image, part: str) -> StoredResult:
        """Return the stored result of an image, in which a part ("accessibility" or "tokens") has succeeded.

        Raises NotAnalyzed, ResultOutdated, and AnalysisFailed if the analysis or this part of it failed.
        """
        image_id = image.key.image_id
        if image.failure is not None:
            raise AnalysisFailed(image_id, image.failure)
        if image.status is not ImageStatus.ANALYZED:
            raise NotAnalyzed(image_id, image.status)
        stored = read_result(self.objects.read_result(image.key))
        if part in stored.failures:
            failure = Failure(stored.failures[part], "This part of the analysis failed. The other part is available.")
            raise AnalysisFailed(image_id, failure)
        return stored

    def _analysis(self, key: ImageKey, part: str) -> tuple[Image, StoredResult]:
        image = self.get(key)
        return image, self.analysis_of(image, part)


def report_members(stored: StoredResult) -> dict[str, Any]:
    """Return the members of the accessibility report of a result, and the facts on the image as `image`."""
    report: dict[str, msgspec.Raw] = msgspec.json.decode(stored.accessibility, type=dict[str, msgspec.Raw])
    return {"image": stored.image, **report}
