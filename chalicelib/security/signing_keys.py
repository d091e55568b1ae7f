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
    """The stored signing keys are absent, malformed or too short. The message never contains any part of them."""


class SigningKey(msgspec.Struct, frozen=True):
    """A signing key of HS256: its secret, and its key id, which is the header `kid` of the tokens that it signs."""

    kid: str
    secret: bytes


def read_keys(text: str) -> tuple[SigningKey, ...]:
    """Return the signing keys of a stored JSON object, which maps key ids to Base64 keys, in its order.

    The first key signs, all verify. Raises KeysUnusable if the text is malformed, contains no key, or contains one
    shorter than MIN_KEY_BYTES.
    """
    try:
        by_kid: dict[str, str] = json.loads(text)
        keys = tuple(SigningKey(kid, base64.b64decode(secret, validate=True)) for kid, secret in by_kid.items())
    except (ValueError, AttributeError, TypeError, binascii.Error) as error:
        raise KeysUnusable("the signing keys must be a JSON object that maps key ids to Base64 keys") from error
    if not keys or any(len(key.secret) < MIN_KEY_BYTES for key in keys):
        raise KeysUnusable(f"at least one signing key is required, and each must have at least {MIN_KEY_BYTES} bytes")
    return keys


def write_keys(keys: Sequence[SigningKey]) -> str:
    """Return signing keys as the JSON object that `read_keys` reads."""
    return json.dumps({key.kid: base64.b64encode(key.secret).decode() for key in keys})
