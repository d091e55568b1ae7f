"""The same assertions against the real adapter and its fake."""

from copy import replace
from datetime import UTC, datetime

import pytest

from chalicelib.model.ids import first_id, new_id
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImageStatus, ImageSummary, UploadedFile
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, MOMENT, SECOND, page_by_page

UPLOADED = UploadedFile("image/jpeg", 7, "1" * 64)


def new_image(adapters: Adapters, owner_id: str) -> Image:
    image = Image(
        ImageKey(owner_id, new_id()),
        "a.png",
        "image/png",
        5,
        1.5,
        "0" * 64,
        ImageStatus.AWAITING_UPLOAD,
        {ImageStatus.AWAITING_UPLOAD: NOON},
        created_by="ann",
    )
    adapters.images.add(image, NOON + DAY)
    return image


@pytest.fixture
def image(adapters: Adapters) -> Image:
    return new_image(adapters, new_id())


def test_images_come_newest_first_page_by_page(adapters: Adapters) -> None:
    owner = new_id()
    images = [new_image(adapters, owner) for _ in range(5)]
    pages: list[list[Image]] = list(page_by_page(lambda before: adapters.images.list(owner, 2, before)))
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [image for page in pages for image in page] == images[::-1]
    assert adapters.images.list(owner, 5, None).next_id is None
    assert adapters.images.newest(owner) == images[::-1]


def test_images_are_found_by_name_with_their_owner(adapters: Adapters, image: Image) -> None:
    assert adapters.images.get(image.key) == image
    found = adapters.images.named(image.key.owner_id, [image.key.image_id, new_id()])
    assert found == {image.key.image_id: image}
    assert adapters.images.named(new_id(), [image.key.image_id]) == {}
    assert adapters.images.named(image.key.owner_id, []) == {}


def test_an_image_is_unfinished_from_its_upload_to_its_result(adapters: Adapters) -> None:
    images = [new_image(adapters, new_id()) for _ in range(4)]
    keys, later = [image.key for image in images], first_id(datetime(2400, 1, 1, tzinfo=UTC))

    def unfinished() -> list[ImageKey]:
        return [key for key in adapters.images.unfinished(later, 100) if key in keys]

    assert unfinished() == []
    claim = Claim("claim", NOON + HOUR)
    for key in keys:
        adapters.images.queue(key, NOON)
    assert unfinished() == keys
    assert keys[1] not in adapters.images.unfinished(keys[1].image_id, 100)
    assert len(adapters.images.unfinished(later, 2)) == 2
    for key in keys:
        adapters.images.claim(key, claim, NOON)
    assert unfinished() == keys
    adapters.images.finish(keys[0], claim, NOON, UPLOADED, ImageSummary(1, 1, None, 1), ())
    adapters.images.fail(keys[1], claim, NOON, Failure("code", "detail"))
    adapters.images.give_up(keys[2], NOON + HOUR, Failure("code", "detail"))
    last = adapters.images.get(keys[3])
    assert last is not None
    assert adapters.images.delete(last)
    assert unfinished() == []


def test_a_result_is_stored_with_the_size_and_the_views(adapters: Adapters, image: Image) -> None:
    claim, summary = Claim("claim", NOON + HOUR), ImageSummary(780, 1688, {"passed": 3}, None)
    adapters.images.queue(image.key, NOON)
    claimed = adapters.images.claim(image.key, claim, NOON + SECOND)
    assert claimed == adapters.images.get(image.key)
    adapters.images.finish(image.key, claim, NOON + 2 * SECOND, UPLOADED, summary, ("overlay",))
    assert adapters.images.get(image.key) == replace(
        image,
        status=ImageStatus.ANALYZED,
        content_type="image/jpeg",
        size=7,
        sha256="1" * 64,
        summary=summary,
        views=("overlay",),
        times={
            ImageStatus.AWAITING_UPLOAD: NOON,
            ImageStatus.QUEUED: NOON,
            ImageStatus.ANALYZING: NOON + SECOND,
            ImageStatus.ANALYZED: NOON + 2 * SECOND,
        },
    )


def test_a_claim_is_exclusive_until_it_expires_or_is_released(adapters: Adapters, image: Image) -> None:
    ours, theirs = Claim("ours", NOON + HOUR), Claim("theirs", NOON + 2 * HOUR)
    assert adapters.images.claim(image.key, ours, NOON) is None
    assert [adapters.images.queue(image.key, NOON) for _ in range(2)] == [True, False]
    assert adapters.images.claim(image.key, ours, NOON) is not None
    assert adapters.images.claim(image.key, theirs, NOON + HOUR - MOMENT) is None
    assert not adapters.images.release(image.key, theirs, NOON)
    assert adapters.images.claim(image.key, theirs, NOON + HOUR) is not None
    assert not adapters.images.fail(image.key, ours, NOON, Failure("code", "detail"))
    assert adapters.images.release(image.key, theirs, NOON)
    assert adapters.images.give_up(image.key, NOON, Failure("code", "detail"))
    failed = adapters.images.get(image.key)
    assert failed is not None
    assert (failed.status, failed.failure) == (ImageStatus.FAILED, Failure("code", "detail"))
    assert not adapters.images.give_up(image.key, NOON, Failure("code", "detail"))
    assert [adapters.images.delete(failed) for _ in range(2)] == [True, False]
