"""Secrets Manager, where the deployment's secrets are."""

from chalicelib.storage import aws


def read_secret(name: str, region: str) -> str:
    """Read a secret's text by its name or ARN."""
    secret: str = aws.client("secretsmanager", region).get_secret_value(SecretId=name)["SecretString"]
    return secret
