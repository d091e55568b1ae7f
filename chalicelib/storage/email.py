"""Email through Amazon SES."""

from typing import TYPE_CHECKING

from chalicelib.storage import aws

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient


class EmailTransport:
    """Sends emails through Amazon SES from one sender address."""

    def __init__(self, sender: str, region: str) -> None:
        self._sender = sender
        self._ses: SESClient = aws.client("ses", region)

    def send(self, recipient: str, subject: str, text: str) -> None:
        """Send a plain-text email to one recipient.

        Raises botocore's ClientError or BotoCoreError if SES does not accept it.
        """
        self._ses.send_email(
            Source=self._sender,
            Destination={"ToAddresses": [recipient]},
            Message={
                "Subject": {"Data": subject, "Charset": "UTF-8"},
                "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
            },
        )
