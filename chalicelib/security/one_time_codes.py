"""Codes of a second factor: those of an authenticator app, and those to recover by when the app is lost.

Sources: RFC 6238 (time-based one-time passwords) with its defaults, which are all that common apps read: SHA-1, six
digits, thirty seconds; OWASP ASVS 5.0, 6.5 and 6.6 (good once, random, limited in time).
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
PERIOD: Final = 30  # seconds
TOLERATED: Final = (0, -1, 1)  # periods that a clock may be off: a minute and a half in which a code is good
RECOVERY_CODES: Final = 10
RECOVERY_BYTES: Final = 15  # 120 bits: from 112 on no slow hash is needed (ASVS 6.5.2)
GROUP: Final = 4  # characters


def new_secret() -> str:
    """Return a secret to share with an authenticator app, 160 random bits in Base32."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, account: str) -> str:
    """Return the address that an authenticator app reads from a QR code (the `otpauth` key URI format)."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def period_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the number of the period whose code this is, None if it is that of none about now."""
    current = int(now.timestamp()) // PERIOD
    generator = pyotp.TOTP(secret)
    periods = [current + offset for offset in TOLERATED]
    return next(
        (each for each in periods if compare_digest(generator.generate_otp(each).encode(), code.encode())), None
    )


def new_recovery_codes() -> list[str]:
    """Return codes that are good once each, in groups that can be read aloud."""
    return [
        _grouped(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()) for _ in range(RECOVERY_CODES)
    ]


def recovery_digest(code: str) -> str:
    """Return what is stored of a recovery code, however it was typed."""
    return hashlib.sha256(re.sub(r"[\s-]", "", code).lower().encode()).hexdigest()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
