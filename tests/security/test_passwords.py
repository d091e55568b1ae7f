import contextlib
import re
import time

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.model.errors import InvalidField
from chalicelib.security.passwords import HASH_OF_NOBODY, Passwords, PasswordUnacceptable, check_new_password

# OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two iterations, one lane.
PARAMETERS = "$argon2id$v=19$m=19456,t=2,p=1$"
PASSWORD = "plum trees by the quiet pond"


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


@pytest.mark.parametrize(
    "password",
    [
        "plum-tree4bells",
        "look closely at every pixel",
        "日本語で書いた長い合言葉です。",
        "\U0001f600\U0001f63a\U0001f335\U0001f40c\U0001f3bb\U0001f9c2\U0001f6b2\U0001f9ca\U0001f33d\U0001f41e\U0001f3d4\U0001f5ff\U0001f9e6\U0001f9f5\U0001fa81",
        "seventeen herons wade through the estuary, and nobody counts them twice",
    ],
)
def test_long_passwords_of_any_letters_are_accepted(password: str) -> None:
    check_new_password(password, ("ann@people.example", "Ann"))


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("passwordpassword", "a repetition"),
        ("password123456789", "a common password"),
        ("qwertyuiopasdfghjkl", "a common password"),
        ("ertyuioplkjhgfdsa", "a run of keys"),
        ("aaaaaaaaaaaaaaaaaaaa", "a repetition"),
        ("abcdefghijklmnopqrs", "a sequence like abc or 123"),
        ("ann.lee@people.example", "your email address or name, or Janus's"),
        ("annleeannleeannlee1", "a repetition and a few other characters"),
        ("janusjanusjanusjanus", "a repetition"),
        ("liverpoolfc1234567", "a common password"),
    ],
)
def test_what_is_easy_to_guess_is_refused_with_the_reason(password: str, reason: str) -> None:
    with pytest.raises(PasswordUnacceptable, match=re.escape(f"must not be easy to guess; it is {reason}")):
        check_new_password(password, ("ann.lee@people.example", "Ann Lee"))


@given(st.text(min_size=15, max_size=128))
def test_any_text_is_judged_and_nothing_else_happens(password: str) -> None:
    with contextlib.suppress(PasswordUnacceptable):
        check_new_password(password, ("ann@people.example", password[:7]))


def test_the_longest_password_is_judged_in_a_moment() -> None:
    began = time.perf_counter()
    with pytest.raises(PasswordUnacceptable):
        check_new_password("password" * 16)
    assert time.perf_counter() - began < 2


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


@pytest.mark.parametrize(
    ("password", "min_length", "accepted"),
    [  # guesses as zxcvbn estimates them: ten per character that follows no pattern
        ("xkq!hz7w", 8, True),  # 10^8, enough beside a second factor
        ("xkq!hz7", 7, False),  # 10^7
        ("xkq!hz7wv2", 10, True),
        ("xkq!hz7wv", 15, False),  # too short where it is the only factor
    ],
)
def test_a_password_beside_a_second_factor_may_be_weaker(password: str, min_length: int, accepted: bool) -> None:
    if accepted:
        check_new_password(password, (), min_length)
        return
    with pytest.raises(PasswordUnacceptable):
        check_new_password(password, (), min_length)


@pytest.mark.parametrize(("password", "min_length"), [("aaaaaaaaaaaaaaaaaaaa", 15), ("password", 8), ("janusjanus", 8)])
def test_a_guessable_password_is_refused_beside_a_second_factor_too(password: str, min_length: int) -> None:
    with pytest.raises(PasswordUnacceptable, match="easy to guess"):
        check_new_password(password, (), min_length)


def test_a_password_as_the_only_factor_takes_more_guesses() -> None:
    check_new_password("mountain bridge", (), 8)  # 10^8.04 guesses by zxcvbn's estimate
    with pytest.raises(PasswordUnacceptable, match="a common password"):
        check_new_password("mountain bridge", (), 15)


def test_a_password_of_the_maximum_length_is_accepted() -> None:
    check_new_password("plum-tree4bells " * 8)  # 128 characters


def test_a_part_of_the_email_address_is_a_word_of_the_account() -> None:
    with pytest.raises(PasswordUnacceptable, match="your email address or name"):
        check_new_password("wexforth-kilbride", ("wexforth@kilbride.example",))


def test_a_wrong_password_names_the_field(stored: str) -> None:
    Passwords().check(stored, PASSWORD)
    with pytest.raises(InvalidField) as caught:
        Passwords().check(stored, "another password")
    assert caught.value.field == "password"
