"""The keys of JSON Web Tokens: the first signs and all verify, so that one can be replaced while tokens are out.

They are kept as a JSON object of key ids and base64 keys, in that order.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Final

import msgspec

MIN_KEY_BYTES: Final = 32  # bytes: HS256's hash length, the least that RFC 7518, section 3.2 allows


class KeysUnusable(RuntimeError):
    """What should be the keys isn't; the message never holds any of it."""


class SigningKey(msgspec.Struct, frozen=True):
    """A key; kid is what tokens name it by."""

    kid: str
    secret: bytes


def read_keys(text: str) -> tuple[SigningKey, ...]:
    """Read the keys. Raises KeysUnusable."""
    try:
        by_kid: dict[str, str] = json.loads(text)
        keys = tuple(SigningKey(kid, base64.b64decode(secret, validate=True)) for kid, secret in by_kid.items())
    except (ValueError, AttributeError, TypeError, binascii.Error) as error:
        raise KeysUnusable("the keys must be a JSON object of key ids and base64 keys") from error
    if not keys or any(len(key.secret) < MIN_KEY_BYTES for key in keys):
        raise KeysUnusable(f"the keys must be at least one, of at least {MIN_KEY_BYTES} bytes each")
    return keys


def write_keys(keys: Sequence[SigningKey]) -> str:
    """Return the keys as they are kept."""
    return json.dumps({key.kid: base64.b64encode(key.secret).decode() for key in keys})
