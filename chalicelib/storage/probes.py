"""Whether what Janus stands on answers: one small request to each service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.storage import aws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

IMPATIENT: Final = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1})


class Silent(Exception):
    """A service doesn't answer, or refuses."""


class Probes:
    """A table, the bucket and the queue of a deployment."""

    def __init__(self, table: str, bucket: str, queue: str, region: str) -> None:
        dynamodb: DynamoDBClient = aws.client("dynamodb", region, IMPATIENT)
        s3: S3Client = aws.client("s3", region, IMPATIENT)
        sqs: SQSClient = aws.client("sqs", region, IMPATIENT)
        self.requests: Mapping[str, Callable[[], object]] = {
            "database": lambda: dynamodb.get_item(TableName=table, Key={"id": {"S": "nobody"}}),
            "objects": lambda: s3.head_bucket(Bucket=bucket),
            "queue": lambda: sqs.get_queue_url(QueueName=queue),
        }

    def ask(self, service: str) -> None:
        """Send a service its request. Raises Silent."""
        try:
            self.requests[service]()
        except (BotoCoreError, ClientError) as error:
            raise Silent(service) from error
