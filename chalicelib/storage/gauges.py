"""How much there is now: messages that wait, bytes that are stored, users. None is exact; all are cheap to ask for."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from chalicelib.storage import aws

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

DAYS_BACK: Final = 3  # S3 says its size once a day, and late


class Gauges:
    """What AWS counts by itself. queues are names, by what they are called here."""

    def __init__(self, queues: Mapping[str, str], bucket: str, emails_table: str, region: str) -> None:
        self._queues = queues
        self._bucket = bucket
        self._emails_table = emails_table
        self._sqs: SQSClient = aws.client("sqs", region)
        self._cloudwatch: CloudWatchClient = aws.client("cloudwatch", region)
        self._dynamodb: DynamoDBClient = aws.client("dynamodb", region)

    def waiting(self) -> dict[str, int]:
        """Return by queue how many messages wait, those that a function is at among them."""
        return {name: self._messages(queue) for name, queue in self._queues.items()}

    def users(self) -> int:
        """Return how many users there were some hours ago: as many as addresses are taken."""
        return self._dynamodb.describe_table(TableName=self._emails_table)["Table"]["ItemCount"]

    def stored_bytes(self, now: datetime) -> int | None:
        """Return how much the bucket held when S3 last said so, None if it didn't lately."""
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
