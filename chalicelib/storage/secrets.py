"""Secrets Manager, where the deployment's secrets are."""

import boto3


def read_secret(name: str, region: str) -> str:
    """Read a secret's text by its name or ARN."""
    return boto3.client("secretsmanager", region_name=region).get_secret_value(SecretId=name)["SecretString"]
