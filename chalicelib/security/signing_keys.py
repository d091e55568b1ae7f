"""Signing keys of JSON Web Tokens: the first signs and all verify, so that a key can be rotated while tokens are valid.

They are stored as a JSON object that maps key ids to Base64 keys, in that order.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Final

import msgspec

MIN_KEY_BYTES: Final = 32  # the length of HS256's hash, the minimum of RFC 7518, section 3.2


class KeysUnusable(RuntimeError):
    """The stored keys are malformed or too short; the message never contains any part of them."""


class SigningKey(msgspec.Struct, frozen=True):
    """A signing key; kid is the key id in the header of its tokens."""

    kid: str
    secret: bytes


def read_keys(text: str) -> tuple[SigningKey, ...]:
    """Return the keys of a stored JSON object. Raises KeysUnusable."""
    try:
        by_kid: dict[str, str] = json.loads(text)
        keys = tuple(SigningKey(kid, base64.b64decode(secret, validate=True)) for kid, secret in by_kid.items())
    except (ValueError, AttributeError, TypeError, binascii.Error) as error:
        raise KeysUnusable("the signing keys must be a JSON object that maps key ids to Base64 keys") from error
    if not keys or any(len(key.secret) < MIN_KEY_BYTES for key in keys):
        raise KeysUnusable(f"at least one signing key is required, and each must have at least {MIN_KEY_BYTES} bytes")
    return keys


def write_keys(keys: Sequence[SigningKey]) -> str:
    """Return keys as a JSON object to store."""
    return json.dumps({key.kid: base64.b64encode(key.secret).decode() for key in keys})
