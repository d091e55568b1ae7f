import base64
import json

import pytest

from chalicelib.security.signing_keys import KeysUnusable, SigningKey, read_keys, write_keys


def kept(**secrets: bytes) -> str:
    return json.dumps({kid: base64.b64encode(secret).decode() for kid, secret in secrets.items()})


def test_keys_stay_in_the_order_in_which_they_are_kept() -> None:
    keys = read_keys(kept(new=b"n" * 32, old=b"o" * 64))
    assert keys == (SigningKey("new", b"n" * 32), SigningKey("old", b"o" * 64))
    assert read_keys(write_keys(keys)) == keys


@pytest.mark.parametrize(
    "text",
    [
        "",
        kept(short=b"k" * 31),
        kept(good=b"k" * 32, short=b""),
        "{}",
        "[]",
        "null",
        "7",
        '"text"',
        "{",
        '{"kid": 7}',
        '{"kid": null}',
        '{"kid": "not base64!"}',
        json.dumps({"kid": "ä" * 44}),
    ],
)
def test_keys_that_would_not_protect_are_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(KeysUnusable) as caught:
        read_keys(text)
    assert len(text) < 8 or text not in str(caught.value)
