"""Analyses: from an uploaded object to a stored result.

Notifications of uploads may arrive twice, late and out of order, and a function may be killed at any point. Each step
is therefore a conditional write that succeeds once, and only the attempt that holds its claim analyzes an image:

    awaiting_upload -> queued -> analyzing -> analyzed | failed

An attempt that raises releases its claim; the claim of an attempt that was killed expires. In both cases the
notification is delivered again, until the queue moves it to its dead-letter queue and `give_up` ends the analysis.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from chalicelib import metrics
from chalicelib.model.audit import AuditAction
from chalicelib.model.ids import first_id, new_id
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImageStatus, ImageSummary, UploadedFile
from chalicelib.model.objects import MEGABYTE, ObjectMissing, ObjectTooLarge
from chalicelib.model.usage import completion_of, failure_of
from chalicelib.storage.object_store import ObjectStore, key_of_upload
from januslens import ImageRejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chalicelib.model.audit import AuditEvent
    from chalicelib.model.clock import Clock
    from chalicelib.services.audit import AuditRecorder
    from chalicelib.storage.tables.images import ImagesTable
    from januslens.analysis.run import Analysis

log = logging.getLogger(__name__)

TIME_FOR_VIEWS: Final = timedelta(seconds=15)  # five to draw the largest photograph on one core, ten to store 54 MB
FINISHED: Final = frozenset({ImageStatus.ANALYZED, ImageStatus.FAILED})
CRASHED: Final = Failure(
    "analysis_crashed",
    "The analysis failed in every attempt. The upload itself was correct.",
)
CHECKSUM_MISMATCH: Final = Failure(
    "checksum_mismatch",
    "The SHA-256 of the uploaded file differs from the one that was announced. Upload the file again.",
)
UPLOAD_MISSING: Final = Failure(
    "upload_missing", "The uploaded file was missing when the analysis started. Upload it again."
)
LOST: Final = Failure("analysis_lost", "The image was not analyzed within a day. Upload it again.")
STUCK_AFTER: Final = timedelta(days=1)  # an alarm reports a queue that is a day behind; uploads are kept as long
MAX_STUCK: Final = 500  # per run, the others an hour later: each takes some 10 ms


class AnalysisInProgress(Exception):
    """Another attempt holds the claim; the notification must be delivered again after the claim has expired."""


class AnalysisBroken(Exception):
    """Every part of an analysis failed, although the image was accepted."""


class Analyzer(Protocol):
    """The interface of `januslens.analyze`."""

    def __call__(self, data: bytes, *, scale: float | None, name: str, max_pixels: int) -> Analysis:
        """Analyze an image file: its accessibility and its design tokens.

        scale is in device pixels per CSS pixel, None if unknown. Raises ImageRejected if the file cannot be analyzed,
        for example because it has more than max_pixels. A part that fails is None in the analysis.
        """


class Drawer(Protocol):
    """The interface of `januslens.draw_views`."""

    def __call__(self, data: bytes, analysis: Analysis, *, max_pixels: int) -> Iterator[tuple[str, bytes]]:
        """Draw the views of an analyzed image file; yield the name and the PNG of each."""


class MetadataRemover(Protocol):
    """The interface of `januslens.without_metadata`."""

    def __call__(self, data: bytes) -> bytes:
        """Return an image file without its metadata. Raises ImageRejected if it is too damaged to find them."""


class AnalysesService(msgspec.Struct, frozen=True):
    """The use cases of analyses: analyzing uploads, and ending analyses that cannot be completed.

    lease is the maximum duration of an attempt, the timeout of its function. max_bytes and max_pixels limit the image.
    """

    images: ImagesTable
    objects: ObjectStore
    analyze: Analyzer
    draw_views: Drawer
    without_metadata: MetadataRemover
    audit: AuditRecorder
    clock: Clock
    lease: timedelta
    max_bytes: int
    max_pixels: int

    def upload_arrived(self, object_name: str, arrived_at: datetime) -> None:
        """Analyze an upload and store the result, or the reason why the image was rejected.

        arrived_at is the time at which S3 stored the object. Do nothing if the object is not an upload; only delete the
        upload if its image is finished or deleted. Views that cannot be drawn are left out. Raises AnalysisInProgress
        while another attempt holds the claim, and any exception that made the analysis fail, after releasing the claim;
        both mean that the notification must be delivered again.
        """
        key = self._queued_image(object_name, arrived_at)
        if key is None:
            return
        now = self.clock()
        claim = Claim(new_id(), now + self.lease)
        image = self.images.claim(key, claim, now)
        if image is None:
            self._discard_upload(key)
            return
        try:
            self._attempt(image, claim)
        except Exception:
            self.images.release(key, claim, self.clock())
            raise

    def give_up(self, object_name: str, arrived_at: datetime) -> None:
        """Record the failure of an analysis whose notification reached the retry limit.

        Do nothing if the object is not an upload; only delete the upload if its image is finished or deleted. Raises
        AnalysisInProgress while an attempt holds the claim.
        """
        key = self._queued_image(object_name, arrived_at)
        if key is None:
            return
        if not self._end(key, CRASHED):
            self._discard_upload(key)

    def end_stuck(self) -> None:
        """Record the failure of unfinished analyses of images that were created more than a day ago.

        Their notifications were lost. Their uploads are deleted; claimed images are left alone. At most MAX_STUCK
        analyses are ended.
        """
        for key in self.images.unfinished(first_id(self.clock() - STUCK_AFTER), MAX_STUCK):
            if self._end(key, LOST):
                self.objects.delete_upload(key)

    def _queued_image(self, object_name: str, arrived_at: datetime) -> ImageKey | None:
        """Record that an upload arrived, and return the key of its image; None if the object is not an upload."""
        key = key_of_upload(object_name)
        if key is None:
            log.warning("a notification names an object that is not an upload", extra={"object": object_name})
        elif self.images.queue(key, arrived_at, [self._event(AuditAction.IMAGE_UPLOADED, key)]):
            metrics.count("Uploads")
        return key

    def _discard_upload(self, key: ImageKey) -> None:
        """Delete the upload of an image that is finished or deleted. Raises AnalysisInProgress if it is neither."""
        image = self.images.get(key)
        if image is None:
            self.objects.delete_all(key)  # uploaded or analyzed after the image was deleted
        elif image.status in FINISHED:
            self.objects.delete_upload(key)  # uploaded a second time with the same form
        else:
            raise AnalysisInProgress(key.image_id)

    def _attempt(self, image: Image, claim: Claim) -> None:
        try:
            data = self._read(image)
            analysis = self.analyze(data, scale=image.scale, name=image.name, max_pixels=self.max_pixels)
            kept = self.without_metadata(data)
        except _Unanalyzable as reason:
            self._fail(image, claim, reason.failure)
        except ImageRejected as rejection:
            self._fail(image, claim, Failure(rejection.code, rejection.detail))
        else:
            self._finish(image, claim, data, kept, analysis)

    def _read(self, image: Image) -> bytes:
        try:
            data = self.objects.read_upload(image.key, self.max_bytes)
        except ObjectMissing as error:
            raise _Unanalyzable(UPLOAD_MISSING) from error
        except ObjectTooLarge as error:
            limit = f"{self.max_bytes / MEGABYTE:g} MB"
            raise _Unanalyzable(Failure("image_too_large", f"The file is larger than {limit}.")) from error
        if image.sha256 is not None and hashlib.sha256(data).hexdigest() != image.sha256:
            raise _Unanalyzable(CHECKSUM_MISMATCH)
        return data

    def _finish(self, image: Image, claim: Claim, data: bytes, kept: bytes, analysis: Analysis) -> None:
        """Store the result of an upload, data, and the file that is kept of it."""
        if analysis.accessibility is None and analysis.tokens is None:
            raise AnalysisBroken
        content_type = f"image/{analysis.image.format.lower()}"  # whatever was announced: it is served as what it is
        key, upload = image.key, UploadedFile(content_type, len(data), hashlib.sha256(data).hexdigest())
        self.objects.write_image(key, kept, content_type)
        self.objects.write_result(key, msgspec.json.encode(analysis.to_json()))
        views = self._store_views(key, claim, data, analysis)
        now, started = self.clock(), claim.expires_at - self.lease
        milliseconds = round((now - started).total_seconds() * 1000)
        event = self._event(AuditAction.IMAGE_ANALYZED, key, duration_ms=milliseconds)
        usage = completion_of(image, upload.size)
        if self.images.finish(key, claim, now, upload, _summarize(analysis), views, [event], usage):
            _record_metrics(analysis, milliseconds)
            self.objects.delete_upload(key)
        else:
            self._clean_up_if_deleted(key)

    def _store_views(self, key: ImageKey, claim: Claim, data: bytes, analysis: Analysis) -> tuple[str, ...]:
        """Draw and store the views of an image, and return the names of those stored; a failure is only logged."""
        stored: list[str] = []
        if claim.expires_at - self.clock() < TIME_FOR_VIEWS:
            log.warning("not enough time was left to draw the views of an image", extra={"image": key.image_id})
            return ()
        try:
            for view, png in self.draw_views(data, analysis, max_pixels=self.max_pixels):
                self.objects.write_view(key, view, png)
                stored.append(view)
        except Exception:
            log.exception("some views of an image could not be drawn or stored", extra={"image": key.image_id})
        return tuple(stored)

    def _fail(self, image: Image, claim: Claim, failure: Failure) -> None:
        key = image.key
        if self.images.fail(key, claim, self.clock(), failure, [self._failed(key, failure)], failure_of(image)):
            metrics.count("Analyses", outcome=failure.code)
            self.objects.delete_upload(key)
        else:
            self._clean_up_if_deleted(key)

    def _clean_up_if_deleted(self, key: ImageKey) -> None:
        """Delete the objects that an attempt without its claim has stored, if the image was deleted meanwhile."""
        if self.images.get(key) is None:
            self.objects.delete_all(key)

    def _end(self, key: ImageKey, failure: Failure) -> bool:
        """Record that no more attempts will be made; return False if the image is finished or claimed."""
        image = self.images.get(key)
        if image is None:
            return False
        ended = self.images.give_up(key, self.clock(), failure, [self._failed(key, failure)], failure_of(image))
        if ended:
            metrics.count("Analyses", outcome=failure.code)
        return ended

    def _failed(self, key: ImageKey, failure: Failure) -> AuditEvent:
        return self._event(AuditAction.IMAGE_FAILED, key, detail=failure.code)

    def _event(
        self, action: AuditAction, key: ImageKey, detail: str | None = None, duration_ms: int | None = None
    ) -> AuditEvent:
        return self.audit.event(
            action, actor_id=key.owner_id, subject_id=key.image_id, detail=detail, duration_ms=duration_ms
        )


class _Unanalyzable(Exception):
    """The upload cannot be analyzed, and another attempt would fail in the same way."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


def _record_metrics(analysis: Analysis, milliseconds: int) -> None:
    metrics.count("Analyses", outcome="analyzed" if not analysis.failures else "analyzed_in_part")
    metrics.record("Pixels", analysis.image.width * analysis.image.height, metrics.COUNT)
    phases = {phase: seconds * 1000 for phase, seconds in analysis.seconds.items()} | {"whole": milliseconds}
    for phase, duration in phases.items():
        metrics.record("PhaseDuration", duration, metrics.MILLISECONDS, phase=phase)


def _summarize(analysis: Analysis) -> ImageSummary:
    """Return the summary of an analysis, which is stored with the image."""
    report, tokens = analysis.accessibility, analysis.tokens
    return ImageSummary(
        width=analysis.image.width,
        height=analysis.image.height,
        outcomes=None if report is None else report.outcomes(),
        colors=None if tokens is None else len(tokens.colors),
    )
