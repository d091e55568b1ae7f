"""Invocation of functions with queue messages, as Lambda's event source mapping for SQS does it.

Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
A message is deleted when the function returns, unless the function returns the message's id as a batch item failure. A
failed message stays and is delivered again after the queue's visibility timeout, until the queue's redrive policy moves
it to the dead-letter queue.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import SQSEventConfig
from chalice.cli.factory import CLIFactory

from infra import PROJECT
from infra.local import child
from infra.local.function import Function, InvocationFailed
from infra.terminal import warn

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

LONG_POLL_SECONDS: Final = 20  # the maximum of SQS
PAUSE_SECONDS: Final = 1.0  # after a failed poll


class EventSourceMapping:
    """An SQS queue of the local stack and the function that is invoked with its messages, as Lambda does it."""

    def __init__(self, sqs: SQSClient, queue: str, function: Function, batch_size: int) -> None:
        self._sqs = sqs
        self._url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn", "VisibilityTimeout"])
        self._arn = attributes["Attributes"]["QueueArn"]
        self._visibility_timeout = attributes["Attributes"]["VisibilityTimeout"]
        self._function = function
        self._batch_size = batch_size

    def run(self) -> None:
        """Poll the queue forever; a failed poll is reported and retried after a second."""
        while True:
            try:
                self.poll(LONG_POLL_SECONDS)
            except (BotoCoreError, ClientError) as error:
                warn(f"Cannot read the queue of {self._function.handler}: {error}")
                time.sleep(PAUSE_SECONDS)

    def poll(self, wait_seconds: int) -> int:
        """Wait for messages, invoke the function with them, and return their number, 0 if none arrived.

        Messages that the function handled are deleted; failed ones stay, and SQS delivers them again after the
        visibility timeout. A failed invocation is only reported. Raises botocore's ClientError or BotoCoreError if the
        queue cannot be read.
        """
        messages = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=self._batch_size,
            WaitTimeSeconds=wait_seconds,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if messages:
            self._invoke(messages)
        return len(messages)

    def _invoke(self, messages: list[MessageTypeDef]) -> None:
        try:
            returned = self._function.invoke({"Records": [self._record(message) for message in messages]})
        except InvocationFailed as failure:
            self._report_failed(messages, str(failure))
            return
        failed = {item["itemIdentifier"] for item in (returned or {}).get("batchItemFailures", [])}
        if failed:
            self._report_failed([one for one in messages if one["MessageId"] in failed], "failed; see the log")
        for message in messages:
            if message["MessageId"] not in failed:
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])

    def _report_failed(self, messages: list[MessageTypeDef], how: str) -> None:
        receives = ", ".join(message["Attributes"]["ApproximateReceiveCount"] for message in messages)
        warn(
            f"{self._function.handler}: {how} (receive count {receives}). "
            f"The message is delivered again after {self._visibility_timeout} seconds."
        )

    def _record(self, message: MessageTypeDef) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message["Attributes"],
            "messageAttributes": message.get("MessageAttributes", {}),
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": self._arn.split(":")[3],
        }


def main(timeout: float) -> None:
    """Poll the queues of all functions that consume one, each in its own thread, until the parent process ends.

    timeout is the maximum duration of an invocation in seconds.
    """
    config = CLIFactory(str(PROJECT)).create_config_obj(os.environ["JANUS_STAGE"])
    sqs = boto3.client("sqs")
    threads = [
        threading.Thread(
            target=EventSourceMapping(
                sqs, source.queue, Function(source.handler_string, timeout), source.batch_size
            ).run,
            name=source.handler_string,
        )
        for source in config.chalice_app.event_sources
        if isinstance(source, SQSEventConfig) and source.queue is not None
    ]
    child.end_with_parent()
    for thread in threads:
        thread.start()


if __name__ == "__main__":
    main(float(sys.argv[1]))
