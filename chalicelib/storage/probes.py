"""Whether what Janus stands on answers: one small request to each service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

IMPATIENT: Final = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1})


class Silent(Exception):
    """A service doesn't answer, or refuses."""


class Probes:
    """A table, the bucket and the queue of a deployment."""

    def __init__(self, table: str, bucket: str, queue: str, region: str) -> None:
        dynamodb = boto3.client("dynamodb", region_name=region, config=IMPATIENT)
        s3 = boto3.client("s3", region_name=region, config=IMPATIENT)
        sqs = boto3.client("sqs", region_name=region, config=IMPATIENT)
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
