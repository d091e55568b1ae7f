"""The same assertions against the real adapter and its fake."""

from copy import replace

import pytest

from chalicelib.model.audit import AuditEvent
from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.ids import new_id
from chalicelib.model.images import Claim, Failure, Image, ImageKey, ImageStatus, ImageSummary, UploadedFile
from chalicelib.model.projects import LastOwner, Member, Project, ProjectRole
from chalicelib.model.research_notes import ResearchNote
from chalicelib.model.usage import (
    Limit,
    PerLimit,
    Usage,
    UsageChange,
    UsageRefused,
    announcement_of,
    completion_of,
    deletion_of,
    failure_of,
    renewal_of,
)
from chalicelib.wiring.adapters import Adapters
from tests.conftest import NOON
from tests.storage.examples import DAY, HOUR, SECOND, guest, join

PLENTY = PerLimit(**dict.fromkeys(list(Limit), 1000))
FAILURE = Failure("code", "detail")
NO_EVENTS: list[AuditEvent] = []


@pytest.fixture
def user_id(adapters: Adapters) -> str:
    user_id = new_id()
    assert adapters.usage.replace(Usage.none(user_id, NOON), None)
    return user_id


def used(adapters: Adapters, user_id: str) -> PerLimit:
    usage = adapters.usage.get(user_id)
    assert usage is not None
    return usage.used


def new_image(user_id: str, size: int = 10, project_id: str | None = None) -> Image:
    times = {ImageStatus.AWAITING_UPLOAD: NOON}
    key = ImageKey(project_id or user_id, new_id())
    created_by = user_id if project_id else None
    return Image(key, "a.png", "image/png", size, None, None, ImageStatus.AWAITING_UPLOAD, times, created_by=created_by)


def add(adapters: Adapters, image: Image, limits: PerLimit = PLENTY) -> None:
    adapters.images.add(image, NOON + DAY, NO_EVENTS, replace(announcement_of(image), within=limits))


def claimed(adapters: Adapters, image: Image, claim: Claim) -> None:
    adapters.images.queue(image.key, NOON)
    assert adapters.images.claim(image.key, claim, NOON) is not None


def test_a_usage_is_replaced_unless_it_has_changed(adapters: Adapters, user_id: str) -> None:
    before = adapters.usage.get(user_id)
    assert before == Usage.none(user_id, NOON)
    counted = Usage(user_id, PerLimit(0, 3, 30, 1, 4, 5, 6), frozenset({"a"}), NOON + HOUR)
    assert not adapters.usage.replace(counted, None)
    image = new_image(user_id)
    add(adapters, image)
    assert not adapters.usage.replace(counted, before)
    now = adapters.usage.get(user_id)
    assert adapters.usage.replace(counted, now)
    found = adapters.usage.get(user_id)
    assert found is not None
    assert found.used == counted.used
    assert (found.in_flight, found.counted_at) == (frozenset({"a"}), NOON + HOUR)
    assert not adapters.usage.replace(counted, now)
    adapters.usage.delete(user_id)
    adapters.usage.delete(user_id)
    assert adapters.usage.get(user_id) is None


def test_an_image_counts_from_its_announcement_to_its_deletion(adapters: Adapters, user_id: str) -> None:
    image, claim = new_image(user_id), Claim("claim", NOON + HOUR)
    add(adapters, image)
    usage = adapters.usage.get(user_id)
    assert usage is not None
    assert usage.in_flight == {image.id}
    assert usage.used == PerLimit(stored_images=1, stored_bytes=10, analyses_in_flight=1)
    claimed(adapters, image, claim)
    summary, upload = ImageSummary(1, 1, None, 1), UploadedFile("image/png", 7, "0" * 64)
    assert adapters.images.finish(image.key, claim, NOON, upload, summary, (), NO_EVENTS, completion_of(image, 7))
    assert used(adapters, user_id) == PerLimit(stored_images=1, stored_bytes=7)
    found = adapters.images.get(image.key)
    assert found is not None
    assert [adapters.images.delete(found, NO_EVENTS, deletion_of(found)) for _ in range(2)] == [True, False]
    assert used(adapters, user_id) == PerLimit()


@pytest.mark.parametrize("given_up", [False, True])
def test_a_failed_image_has_no_bytes_and_is_not_in_flight(adapters: Adapters, user_id: str, given_up: bool) -> None:
    image, claim = new_image(user_id), Claim("claim", NOON + HOUR)
    add(adapters, image)
    claimed(adapters, image, claim)
    for _ in range(2):
        if given_up:
            adapters.images.give_up(image.key, NOON + HOUR, FAILURE, NO_EVENTS, failure_of(image))
        else:
            adapters.images.fail(image.key, claim, NOON, FAILURE, NO_EVENTS, failure_of(image))
    assert used(adapters, user_id) == PerLimit(stored_images=1)
    found = adapters.images.get(image.key)
    assert found is not None
    adapters.images.delete(found, NO_EVENTS, deletion_of(found))
    assert used(adapters, user_id) == PerLimit()


def test_an_image_that_changed_since_it_was_read_is_not_deleted(adapters: Adapters, user_id: str) -> None:
    image = new_image(user_id)
    add(adapters, image)
    adapters.images.queue(image.key, NOON)
    assert not adapters.images.delete(image, NO_EVENTS, deletion_of(image))
    assert used(adapters, user_id) == PerLimit(stored_images=1, stored_bytes=10, analyses_in_flight=1)


@pytest.mark.parametrize(
    ("limits", "accepted"),
    [
        ({"stored_images": 2}, 1),
        ({"stored_bytes": 20}, 1),
        ({"stored_bytes": 19}, 0),
        ({"analyses_in_flight": 2}, 1),
        ({"stored_images": 1}, 0),
    ],
)
def test_a_limit_is_reached_exactly(adapters: Adapters, user_id: str, limits: dict[str, int], accepted: int) -> None:
    within = replace(PLENTY, **limits)
    add(adapters, new_image(user_id), within)
    for _ in range(accepted):
        add(adapters, new_image(user_id), within)
    before = adapters.usage.get(user_id)
    refused = new_image(user_id)
    with pytest.raises(UsageRefused):
        add(adapters, refused, within)
    assert adapters.usage.get(user_id) == before
    assert adapters.images.get(refused.key) is None


def test_images_of_an_hour_are_counted_with_it(adapters: Adapters, user_id: str) -> None:
    within = replace(PLENTY, images_per_hour=2)
    for _ in range(2):
        add(adapters, new_image(user_id), within)
    with pytest.raises(RateLimitExceeded) as caught:
        add(adapters, new_image(user_id), within)
    limit = caught.value.limit
    assert (limit.name, limit.max_count, caught.value.seconds_left) == (Limit.IMAGES_PER_HOUR, 2, 3600)
    assert adapters.counters.counted(limit, user_id, NOON + HOUR - SECOND) == 2
    assert adapters.counters.counted(limit, user_id, NOON + HOUR) == 0
    later = new_image(user_id)
    adapters.images.add(later, NOON + DAY, NO_EVENTS, replace(announcement_of(later), at=NOON + HOUR, within=within))


def test_an_account_that_is_not_counted_is_refused_and_loses_nothing(adapters: Adapters) -> None:
    image = new_image(new_id())
    with pytest.raises(UsageRefused):
        add(adapters, image)
    adapters.images.add(image, NOON + DAY)
    assert adapters.images.delete(image, NO_EVENTS, deletion_of(image))
    assert adapters.usage.get(image.account_id) is None


def test_a_form_that_is_signed_again_is_counted_once(adapters: Adapters, user_id: str) -> None:
    image, within = new_image(user_id), replace(PLENTY, analyses_in_flight=1)
    add(adapters, image, within)
    again = replace(renewal_of(image), within=within)
    assert adapters.images.expect_again(image.key, NOON + SECOND, again)
    assert used(adapters, user_id).analyses_in_flight == 1
    assert adapters.images.get(image.key) == replace(image, expected_at=NOON + SECOND)
    other = new_image(user_id)
    adapters.images.add(other, NOON + DAY)
    with pytest.raises(UsageRefused):
        adapters.images.expect_again(other.key, NOON, replace(renewal_of(other), within=within))
    adapters.images.queue(image.key, NOON)
    assert not adapters.images.expect_again(image.key, NOON, again)
    assert not adapters.images.expect_again(new_image(user_id).key, NOON)


def test_all_that_counts_to_an_account_is_found(adapters: Adapters, user_id: str) -> None:
    own, in_project, of_another = (
        new_image(user_id),
        new_image(user_id, 10, new_id()),
        new_image(new_id(), 10, new_id()),
    )
    for image in (own, in_project, of_another):
        adapters.images.add(image, NOON + DAY)
    assert {image.id for image in adapters.images.of_account(user_id)} == {own.id, in_project.id}
    for owner_id, writer in ((user_id, user_id), (new_id(), user_id), (user_id, new_id())):
        adapters.research_notes.add(ResearchNote(owner_id, new_id(), writer, "topic", {}, (), NOON), [])
    assert adapters.research_notes.count_of_account(user_id) == 2


def test_a_note_counts_to_its_writer(adapters: Adapters, user_id: str) -> None:
    note = ResearchNote(new_id(), new_id(), user_id, "topic", {}, (), NOON)
    change = UsageChange(user_id=user_id, by=PerLimit(research_notes=1), within=replace(PLENTY, research_notes=1))
    adapters.research_notes.add(note, [], change)
    assert used(adapters, user_id) == PerLimit(research_notes=1)
    with pytest.raises(UsageRefused):
        adapters.research_notes.add(replace(note, id=new_id()), [], change)
    assert [adapters.research_notes.delete(note) for _ in range(2)] == [True, False]
    assert used(adapters, user_id) == PerLimit()


def test_a_project_counts_to_its_members_until_they_leave_or_it_is_deleted(adapters: Adapters, owner: Member) -> None:
    user_id = guest(adapters)
    joined = join(adapters, owner.project_id, ProjectRole.EDITOR, user_id=user_id)
    usage = adapters.usage.get(user_id)
    assert usage is not None
    assert adapters.usage.replace(replace(usage, used=PerLimit(projects=2)), usage)
    assert adapters.projects.remove(joined, [])
    assert used(adapters, user_id) == PerLimit(projects=1)
    join(adapters, owner.project_id, ProjectRole.EDITOR, user_id=user_id)
    for _ in range(2):
        adapters.projects.delete(owner.project_id)
    assert used(adapters, user_id) == PerLimit()


def test_the_last_owner_stays_also_without_a_count(adapters: Adapters) -> None:
    project, user_id = Project(new_id(), "Shop", NOON), new_id()
    adapters.projects.add(project, user_id)
    with pytest.raises(LastOwner):
        adapters.projects.remove(Member(project.id, user_id, ProjectRole.OWNER, NOON), NO_EVENTS)
