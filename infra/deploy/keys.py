"""The rotation of the keys of JSON Web Tokens.

Functions read the keys when they start. So a new key is first added behind the signing one, and all functions start
anew, so that whoever sees a token of it knows it; then it is put in front, and they start anew once more. The key that
signed before verifies until the next rotation; older ones are gone.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import boto3

from chalicelib.security.signing_keys import SigningKey, read_keys, write_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mypy_boto3_secretsmanager import SecretsManagerClient

KEY_BYTES: Final = 48


def rotate(secret: str, region: str, now: datetime, start_anew: Callable[[str], object]) -> str:
    """Rotate the keys, and return the new one's id. Should it stop half-way, doing it again is safe.

    start_anew has all functions start anew; it is told a version of the keys, another each time.
    """
    client: SecretsManagerClient = boto3.client("secretsmanager", region_name=region)
    signing, *_ = read_keys(client.get_secret_value(SecretId=secret)["SecretString"])
    new = SigningKey(f"{now:%Y%m%dT%H%M%SZ}", secrets.token_bytes(KEY_BYTES))
    for keys in ([signing, new], [new, signing]):
        client.put_secret_value(SecretId=secret, SecretString=write_keys(keys))
        start_anew(" ".join(key.kid for key in keys))
    return new.kid
