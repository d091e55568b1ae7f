"""Secrets that are sent by mail: who reads it proves it by presenting one.

A secret names its user, so that what is stored is its hash beside the user, and finding it needs no index. It has 256
random bits (OWASP ASVS 5.0, 6.5.2), which need no slow hash.
"""

import hashlib
import re
import secrets
from typing import Final

SECRET_BYTES: Final = 32
FORM: Final = re.compile(r"(?P<user_id>[0-9a-f-]{36})\.(?P<secret>[A-Za-z0-9_-]{43})")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class SecretMalformed(ValueError):
    """What is presented was never mailed."""


def new_secret(user_id: str) -> tuple[str, str]:
    """Return a secret for a user and its digest, which is what may be stored."""
    secret = f"{user_id}.{secrets.token_urlsafe(SECRET_BYTES)}"
    return secret, _digest(secret)


def read_secret(presented: str) -> tuple[str, str]:
    """Return whose a secret says that it is, and its digest. Raises SecretMalformed."""
    match = FORM.fullmatch(presented)
    if match is None:
        raise SecretMalformed
    return match["user_id"], _digest(presented)


def is_digest(text: str) -> bool:
    """Whether a text has the form of a secret's digest."""
    return DIGEST.fullmatch(text) is not None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
