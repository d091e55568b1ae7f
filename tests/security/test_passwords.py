import re

import pytest
from argon2 import PasswordHasher

from chalicelib.security.passwords import HASH_OF_NOBODY, Passwords, PasswordUnacceptable, check_new_password

# OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two iterations, one lane.
PARAMETERS = "$argon2id$v=19$m=19456,t=2,p=1$"
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def stored() -> str:
    return Passwords().hash(PASSWORD)


def test_a_hash_is_argon2id_with_the_parameters_of_owasp(stored: str) -> None:
    assert stored.startswith(PARAMETERS)


def test_nobodys_hash_costs_what_anybodys_does() -> None:
    assert HASH_OF_NOBODY.startswith(PARAMETERS)
    salt, digest = HASH_OF_NOBODY.split("$")[4:]
    assert (len(salt), len(digest)) == (22, 43)  # 16 and 32 bytes, as argon2-cffi makes them


def test_a_hash_is_salted(stored: str) -> None:
    assert Passwords().hash(PASSWORD) != stored


def test_a_hash_is_verified_by_argon2_itself(stored: str) -> None:
    assert PasswordHasher().verify(stored, PASSWORD)


@pytest.mark.parametrize(("password", "matches"), [(PASSWORD, True), (PASSWORD + " ", False), ("", False)])
def test_only_the_password_itself_matches(stored: str, password: str, matches: bool) -> None:
    assert Passwords().verify(stored, password) is matches


@pytest.mark.parametrize("password", [PASSWORD, "", "password"])
def test_nothing_matches_where_nothing_is_stored(password: str) -> None:
    assert not Passwords().verify(None, password)


@pytest.mark.parametrize("damaged", ["no hash", "$argon2id$", HASH_OF_NOBODY[:-5], "$argon2i$v=19$m=8,t=1,p=1$eA$eA"])
def test_a_damaged_hash_matches_nothing(damaged: str) -> None:
    assert not Passwords().verify(damaged, PASSWORD)


def test_keyboards_that_compose_letters_differently_type_the_same_password() -> None:
    composed, decomposed = "cafés über ﬁne 2½", "cafe\u0301s u\u0308ber fine 21\u20442"
    passwords = Passwords()
    assert passwords.verify(passwords.hash(composed), decomposed)


def test_a_hash_of_weaker_parameters_is_outdated(stored: str) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    assert Passwords().is_outdated(weaker)
    assert not Passwords().is_outdated(stored)


@pytest.mark.parametrize("password", ["x" * 15, "x" * 128, "\U0001f600" * 15, " " * 15])
def test_fifteen_to_128_characters_are_accepted(password: str) -> None:
    check_new_password(password)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "at least 15"),
        ("x" * 14, "at least 15"),
        ("e\u0301" * 14, "at least 15"),  # characters once composed, not code points as typed
        ("x" * 129, "at most 128"),
        ("\ufdfa" * 8, "at most 128"),  # NFKC makes eighteen of one
    ],
)
def test_other_lengths_are_refused_with_the_limit(password: str, reason: str) -> None:
    with pytest.raises(PasswordUnacceptable, match=re.escape(reason)):
        check_new_password(password)
