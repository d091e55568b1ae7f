"""API keys: what they say, and what is none."""

import hashlib
import re

import pytest

from chalicelib.model.ids import new_id
from chalicelib.security.api_keys import ApiKeyMalformed, PresentedApiKey, is_api_key, new_api_key, read_api_key


def test_a_key_says_whose_it_is_and_which() -> None:
    user_id, key_id = new_id(), new_id()
    text, digest = new_api_key(user_id, key_id)
    assert is_api_key(text)
    assert read_api_key(text) == PresentedApiKey(user_id, key_id, digest)
    assert digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_scanner_of_source_code_finds_a_key_by_its_form() -> None:
    assert re.fullmatch(r"janus_[\w-]{86}", new_api_key(new_id(), new_id())[0], re.ASCII)


def test_no_two_keys_are_alike() -> None:
    user_id, key_id = new_id(), new_id()
    assert new_api_key(user_id, key_id) != new_api_key(user_id, key_id)


@pytest.mark.parametrize(
    "presented", ["janus_", "janus_" + "x" * 85, "janus_" + "x" * 87, "janus_" + "é" * 86, "x" * 92]
)
def test_what_has_another_form_is_no_key(presented: str) -> None:
    with pytest.raises(ApiKeyMalformed):
        read_api_key(presented)
