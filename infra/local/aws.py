"""The AWS services of the local stack: moto's server in its own process."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NotRequired, TypedDict

import requests
from botocore.config import Config

from infra.local import child, listening

REGION: Final = "us-east-1"
SECONDS_TO_START: Final = 60


class Connection(TypedDict):
    """Keyword arguments of boto3.client for the local services; only the region for moto within this process."""

    region_name: str
    endpoint_url: NotRequired[str]
    aws_access_key_id: NotRequired[str]
    aws_secret_access_key: NotRequired[str]
    config: NotRequired[Config]


@dataclass(frozen=True)
class LocalAws:
    """moto's server, the AWS services of the local stack, in a child process; it keeps its data in memory."""

    url: str
    child: child.Child

    @property
    def connection(self) -> Connection:
        """The keyword arguments of boto3.client with which this process reaches the server."""
        return Connection(
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key="local",  # noqa: S106 - moto accepts any
            config=Config(proxies={}),
        )

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of another process, in which AWS is this server, without the user's own AWS credentials."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "JANUS_"))}
        return own | {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": listening.HOST,
            "no_proxy": listening.HOST,
        }

    def stop(self) -> None:
        """Stop moto's server; its data is lost."""
        self.child.stop()


def start(port: int = 0) -> LocalAws:
    """Start moto's server on a port of the loopback interface (0 for any free one), and return when it responds.

    Raises PortTaken, and requests.RequestException if it does not respond within a minute.
    """
    with listening.listen(port) as listener:
        url = listening.url(listener)
        server = child.start(
            "aws",
            "infra.local.aws_server",
            [str(listener.fileno())],
            environment=os.environ,
            keep_open=[listener.fileno()],
        )
    try:
        with requests.Session() as session:
            session.trust_env = False
            session.get(f"{url}/moto-api/data.json", timeout=SECONDS_TO_START).raise_for_status()
    except BaseException:
        server.stop()
        raise
    return LocalAws(url, server)
