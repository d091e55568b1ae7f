"""Which changes of an image's status win, from each status."""

from collections.abc import Callable
from copy import replace
from datetime import timedelta

import pytest

from chalicelib.model.ids import new_id
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImageStatus, ImageSummary, UploadedFile
from chalicelib.storage.tables.images import ImageItem, ImagesTable
from chalicelib.wiring import Services
from tests.conftest import LEASE, NOON

FAILURE = Failure("image_corrupt", "The file is damaged.")
SUMMARY = ImageSummary(780, 1688, {"passed": 10, "failed": 2, "cantTell": 1}, 12)
UPLOADED = UploadedFile("image/jpeg", 7, "1" * 64)
VIEWS = ("protan", "overlay")
OURS = Claim("ours", NOON + LEASE)
THEIRS = Claim("theirs", NOON + LEASE)
ANOTHER = Claim("another", NOON + LEASE)

Change = Callable[[ImagesTable, ImageKey], object]
CHANGES: dict[str, Change] = {
    "queue": lambda images, key: images.queue(key, NOON),
    "claim": lambda images, key: images.claim(key, ANOTHER, NOON),
    "release": lambda images, key: images.release(key, OURS, NOON),
    "finish": lambda images, key: images.finish(key, OURS, NOON, UPLOADED, SUMMARY, VIEWS),
    "fail": lambda images, key: images.fail(key, OURS, NOON, FAILURE),
    "give up": lambda images, key: images.give_up(key, NOON, FAILURE),
}
CLAIM: Change = lambda images, key: images.claim(key, OURS, NOON)  # noqa: E731 - as the others
WAYS: dict[str, list[Change]] = {
    "awaiting upload": [],
    "queued": [CHANGES["queue"]],
    "analyzing, ours": [CHANGES["queue"], CLAIM],
    "analyzing, theirs": [CHANGES["queue"], lambda images, key: images.claim(key, THEIRS, NOON)],
    "analyzing, theirs expired": [
        CHANGES["queue"],
        lambda images, key: images.claim(key, Claim("theirs", NOON), NOON - LEASE),
    ],
    "analyzed": [CHANGES["queue"], CLAIM, CHANGES["finish"]],
    "failed": [CHANGES["queue"], CLAIM, CHANGES["fail"]],
}
WINNING = {
    "awaiting upload": {"queue"},
    "queued": {"claim", "give up"},
    "analyzing, ours": {"release", "finish", "fail"},
    "analyzing, theirs": set[str](),
    "analyzing, theirs expired": {"claim", "give up"},
    "analyzed": set[str](),
    "failed": set[str](),
}


@pytest.fixture
def images(services: Services) -> ImagesTable:
    return services.adapters.images


@pytest.fixture
def image(images: ImagesTable) -> Image:
    new = Image(
        ImageKey(new_id(), new_id()),
        "a.png",
        "image/png",
        5,
        1.5,
        "0" * 64,
        ImageStatus.AWAITING_UPLOAD,
        {ImageStatus.AWAITING_UPLOAD: NOON},
    )
    images.add(new, NOON + timedelta(days=1))
    return new


def test_a_record_is_read_as_it_was_stored(images: ImagesTable, image: Image) -> None:
    assert images.get(image.key) == image


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("status", WAYS)
def test_a_change_wins_from_the_statuses_that_it_is_for(
    images: ImagesTable, image: Image, status: str, change: str
) -> None:
    for step in WAYS[status]:
        assert step(images, image.key)
    before = images.get(image.key)
    won = bool(CHANGES[change](images, image.key))
    assert won is (change in WINNING[status])
    assert (images.get(image.key) != before) is won


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_brings_a_deleted_record_back(images: ImagesTable, image: Image, change: str) -> None:
    images.delete(image)
    assert not CHANGES[change](images, image.key)
    assert images.get(image.key) is None


def test_a_record_waits_for_its_upload_only_until_it_comes(images: ImagesTable, image: Image) -> None:
    assert images.items.get(image.key.owner_id, image.key.image_id).abandoned_at == NOON + timedelta(days=1)
    images.queue(image.key, NOON)
    assert images.items.get(image.key.owner_id, image.key.image_id).abandoned_at is None


def test_a_finished_record_has_what_was_found_and_when(images: ImagesTable, image: Image) -> None:
    images.queue(image.key, NOON + timedelta(seconds=1))
    images.claim(image.key, OURS, NOON + timedelta(seconds=2))
    images.finish(image.key, OURS, NOON + timedelta(seconds=3), UPLOADED, SUMMARY, VIEWS)
    found = images.get(image.key)
    assert found is not None
    assert (found.status, found.size, found.summary, found.failure) == (ImageStatus.ANALYZED, 7, SUMMARY, None)
    assert (found.content_type, found.sha256) == ("image/jpeg", "1" * 64)
    assert found.views == VIEWS
    assert [(at - NOON).seconds for at in found.times.values()] == [0, 1, 2, 3]


def test_a_record_finished_before_there_were_views_has_none(images: ImagesTable, image: Image) -> None:
    for change in WAYS["analyzed"]:
        change(images, image.key)
    images.items(image.key.owner_id, image.key.image_id).update(actions=[ImageItem.views.remove()])
    found = images.get(image.key)
    assert found is not None
    assert (found.summary, found.views) == (SUMMARY, ())


def test_a_claim_returns_the_whole_record(images: ImagesTable, image: Image) -> None:
    images.queue(image.key, NOON)
    assert images.claim(image.key, OURS, NOON) == images.get(image.key)


def test_a_claim_that_is_stored_already_is_ones_own(images: ImagesTable, image: Image) -> None:
    images.queue(image.key, NOON)
    first, second = (images.claim(image.key, OURS, NOON) for _ in range(2))  # the answer to the first was lost
    assert first == second == images.get(image.key)


def test_only_the_first_deletion_deletes(images: ImagesTable, image: Image) -> None:
    assert [images.delete(image), images.delete(image)] == [True, False]
    assert images.get(image.key) is None


def test_an_image_is_found_only_together_with_its_owner(images: ImagesTable, image: Image) -> None:
    foreign = ImageKey(new_id(), image.key.image_id)
    assert images.get(foreign) is None
    assert not images.delete(replace(image, key=foreign))
    assert images.get(image.key) == image
