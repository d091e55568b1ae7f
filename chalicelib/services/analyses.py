"""Analyses: from an uploaded object to a stored result.

Announcements of uploads may come twice, late and out of order, and a function may die at any point. So each step is a
conditional write that a second attempt finds done, and an image is analyzed by whoever holds its claim:

    awaiting_upload -> queued -> analyzing -> analyzed | failed

An attempt that raises gives its claim back; the claim of one that was killed expires. Either way the announcement comes
again, until the queue puts it with its dead letters and `give_up` ends it.
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
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImageStatus, ImageSummary
from chalicelib.model.objects import ObjectMissing, ObjectTooLarge
from chalicelib.storage.object_store import ObjectStore, key_of_upload
from januslens import ImageRejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from chalicelib.model.clock import Clock
    from chalicelib.services.audit import AuditRecorder
    from chalicelib.storage.tables.images import ImagesTable
    from januslens.analysis.run import Analysis

log = logging.getLogger(__name__)

MEGABYTE: Final = 1_000_000
TIME_FOR_VIEWS: Final = timedelta(seconds=15)  # five for the largest photograph on one core, and storing 54 MB
FINISHED: Final = frozenset({ImageStatus.ANALYZED, ImageStatus.FAILED})
CRASHED: Final = Failure(
    "analysis_crashed",
    "The analysis broke down each time that it was tried. Nothing is wrong with how you uploaded it.",
)
CHECKSUM_MISMATCH: Final = Failure(
    "checksum_mismatch", "The file that arrived isn't the one whose SHA-256 was announced. Upload it again."
)
UPLOAD_MISSING: Final = Failure("upload_missing", "The file was gone before it could be analyzed. Upload it again.")

LOST: Final = Failure("analysis_lost", "The analysis didn't happen within a day. Upload the image again.")
STUCK_AFTER: Final = timedelta(days=1)  # a queue that is a day behind has its alarm; the upload itself is kept as long
MAX_STUCK: Final = 500  # per run, the others an hour later: each takes some hundredths of a second


class AnalysisInProgress(Exception):
    """Another attempt holds the claim; the announcement must come again after it has expired."""


class AnalysisBroken(Exception):
    """Every part of an analysis failed."""


class Analyzer(Protocol):
    """What `vision.analyze` does."""

    def __call__(self, data: bytes, *, scale: float | None, name: str, max_pixels: int) -> Analysis:
        """Analyze an image file. Raises ImageRejected."""


class Drawer(Protocol):
    """What `vision.draw_views` does."""

    def __call__(self, data: bytes, analysis: Analysis, *, max_pixels: int) -> Iterator[tuple[str, bytes]]:
        """Draw the views of an image file: names and PNGs."""


class AnalysesService(msgspec.Struct, frozen=True):
    """The use cases of analyses. lease is how long an attempt may take: its function's timeout."""

    images: ImagesTable
    objects: ObjectStore
    analyze: Analyzer
    draw_views: Drawer
    audit: AuditRecorder
    clock: Clock
    lease: timedelta
    max_bytes: int
    max_pixels: int

    def upload_arrived(self, object_name: str, at: datetime) -> None:
        """Analyze what was uploaded, unless that is done.

        Raises AnalysisInProgress, and whatever broke the analysis.
        """
        key = self._awaited(object_name, at)
        if key is None:
            return
        now = self.clock()
        claim = Claim(new_id(), now + self.lease)
        image = self.images.claim(key, claim, now)
        if image is None:
            self._leave(key)
            return
        try:
            self._attempt(image, claim)
        except Exception:
            self.images.release(key, claim, self.clock())
            raise

    def give_up(self, object_name: str, at: datetime) -> None:
        """Note that an upload was tried too often. Raises AnalysisInProgress while an attempt still holds its claim."""
        key = self._awaited(object_name, at)
        if key is None:
            return
        if not self._end(key, CRASHED):
            self._leave(key)

    def end_stuck(self) -> None:
        """End the analyses that nobody is at, long after their uploads: their announcements must have been lost."""
        for key in self.images.unfinished(first_id(self.clock() - STUCK_AFTER), MAX_STUCK):
            if self._end(key, LOST):
                self.objects.delete_upload(key)

    def _awaited(self, object_name: str, at: datetime) -> ImageKey | None:
        """Return the image that an object was uploaded for, and note that it came; None if it is no upload."""
        key = key_of_upload(object_name)
        if key is None:
            log.warning("an object that is no upload was announced", extra={"object": object_name})
        elif self.images.queue(key, at):
            metrics.count("Uploads")
            self.audit.record(AuditAction.IMAGE_UPLOADED, actor_id=key.owner_id, subject_id=key.image_id)
        return key

    def _leave(self, key: ImageKey) -> None:
        """Leave an image that is finished or deleted. Raises AnalysisInProgress if it is neither."""
        image = self.images.get(key)
        if image is None:
            self.objects.delete_all(key)  # it came after the image was deleted, or an attempt was killed after that
        elif image.status in FINISHED:
            self.objects.delete_upload(key)  # it came by a form that was used before
        else:
            raise AnalysisInProgress(key.image_id)

    def _attempt(self, image: Image, claim: Claim) -> None:
        try:
            data = self._read(image)
            analysis = self.analyze(data, scale=image.scale, name=image.name, max_pixels=self.max_pixels)
        except _Unanalyzable as reason:
            self._fail(image.key, claim, reason.failure)
        except ImageRejected as rejection:
            self._fail(image.key, claim, Failure(rejection.code, rejection.detail))
        else:
            self._finish(image, claim, data, analysis)

    def _read(self, image: Image) -> bytes:
        try:
            data = self.objects.read_upload(image.key, self.max_bytes)
        except ObjectMissing as error:
            raise _Unanalyzable(UPLOAD_MISSING) from error
        except ObjectTooLarge as error:
            limit = f"{self.max_bytes / MEGABYTE:g} MB"
            raise _Unanalyzable(Failure("image_too_large", f"The file has more than {limit}.")) from error
        if image.sha256 is not None and hashlib.sha256(data).hexdigest() != image.sha256:
            raise _Unanalyzable(CHECKSUM_MISMATCH)
        return data

    def _finish(self, image: Image, claim: Claim, data: bytes, analysis: Analysis) -> None:
        if analysis.accessibility is None and analysis.tokens is None:
            raise AnalysisBroken
        key = image.key
        self.objects.write_image(key, data, image.content_type)
        self.objects.write_result(key, msgspec.json.encode(analysis.to_json()))
        views = self._store_views(key, claim, data, analysis)
        if self.images.finish(key, claim, self.clock(), len(data), summarize(analysis), views):
            begun = claim.expires_at - self.lease
            milliseconds = round((self.clock() - begun).total_seconds() * 1000)
            self.audit.record(
                AuditAction.IMAGE_ANALYZED, actor_id=key.owner_id, subject_id=key.image_id, duration_ms=milliseconds
            )
            _measure(analysis, milliseconds)
            self.objects.delete_upload(key)
        else:
            self._give_way(key)

    def _store_views(self, key: ImageKey, claim: Claim, data: bytes, analysis: Analysis) -> tuple[str, ...]:
        """Draw and store the picture's views, and return which there are now; no failure of theirs is the result's."""
        stored: list[str] = []
        if claim.expires_at - self.clock() < TIME_FOR_VIEWS:
            log.warning("no time was left for the views of an image", extra={"image": key.image_id})
            return ()
        try:
            for view, png in self.draw_views(data, analysis, max_pixels=self.max_pixels):
                self.objects.write_view(key, view, png)
                stored.append(view)
        except Exception:
            log.exception("the views of an image could not all be made", extra={"image": key.image_id})
        return tuple(stored)

    def _fail(self, key: ImageKey, claim: Claim, failure: Failure) -> None:
        if self.images.fail(key, claim, self.clock(), failure):
            self._note_failure(key, failure)
            self.objects.delete_upload(key)
        else:
            self._give_way(key)

    def _give_way(self, key: ImageKey) -> None:
        """Leave an image whose claim was lost: to the next attempt, or to nobody if it was deleted meanwhile."""
        if self.images.get(key) is None:
            self.objects.delete_all(key)

    def _end(self, key: ImageKey, failure: Failure) -> bool:
        """Note that no more attempts will be made; False if the image is finished or someone is at it."""
        ended = self.images.give_up(key, self.clock(), failure)
        if ended:
            self._note_failure(key, failure)
        return ended

    def _note_failure(self, key: ImageKey, failure: Failure) -> None:
        metrics.count("Analyses", outcome=failure.code)
        self.audit.record(AuditAction.IMAGE_FAILED, actor_id=key.owner_id, subject_id=key.image_id, detail=failure.code)


class _Unanalyzable(Exception):
    """The upload can't be analyzed, and a second attempt would end the same way."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


def _measure(analysis: Analysis, milliseconds: int) -> None:
    metrics.count("Analyses", outcome="analyzed" if not analysis.failures else "analyzed_in_part")
    metrics.record("Pixels", analysis.image.width * analysis.image.height, metrics.COUNT)
    phases = {phase: seconds * 1000 for phase, seconds in analysis.seconds.items()} | {"whole": milliseconds}
    for phase, duration in phases.items():
        metrics.record("PhaseDuration", duration, metrics.MILLISECONDS, phase=phase)


def summarize(analysis: Analysis) -> ImageSummary:
    """Return the short form of an analysis, which the image's record holds."""
    report, tokens = analysis.accessibility, analysis.tokens
    return ImageSummary(
        width=analysis.image.width,
        height=analysis.image.height,
        outcomes=None if report is None else report.outcomes(),
        colors=None if tokens is None else len(tokens.colors),
    )
