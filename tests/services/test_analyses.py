"""What becomes of an upload when announcements repeat, come late or out of order, and attempts crash or are killed."""

import contextlib
import copy
import dataclasses
import hashlib
import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.model.ids import created_at, new_id
from chalicelib.model.images import Failure, Image, ImageKey, ImageNotFound, ImageStatus, ImageSummary, ImageUpload
from chalicelib.services.analyses import AnalysisBroken, AnalysisInProgress
from chalicelib.storage.object_store import upload_name
from januslens import FormatUnsupported, ImageCorrupt, ImageRejected, ImageTooLarge, MetadataUnreadable
from januslens.analysis.run import Analysis
from tests.conftest import LEASE, NOON, FakeAnalyzer, FakePainter, SettableClock, an_analysis
from tests.fakes.outside import StoredObject
from tests.fakes.wiring import FakeServices
from tests.services.conftest import Measured

Store = Callable[..., None]
Stored = Callable[[ImageKey], set[str]]
FINISHED = {"images", "results", "views"}
ANNOUNCED = NOON - timedelta(seconds=3)


class Crash(RuntimeError):
    """An attempt breaks down."""


class Killed(BaseException):
    """The function's time is over: nothing of it runs any more."""


@dataclasses.dataclass(frozen=True)
class Upload:
    """An image record and what happens to it."""

    services: FakeServices
    key: ImageKey

    def announce(self) -> None:
        self.services.analyses.upload_arrived(upload_name(self.key), ANNOUNCED)

    def announce_dead(self) -> None:
        self.services.analyses.give_up(upload_name(self.key), ANNOUNCED)

    @property
    def image(self) -> Image:
        return self.services.images.get(self.key)

    def status(self) -> ImageStatus:
        return self.image.status

    def delete(self) -> None:
        self.services.images.delete(self.key, "somebody")

    @property
    def audited(self) -> list[str]:
        self.services.audit.write()
        return self.services.adapters.audit_log.actions(self.key.owner_id)


def new_upload(services: FakeServices, sha256: str | None = None) -> Upload:
    image, _ = services.images.create(new_id(), new_id(), ImageUpload("a@2x.png", "image/png", 6, None, sha256))
    return Upload(services, image.key)


@pytest.fixture
def awaited(services: FakeServices) -> Upload:
    return new_upload(services)


@pytest.fixture
def upload(awaited: Upload, store: Store) -> Upload:
    """An image whose file has come, and not its announcement."""
    store(awaited.key)
    return awaited


def killed(upload: Upload, analyzer: FakeAnalyzer) -> None:
    def die() -> None:
        raise Killed

    analyzer.meanwhile = die
    with pytest.raises(Killed):
        upload.announce()
    analyzer.recover()


def raising_at(call: int, error: BaseException) -> Callable[[], None]:
    """Raise an error at one of several calls, and nothing at those before and after."""
    calls = itertools.count(1)

    def count() -> None:
        if next(calls) == call:
            raise error

    return count


def view_of(upload: Upload, services: FakeServices, view: str) -> bytes:
    name = f"views/{upload.key.owner_id}/{upload.key.image_id}/{view}.png"
    return services.adapters.objects.stored[name].data


def crashed(upload: Upload, analyzer: FakeAnalyzer) -> None:
    analyzer.fail(Crash())
    with pytest.raises(Crash):
        upload.announce()
    analyzer.recover()


def test_an_announced_upload_is_analyzed(upload: Upload, analyzer: FakeAnalyzer, stored: Stored) -> None:
    upload.announce()
    image = upload.image
    assert (image.status, image.failure, image.size) == (ImageStatus.ANALYZED, None, 6)
    assert image.summary == ImageSummary(780, 1688, {"passed": 0, "failed": 1, "cantTell": 0}, 1)
    assert analyzer.seen == [b"pixels"]
    assert stored(upload.key) == FINISHED
    assert upload.audited == ["image.created", "image.uploaded", "image.analyzed"]


def test_each_status_has_its_time(upload: Upload, clock: SettableClock, analyzer: FakeAnalyzer) -> None:
    clock.advance(timedelta(seconds=10))
    analyzer.meanwhile = lambda: clock.advance(timedelta(seconds=2))
    upload.announce()
    assert upload.image.times == {
        ImageStatus.AWAITING_UPLOAD: NOON,
        ImageStatus.QUEUED: ANNOUNCED,
        ImageStatus.ANALYZING: NOON + timedelta(seconds=10),
        ImageStatus.ANALYZED: NOON + timedelta(seconds=12),
    }


def test_the_image_that_is_kept_has_the_very_bytes_that_were_analyzed(
    upload: Upload, analyzer: FakeAnalyzer, store: Store, services: FakeServices
) -> None:
    analyzer.meanwhile = lambda: store(upload.key, b"another picture")  # by the same form, which is still valid
    upload.announce()
    name = f"images/{upload.key.owner_id}/{upload.key.image_id}"
    assert services.adapters.objects.stored[name] == StoredObject(b"pixels", "image/png")


def test_of_the_file_that_is_kept_the_metadata_are_cut(upload: Upload, services: FakeServices) -> None:
    """The analysis has seen the file as it was uploaded, whose size and digest the record has."""
    cutting = copy.replace(services.analyses, without_metadata=lambda data: data.removesuffix(b"els"))
    cutting.upload_arrived(upload_name(upload.key), ANNOUNCED)
    name = f"images/{upload.key.owner_id}/{upload.key.image_id}"
    assert services.adapters.objects.stored[name] == StoredObject(b"pix", "image/png")
    assert (upload.image.size, upload.image.sha256) == (6, hashlib.sha256(b"pixels").hexdigest())


def test_a_file_whose_metadata_cannot_be_found_fails_with_the_reason(
    upload: Upload, services: FakeServices, stored: Stored
) -> None:
    def refuse(data: bytes) -> bytes:
        raise MetadataUnreadable("Damaged.")

    copy.replace(services.analyses, without_metadata=refuse).upload_arrived(upload_name(upload.key), ANNOUNCED)
    assert upload.image.failure == Failure("metadata_unreadable", "Damaged.")
    assert stored(upload.key) == set()


def test_a_file_is_kept_as_what_it_is_whatever_was_announced(
    upload: Upload, analyzer: FakeAnalyzer, services: FakeServices
) -> None:
    found = analyzer.result
    analyzer.result = dataclasses.replace(found, image=dataclasses.replace(found.image, format="JPEG"))
    upload.announce()
    name = f"images/{upload.key.owner_id}/{upload.key.image_id}"
    assert services.adapters.objects.stored[name].content_type == "image/jpeg"
    assert upload.image.content_type == "image/jpeg"


def test_the_stored_result_is_the_native_form(upload: Upload, services: FakeServices) -> None:
    upload.announce()
    assert msgspec.json.decode(services.adapters.objects.read_result(upload.key)) == an_analysis().to_json()


def test_the_record_says_which_views_are_stored(upload: Upload, services: FakeServices) -> None:
    upload.announce()
    assert upload.image.views == ("protan", "overlay")
    assert view_of(upload, services, "protan") == b"protan of pixels"
    assert view_of(upload, services, "overlay") == b"overlay of pixels"


def test_views_that_cannot_be_drawn_lose_neither_the_result_nor_those_before(
    upload: Upload, painter: FakePainter, stored: Stored, caplog: pytest.LogCaptureFixture
) -> None:
    painter.names = ("protan", "deutan", "overlay")
    painter.meanwhile = raising_at(2, Crash())
    upload.announce()
    assert (upload.status(), upload.image.views) == (ImageStatus.ANALYZED, ("protan", "deutan"))
    assert stored(upload.key) == FINISHED
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is Crash


def test_a_view_that_cannot_be_stored_does_not_lose_the_result(
    upload: Upload, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise Crash

    monkeypatch.setattr(type(services.adapters.objects), "write_view", refuse)
    upload.announce()
    assert (upload.status(), upload.image.views) == (ImageStatus.ANALYZED, ())


def test_an_attempt_that_was_killed_while_it_drew_is_made_again(
    upload: Upload, painter: FakePainter, clock: SettableClock, services: FakeServices
) -> None:
    painter.meanwhile = raising_at(1, Killed())
    with pytest.raises(Killed):
        upload.announce()
    assert upload.status() is ImageStatus.ANALYZING
    clock.advance(LEASE)
    upload.announce()
    assert (upload.status(), upload.image.views) == (ImageStatus.ANALYZED, ("protan", "overlay"))


@pytest.mark.parametrize(("left", "views"), [(timedelta(seconds=15), 2), (timedelta(seconds=14), 0)])
def test_an_attempt_that_has_hardly_any_time_left_finishes_without_views(
    upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock, left: timedelta, views: int
) -> None:
    analyzer.meanwhile = lambda: clock.advance(LEASE - left)
    upload.announce()
    assert (upload.status(), len(upload.image.views)) == (ImageStatus.ANALYZED, views)


def test_nothing_stays_of_an_image_that_is_deleted_while_its_views_are_drawn(
    upload: Upload, painter: FakePainter, stored: Stored
) -> None:
    painter.meanwhile = upload.delete
    upload.announce()
    assert stored(upload.key) == set()


def test_nothing_stays_of_a_deleted_image_whose_attempt_was_killed_as_it_drew(
    upload: Upload, painter: FakePainter, stored: Stored
) -> None:
    def delete_and_die() -> None:
        upload.delete()
        painter.meanwhile = raising_at(1, Killed())

    painter.meanwhile = delete_and_die
    with pytest.raises(Killed):
        upload.announce()
    assert stored(upload.key) == {"views"}
    upload.announce()
    assert stored(upload.key) == set()


def test_a_repeated_announcement_does_nothing(upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock) -> None:
    upload.announce()
    before = upload.image
    clock.advance(timedelta(hours=1))
    upload.announce()
    assert upload.image == before
    assert len(analyzer.seen) == 1


def test_a_second_upload_by_the_same_form_changes_no_result(
    upload: Upload, analyzer: FakeAnalyzer, store: Store, stored: Stored
) -> None:
    upload.announce()
    before = upload.image
    store(upload.key, b"another picture")
    upload.announce()
    assert upload.image == before
    assert analyzer.seen == [b"pixels"]
    assert stored(upload.key) == FINISHED


def test_what_is_announced_after_its_deletion_is_deleted(
    upload: Upload, analyzer: FakeAnalyzer, store: Store, stored: Stored
) -> None:
    upload.delete()
    store(upload.key)
    upload.announce()
    assert analyzer.seen == []
    assert stored(upload.key) == set()


def test_nothing_stays_of_an_image_that_is_deleted_during_its_analysis(
    upload: Upload, analyzer: FakeAnalyzer, stored: Stored
) -> None:
    analyzer.meanwhile = upload.delete
    upload.announce()
    assert stored(upload.key) == set()
    with pytest.raises(ImageNotFound):
        upload.image  # noqa: B018  a property that raises
    assert "image.analyzed" not in upload.audited


def test_nothing_stays_of_an_image_that_is_deleted_while_it_is_rejected(
    upload: Upload, analyzer: FakeAnalyzer, stored: Stored
) -> None:
    def delete_and_reject() -> None:
        upload.delete()
        raise ImageCorrupt("The file is damaged.")

    analyzer.meanwhile = delete_and_reject
    upload.announce()
    assert stored(upload.key) == set()
    assert "image.failed" not in upload.audited


def test_a_crashed_attempt_is_queued_again_and_made_again(upload: Upload, analyzer: FakeAnalyzer) -> None:
    crashed(upload, analyzer)
    assert upload.status() is ImageStatus.QUEUED
    upload.announce()
    assert upload.status() is ImageStatus.ANALYZED


def test_a_live_claim_is_left_alone_and_its_announcement_comes_again(upload: Upload, analyzer: FakeAnalyzer) -> None:
    def announced_again() -> None:
        with pytest.raises(AnalysisInProgress):
            upload.announce()

    analyzer.meanwhile = announced_again
    upload.announce()
    assert upload.status() is ImageStatus.ANALYZED
    assert len(analyzer.seen) == 1


def test_a_killed_attempts_claim_holds_until_its_lease_ends(
    upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock
) -> None:
    killed(upload, analyzer)
    clock.advance(LEASE - timedelta(microseconds=1))
    with pytest.raises(AnalysisInProgress, match=upload.key.image_id):
        upload.announce()
    assert upload.status() is ImageStatus.ANALYZING
    clock.advance(timedelta(microseconds=1))
    upload.announce()
    assert upload.status() is ImageStatus.ANALYZED


def test_an_attempt_that_outlives_its_lease_gives_way(
    upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock, stored: Stored
) -> None:
    def taken_up_by_another() -> None:
        analyzer.recover()
        clock.advance(LEASE)
        upload.announce()

    analyzer.meanwhile = taken_up_by_another
    upload.announce()
    assert upload.status() is ImageStatus.ANALYZED
    assert stored(upload.key) == FINISHED
    assert upload.audited.count("image.analyzed") == 1


def test_an_attempt_that_crashes_after_its_lease_does_not_take_the_next_ones_claim(
    upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock
) -> None:
    def taken_up_by_another_before_the_crash() -> None:
        clock.advance(LEASE)
        killed(upload, analyzer)
        raise Crash

    analyzer.meanwhile = taken_up_by_another_before_the_crash
    with pytest.raises(Crash):
        upload.announce()
    assert upload.status() is ImageStatus.ANALYZING


def test_a_dead_letter_ends_an_image(upload: Upload, analyzer: FakeAnalyzer) -> None:
    for _ in range(3):
        crashed(upload, analyzer)
    upload.announce_dead()
    image = upload.image
    assert (image.status, image.failure and image.failure.code) == (ImageStatus.FAILED, "analysis_crashed")
    assert upload.audited[-1] == "image.failed"


def test_a_dead_letter_ends_an_image_of_which_nothing_was_heard_before(upload: Upload) -> None:
    upload.announce_dead()
    assert upload.status() is ImageStatus.FAILED


def test_a_dead_letter_waits_for_a_live_claim(upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock) -> None:
    killed(upload, analyzer)
    with pytest.raises(AnalysisInProgress):
        upload.announce_dead()
    assert upload.status() is ImageStatus.ANALYZING
    clock.advance(LEASE)
    upload.announce_dead()
    assert upload.status() is ImageStatus.FAILED


def test_a_dead_letter_changes_nothing_that_is_finished(upload: Upload) -> None:
    upload.announce()
    before = upload.image
    upload.announce_dead()
    assert upload.image == before


def test_a_failed_image_stays_failed(upload: Upload, analyzer: FakeAnalyzer) -> None:
    upload.announce_dead()
    before = upload.image
    upload.announce()
    assert upload.image == before
    assert analyzer.seen == []


def test_a_dead_letter_of_a_deleted_image_is_done(upload: Upload, store: Store, stored: Stored) -> None:
    upload.delete()
    store(upload.key)
    upload.services.adapters.objects.write_view(upload.key, "overlay", b"of an attempt that was killed")
    upload.announce_dead()
    assert stored(upload.key) == set()


@pytest.mark.parametrize(
    "rejection", [ImageCorrupt("Damaged."), ImageTooLarge("Too many pixels."), FormatUnsupported("No image.")]
)
def test_a_rejected_image_fails_at_once_with_the_reason(
    upload: Upload, analyzer: FakeAnalyzer, stored: Stored, rejection: ImageRejected
) -> None:
    analyzer.fail(rejection)
    upload.announce()
    image = upload.image
    assert (image.status, image.failure) == (ImageStatus.FAILED, Failure(rejection.code, rejection.detail))
    assert stored(upload.key) == set()
    assert upload.audited[-1] == "image.failed"


def test_another_file_than_was_announced_fails(services: FakeServices, analyzer: FakeAnalyzer, store: Store) -> None:
    upload = new_upload(services, sha256=hashlib.sha256(b"the file").hexdigest())
    store(upload.key, b"another")
    upload.announce()
    assert upload.image.failure is not None
    assert upload.image.failure.code == "checksum_mismatch"
    assert analyzer.seen == []


def test_the_file_that_was_announced_is_analyzed(services: FakeServices, store: Store) -> None:
    upload = new_upload(services, sha256=hashlib.sha256(b"the file").hexdigest())
    store(upload.key, b"the file")
    upload.announce()
    assert upload.status() is ImageStatus.ANALYZED


def test_a_file_that_is_gone_fails(awaited: Upload) -> None:
    awaited.announce()
    assert awaited.image.failure is not None
    assert awaited.image.failure.code == "upload_missing"


def test_too_large_a_file_fails_unread(
    services: FakeServices, awaited: Upload, analyzer: FakeAnalyzer, store: Store
) -> None:
    store(awaited.key, b"x" * 11)
    analyses = copy.replace(services.analyses, max_bytes=10)
    analyses.upload_arrived(upload_name(awaited.key), ANNOUNCED)
    assert awaited.image.failure is not None
    assert awaited.image.failure.code == "image_too_large"
    assert analyzer.seen == []


@pytest.mark.parametrize(
    ("missing", "summary"),
    [
        ("accessibility", ImageSummary(780, 1688, None, 1)),
        ("tokens", ImageSummary(780, 1688, {"passed": 0, "failed": 1, "cantTell": 0}, None)),
    ],
)
def test_one_part_that_failed_leaves_the_other(
    upload: Upload, analyzer: FakeAnalyzer, missing: str, summary: ImageSummary
) -> None:
    lost: dict[str, Any] = {missing: None, "failures": {missing: "analysis_crashed"}}
    analyzer.result = dataclasses.replace(an_analysis(), **lost)
    upload.announce()
    assert (upload.status(), upload.image.summary) == (ImageStatus.ANALYZED, summary)


def test_both_parts_that_failed_are_tried_again(upload: Upload, analyzer: FakeAnalyzer, stored: Stored) -> None:
    failures = {"accessibility": "analysis_crashed", "tokens": "analysis_crashed"}
    analyzer.result = dataclasses.replace(an_analysis(), accessibility=None, tokens=None, failures=failures)
    with pytest.raises(AnalysisBroken):
        upload.announce()
    assert upload.status() is ImageStatus.QUEUED
    assert stored(upload.key) == {"uploads"}


@pytest.mark.parametrize("name", ["results/a/b.json.gz", "uploads/only", "uploads/a/b/c", ""])
def test_what_is_no_upload_is_left_alone(services: FakeServices, analyzer: FakeAnalyzer, name: str) -> None:
    services.analyses.upload_arrived(name, NOON)
    services.analyses.give_up(name, NOON)
    assert analyzer.seen == []


STEPS = ("store", "announce", "crash", "kill", "announce dead", "lease over", "delete")


@given(st.lists(st.sampled_from(STEPS), max_size=12))
@settings(max_examples=30)
def test_whatever_happens_an_image_ends_and_keeps_what_belongs_to_it(
    services: FakeServices, analyzer: FakeAnalyzer, clock: SettableClock, store: Store, stored: Stored, steps: list[str]
) -> None:
    upload = new_upload(services)
    store(upload.key)

    def announce_to_fail(error: BaseException) -> None:
        analyzer.fail(error)
        upload.announce()

    happen = {
        "store": lambda: store(upload.key),
        "announce": upload.announce,
        "crash": lambda: announce_to_fail(Crash()),
        "kill": lambda: announce_to_fail(Killed()),
        "announce dead": upload.announce_dead,
        "lease over": lambda: clock.advance(LEASE),
        "delete": upload.delete,
    }
    for step in steps:
        with contextlib.suppress(Crash, Killed, AnalysisInProgress):
            happen[step]()
        analyzer.recover()

    clock.advance(LEASE)
    upload.announce()  # each upload is announced once more than it was handled: SQS delivers at least once

    if "delete" in steps:
        assert stored(upload.key) == set()
    elif upload.status() is ImageStatus.ANALYZED:
        assert stored(upload.key) == FINISHED
    else:
        assert upload.status() is ImageStatus.FAILED
        assert stored(upload.key) == set()


def test_a_finished_analysis_is_measured(
    upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock, measured: Callable[[], list[Measured]]
) -> None:
    analyzer.result = dataclasses.replace(an_analysis(), seconds={"decoding": 0.25, "text": 1.5})
    analyzer.meanwhile = lambda: clock.advance(timedelta(seconds=2))
    upload.announce()
    assert measured() == [
        ("Uploads", 1, "Count", {}),
        ("Analyses", 1, "Count", {"outcome": "analyzed"}),
        ("Pixels", 780 * 1688, "Count", {}),
        ("PhaseDuration", 250, "Milliseconds", {"phase": "decoding"}),
        ("PhaseDuration", 1500, "Milliseconds", {"phase": "text"}),
        ("PhaseDuration", 2000, "Milliseconds", {"phase": "whole"}),
    ]


def test_an_analysis_of_which_a_part_failed_is_counted_apart(
    upload: Upload, analyzer: FakeAnalyzer, measured: Callable[[], list[Measured]]
) -> None:
    analyzer.result = dataclasses.replace(an_analysis(), tokens=None, failures={"tokens": "analysis_crashed"})
    upload.announce()
    assert ("Analyses", 1, "Count", {"outcome": "analyzed_in_part"}) in measured()


@pytest.mark.parametrize("code", ["image_corrupt", "analysis_crashed"])
def test_a_failure_is_counted_by_its_code(
    upload: Upload, analyzer: FakeAnalyzer, measured: Callable[[], list[Measured]], code: str
) -> None:
    if code == "image_corrupt":
        analyzer.fail(ImageCorrupt("Damaged."))
        upload.announce()
    else:
        upload.announce_dead()
    assert measured()[-1] == ("Analyses", 1, "Count", {"outcome": code})


def test_an_analysis_is_audited_with_its_duration(
    upload: Upload, analyzer: FakeAnalyzer, clock: SettableClock, services: FakeServices
) -> None:
    analyzer.meanwhile = lambda: clock.advance(timedelta(milliseconds=1234))
    upload.announce()
    services.audit.write()
    (event,) = [each for each in services.adapters.audit_log.events.values() if each.action == "image.analyzed"]
    assert (event.duration_ms, event.actor_id, event.subject_id) == (1234, upload.key.owner_id, upload.key.image_id)


def test_a_failure_is_audited_with_its_code(upload: Upload, services: FakeServices) -> None:
    upload.announce_dead()
    services.audit.write()
    (event,) = [each for each in services.adapters.audit_log.events.values() if each.action == "image.failed"]
    assert (event.detail, event.actor_id, event.subject_id) == (
        "analysis_crashed",
        upload.key.owner_id,
        upload.key.image_id,
    )


def test_the_stored_size_is_that_of_the_file(awaited: Upload, store: Store) -> None:
    store(awaited.key, b"more than was announced")
    awaited.announce()
    assert awaited.image.size == 23


def test_an_upload_of_the_maximum_size_is_analyzed(services: FakeServices, awaited: Upload, store: Store) -> None:
    store(awaited.key, b"x" * 10)
    copy.replace(services.analyses, max_bytes=10).upload_arrived(upload_name(awaited.key), ANNOUNCED)
    assert awaited.status() is ImageStatus.ANALYZED


def test_too_large_a_file_is_told_the_limit(services: FakeServices, awaited: Upload, store: Store) -> None:
    store(awaited.key, b"x" * 1_500_001)
    copy.replace(services.analyses, max_bytes=1_500_000).upload_arrived(upload_name(awaited.key), ANNOUNCED)
    assert awaited.image.failure is not None
    assert "1.5 MB" in awaited.image.failure.detail


@pytest.mark.parametrize("end", ["analyzed", "rejected", "given up"])
def test_a_finished_image_is_not_unfinished(
    upload: Upload, services: FakeServices, analyzer: FakeAnalyzer, end: str
) -> None:
    if end == "rejected":
        analyzer.fail(ImageCorrupt("Damaged."))
    (upload.announce_dead if end == "given up" else upload.announce)()
    assert services.adapters.images.unfinished_keys == set()


def age(services: FakeServices, upload: Upload, clock: SettableClock) -> None:
    """Let a day pass since the id of an image was made, which has the machine's time."""
    clock.now = created_at(upload.key.image_id) + timedelta(days=1)


class TestStuckAnalyses:
    def test_an_image_is_stuck_a_day_after_its_upload(
        self, upload: Upload, analyzer: FakeAnalyzer, services: FakeServices, clock: SettableClock, stored: Stored
    ) -> None:
        crashed(upload, analyzer)
        age(services, upload, clock)
        services.analyses.end_stuck()
        assert upload.status() is ImageStatus.QUEUED
        clock.advance(timedelta(milliseconds=1))
        services.analyses.end_stuck()
        assert upload.image.failure is not None
        assert (upload.status(), upload.image.failure.code) == (ImageStatus.FAILED, "analysis_lost")
        assert stored(upload.key) == set()
        assert upload.audited[-1] == "image.failed"

    def test_an_attempt_that_holds_its_claim_is_left_alone(
        self, upload: Upload, analyzer: FakeAnalyzer, services: FakeServices, clock: SettableClock, stored: Stored
    ) -> None:
        age(services, upload, clock)
        clock.advance(timedelta(seconds=1))
        killed(upload, analyzer)
        services.analyses.end_stuck()
        assert (upload.status(), stored(upload.key)) == (ImageStatus.ANALYZING, {"uploads"})

    def test_an_image_that_awaits_its_upload_is_not_stuck(
        self, awaited: Upload, services: FakeServices, clock: SettableClock
    ) -> None:
        age(services, awaited, clock)
        clock.advance(timedelta(days=9))
        services.analyses.end_stuck()
        assert awaited.status() is ImageStatus.AWAITING_UPLOAD

    def test_up_to_five_hundred_are_ended_at_once(self, services: FakeServices, clock: SettableClock) -> None:
        uploads = [new_upload(services) for _ in range(501)]
        for upload in uploads:
            services.adapters.images.queue(upload.key, NOON)
        age(services, uploads[-1], clock)
        clock.advance(timedelta(seconds=1))
        services.analyses.end_stuck()
        assert [upload.status() for upload in uploads].count(ImageStatus.FAILED) == 500


def test_the_analyzer_is_given_the_scale_the_name_and_the_limit(
    services: FakeServices, store: Store, analyzer: FakeAnalyzer
) -> None:
    given: list[object] = []

    def analyze(data: bytes, *, scale: float | None, name: str, max_pixels: int) -> Analysis:
        given.extend((data, scale, name, max_pixels))
        return an_analysis()

    image, _ = services.images.create(new_id(), "by", ImageUpload("a@2x.png", "image/png", 6, 1.5, None))
    store(image.key)
    copy.replace(services.analyses, analyze=analyze).upload_arrived(upload_name(image.key), ANNOUNCED)
    assert given == [b"pixels", 1.5, "a@2x.png", 40_000_000]
