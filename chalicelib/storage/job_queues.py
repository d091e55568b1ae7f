"""The queues of background jobs, each consumed by a function of its own."""

import json
from typing import TYPE_CHECKING, Final

from chalicelib.storage import aws

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


PURGE_USER_AFTER_SECONDS: Final = 60  # a request may take 29 seconds


class JobQueues:
    """The SQS queues of background jobs, to which each method sends one message.

    A message may be delivered twice, so every job is idempotent. Every method raises botocore's ClientError or
    BotoCoreError if the message cannot be sent.
    """

    def __init__(self, deletion_queue: str, data_export_queue: str, region: str) -> None:
        self._deletion = deletion_queue
        self._data_export = data_export_queue
        self._sqs: SQSClient = aws.client("sqs", region)

    def purge_user(self, user_id: str) -> None:
        """Queue the deletion of a user whose account is closed, and of all their data, which starts after a minute.

        Requests that were authorized before the account was closed have ended by then, and indexes have caught up.
        """
        self._send(self._deletion, {"user_id": user_id}, PURGE_USER_AFTER_SECONDS)

    def purge_project(self, project_id: str) -> None:
        """Queue the deletion of a closed project and of all its data."""
        self._send(self._deletion, {"project_id": project_id})

    def export_data(self, user_id: str, export_id: str) -> None:
        """Queue the job that makes the file of a requested data export."""
        self._send(self._data_export, {"user_id": user_id, "export_id": export_id})

    def _send(self, queue: str, message: dict[str, str], delay_seconds: int = 0) -> None:
        url = self._sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        self._sqs.send_message(QueueUrl=url, MessageBody=json.dumps(message), DelaySeconds=delay_seconds)
