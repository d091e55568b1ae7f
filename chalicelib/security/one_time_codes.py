"""Codes of a second factor: one-time passwords of an authenticator app, and recovery codes for when the app is lost.

Sources: RFC 6238 (time-based one-time passwords) with its defaults, which common apps require: SHA-1, six digits,
thirty seconds; OWASP ASVS 5.0, 6.5 and 6.6 (each code is valid once, random, and limited in time).
"""

import base64
import hashlib
import re
import secrets
from datetime import datetime
from hmac import compare_digest
from typing import Final

import pyotp

ISSUER: Final = "Janus"
PERIOD: Final = 30  # seconds: RFC 6238's time step
TOLERATED: Final = (0, -1, 1)  # time steps that a clock may differ: a code is valid for a minute and a half
RECOVERY_CODES: Final = 10
RECOVERY_BYTES: Final = 15  # 120 bits: with at least 112, no slow hash is needed (ASVS 6.5.2)
GROUP_LENGTH: Final = 4  # characters


def new_secret() -> str:
    """Return a new secret to share with an authenticator app: 160 random bits in Base32."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, account: str) -> str:
    """Return the `otpauth` URI that an authenticator app reads from a QR code; account is the name it displays."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def period_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the number of the time step of 30 seconds (RFC 6238) that a code of an authenticator app belongs to.

    Return None if the code is that of neither the current time step nor the one before or after it. Whether it was used
    before is not checked.
    """
    current = int(now.timestamp()) // PERIOD
    generator = pyotp.TOTP(secret)
    periods = [current + offset for offset in TOLERATED]
    return next(
        (each for each in periods if compare_digest(generator.generate_otp(each).encode(), code.encode())), None
    )


def new_recovery_codes() -> list[str]:
    """Return ten new recovery codes of 120 random bits each, in groups of four characters that can be read aloud."""
    return [
        _grouped(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()) for _ in range(RECOVERY_CODES)
    ]


def recovery_digest(code: str) -> str:
    """Return the SHA-256 digest, in hexadecimal, of a recovery code; case, spaces and hyphens are ignored."""
    return hashlib.sha256(re.sub(r"[\s-]", "", code).lower().encode()).hexdigest()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))
