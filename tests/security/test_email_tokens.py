import hashlib
import re

import pytest

from chalicelib.model.emails import InvalidEmailToken
from chalicelib.model.ids import new_id
from chalicelib.security.email_tokens import is_digest, new_email_token, read_email_token

USER = "01a21453-a46f-7113-9de8-5f9cc8f03beb"


def test_a_secret_names_its_user_and_only_its_digest_is_to_be_stored() -> None:
    user_id = new_id()
    secret, digest = new_email_token(user_id)
    assert read_email_token(secret) == (user_id, digest)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert secret.split(".")[1] not in digest


def test_no_two_secrets_are_the_same() -> None:
    user_id = new_id()
    assert len({new_email_token(user_id) for _ in range(50)}) == 50


def test_a_secret_of_another_user_has_another_digest() -> None:
    secret, digest = new_email_token(new_id())
    forged = f"{new_id()}.{secret.split('.')[1]}"
    assert read_email_token(forged)[1] != digest


@pytest.mark.parametrize("presented", ["", "x", ".", f"{USER}.", f"{USER}.{'x' * 42}", f"{USER}.{'x' * 44}"])
def test_what_was_never_emailed_is_malformed(presented: str) -> None:
    with pytest.raises(InvalidEmailToken):
        read_email_token(presented)


def test_a_token_has_256_random_bits_and_is_stored_as_its_sha256() -> None:
    token, digest = new_email_token(USER)
    assert re.fullmatch(rf"{USER}\.[A-Za-z0-9_-]{{43}}", token)  # 43 characters of six bits
    assert digest == hashlib.sha256(token.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "is_one"), [("0123456789abcdef" * 4, True), ("0" * 63, False), ("0" * 65, False), ("G" * 64, False)]
)
def test_a_digest_has_64_hexadecimal_digits(text: str, is_one: bool) -> None:
    assert is_digest(text) is is_one
