"""Passwords that are known from breaches, as a Bloom filter (B. H. Bloom, 1970).

A Bloom filter contains each of its members for certain, and any other text with a small probability. `python -m
infra.breached_passwords` builds the file of this one, and states its sources. Passwords are compared without case, and
without anything that is not a letter or a digit; digits that are appended to one do not make it another one.
"""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_suffix(".bloom")
HASHES: Final = 17  # bits set per member, the best number for BITS_PER_MEMBER
BITS_PER_MEMBER: Final = 24  # one in 100,000 other texts is contained
APPENDED_DIGITS: Final = re.compile(r"[0-9]{1,4}\Z")
MIN_LENGTH: Final = 8  # characters that are compared; a shorter word is not a password


def is_breached(password: str) -> bool:
    """Return whether a password is known from a breach, also with another case, other signs, or digits appended."""
    plain = plain_form(password)
    candidates = {plain, APPENDED_DIGITS.sub("", plain)}
    return any(len(candidate) >= MIN_LENGTH and contains(_filter(), candidate) for candidate in candidates)


def plain_form(password: str) -> str:
    """Return the letters and digits of a password, normalized to NFKC and without case."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", password).casefold())
    return "".join(character for character in folded if character.isalnum())


def build(members: Sequence[str]) -> bytes:
    """Return the Bloom filter of some texts."""
    bits = bytearray(max(1, len(members) * BITS_PER_MEMBER // 8))
    for member in members:
        for position in _positions(member, len(bits) * 8):
            bits[position // 8] |= 1 << position % 8
    return bytes(bits)


def contains(bits: bytes, text: str) -> bool:
    """Return whether a Bloom filter contains a text."""
    return all(bits[position // 8] >> position % 8 & 1 for position in _positions(text, len(bits) * 8))


def _positions(text: str, size: int) -> Iterable[int]:
    """Return the bits of a text, by double hashing (A. Kirsch, M. Mitzenmacher, 2006)."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8]), int.from_bytes(digest[8:]) | 1
    return ((first + number * step) % size for number in range(HASHES))


@functools.cache
def _filter() -> bytes:
    return FILE.read_bytes()
