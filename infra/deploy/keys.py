"""Rotation of the keys that sign JSON Web Tokens.

Functions read the keys when they start. The new key is therefore added as the second one, and all functions restart, so
that each of them can verify its tokens. Then it becomes the first one, which signs, and they restart again. The
previous signing key verifies until the next rotation. Older keys are removed.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from chalicelib.security.signing_keys import SigningKey, read_keys, write_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mypy_boto3_secretsmanager import SecretsManagerClient

KEY_BYTES: Final = 48


def rotate(client: SecretsManagerClient, secret: str, now: datetime, restart: Callable[[str], object]) -> str:
    """Rotate the keys that sign JSON Web Tokens, in a secret of Secrets Manager; return the id of the new key.

    The new key is added as the second one, which only verifies, and all functions restart; then it becomes the first
    one, which signs, and they restart again. The previous signing key still verifies; older keys are removed. restart
    restarts all functions; its argument is a version of the keys that differs each time. After a failure the rotation
    can be repeated safely. Raises KeysUnusable if the stored keys are invalid, and any exception of restart.
    """
    signing, *_ = read_keys(client.get_secret_value(SecretId=secret)["SecretString"])
    new = SigningKey(f"{now:%Y%m%dT%H%M%SZ}", secrets.token_bytes(KEY_BYTES))
    for keys in ([signing, new], [new, signing]):
        client.put_secret_value(SecretId=secret, SecretString=write_keys(keys))
        restart(" ".join(key.kid for key in keys))
    return new.kid
