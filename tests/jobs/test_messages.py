"""Background jobs: the messages that are sent, processed as SQS delivers them."""

import json
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from chalice.app import SQSEvent

from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.jobs.handlers import handle_data_exports, handle_purges
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Member, Membership, Project, ProjectRole
from chalicelib.model.users import User
from chalicelib.wiring import Services
from tests.conftest import REGION, Person


def delivered(services: Services, queue: str) -> SQSEvent:
    """Take the messages of a queue, and return the event that Lambda would be handed."""
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return event_of([message["Body"] for message in messages])


def event_of(bodies: list[str]) -> SQSEvent:
    context: Any = SimpleNamespace(aws_request_id="invocation", function_name="janus-dev-purge-deleted")
    return SQSEvent({"Records": [{"messageId": body, "body": body, "receiptHandle": "x"} for body in bodies]}, context)


@pytest.fixture
def user(services: Services, person: Person) -> User:
    user = services.adapters.users.get(person.id)
    assert user is not None
    return user


def test_a_closed_account_is_erased_by_its_message_however_often_it_comes(services: Services, user: User) -> None:
    services.deletion._close(user, user.id)
    event = delivered(services, services.settings.deletion_queue)
    for _ in range(2):
        handle_purges(event, services.audit, services.purge)
    assert services.adapters.users.get(user.id) is None


def test_a_closed_project_is_erased_by_its_message(services: Services, user: User) -> None:
    project = services.projects.create(user, "Shop")
    member = Member(project.id, user.id, ProjectRole.OWNER, project.created_at)
    services.projects.delete(Principal(user, Membership(project, member)))
    handle_purges(delivered(services, services.settings.deletion_queue), services.audit, services.purge)
    assert services.adapters.projects.member(project.id, user.id) is None
    assert isinstance(project, Project)


def test_an_export_is_made_by_its_message(services: Services, user: User) -> None:
    services.data_export.request(user)
    event = delivered(services, services.settings.data_export_queue)
    handle_data_exports(event, services.audit, services.data_export, REPRESENTATIONS)
    assert services.data_export.get(user.id).url is not None


@pytest.mark.parametrize(
    "body", ["", "{", "{}", "[]", '{"user_id": "a", "project_id": "b"}', '{"user_id": 1}', '{"who": "x"}']
)
def test_a_message_of_no_job_fails_so_that_somebody_looks_at_it(services: Services, body: str) -> None:
    failed = {"batchItemFailures": [{"itemIdentifier": body}]}
    assert handle_purges(event_of([body]), services.audit, services.purge) == failed
    assert handle_data_exports(event_of([body]), services.audit, services.data_export, REPRESENTATIONS) == failed


def test_a_message_that_fails_leaves_the_others_done(services: Services, user: User) -> None:
    services.deletion._close(user, user.id)
    delivered(services, services.settings.deletion_queue)
    good = json.dumps({"user_id": user.id})
    answer = handle_purges(event_of(["{", good]), services.audit, services.purge)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "{"}]}
    assert services.adapters.users.get(user.id) is None
