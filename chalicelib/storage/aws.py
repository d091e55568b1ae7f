"""Clients of AWS services, and secrets.

They are botocore's own, which boto3's are, too: PynamoDB has loaded it, and boto3 would add a tenth to a cold start.
"""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config


@cache
def _session() -> botocore.session.Session:
    """Return what all clients share: credentials, and the services' descriptions."""
    return botocore.session.get_session()


def client(service: str, region: str, config: Config | None = None) -> Any:
    """Return a client of a service; whoever asks says of which type."""
    return _session().create_client(service, region_name=region, config=config)


def read_secret(name: str, region: str) -> str:
    """Return the text of a secret in Secrets Manager, by its name or ARN."""
    secret: str = client("secretsmanager", region).get_secret_value(SecretId=name)["SecretString"]
    return secret
