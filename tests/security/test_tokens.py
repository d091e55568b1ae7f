"""Access and refresh tokens. What attacks them is made by hand, from RFC 7515 and 7519, with hmac and base64 alone."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import OctKey

from chalicelib.security.signing_keys import SigningKey
from chalicelib.security.tokens import AccessToken, RefreshToken, TokenInvalid, Tokens
from infra import template
from infra.deploy.keys import KEY_BYTES

KEY = SigningKey("2026-01", b"as long as HS512 asks for, so that no key is refused for its len")
ISSUER = "https://janus.example"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
LATER = NOW + timedelta(days=30)

HEADER = {"alg": "HS256", "typ": "JWT", "kid": KEY.kid}
CLAIMS = {
    "iss": ISSUER,
    "aud": "janus-api",
    "sub": "user",
    "sid": "session",
    "jti": "1",
    "typ": "access",
    "iat": SECONDS,
    "nbf": SECONDS,
    "exp": SECONDS + 900,
}
REFRESH_CLAIMS = CLAIMS | {"typ": "refresh", "counter": 3}


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def made_by_hand(
    header: Any, claims: Any, secret: bytes = KEY.secret, algorithm: Callable[..., Any] = hashlib.sha256
) -> str:
    signed = f"{part(header)}.{part(claims)}"
    signature = hmac.new(secret, signed.encode(), algorithm).digest()
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in claims.items() if key != name}


@pytest.fixture
def tokens() -> Tokens:
    return Tokens([KEY], ISSUER)


def test_a_token_made_by_hand_with_the_key_is_valid(tokens: Tokens) -> None:
    assert tokens.read_access(made_by_hand(HEADER, CLAIMS), NOW) == AccessToken("user", "session")
    assert tokens.read_refresh(made_by_hand(HEADER, REFRESH_CLAIMS), NOW) == RefreshToken("user", "session", 3)


def test_another_library_verifies_what_is_issued(tokens: Tokens) -> None:
    encoded = tokens.issue_access(AccessToken("user", "session"), NOW)
    token = joserfc_jwt.decode(encoded, OctKey.import_key(KEY.secret), algorithms=["HS256"])
    assert token.header == HEADER
    assert without(token.claims, "jti") == without(CLAIMS, "jti")


def test_each_token_has_an_id_of_its_own(tokens: Tokens) -> None:
    one, other = (tokens.issue_access(AccessToken("user", "session"), NOW) for _ in range(2))
    assert one != other


def test_an_access_token_lasts_fifteen_minutes(tokens: Tokens) -> None:
    encoded = tokens.issue_access(AccessToken("user", "session"), NOW)
    tokens.read_access(encoded, NOW + timedelta(minutes=15, microseconds=-1))
    with pytest.raises(TokenInvalid, match="It has expired"):
        tokens.read_access(encoded, NOW + timedelta(minutes=15))


def test_a_refresh_token_lasts_as_long_as_its_session(tokens: Tokens) -> None:
    encoded = tokens.issue_refresh(RefreshToken("user", "session", 0), NOW, LATER)
    tokens.read_refresh(encoded, LATER - timedelta(seconds=1))
    with pytest.raises(TokenInvalid, match="It has expired"):
        tokens.read_refresh(encoded, LATER)


def test_a_token_is_valid_in_the_very_second_that_it_was_made_in(tokens: Tokens) -> None:
    moment = NOW + timedelta(microseconds=999_999)
    tokens.read_access(tokens.issue_access(AccessToken("user", "session"), moment), moment)


SIGNED = part(HEADER) + "." + part(CLAIMS)
GENUINE = made_by_hand(HEADER, CLAIMS)

ALGORITHM = "alg value is not allowed"
SIGNATURE = "Signature verification failed"
FORM = "signature has another form"
KEY_ID = "names no known key"
KEY_ID_TYPE = "Key ID header parameter must be a string"
MISSING = 'missing the "{}" claim'
WRONG_TYPE = "at `$.{}`"
ATTACKS = {
    "no algorithm, unsigned": (f"{part(HEADER | {'alg': 'none'})}.{part(CLAIMS)}.", ALGORITHM),
    "no algorithm, signed": (made_by_hand(HEADER | {"alg": "none"}, CLAIMS), ALGORITHM),
    "no algorithm, in other letters": (f"{part(HEADER | {'alg': 'NoNe'})}.{part(CLAIMS)}.", ALGORITHM),
    "HS512 with the same key": (made_by_hand(HEADER | {"alg": "HS512"}, CLAIMS, algorithm=hashlib.sha512), ALGORITHM),
    "HS384 with the same key": (made_by_hand(HEADER | {"alg": "HS384"}, CLAIMS, algorithm=hashlib.sha384), ALGORITHM),
    "HS512 called HS256": (made_by_hand(HEADER, CLAIMS, algorithm=hashlib.sha512), SIGNATURE),
    "RS256 called so, signed with the key": (made_by_hand(HEADER | {"alg": "RS256"}, CLAIMS), ALGORITHM),
    "algorithm missing": (made_by_hand(without(HEADER, "alg"), CLAIMS), "Algorithm not specified"),
    "algorithm is a list": (made_by_hand(HEADER | {"alg": ["HS256"]}, CLAIMS), ALGORITHM),
    "unknown kid": (made_by_hand(HEADER | {"kid": "2025-01"}, CLAIMS), KEY_ID),
    "kid missing": (made_by_hand(without(HEADER, "kid"), CLAIMS), KEY_ID),
    "kid is a path, the empty key": (made_by_hand(HEADER | {"kid": "/dev/null"}, CLAIMS, secret=b""), KEY_ID),
    "kid is a number": (made_by_hand(HEADER | {"kid": 7}, CLAIMS), KEY_ID_TYPE),
    "kid is a list, the empty key": (made_by_hand(HEADER | {"kid": [KEY.kid]}, CLAIMS, secret=b""), KEY_ID_TYPE),
    "kid is null, the empty key": (made_by_hand(HEADER | {"kid": None}, CLAIMS, secret=b""), KEY_ID_TYPE),
    "a key that it brings itself": (
        made_by_hand(
            HEADER | {"jwk": {"kty": "oct", "k": base64.urlsafe_b64encode(b"m" * 32).decode()}},
            CLAIMS,
            secret=b"m" * 32,
        ),
        SIGNATURE,
    ),
    "critical extension that nobody knows": (
        made_by_hand(HEADER | {"crit": ["exp2"], "exp2": 1}, CLAIMS),
        "Unsupported critical extension",
    ),
    "another's key": (made_by_hand(HEADER, CLAIMS, secret=b"m" * 32), SIGNATURE),
    "another audience": (made_by_hand(HEADER, CLAIMS | {"aud": "janus-web"}), "Audience doesn't match"),
    "no audience": (made_by_hand(HEADER, without(CLAIMS, "aud")), MISSING.format("aud")),
    "audience is null": (made_by_hand(HEADER, CLAIMS | {"aud": None}), MISSING.format("aud")),
    "another issuer": (made_by_hand(HEADER, CLAIMS | {"iss": "https://evil.example"}), "Invalid issuer"),
    "issuer in a list": (made_by_hand(HEADER, CLAIMS | {"iss": [ISSUER]}), "(iss) must be a string"),
    "expired": (made_by_hand(HEADER, CLAIMS | {"exp": SECONDS}), "It has expired"),
    "not yet valid": (made_by_hand(HEADER, CLAIMS | {"nbf": SECONDS + 1}), "It is not valid yet"),
    "a refresh token": (made_by_hand(HEADER, REFRESH_CLAIMS), "It is no access token"),
    "kind is a list": (made_by_hand(HEADER, CLAIMS | {"typ": ["access"]}), WRONG_TYPE.format("typ")),
    "user is a number": (made_by_hand(HEADER, CLAIMS | {"sub": 7}), "Subject must be a string"),
    "user is null": (made_by_hand(HEADER, CLAIMS | {"sub": None}), MISSING.format("sub")),
    "session is a number": (made_by_hand(HEADER, CLAIMS | {"sid": 7}), WRONG_TYPE.format("sid")),
    "session is an object": (made_by_hand(HEADER, CLAIMS | {"sid": {"S": "session"}}), WRONG_TYPE.format("sid")),
    "times are text": (made_by_hand(HEADER, CLAIMS | {"nbf": "now", "exp": "later"}), WRONG_TYPE.format("nbf")),
    "times are null": (made_by_hand(HEADER, CLAIMS | {"nbf": None, "exp": None}), MISSING.format("nbf")),
    "expires never": (made_by_hand(HEADER, CLAIMS | {"exp": float("inf")}), WRONG_TYPE.format("exp")),
    "claims are a list": (made_by_hand(HEADER, list(CLAIMS)), "payload string: must be a json object"),
    "claims are null": (made_by_hand(HEADER, None), "payload string: must be a json object"),
    "header is a list": (made_by_hand(list(HEADER), CLAIMS), "header string: must be a json object"),
    "signature missing": (SIGNED + ".", SIGNATURE),
    "signature and its dot missing": (SIGNED, "Not enough segments"),
    "another's claims under a signature": (
        f"{part(HEADER)}.{part(CLAIMS | {'sub': 'admin'})}." + made_by_hand(HEADER, CLAIMS).rpartition(".")[2],
        SIGNATURE,
    ),
    "five parts, as if encrypted": (made_by_hand(HEADER, CLAIMS) + ".eA.eQ", "Invalid payload padding"),
    "deeply nested header": (
        base64.urlsafe_b64encode(b"[" * 1400 + b"]" * 1400).decode().rstrip("=") + ".e30.",
        "Invalid header string",
    ),
    "too long": (made_by_hand(HEADER, CLAIMS | {"more": "x" * 4096}), "It is too long"),
    "empty": ("", "Not enough segments"),
    "dots": ("..", "Invalid header string"),
    "not ASCII": ("é.é.é", FORM),
    "a lone surrogate": ("\ud800.\ud800.\ud800", "surrogates not allowed"),
    "a null character": ("\0", FORM),
    "padded": (GENUINE + "=", FORM),
    "padded twice": (GENUINE + "==", FORM),
    "a line break after it": (GENUINE + "\n", "Incorrect padding"),
    "unused bits of the signature set": (GENUINE[:-1] + chr(ord(GENUINE[-1]) + 1), FORM),
}


@pytest.mark.parametrize(("encoded", "reason"), ATTACKS.values(), ids=ATTACKS)
def test_no_attack_passes_for_an_access_token(tokens: Tokens, encoded: str, reason: str) -> None:
    with pytest.raises(TokenInvalid, match=re.escape(reason)):
        tokens.read_access(encoded, NOW)


def test_no_key_is_generated_that_is_too_short_for_hs384() -> None:
    """A refusal of HS384 for a short key would prove nothing of the algorithms that are allowed."""
    password = template.load().document["Resources"]["JwtKeys"]["Properties"]["GenerateSecretString"]["PasswordLength"]
    assert min(KEY_BYTES, len(base64.b64decode("x" * password))) == hashlib.sha384().digest_size
    assert len(KEY.secret) == hashlib.sha512().digest_size


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_is_required(tokens: Tokens, claim: str) -> None:
    with pytest.raises(TokenInvalid, match=MISSING.format(claim)):
        tokens.read_access(made_by_hand(HEADER, without(CLAIMS, claim)), NOW)


@pytest.mark.parametrize("counter", [None, "3", 3.0, [3], True])
def test_a_refresh_tokens_counter_is_a_whole_number(tokens: Tokens, counter: Any) -> None:
    with pytest.raises(TokenInvalid, match=r"at `\$.counter`|It has no counter"):
        tokens.read_refresh(made_by_hand(HEADER, REFRESH_CLAIMS | {"counter": counter}), NOW)


def test_an_access_token_does_not_pass_for_a_refresh_token(tokens: Tokens) -> None:
    with pytest.raises(TokenInvalid, match="It is no refresh token"):
        tokens.read_refresh(made_by_hand(HEADER, CLAIMS | {"counter": 3}), NOW)


@given(st.integers(min_value=0), st.sampled_from("ABCxyz019-_.=! \n"))
def test_no_character_of_a_token_can_be_changed(place: int, character: str) -> None:
    encoded = made_by_hand(HEADER, CLAIMS)
    place %= len(encoded)
    if encoded[place] == character:
        return
    with pytest.raises(TokenInvalid):
        Tokens([KEY], ISSUER).read_access(encoded[:place] + character + encoded[place + 1 :], NOW)


@given(st.integers(min_value=1))
def test_no_beginning_of_a_token_is_a_token(cut: int) -> None:
    encoded = made_by_hand(HEADER, CLAIMS)
    with pytest.raises(TokenInvalid):
        Tokens([KEY], ISSUER).read_access(encoded[: -(cut % len(encoded) or 1)], NOW)


@given(st.text())
def test_no_other_text_is_a_token(text: str) -> None:
    with pytest.raises(TokenInvalid):
        Tokens([KEY], ISSUER).read_access(text, NOW)


def test_after_a_rotation_the_new_key_signs_and_the_old_one_still_verifies(tokens: Tokens) -> None:
    new = SigningKey("2026-02", b"n" * 32)
    rotated = Tokens([new, KEY], ISSUER)
    before, after = (issuer.issue_access(AccessToken("user", "session"), NOW) for issuer in (tokens, rotated))
    assert rotated.read_access(before, NOW) == rotated.read_access(after, NOW) == AccessToken("user", "session")
    with pytest.raises(TokenInvalid, match=KEY_ID):
        tokens.read_access(after, NOW)


def test_a_key_that_was_taken_out_verifies_nothing(tokens: Tokens) -> None:
    encoded = tokens.issue_access(AccessToken("user", "session"), NOW)
    with pytest.raises(TokenInvalid, match=KEY_ID):
        Tokens([SigningKey("2026-02", b"n" * 32)], ISSUER).read_access(encoded, NOW)


def test_a_kid_names_one_key_and_no_other(tokens: Tokens) -> None:
    other = SigningKey("other", b"o" * 32)
    confused = made_by_hand(HEADER | {"kid": "other"}, CLAIMS)  # signed with KEY
    with pytest.raises(TokenInvalid, match=SIGNATURE):
        Tokens([KEY, other], ISSUER).read_access(confused, NOW)


def test_a_token_has_up_to_4096_characters(tokens: Tokens) -> None:
    padded = [made_by_hand(HEADER, CLAIMS | {"more": "x" * padding}) for padding in range(2790, 2820)]
    by_length = {len(encoded): encoded for encoded in padded}
    tokens.read_access(by_length[4096], NOW)
    with pytest.raises(TokenInvalid, match="It is too long"):
        tokens.read_access(by_length[4097], NOW)


def test_a_refresh_token_carries_its_counter(tokens: Tokens) -> None:
    encoded = tokens.issue_refresh(RefreshToken("user", "session", 7), NOW, LATER)
    assert tokens.read_refresh(encoded, NOW) == RefreshToken("user", "session", 7)


def test_a_refresh_token_does_not_pass_for_an_access_token(tokens: Tokens) -> None:
    with pytest.raises(TokenInvalid, match="It is no access token"):
        tokens.read_access(tokens.issue_refresh(RefreshToken("user", "session", 0), NOW, LATER), NOW)


def test_a_key_that_is_too_short_signs_nothing() -> None:
    tokens = Tokens([SigningKey("short", b"k" * 31)], ISSUER)  # RFC 7518, section 3.2: 32 bytes for HS256
    with pytest.raises(jwt.InvalidKeyError):
        tokens.issue_access(AccessToken("user", "session"), NOW)
