"""Passwords that are known from breaches: the shipped filter, and how one is built."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.security import breached_passwords
from chalicelib.security.breached_passwords import build, contains, is_breached, plain_form
from chalicelib.security.passwords import PasswordUnacceptable, check_new_password


@pytest.mark.parametrize(
    "password",
    [  # of 15 characters and more, from SecLists
        "correcthorsebatterystaple",
        "commedesenfants",
        "humairak0148163804",
        "lamejordelmundo",
        "merlinsugargirl00900",
    ],
)
def test_a_long_password_from_a_breach_is_refused_with_the_reason(password: str) -> None:
    with pytest.raises(PasswordUnacceptable, match="must not be known from a data breach"):
        check_new_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple",
        "CORRECTHORSEBATTERYSTAPLE!",
        "correcthorsebatterystaple2026",
        "ｃｏｒｒｅｃｔhorsebatterystaple",  # noqa: RUF001 - full width, which NFKC makes ordinary
    ],
)
def test_a_known_password_in_another_form_is_refused_too(password: str) -> None:
    with pytest.raises(PasswordUnacceptable, match="must not be known from a data breach"):
        check_new_password(password)


@pytest.mark.parametrize("password", ["vp3whbjvp8", "calexico", "8465268a"])  # of the 100,000 commonest
def test_a_common_password_is_refused_beside_a_second_factor_too(password: str) -> None:
    with pytest.raises(PasswordUnacceptable, match="must not be known from a data breach"):
        check_new_password(password, (), 8)


@pytest.mark.parametrize(
    "password", ["correct herons batter the staple", "victoria84736291", "!!!!!!!!!!!!!!!", "日本語"]
)
def test_a_password_is_not_known_for_a_part_of_it(password: str) -> None:
    assert not is_breached(password)


def test_one_of_100_000_others_is_refused_by_mistake() -> None:
    generator = random.Random(18)  # noqa: S311 - for the same texts each time
    texts = ("".join(generator.choices(string.ascii_lowercase, k=20)) for _ in range(200_000))
    bits = breached_passwords.FILE.read_bytes()
    assert sum(contains(bits, text) for text in texts) <= 8  # two are expected; more than eight once in 4,000 filters


def test_the_filter_is_small_for_a_function() -> None:
    assert breached_passwords.FILE.stat().st_size < 1_500_000


@given(st.lists(st.text(min_size=1), min_size=1, unique=True))
def test_a_filter_contains_each_member(members: list[str]) -> None:
    bits = build(members)
    assert all(contains(bits, member) for member in members)


def test_a_filter_of_nothing_contains_nothing() -> None:
    assert not contains(build([]), "anything")


@given(st.text())
def test_the_plain_form_is_its_own(text: str) -> None:
    assert plain_form(plain_form(text)) == plain_form(text)
