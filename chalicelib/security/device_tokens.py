"""Device tokens: proofs that a device signed in to an account before, which has its own share of the limits.

Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies",
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies. A token signs nobody in. It says
nothing of the account: it consists of a random id of the device, an expiry, and a code that only verifies together with
the account's email address and our key.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.security.signing_keys import SigningKey

LIFETIME: Final = timedelta(days=180)
ID_BYTES: Final = 16
PURPOSE: Final = b"device token"  # of the key that is derived from a signing key, which also signs other tokens
FORM: Final = re.compile(r"(?P<device>[A-Za-z0-9_-]{22})\.(?P<expires>[0-9]{1,12})\.(?P<code>[A-Za-z0-9_-]{43})")


class DeviceTokens:
    """Issues and reads device tokens. The first key signs, all keys verify."""

    def __init__(self, keys: Sequence[SigningKey]) -> None:
        self._keys = [hmac.digest(key.secret, PURPOSE, hashlib.sha256) for key in keys]

    def issue(self, email: str, now: datetime, device: str | None = None) -> str:
        """Return a token for an account, which is valid for LIFETIME; device is the id of a device that has one."""
        device = device or secrets.token_urlsafe(ID_BYTES)
        expires = int((now + LIFETIME).timestamp())
        return f"{device}.{expires}.{_code(self._keys[0], device, expires, email)}"

    def device_of(self, presented: str | None, email: str, now: datetime) -> str | None:
        """Return the id of the device in a token that was issued for an account and is valid; otherwise None."""
        match = FORM.fullmatch(presented or "")
        if match is None:
            return None
        device, expires = match["device"], int(match["expires"])
        codes = [_code(key, device, expires, email) for key in self._keys]
        verified = [hmac.compare_digest(code, match["code"]) for code in codes]
        return device if any(verified) and now < datetime.fromtimestamp(expires, UTC) else None


def _code(key: bytes, device: str, expires: int, email: str) -> str:
    digest = hmac.digest(key, f"{device}\n{expires}\n{email}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
