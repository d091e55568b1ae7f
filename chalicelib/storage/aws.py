"""Clients of AWS services, and secrets.

The clients are botocore's, which PynamoDB loads anyway; boto3 would add a tenth to a cold start.
"""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config


@cache
def _session() -> botocore.session.Session:
    """Return the session that all clients share, with the credentials and the descriptions of the services."""
    return botocore.session.get_session()


def client(service: str, region: str, config: Config | None = None) -> Any:
    """Return a botocore client of an AWS service in a region, which the caller annotates with its type.

    service is botocore's name, such as "s3".
    """
    return _session().create_client(service, region_name=region, config=config)


def read_secret(name: str, region: str) -> str:
    """Return the text of a secret in Secrets Manager, by its name or ARN.

    Raises botocore's ClientError if the secret cannot be read, and KeyError if it is binary.
    """
    secret: str = client("secretsmanager", region).get_secret_value(SecretId=name)["SecretString"]
    return secret
