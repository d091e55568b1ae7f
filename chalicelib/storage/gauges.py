"""Current levels: waiting messages, stored bytes, users. All are approximate and cheap to read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from chalicelib.storage import aws

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

DAYS_BACK: Final = 3  # S3 reports a bucket's size once per day, and late


class Gauges:
    """Numbers that AWS counts by itself. queues maps our names to the names of queues."""

    def __init__(self, queues: Mapping[str, str], bucket: str, emails_table: str, region: str) -> None:
        self._queues = queues
        self._bucket = bucket
        self._emails_table = emails_table
        self._sqs: SQSClient = aws.client("sqs", region)
        self._cloudwatch: CloudWatchClient = aws.client("cloudwatch", region)
        self._dynamodb: DynamoDBClient = aws.client("dynamodb", region)

    def waiting(self) -> dict[str, int]:
        """Return the number of waiting messages by queue, including those being processed."""
        return {name: self._messages(queue) for name, queue in self._queues.items()}

    def users(self) -> int:
        """Return how many users there were some hours ago, which is the number of their email addresses."""
        return self._dynamodb.describe_table(TableName=self._emails_table)["Table"]["ItemCount"]

    def stored_bytes(self, now: datetime) -> int | None:
        """Return the size of the bucket that S3 reported last, None if there is no recent report."""
        answer = self._cloudwatch.get_metric_statistics(
            Namespace="AWS/S3",
            MetricName="BucketSizeBytes",
            Dimensions=[
                {"Name": "BucketName", "Value": self._bucket},
                {"Name": "StorageType", "Value": "StandardStorage"},
            ],
            StartTime=now - timedelta(days=DAYS_BACK),
            EndTime=now,
            Period=int(timedelta(days=1).total_seconds()),
            Statistics=["Average"],
        )
        points = sorted(answer["Datapoints"], key=lambda point: point["Timestamp"])
        return int(points[-1]["Average"]) if points else None

    def _messages(self, queue: str) -> int:
        names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        url = self._sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(attributes[name]) for name in names)
