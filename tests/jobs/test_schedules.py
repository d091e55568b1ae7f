"""What the schedules find: analyses whose messages were lost, deletions that are overdue."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from chalice.app import CloudWatchEvent

from chalicelib.jobs.handlers import handle_schedule
from chalicelib.model.ids import new_id
from chalicelib.model.images import Claim, ImageKey, ImageStatus, ImageUpload
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Member, Membership, ProjectRole
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from tests.conftest import REGION, Person, SettableClock

DAY = timedelta(days=1)


def scheduled(function_name: str) -> CloudWatchEvent:
    context: Any = SimpleNamespace(aws_request_id="invocation", function_name=f"janus-dev-{function_name}")
    event = {"version": "0", "account": "1", "region": REGION, "detail": {}, "detail-type": "Scheduled Event"}
    at = {"source": "aws.events", "time": "2026-03-01T12:00:00Z", "id": "event", "resources": []}
    return CloudWatchEvent(event | at, context)


def sent(services: Services) -> list[dict[str, str]]:
    """Take the messages of the deletion queue."""
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.get_queue_url(QueueName=services.settings.deletion_queue)["QueueUrl"]
    found = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        found += [json.loads(message["Body"]) for message in messages]
    return found


@pytest.fixture
def now(clock: SettableClock) -> datetime:
    """The real time, which ids are made at."""
    clock.now = datetime.now(UTC)
    return clock.now


@pytest.fixture
def uploaded(services: Services, now: datetime) -> ImageKey:
    image, _ = services.images.create(new_id(), "somebody", ImageUpload("a.png", "image/png", 6, None, None))
    services.adapters.images.queue(image.key, now)
    return image.key


def test_an_analysis_that_nobody_is_at_for_a_day_is_ended(
    services: Services, clock: SettableClock, uploaded: ImageKey
) -> None:
    clock.advance(DAY - timedelta(minutes=1))
    handle_schedule(scheduled("end-stuck-analyses"), services.audit, services.analyses.end_stuck)
    assert services.images.get(uploaded).status is ImageStatus.QUEUED
    clock.advance(timedelta(minutes=2))
    for _ in range(2):
        handle_schedule(scheduled("end-stuck-analyses"), services.audit, services.analyses.end_stuck)
    image = services.images.get(uploaded)
    assert image.failure is not None
    assert (image.status, image.failure.code) == (ImageStatus.FAILED, "analysis_lost")


def test_an_analysis_that_somebody_is_at_goes_on(services: Services, clock: SettableClock, uploaded: ImageKey) -> None:
    clock.advance(DAY + timedelta(hours=1))
    services.adapters.images.claim(uploaded, Claim("claim", clock() + timedelta(minutes=1)), clock())
    services.analyses.end_stuck()
    assert services.images.get(uploaded).status is ImageStatus.ANALYZING
    clock.advance(timedelta(minutes=2))
    services.analyses.end_stuck()
    assert services.images.get(uploaded).status is ImageStatus.FAILED


def test_an_announcement_that_comes_after_all_that_does_nothing(
    services: Services, clock: SettableClock, uploaded: ImageKey
) -> None:
    clock.advance(DAY + timedelta(hours=1))
    services.analyses.end_stuck()
    services.analyses.upload_arrived(upload_name(uploaded), clock())
    assert services.images.get(uploaded).status is ImageStatus.FAILED


def test_what_is_finished_or_awaited_or_deleted_is_not_looked_at(services: Services, clock: SettableClock) -> None:
    clock.now = datetime.now(UTC)
    owner = new_id()
    awaited, failed, deleted = (
        services.images.create(owner, "somebody", ImageUpload("a.png", "image/png", 6, None, None))[0].key
        for _ in range(3)
    )
    for key in (failed, deleted):
        services.analyses.upload_arrived(upload_name(key), clock())  # there is no file
    services.images.delete(deleted, owner)
    unfinished = services.adapters.images.unfinished("z", 100)
    assert not {awaited, failed, deleted} & set(unfinished)


def test_the_longest_stuck_are_ended_first_and_the_others_next_time(
    services: Services, clock: SettableClock, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = new_id()
    keys = [
        services.images.create(owner, "somebody", ImageUpload("a.png", "image/png", 6, None, None))[0].key
        for _ in range(3)
    ]
    for key in keys:
        services.adapters.images.queue(key, now)
    clock.advance(DAY * 2)
    monkeypatch.setattr("chalicelib.services.analyses.MAX_STUCK", 2)
    seen = []
    for _ in range(2):
        services.analyses.end_stuck()
        seen.append([services.images.get(key).status is ImageStatus.FAILED for key in keys])
    assert seen == [[True, True, False], [True, True, True]]


def test_a_closed_account_that_is_still_there_a_day_later_gets_another_message(
    services: Services, clock: SettableClock, now: datetime, person: Person
) -> None:
    user = services.adapters.users.get(person.id)
    assert user is not None
    services.deletion._close(user, user.id)
    sent(services)  # and lost
    services.deletion.retry_overdue()
    assert sent(services) == []
    clock.advance(DAY + timedelta(minutes=1))
    handle_schedule(scheduled("retry-overdue-deletions"), services.audit, services.deletion.retry_overdue)
    assert sent(services) == [{"user_id": user.id}]
    services.purge.purge_user(user.id)
    services.deletion.retry_overdue()
    assert sent(services) == []


def test_a_closed_project_that_is_still_there_a_day_later_gets_another_message(
    services: Services, clock: SettableClock, now: datetime, person: Person
) -> None:
    user = services.adapters.users.get(person.id)
    assert user is not None
    project = services.projects.create(user, "Shop")
    member = Member(project.id, user.id, ProjectRole.OWNER, project.created_at)
    services.projects.delete(Principal(user, Membership(project, member)))
    sent(services)
    services.deletion.retry_overdue()
    assert sent(services) == []
    clock.advance(DAY + timedelta(minutes=1))
    services.deletion.retry_overdue()
    assert sent(services) == [{"project_id": project.id}]
    services.purge.purge_project(project.id)
    services.deletion.retry_overdue()
    assert sent(services) == []


def test_an_account_that_is_being_erased_is_no_longer_listed(services: Services, person: Person) -> None:
    user = services.adapters.users.get(person.id)
    assert user is not None
    services.deletion._close(user, user.id)
    assert user.id not in [listed.id for listed in services.adapters.users.list(None, 100, lambda _: True).items]
