from collections.abc import Mapping

import boto3
from botocore.config import Config

from chalicelib.storage import aws
from tests.conftest import REGION


def test_a_secret_is_read_by_its_name(deployment: Mapping[str, str]) -> None:
    boto3.client("secretsmanager", region_name=REGION).create_secret(Name="keys", SecretString="the text")
    assert aws.read_secret("keys", REGION) == "the text"


def test_clients_are_of_their_region_and_configured(deployment: Mapping[str, str]) -> None:
    client = aws.client("sqs", "eu-central-1", Config(read_timeout=2))
    assert (client.meta.region_name, client.meta.config.read_timeout) == ("eu-central-1", 2)
    assert client.meta.service_model.service_name == "sqs"
