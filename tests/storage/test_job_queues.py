import json
from typing import Any

import boto3
import pytest

from chalicelib.storage.job_queues import JobQueues
from chalicelib.wiring import Services
from tests.conftest import REGION


@pytest.fixture
def jobs(services: Services) -> JobQueues:
    return services.adapters.jobs


def received(queue: str) -> list[Any]:
    """Take the messages of a queue."""
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in messages]


def test_deletions_name_the_user_or_the_project(jobs: JobQueues, services: Services) -> None:
    jobs.purge_user("ann")
    jobs.purge_project("shop")
    messages = received(services.settings.deletion_queue)
    assert sorted(messages, key=str) == [{"project_id": "shop"}, {"user_id": "ann"}]
    assert received(services.settings.data_export_queue) == []


def test_a_deleted_account_is_purged_once_requests_from_before_have_ended(
    jobs: JobQueues, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    jobs.purge_user("ann")
    assert received(services.settings.deletion_queue) == []  # for a minute
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.get_queue_url(QueueName=services.settings.deletion_queue)["QueueUrl"]
    names: Any = ["ApproximateNumberOfMessagesDelayed"]
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"] == {names[0]: "1"}
    sqs.purge_queue(QueueUrl=url)


def test_a_data_export_names_the_user_and_the_export(jobs: JobQueues, services: Services) -> None:
    jobs.export_data("ann", "export")
    assert received(services.settings.data_export_queue) == [{"user_id": "ann", "export_id": "export"}]
    assert received(services.settings.deletion_queue) == []
