from collections.abc import Callable, Sequence
from copy import replace
from datetime import timedelta

import msgspec
import pytest

from chalicelib.model.audit import AuditEvent
from chalicelib.model.errors import InvalidField
from chalicelib.model.ids import new_id
from chalicelib.model.images import (
    AlreadyUploaded,
    AnalysisFailed,
    Failure,
    Image,
    ImageKey,
    ImageNotFound,
    ImageStatus,
    ImageUpload,
    NotAnalyzed,
)
from chalicelib.model.objects import DeletionFailed
from chalicelib.model.usage import UsageChange
from chalicelib.services.images import CONTENT_TYPES, ImagesService
from chalicelib.storage.object_store import upload_name
from januslens import ImageCorrupt
from januslens.exports.format import Format
from januslens.exports.reports.subject import Subject
from tests.conftest import NOON, FakeAnalyzer, SettableClock, an_analysis
from tests.fakes.images import FakeImages
from tests.fakes.wiring import FakeServices

NEW = ImageUpload("a.png", "image/png", 6, 2.0, "0" * 64)


@pytest.fixture
def images(services: FakeServices) -> ImagesService:
    return services.images


def audited(services: FakeServices, owner_id: str) -> list[str]:
    services.audit.write()
    return services.adapters.audit_log.actions(owner_id)


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_new_image_awaits_an_upload_of_its_type(images: ImagesService, content_type: str) -> None:
    owner = new_id()
    image, form = images.create(owner, "somebody", ImageUpload("a", content_type, 6, None, None))
    assert images.get(image.key) == image
    assert (image.status, image.times) == (ImageStatus.AWAITING_UPLOAD, {ImageStatus.AWAITING_UPLOAD: NOON})
    assert (form.fields["key"], form.fields["Content-Type"]) == (upload_name(image.key), content_type)
    assert form.expires_at == NOON + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("written", "content_type"),
    [
        ("image/PNG", "image/png"),
        ("IMAGE/WebP", "image/webp"),
        ("image/jpg", "image/jpeg"),
        ("Image/JPG", "image/jpeg"),
    ],
)
def test_a_content_type_may_have_capitals_and_another_name(
    images: ImagesService, written: str, content_type: str
) -> None:
    image, form = images.create(new_id(), "somebody", ImageUpload("a", written, 6, None, None))
    assert image.content_type == form.fields["Content-Type"] == content_type


def test_a_digest_in_capitals_is_the_same(images: ImagesService) -> None:
    image, _ = images.create(new_id(), "somebody", ImageUpload("a", "image/png", 6, None, "AB" * 32))
    assert image.sha256 == "ab" * 32


@pytest.mark.parametrize("content_type", ["", "jpg", "image/svg+xml", "image/png; charset=x", "text/html"])
def test_other_types_are_refused(images: ImagesService, content_type: str) -> None:
    with pytest.raises(InvalidField, match="content_type"):
        images.create(new_id(), "somebody", ImageUpload("a", content_type, 6, None, None))


def test_a_file_may_have_twenty_megabytes_and_not_a_byte_more(images: ImagesService) -> None:
    images.create(new_id(), "somebody", ImageUpload("a", "image/png", 20_000_000, None, None))
    with pytest.raises(InvalidField, match=r"size must be at most 20000000 bytes \(20 MB\)"):
        images.create(new_id(), "somebody", ImageUpload("a", "image/png", 20_000_001, None, None))


def test_an_image_is_shown_once_it_is_analyzed(services: FakeServices, store: Callable[..., None]) -> None:
    image, _ = services.images.create(new_id(), "somebody", ImageUpload("a", "image/png", 6, None, None))
    store(image.key)
    assert services.images.image_url(image) is None
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    assert services.images.image_url(services.images.get(image.key)) is not None


def test_what_is_deleted_is_gone_with_all_its_objects(
    services: FakeServices, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    images, owner = services.images, new_id()
    image, _ = images.create(owner, "somebody", ImageUpload("a", "image/png", 6, None, None))
    store(image.key)
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    images.delete(image.key, "somebody")
    images.delete(image.key, "somebody")
    assert stored(image.key) == set()
    with pytest.raises(ImageNotFound):
        images.get(image.key)
    assert audited(services, owner).count("image.deleted") == 1


def test_a_deletion_that_fails_leaves_the_record_to_try_again_with(
    images: ImagesService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object, key: ImageKey) -> None:
        raise DeletionFailed

    image, _ = images.create(new_id(), "somebody", NEW)
    with monkeypatch.context() as refusing:
        refusing.setattr(type(images.objects), "delete_all", refuse)
        with pytest.raises(DeletionFailed):
            images.delete(image.key, "somebody")
    assert images.get(image.key) == image
    images.delete(image.key, "somebody")


@pytest.mark.parametrize("image_id", ["", "x", "../..", "0" * 2000, "\0", "é", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_id_names_nothing(images: ImagesService, services: FakeServices, image_id: str) -> None:
    key = ImageKey(new_id(), image_id)
    with pytest.raises(ImageNotFound):
        images.get(key)
    images.delete(key, "somebody")
    assert audited(services, key.owner_id) == []


def test_deleting_somebody_elses_image_deletes_nothing(
    images: ImagesService, store: Callable[..., None], stored: Callable[[ImageKey], set[str]]
) -> None:
    image, _ = images.create(new_id(), "somebody", NEW)
    store(image.key)
    images.delete(ImageKey(new_id(), image.key.image_id), "somebody")
    assert images.get(image.key) == image
    assert stored(image.key) == {"uploads"}


def test_a_new_image_has_no_objects(images: ImagesService, services: FakeServices) -> None:
    images.create(new_id(), "somebody", NEW)
    assert services.adapters.objects.stored == {}


def analyzed(services: FakeServices, owner: str | None = None) -> Image:
    image, _ = services.images.create(owner or new_id(), "somebody", ImageUpload("a", "image/png", 6, None, None))
    services.adapters.objects.upload(image.key)
    services.analyses.upload_arrived(upload_name(image.key), NOON)
    return services.images.get(image.key)


def test_creating_and_deleting_are_audited_in_the_log_of_the_owner(services: FakeServices) -> None:
    image, _ = services.images.create("project", "user", NEW)
    services.images.delete(image.key, "another user")
    services.audit.write()
    events = services.adapters.audit_log.events.values()
    assert [(event.action, event.actor_id, event.user_id, event.subject_id) for event in events] == [
        ("image.created", "user", "project", image.key.image_id),
        ("image.deleted", "another user", "project", image.key.image_id),
    ]


def test_what_is_stored_while_an_image_is_deleted_is_deleted_too(
    services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    image, delete = analyzed(services), type(services.adapters.images).delete

    def store_meanwhile(images: FakeImages, image: Image, events: Sequence[AuditEvent], usage: UsageChange) -> bool:
        services.adapters.objects.write_result(image.key, b"{}")
        return delete(images, image, events, usage)

    monkeypatch.setattr(type(services.adapters.images), "delete", store_meanwhile)
    services.images.delete(image.key, "somebody")
    assert services.adapters.objects.stored == {}


def test_an_image_expires_a_day_after_it_was_created_without_an_upload(services: FakeServices) -> None:
    image, _ = services.images.create(new_id(), "somebody", NEW)
    assert services.adapters.images.abandoned_at == {image.key: NOON + timedelta(days=1)}


def test_a_name_is_stored_composed(images: ImagesService) -> None:
    image, _ = images.create(new_id(), "somebody", ImageUpload("e\u0301.png", "image/png", 6, None, None))
    assert image.name == "\u00e9.png"


def test_an_image_keeps_what_was_announced(images: ImagesService) -> None:
    image, _ = images.create(new_id(), "somebody", NEW)
    assert (image.content_type, image.size, image.scale, image.sha256) == ("image/png", 6, 2.0, "0" * 64)


def test_views_have_urls_once_the_image_is_analyzed(services: FakeServices) -> None:
    waiting, _ = services.images.create(new_id(), "somebody", NEW)
    assert services.images.view_urls(waiting) is None
    image = analyzed(services)
    urls = services.images.view_urls(image)
    assert urls is not None
    assert list(urls) == ["protan", "overlay"]
    name = f"views/{image.key.owner_id}/{image.key.image_id}/overlay.png"
    assert urls["overlay"].url == f"https://bucket.example/{name}?signed"


def test_images_are_named_in_order_once_each(services: FakeServices) -> None:
    first, second = (analyzed(services, "owner") for _ in range(2))
    ids = [second.key.image_id, first.key.image_id, second.key.image_id]
    assert services.images.named("owner", ids) == [second, first]
    assert services.images.newest("owner") == [second, first]


@pytest.mark.parametrize("absent", ["no id", "0198c8d2-6c0d-7c3a-9a50-6f1f4b0c2d3e"])
def test_an_image_that_is_absent_is_named_in_the_error(services: FakeServices, absent: str) -> None:
    image = analyzed(services, "owner")
    with pytest.raises(ImageNotFound) as caught:
        services.images.named("owner", [image.key.image_id, absent])
    assert caught.value.image_id == absent


def test_the_report_is_returned_with_the_facts_on_the_image(services: FakeServices) -> None:
    report = services.images.accessibility(analyzed(services).key)
    assert {"image", "checks"} <= set(report)
    assert msgspec.json.decode(report["image"])["width"] == 780


def test_a_result_is_not_there_before_its_analysis(services: FakeServices) -> None:
    image, _ = services.images.create(new_id(), "somebody", NEW)
    for read in (services.images.accessibility, services.images.tokens):
        with pytest.raises(NotAnalyzed) as caught:
            read(image.key)
        assert (caught.value.image_id, caught.value.status) == (image.key.image_id, "awaiting_upload")


def test_a_failed_analysis_says_why(services: FakeServices, analyzer: FakeAnalyzer) -> None:
    analyzer.fail(ImageCorrupt("Damaged."))
    image = analyzed(services)
    with pytest.raises(AnalysisFailed) as caught:
        services.images.tokens(image.key)
    assert caught.value.failure == Failure("image_corrupt", "Damaged.")


@pytest.mark.parametrize("failed", ["accessibility", "tokens"])
def test_a_part_that_failed_says_why_and_leaves_the_other(
    services: FakeServices, analyzer: FakeAnalyzer, failed: str
) -> None:
    failures = {failed: "analysis_crashed"}
    if failed == "tokens":
        analyzer.result = replace(an_analysis(), tokens=None, failures=failures)
    else:
        analyzer.result = replace(an_analysis(), accessibility=None, failures=failures)
    image = analyzed(services)
    parts = dict(zip(("accessibility", "tokens"), services.images.parts_of(image), strict=True))
    assert [part for part, found in parts.items() if found is None] == [failed]
    read = {"accessibility": services.images.accessibility, "tokens": services.images.tokens}
    with pytest.raises(AnalysisFailed) as caught:
        read.pop(failed)(image.key)
    assert caught.value.failure.code == "analysis_crashed"
    assert read.popitem()[1](image.key)


def recording(embeds_image: bool) -> tuple[Format[Subject], list[Subject]]:
    """Return a format, and the list of what it was given to write."""
    subjects: list[Subject] = []

    class Recording(Format[Subject]):
        def write(self, source: Subject) -> str:
            subjects.append(source)
            return "written"

    return Recording("test", "text/plain", "txt", "none", embeds_image=embeds_image), subjects


@pytest.mark.parametrize(("embeds_image", "embedded"), [(True, b"pixels"), (False, None)])
def test_a_report_has_the_image_if_its_format_shows_it(
    services: FakeServices, embeds_image: bool, embedded: bytes | None
) -> None:
    format_, subjects = recording(embeds_image)
    assert services.images.report(analyzed(services).key, format_) == "written"
    (subject,) = subjects
    assert (subject.name, subject.at, subject.file) == ("a", NOON, embedded)
    assert subject.image.width == 780
    assert len(subject.report.checks) == 1


@pytest.mark.parametrize(("size", "embedded"), [(3_000_000, True), (3_000_001, False)])
def test_a_large_image_is_not_embedded(services: FakeServices, size: int, embedded: bool) -> None:
    image = analyzed(services)
    services.adapters.objects.write_image(image.key, b"x" * size, "image/png")
    format_, subjects = recording(embeds_image=True)
    services.images.report(image.key, format_)
    assert (subjects[0].file is not None) is embedded


def test_an_image_that_is_gone_is_not_embedded(services: FakeServices) -> None:
    image = analyzed(services)
    del services.adapters.objects.stored[f"images/{image.key.owner_id}/{image.key.image_id}"]
    format_, subjects = recording(embeds_image=True)
    services.images.report(image.key, format_)
    assert subjects[0].file is None


def test_only_an_image_that_awaits_its_upload_gets_another_form(services: FakeServices, clock: SettableClock) -> None:
    image, first = services.images.create(new_id(), "somebody", NEW)
    clock.advance(timedelta(minutes=6))
    found, second = services.images.awaiting(image.key)
    assert (found, second.fields["key"]) == (image, first.fields["key"])
    assert second.expires_at == first.expires_at + timedelta(minutes=6)
    services.adapters.images.queue(image.key, NOON)
    with pytest.raises(AlreadyUploaded) as caught:
        services.images.awaiting(image.key)
    assert (caught.value.image_id, caught.value.status) == (image.id, ImageStatus.QUEUED)
    services.images.delete(image.key, "somebody")
    with pytest.raises(ImageNotFound):
        services.images.awaiting(image.key)
