"""Email tokens: presenting one proves access to the email address that it was sent to.

A token names its user or project, so that its hash is stored beside them and finding it needs no index. It has 256
random bits (OWASP ASVS 5.0, 6.5.2), which need no slow hash.
"""

import hashlib
import re
import secrets
from typing import Final

from chalicelib.model.emails import InvalidEmailToken

SECRET_BYTES: Final = 32
FORM: Final = re.compile(r"(?P<owner_id>[0-9a-f-]{36})\.(?P<secret>[A-Za-z0-9_-]{43})")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def new_email_token(owner_id: str) -> tuple[str, str]:
    """Return a token of a user or project and its digest, which is what may be stored."""
    token = f"{owner_id}.{secrets.token_urlsafe(SECRET_BYTES)}"
    return token, _digest(token)


def read_email_token(presented: str) -> tuple[str, str]:
    """Return the user or project that a token names, and its digest. Raises InvalidEmailToken."""
    match = FORM.fullmatch(presented)
    if match is None:
        raise InvalidEmailToken
    return match["owner_id"], _digest(presented)


def is_digest(text: str) -> bool:
    """Return whether a text has the form of a token's digest."""
    return DIGEST.fullmatch(text) is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
