"""Work that is done after the answer: messages on queues of their own, each taken by a function of its own."""

import json
from typing import TYPE_CHECKING

from chalicelib.storage import aws

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Errands:
    """The queues; a message may come twice, which must do nothing."""

    def __init__(self, erasures_queue: str, exports_queue: str, region: str) -> None:
        self._erasures = erasures_queue
        self._exports = exports_queue
        self._sqs: SQSClient = aws.client("sqs", region)

    def erase_user(self, user_id: str) -> None:
        """Have all that belongs to a user deleted, and then the user."""
        self._send(self._erasures, {"user_id": user_id})

    def erase_project(self, project_id: str) -> None:
        """Have all that belongs to a project deleted, and then the project."""
        self._send(self._erasures, {"project_id": project_id})

    def export(self, user_id: str, export_id: str) -> None:
        """Have all that belongs to a user put into a file."""
        self._send(self._exports, {"user_id": user_id, "export_id": export_id})

    def _send(self, queue: str, message: dict[str, str]) -> None:
        url = self._sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        self._sqs.send_message(QueueUrl=url, MessageBody=json.dumps(message))
