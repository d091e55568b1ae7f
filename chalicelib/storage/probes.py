"""Probes: one small request to each service that Janus depends on."""

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

SHORT_TIMEOUTS: Final = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1})


class ServiceUnavailable(Exception):
    """An AWS service that was probed does not respond within two seconds, or responds with an error."""


class Probes:
    """Probes of DynamoDB, S3 and SQS: one small request each, to a table, the bucket and a queue of a deployment.

    requests maps the names of the probes, "database", "objects" and "queue", to functions that send their requests.
    """

    def __init__(self, table: str, bucket: str, queue: str, region: str) -> None:
        dynamodb: DynamoDBClient = aws.client("dynamodb", region, SHORT_TIMEOUTS)
        s3: S3Client = aws.client("s3", region, SHORT_TIMEOUTS)
        sqs: SQSClient = aws.client("sqs", region, SHORT_TIMEOUTS)
        self.requests: Mapping[str, Callable[[], object]] = {
            "database": lambda: dynamodb.get_item(TableName=table, Key={"id": {"S": "nobody"}}),
            "objects": lambda: s3.head_bucket(Bucket=bucket),
            "queue": lambda: sqs.get_queue_url(QueueName=queue),
        }

    def probe(self, service: str) -> None:
        """Send the request of one probe, named as in `requests`.

        Raises ServiceUnavailable if the service responds with an error, or not within the timeouts of two seconds.
        """
        try:
            self.requests[service]()
        except (BotoCoreError, ClientError) as error:
            raise ServiceUnavailable(service) from error
