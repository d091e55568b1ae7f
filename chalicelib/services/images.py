"""Images: what somebody uploads, and what is told about it."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chalicelib.services.audit import Action, Audit
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import is_id, new_id
from chalicelib.storage.images import Failure, Image, ImageKey, ImagePage, Images, Status
from chalicelib.storage.objects import ObjectMissing, Objects, ObjectTooLarge, SignedForm, SignedUrl
from januslens.analysis.stored import StoredResult, read_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chalicelib.services.clock import Clock
    from januslens.exports.format import Format
    from januslens.exports.reports.subject import Subject
    from januslens.exports.tokens.source.document import Document

CONTENT_TYPES: Final = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/avif")
UPLOAD_AWAITED: Final = timedelta(days=1)  # then the record goes by itself; the form itself is valid for five minutes
MEGABYTE: Final = 1_000_000
LARGEST_EMBEDDED: Final = 3 * MEGABYTE  # as Base64 4 MB of the 6 MB that Lambda may answer


class ImageNotFound(Exception):
    """The caller has no image of this id."""

    def __init__(self, image_id: str) -> None:
        super().__init__(image_id)
        self.image_id = image_id


class NotAnalyzed(Exception):
    """The image of this id has no result yet; status says how far it is."""

    def __init__(self, image_id: str, status: Status) -> None:
        super().__init__(image_id, status.value)
        self.image_id = image_id
        self.status = status


class AnalysisFailed(Exception):
    """The image of this id will have no such result; failure says why."""

    def __init__(self, image_id: str, failure: Failure) -> None:
        super().__init__(image_id, failure.code)
        self.image_id = image_id
        self.failure = failure


class NewImage(msgspec.Struct, frozen=True):
    """What is told of a file before it is uploaded: size in bytes, scale in device pixels a CSS pixel."""

    name: str
    content_type: str
    size: int
    scale: float | None
    sha256: str | None


class ImageLibrary(msgspec.Struct, frozen=True):
    """The use cases of images."""

    images: Images
    objects: Objects
    audit: Audit
    clock: Clock
    max_bytes: int

    def create(self, owner_id: str, by: str, new: NewImage) -> tuple[Image, SignedForm]:
        """Make a record that awaits its upload, and the form to upload with. Raises FieldUnacceptable.

        owner_id is a user or a project, by the user who makes it.
        """
        if new.content_type not in CONTENT_TYPES:
            raise FieldUnacceptable("content_type", f"must be one of {', '.join(CONTENT_TYPES)}")
        if new.size > self.max_bytes:
            raise FieldUnacceptable(
                "size", f"must be at most {self.max_bytes} bytes ({self.max_bytes / MEGABYTE:g} MB)"
            )
        now = self.clock()
        image = Image(
            key=ImageKey(owner_id, new_id()),
            name=unicodedata.normalize("NFC", new.name),
            content_type=new.content_type,
            size=new.size,
            scale=new.scale,
            sha256=new.sha256,
            status=Status.AWAITING_UPLOAD,
            times={Status.AWAITING_UPLOAD: now},
        )
        self.images.add(image, abandoned_at=now + UPLOAD_AWAITED)
        self.audit.record(Action.IMAGE_CREATED, actor_id=by, user_id=owner_id, subject_id=image.key.image_id)
        return image, self.objects.upload_form(image.key, image.content_type, self.max_bytes, now)

    def list(self, owner_id: str, limit: int, before_id: str | None) -> ImagePage:
        """Return the owner's images, newest first, from before one of them on."""
        return self.images.list(owner_id, limit, before_id)

    def get(self, key: ImageKey) -> Image:
        """Return an image. Raises ImageNotFound."""
        image = self.images.get(key) if is_id(key.image_id) else None
        if image is None:
            raise ImageNotFound(key.image_id)
        return image

    def picture(self, image: Image) -> SignedUrl | None:
        """Return where the analyzed picture can be seen, None while there is none."""
        return self.objects.picture_url(image.key, self.clock()) if image.status is Status.ANALYZED else None

    def views(self, image: Image) -> dict[str, SignedUrl] | None:
        """Return where each view of the analyzed picture can be seen, None while it isn't analyzed."""
        if image.status is not Status.ANALYZED:
            return None
        return {view: self.objects.view_url(image.key, view, self.clock()) for view in image.views}

    def delete(self, key: ImageKey, by: str) -> None:
        """Delete an image and all that belongs to it; deleting one that is gone does nothing."""
        if is_id(key.image_id) and self.erase(key):
            self.audit.record(Action.IMAGE_DELETED, actor_id=by, user_id=key.owner_id, subject_id=key.image_id)

    def erase(self, key: ImageKey) -> bool:
        """Delete an image and all that belongs to it, and say nothing of it; False if it is gone."""
        self.objects.delete_all(key)
        deleted = self.images.delete(key)
        if deleted:
            self.objects.delete_all(key)  # what an analysis that ended meanwhile had stored; from here on none can
        return deleted

    def accessibility(self, key: ImageKey) -> dict[str, Any]:
        """Return the report and facts on the image. Raises ImageNotFound, NotAnalyzed, AnalysisFailed."""
        _, stored = self._analysis(key, "accessibility")
        report: dict[str, msgspec.Raw] = msgspec.json.decode(stored.accessibility, type=dict[str, msgspec.Raw])
        return {"image": stored.image, **report}

    def report(self, key: ImageKey, format_: Format[Subject]) -> str:
        """Return the report in one of its formats. Raises ImageNotFound, NotAnalyzed, AnalysisFailed."""
        image, stored = self._analysis(key, "accessibility")
        # What only reports need is loaded with the first of them.
        from januslens.accessibility.report import AccessibilityReport  # noqa: PLC0415
        from januslens.decode.facts import ImageFacts  # noqa: PLC0415
        from januslens.exports.reports.subject import Subject  # noqa: PLC0415

        subject = Subject(
            AccessibilityReport.from_json(msgspec.json.decode(stored.accessibility)),
            msgspec.json.decode(stored.image, type=ImageFacts),
            image.name,
            image.times[Status.ANALYZED],
            self._embeddable_picture(key) if format_.shows_picture else None,
        )
        return format_.write(subject)

    def _embeddable_picture(self, key: ImageKey) -> bytes | None:
        try:
            return self.objects.read_picture(key, LARGEST_EMBEDDED)
        except (ObjectMissing, ObjectTooLarge):
            return None  # the report is worth having without it

    def tokens(self, key: ImageKey) -> msgspec.Raw:
        """Return the design tokens. Raises ImageNotFound, NotAnalyzed, AnalysisFailed."""
        _, stored = self._analysis(key, "tokens")
        return stored.tokens

    def token_file(self, key: ImageKey, format_: Format[Document]) -> str:
        """Return the design tokens in one of their formats. Raises ImageNotFound, NotAnalyzed, AnalysisFailed."""
        return format_.write(msgspec.json.decode(self.tokens(key)))

    def named(self, owner_id: str, image_ids: Sequence[str]) -> Sequence[Image]:
        """Return images in the order of their ids; one that is named twice counts once. Raises ImageNotFound."""
        wanted = list(dict.fromkeys(image_ids))
        found = self.images.named(owner_id, [image_id for image_id in wanted if is_id(image_id)])
        for image_id in wanted:
            if image_id not in found:
                raise ImageNotFound(image_id)
        return [found[image_id] for image_id in wanted]

    def newest(self, owner_id: str) -> Sequence[Image]:
        """Return an owner's newest images, some hundreds."""
        return self.images.newest(owner_id)

    def parts_of(self, image: Image) -> tuple[msgspec.Raw | None, msgspec.Raw | None]:
        """Return the report and the design tokens of an analyzed image, None for a part that failed.

        Raises ResultOutdated.
        """
        stored = read_result(self.objects.read_result(image.key))
        report = None if "accessibility" in stored.failures else stored.accessibility
        return report, None if "tokens" in stored.failures else stored.tokens

    def analysis_of(self, image: Image, part: str) -> StoredResult:
        """Return a result of which a part is there. Raises NotAnalyzed, AnalysisFailed, ResultOutdated."""
        image_id = image.key.image_id
        if image.failure is not None:
            raise AnalysisFailed(image_id, image.failure)
        if image.status is not Status.ANALYZED:
            raise NotAnalyzed(image_id, image.status)
        stored = read_result(self.objects.read_result(image.key))
        if part in stored.failures:
            failure = Failure(stored.failures[part], "This part of the analysis failed; the other is there.")
            raise AnalysisFailed(image_id, failure)
        return stored

    def _analysis(self, key: ImageKey, part: str) -> tuple[Image, StoredResult]:
        image = self.get(key)
        return image, self.analysis_of(image, part)
