"""API keys: credentials that machines present in place of a session's access token.

The text of a key contains the ids of its user and of the key, so that a lookup needs no index. Its prefix lets secret
scanners find a published key. Its secret has 256 random bits, which need no slow hash (OWASP ASVS 5.0, 6.5.2, 11.4.1).
"""

import base64
import hashlib
import re
import secrets
from typing import Final
from uuid import UUID

import msgspec

PREFIX: Final = "janus_"
SECRET_BYTES: Final = 32
ID_BYTES: Final = 16
FORM: Final = re.compile(PREFIX + "[A-Za-z0-9_-]{86}")  # two ids and a secret, 64 bytes, in Base64


class ApiKeyMalformed(ValueError):
    """The credential does not have the form of an API key."""


class PresentedApiKey(msgspec.Struct, frozen=True):
    """The user id and key id in the text of a presented API key, and the SHA-256 digest of the text in hexadecimal."""

    user_id: str
    key_id: str
    digest: str


def new_api_key(user_id: str, key_id: str) -> tuple[str, str]:
    """Return the text of a new API key, and its SHA-256 digest in hexadecimal, which is stored instead of the text.

    Raises ValueError if user_id or key_id is not a UUID.
    """
    content = UUID(user_id).bytes + UUID(key_id).bytes + secrets.token_bytes(SECRET_BYTES)
    key = PREFIX + base64.urlsafe_b64encode(content).rstrip(b"=").decode()
    return key, _digest(key)


def is_api_key(presented: str) -> bool:
    """Return whether a credential has the prefix of API keys; any other credential is an access token."""
    return presented.startswith(PREFIX)


def read_api_key(presented: str) -> PresentedApiKey:
    """Return the ids and the digest of a presented key, without checking whether the key exists.

    Raises ApiKeyMalformed if the text does not have the form of an API key.
    """
    if FORM.fullmatch(presented) is None:
        raise ApiKeyMalformed
    content = base64.urlsafe_b64decode(presented.removeprefix(PREFIX) + "==")
    user_id, key_id = content[:ID_BYTES], content[ID_BYTES : 2 * ID_BYTES]
    return PresentedApiKey(str(UUID(bytes=user_id)), str(UUID(bytes=key_id)), _digest(presented))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
