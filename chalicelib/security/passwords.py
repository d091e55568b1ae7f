"""Passwords: which are accepted, and how they are stored.

What is easy to guess is refused, with the reason: common passwords, words of the account's own, runs of keys,
repetitions, and these with a few characters behind. How many guesses a password takes is zxcvbn's estimate
(D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016).

Sources: NIST SP 800-63B-4, section 3.1.1.2 (15 characters where the password is the only factor, 8 where it isn't, at
least 64 accepted, Unicode normalized, no rules of composition, a blocklist); OWASP Password Storage Cheat Sheet for
argon2id's parameters.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from chalicelib.model.errors import InvalidField

MIN_PASSWORD_LENGTH: Final = 15  # characters
MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR: Final = 8
MAX_PASSWORD_LENGTH: Final = 128  # characters; bounds the work of a sign-in
MIN_GUESSES_LOG10: Final = (
    10.0  # powers of ten of guesses, below which a password is easy to guess: zxcvbn's "safely unguessable"
)
MIN_GUESSES_LOG10_WITH_SECOND_FACTOR: Final = (
    8.0  # what eight random characters are; zxcvbn's bound of guesses over the network
)
MAX_ESTIMATED_LENGTH: Final = 64  # characters from the beginning: twice as many take a third of a second
CONTEXT: Final = ("janus",)
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "passwords": "a common password",
        "user_inputs": "your email address or name, or Janus's",
        "dictionary": "a common word",
        "spatial": "a run of keys",
        "repeat": "a repetition",
        "sequence": "a sequence like abc or 123",
        "date": "a date",
        "regex": "a year",
        "bruteforce": "a few other characters",
    }
)
"""What a part of a password is, by zxcvbn's dictionary or pattern."""

TIME_COST: Final = 2
MEMORY_COST: Final = 19 * 1024  # KiB
PARALLELISM: Final = 1

# Verified where there is no account, made with the parameters above.
HASH_OF_NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$duaNGZf/eXidxUOETVqdpw$wkJCCENR+8nCcalMW04+VUVS5RQc9hzvkLcFTkfNZv8"
)


class PasswordUnacceptable(ValueError):
    """A new password is too short, too long or easy to guess; the message says which."""


def length(password: str) -> int:
    """Return how many characters a password counts."""
    return len(unicodedata.normalize("NFKC", password))


def check_new_password(password: str, context: Sequence[str] = (), min_length: int = MIN_PASSWORD_LENGTH) -> None:
    """Raise PasswordUnacceptable unless a password may be chosen; context is what the account says of its owner.

    min_length is MIN_PASSWORD_LENGTH, or MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR if the password isn't the only factor.
    """
    characters = length(password)
    if characters < min_length:
        raise PasswordUnacceptable(f"must have at least {min_length} characters; a few words are easiest to remember")
    if characters > MAX_PASSWORD_LENGTH:
        raise PasswordUnacceptable(f"must have at most {MAX_PASSWORD_LENGTH} characters")
    min_guesses = MIN_GUESSES_LOG10 if min_length == MIN_PASSWORD_LENGTH else MIN_GUESSES_LOG10_WITH_SECOND_FACTOR
    _check_guesses(unicodedata.normalize("NFKC", password), context, min_guesses)


def _check_guesses(password: str, context: Sequence[str], min_guesses: float) -> None:
    from zxcvbn import zxcvbn  # noqa: PLC0415  130 ms of word lists that only a new password needs

    own = [word for text in (*context, *CONTEXT) for word in (text, *re.split(r"[\W_]+", text)) if word]
    seen = zxcvbn(password[:MAX_ESTIMATED_LENGTH], user_inputs=own, max_length=MAX_ESTIMATED_LENGTH)
    if seen["guesses_log10"] < min_guesses:
        parts = list(dict.fromkeys(_reasons(seen["sequence"])))
        made_of = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        raise PasswordUnacceptable(f"must not be easy to guess; it is {made_of}")


def _reasons(sequence: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for part in sequence:
        pattern = part["pattern"]
        yield REASONS.get(part["dictionary_name"], REASONS[pattern]) if pattern == "dictionary" else REASONS[pattern]


class Passwords:
    """Hashes and verifies passwords with argon2id (RFC 9106)."""

    def __init__(self) -> None:
        from argon2 import PasswordHasher  # noqa: PLC0415  requests with a token need none

        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=PARALLELISM)

    def hash(self, password: str) -> str:
        """Return the hash to store: parameters, salt and digest in one string."""
        return self._hasher.hash(unicodedata.normalize("NFKC", password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether a password is the one whose hash is stored.

        Where none is stored the same work is done on nobody's hash: the time doesn't tell whether there is an account.
        """
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  as above

        try:
            self._hasher.verify(stored or HASH_OF_NOBODY, unicodedata.normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def check(self, stored: str, password: str) -> None:
        """Raise InvalidField unless a password is the one whose hash is stored."""
        if not self.verify(stored, password):
            raise InvalidField("password", "is not the account's password")

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)
