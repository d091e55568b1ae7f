"""What is done after the answer: the messages that are sent, taken as SQS delivers them."""

import json
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from chalice.app import SQSEvent

from chalicelib.events.handlers import handle_erasures, handle_exports
from chalicelib.services.access import Caller
from chalicelib.storage.identities import Membership
from chalicelib.storage.projects import Member, Project, Role
from chalicelib.storage.users import User
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
    context: Any = SimpleNamespace(aws_request_id="invocation", function_name="janus-dev-erase")
    return SQSEvent({"Records": [{"messageId": body, "body": body, "receiptHandle": "x"} for body in bodies]}, context)


@pytest.fixture
def user(services: Services, person: Person) -> User:
    user = services.users.get(person.id)
    assert user is not None
    return user


def test_a_closed_account_is_erased_by_its_message_however_often_it_comes(services: Services, user: User) -> None:
    services.closure._close(user, user.id)
    event = delivered(services, services.settings.erasures_queue)
    for _ in range(2):
        handle_erasures(event, services.audit, services.erasure)
    assert services.users.get(user.id) is None


def test_a_closed_project_is_erased_by_its_message(services: Services, user: User) -> None:
    project = services.project_work.create(user.id, "Shop")
    member = Member(project.id, user.id, Role.OWNER, project.created_at)
    services.project_work.delete(Caller(user, Membership(project, member)))
    handle_erasures(delivered(services, services.settings.erasures_queue), services.audit, services.erasure)
    assert services.projects.member(project.id, user.id) is None
    assert isinstance(project, Project)


def test_an_export_is_made_by_its_message(services: Services, user: User) -> None:
    services.archiving.ask(user.id)
    handle_exports(delivered(services, services.settings.exports_queue), services.audit, services.archiving)
    assert services.archiving.get(user.id).url is not None


@pytest.mark.parametrize(
    "body", ["", "{", "{}", "[]", '{"user_id": "a", "project_id": "b"}', '{"user_id": 1}', '{"who": "x"}']
)
def test_what_is_no_errand_fails_so_that_somebody_looks_at_it(services: Services, body: str) -> None:
    failed = {"batchItemFailures": [{"itemIdentifier": body}]}
    assert handle_erasures(event_of([body]), services.audit, services.erasure) == failed
    assert handle_exports(event_of([body]), services.audit, services.archiving) == failed


def test_a_message_that_fails_leaves_the_others_done(services: Services, user: User) -> None:
    services.closure._close(user, user.id)
    delivered(services, services.settings.erasures_queue)
    good = json.dumps({"user_id": user.id})
    answer = handle_erasures(event_of(["{", good]), services.audit, services.erasure)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "{"}]}
    assert services.users.get(user.id) is None
