"""Password policy and password hashing.

Passwords that are easy to guess are refused with the reason: common passwords, words from the account itself, runs of
keys, repetitions, and any of these with a few characters appended. The number of guesses is zxcvbn's estimate
(D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016). Passwords that are known from
data breaches are refused, too.

Sources: NIST SP 800-63B-4, section 3.1.1.2 (at least 15 characters if the password is the only factor, otherwise 8; at
least 64 accepted; Unicode normalized; no composition rules; a blocklist); OWASP Password Storage Cheat Sheet for the
parameters of argon2id.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from chalicelib.model.errors import InvalidField
from chalicelib.security.breached_passwords import is_breached

MIN_PASSWORD_LENGTH: Final = 15  # characters
MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR: Final = 8
MAX_PASSWORD_LENGTH: Final = 128  # characters; bounds the work of a sign-in
MIN_GUESSES_LOG10: Final = 10.0  # logarithm of the number of guesses: zxcvbn's "safely unguessable"
MIN_GUESSES_LOG10_WITH_SECOND_FACTOR: Final = 8.0  # eight random characters; zxcvbn's limit for guesses over a network
MAX_ESTIMATED_LENGTH: Final = 64  # first characters that are estimated
# Substrings that zxcvbn looks up in each of its dictionaries, about twice: it tries all ways to read "4" or "|" as a
# letter. Without a limit, 64 such characters took 3 s; with it, the worst that benchmarks/cost/password_estimate.py
# finds takes 0.13 s.
MAX_ESTIMATED_SUBSTRINGS: Final = 32_768
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
"""Descriptions of the parts of a password, by zxcvbn's names of dictionaries and patterns."""

TIME_COST: Final = 2
MEMORY_COST: Final = 19 * 1024  # KiB
PARALLELISM: Final = 1

# Verified if there is no account; made with the parameters above.
HASH_OF_NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$duaNGZf/eXidxUOETVqdpw$wkJCCENR+8nCcalMW04+VUVS5RQc9hzvkLcFTkfNZv8"
)


class PasswordUnacceptable(ValueError):
    """A new password is too short, too long, known from a breach, or easy to guess.

    The message continues "the password …" and says which.
    """


def length(password: str) -> int:
    """Return the number of Unicode code points of a password after normalization to NFKC."""
    return len(unicodedata.normalize("NFKC", password))


def check_new_password(password: str, context: Sequence[str] = (), min_length: int = MIN_PASSWORD_LENGTH) -> None:
    """Raise PasswordUnacceptable for a password that is too short, too long, known from a breach, or easy to guess.

    context contains texts from the account, such as the email address, that make a password easy to guess. min_length
    is MIN_PASSWORD_LENGTH, or MIN_PASSWORD_LENGTH_WITH_SECOND_FACTOR if the account has a second factor; fewer guesses
    are required with the latter.
    """
    characters = length(password)
    if characters < min_length:
        raise PasswordUnacceptable(f"must have at least {min_length} characters; a few words are easiest to remember")
    if characters > MAX_PASSWORD_LENGTH:
        raise PasswordUnacceptable(f"must have at most {MAX_PASSWORD_LENGTH} characters")
    min_guesses = MIN_GUESSES_LOG10 if min_length == MIN_PASSWORD_LENGTH else MIN_GUESSES_LOG10_WITH_SECOND_FACTOR
    _check_guesses(unicodedata.normalize("NFKC", password), context, min_guesses)
    if is_breached(password):
        raise PasswordUnacceptable("must not be known from a data breach; choose one that nobody else uses")


def _check_guesses(password: str, context: Sequence[str], min_guesses: float) -> None:
    from zxcvbn import zxcvbn  # noqa: PLC0415  loads word lists for 130 ms, which only new passwords need

    own = [word for text in (*context, *CONTEXT) for word in (text, *re.split(r"[\W_]+", text)) if word]
    estimate = zxcvbn(_estimated_part(password), user_inputs=own, max_length=MAX_ESTIMATED_LENGTH)
    if estimate["guesses_log10"] < min_guesses:
        parts = list(dict.fromkeys(_reasons(estimate["sequence"])))
        composition = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        raise PasswordUnacceptable(f"must not be easy to guess; it is {composition}")


def _estimated_part(password: str) -> str:
    """Return as many of the first characters of a password as zxcvbn estimates within the limits of its work.

    They are at least the first twelve, which are enough if they follow no pattern.
    """
    from zxcvbn.matching import L33T_TABLE  # noqa: PLC0415  as above

    end = min(len(password), MAX_ESTIMATED_LENGTH)
    while True:
        part = password[:end]
        readings = math.prod(max(1, sum(sign in part for sign in signs)) for signs in L33T_TABLE.values())
        if readings * end * end <= MAX_ESTIMATED_SUBSTRINGS:
            return part
        end -= 1


def _reasons(sequence: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for part in sequence:
        pattern = part["pattern"]
        yield REASONS.get(part["dictionary_name"], REASONS[pattern]) if pattern == "dictionary" else REASONS[pattern]


class Passwords:
    """Hashes and verifies passwords with argon2id (RFC 9106)."""

    def __init__(self) -> None:
        from argon2 import PasswordHasher  # noqa: PLC0415  most requests authenticate with a token

        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=PARALLELISM)

    def hash(self, password: str) -> str:
        """Return the argon2 hash of a password, to be stored: parameters, salt and digest in one string."""
        return self._hasher.hash(unicodedata.normalize("NFKC", password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Return whether a password matches a stored hash; False if the hash is None or malformed.

        Without a stored hash the same work is done on HASH_OF_NOBODY, so that the time taken does not disclose whether
        an account exists.
        """
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  as above

        try:
            self._hasher.verify(stored or HASH_OF_NOBODY, unicodedata.normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def check(self, stored: str, password: str) -> None:
        """Raise InvalidField for the request field "password" unless a password matches a stored hash."""
        if not self.verify(stored, password):
            raise InvalidField("password", "is not the account's password")

    def is_outdated(self, stored: str) -> bool:
        """Return whether a hash was made with parameters other than the current ones.

        Raises argon2's InvalidHashError.
        """
        return self._hasher.check_needs_rehash(stored)
