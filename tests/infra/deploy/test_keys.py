"""Rotation of signing keys: at each moment, every function can verify every token."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from infra.deploy import keys

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def client() -> Iterator["SecretsManagerClient"]:
    with mock_aws():
        client = boto3.client("secretsmanager", "eu-central-1")
        client.create_secret(Name="keys", SecretString=json.dumps({"first": "k" * 64, "older": "o" * 64}))
        yield client


def stored(client: "SecretsManagerClient") -> dict[str, str]:
    keys: dict[str, str] = json.loads(client.get_secret_value(SecretId="keys")["SecretString"])
    return keys


def test_the_new_key_verifies_everywhere_before_it_signs(client: "SecretsManagerClient") -> None:
    at_restart: list[list[str]] = []
    keys.rotate(client, "keys", NOON, lambda _: at_restart.append(list(stored(client))))
    assert at_restart == [["first", "20260301T120000Z"], ["20260301T120000Z", "first"]]


def test_the_previous_key_is_kept_and_the_new_one_has_48_random_bytes(client: "SecretsManagerClient") -> None:
    assert keys.rotate(client, "keys", NOON, lambda _: None) == "20260301T120000Z"
    kept = stored(client)
    assert kept["first"] == "k" * 64
    new = base64.b64decode(kept["20260301T120000Z"])
    assert len(new) == 48
    assert len(set(new)) > 20


def test_each_restart_has_another_version(client: "SecretsManagerClient") -> None:
    versions: list[str] = []
    keys.rotate(client, "keys", NOON, versions.append)
    assert versions == ["first 20260301T120000Z", "20260301T120000Z first"]


def test_a_failed_restart_leaves_the_signing_key_in_its_place(client: "SecretsManagerClient") -> None:
    def fail(_: str) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the one above
        keys.rotate(client, "keys", NOON, fail)
    assert list(stored(client)) == ["first", "20260301T120000Z"]
