"""Passwords: which are accepted, and how they are stored.

Sources: NIST SP 800-63B-4, section 3.1.1.2 (15 characters where the password is the only factor, at least 64 accepted,
Unicode normalized, no rules of composition); OWASP Password Storage Cheat Sheet for argon2id's parameters.
"""

import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 15  # characters
LONGEST: Final = 128  # characters; bounds the work of a sign-in

TIME_COST: Final = 2
MEMORY_COST: Final = 19 * 1024  # KiB
PARALLELISM: Final = 1

# Verified where there is no account, made with the parameters above.
HASH_OF_NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$duaNGZf/eXidxUOETVqdpw$wkJCCENR+8nCcalMW04+VUVS5RQc9hzvkLcFTkfNZv8"
)


class PasswordUnacceptable(ValueError):
    """A new password is too short or too long; the message says which."""


def check_new_password(password: str) -> None:
    """Raise PasswordUnacceptable unless a password may be chosen."""
    length = len(unicodedata.normalize("NFKC", password))
    if length < SHORTEST:
        raise PasswordUnacceptable(f"must have at least {SHORTEST} characters; a few words are easiest to remember")
    if length > LONGEST:
        raise PasswordUnacceptable(f"must have at most {LONGEST} characters")


class Passwords:
    """Hashes and verifies passwords with argon2id (RFC 9106)."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=PARALLELISM)

    def hash(self, password: str) -> str:
        """Return the hash to store: parameters, salt and digest in one string."""
        return self._hasher.hash(unicodedata.normalize("NFKC", password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether a password is the one whose hash is stored.

        Where none is stored the same work is done on nobody's hash: the time doesn't tell whether there is an account.
        """
        try:
            self._hasher.verify(stored or HASH_OF_NOBODY, unicodedata.normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)
