"""Gauges: waiting messages, stored bytes, and users. All are approximate and cheap to read."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from chalicelib.storage import aws

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

DAYS_BACK: Final = 3  # S3 reports the size of a bucket once per day, with a delay


class Gauges:
    """The numbers of waiting messages, users and stored bytes, as AWS reports them.

    queues maps the names used in results to the names of SQS queues. Every method raises botocore's ClientError or
    BotoCoreError if a request to AWS fails.
    """

    def __init__(self, queues: Mapping[str, str], bucket: str, emails_table: str, region: str) -> None:
        self._queues = queues
        self._bucket = bucket
        self._emails_table = emails_table
        self._sqs: SQSClient = aws.client("sqs", region)
        self._cloudwatch: CloudWatchClient = aws.client("cloudwatch", region)
        self._dynamodb: DynamoDBClient = aws.client("dynamodb", region)

    def waiting(self) -> dict[str, int]:
        """Return the approximate current number of messages by queue, including those delayed or being processed."""
        return {name: self._message_count(queue) for name, queue in self._queues.items()}

    def users(self) -> int:
        """Return the number of users, counted by their email addresses, as DynamoDB reported it some hours ago."""
        return self._dynamodb.describe_table(TableName=self._emails_table)["Table"]["ItemCount"]

    def stored_bytes(self, now: datetime) -> int | None:
        """Return the size of the bucket in bytes, as S3 last reported it; None without a report in the last 3 days."""
        response = self._cloudwatch.get_metric_statistics(
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
        points = sorted(response["Datapoints"], key=lambda point: point["Timestamp"])
        return int(points[-1]["Average"]) if points else None

    def _message_count(self, queue: str) -> int:
        states = ("Messages", "MessagesDelayed", "MessagesNotVisible")
        names: Any = [f"ApproximateNumberOf{state}" for state in states]
        url = self._sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(attributes[name]) for name in names)
