"""Email tokens: presenting one proves access to the email address that it was sent to.

A token contains the id of its user or project. Its digest is stored with that user or project, so that a lookup needs
no index. Its secret has 256 random bits, which need no slow hash (OWASP ASVS 5.0, 6.5.2).
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
    """Return a new token of a user or project, and its SHA-256 digest in hexadecimal.

    The token is sent by email; the digest is stored instead of it.
    """
    token = f"{owner_id}.{secrets.token_urlsafe(SECRET_BYTES)}"
    return token, _digest(token)


def read_email_token(presented: str) -> tuple[str, str]:
    """Return the id of the user or project in a presented token, and the token's SHA-256 digest in hexadecimal.

    Only the form of the token is checked, not whether it was ever sent. Raises InvalidEmailToken.
    """
    match = FORM.fullmatch(presented)
    if match is None:
        raise InvalidEmailToken
    return match["owner_id"], _digest(presented)


def is_digest(text: str) -> bool:
    """Return whether a text has the form of a token's digest: 64 lowercase hexadecimal digits."""
    return DIGEST.fullmatch(text) is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
