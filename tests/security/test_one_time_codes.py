"""Codes of a second factor. The vectors are those of RFC 6238, appendix B, cut to the six digits that apps show."""

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.security.one_time_codes import (
    enrolment_uri,
    new_recovery_codes,
    new_secret,
    period_of,
    recovery_digest,
)

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_specification(seconds: int, code: str) -> None:
    assert period_of(SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


def test_a_code_is_valid_in_the_time_steps_beside_its_own() -> None:
    at = datetime.fromtimestamp(1111111111, UTC)
    valid = [offset for offset in range(-3, 4) if period_of(SECRET, "050471", at + timedelta(seconds=30 * offset))]
    assert valid == [-1, 0, 1]


@pytest.mark.parametrize("code", ["", "50471", "0504710", "050472", "\uff10\uff15\uff10\uff14\uff17\uff11", "abcdef"])
def test_anything_else_is_no_code(code: str) -> None:
    assert period_of(SECRET, code, datetime.fromtimestamp(1111111111, UTC)) is None


def test_an_app_is_told_the_secret_and_whose_it_is() -> None:
    secret = new_secret()
    uri = urlsplit(enrolment_uri(secret, "ann@people.example"))
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Janus:ann%40people.example")
    assert parse_qs(uri.query) == {"secret": [secret], "issuer": ["Janus"]}
    assert len(base64.b32decode(secret)) == 20  # bytes: RFC 4226, section 4, R6


def test_codes_to_recover_by_are_ten_and_read_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    typed = codes[0].upper().replace("-", " ")
    assert recovery_digest(typed) == recovery_digest(codes[0])
    assert len({recovery_digest(code) for code in codes}) == 10


def test_a_recovery_code_has_120_bits_in_groups_of_four() -> None:
    for code in new_recovery_codes():
        assert re.fullmatch("[a-z2-7]{4}(-[a-z2-7]{4}){5}", code)  # Base32: 24 characters of five bits


def test_a_recovery_code_is_stored_as_its_sha256() -> None:
    assert recovery_digest("AB cd-2\t3") == hashlib.sha256(b"abcd23").hexdigest()
