from datetime import timedelta

import pytest

from chalicelib.security.device_tokens import DeviceTokens
from chalicelib.security.signing_keys import SigningKey
from tests.conftest import NOON

OLD, NEW = SigningKey("old", b"o" * 32), SigningKey("new", b"n" * 32)
ANN = "ann@people.example"
LAST_SECOND = NOON + timedelta(days=180, seconds=-1)


@pytest.fixture
def tokens() -> DeviceTokens:
    return DeviceTokens([NEW, OLD])


def test_a_token_names_its_device_for_180_days(tokens: DeviceTokens) -> None:
    token = tokens.issue(ANN, NOON)
    device = tokens.device_of(token, ANN, NOON)
    assert device is not None
    assert len(device) == 22
    assert tokens.device_of(token, ANN, LAST_SECOND) == device
    assert tokens.device_of(token, ANN, LAST_SECOND + timedelta(seconds=1)) is None


def test_each_device_has_its_own_id_and_keeps_it(tokens: DeviceTokens) -> None:
    first, other = tokens.issue(ANN, NOON), tokens.issue(ANN, NOON)
    device = tokens.device_of(first, ANN, NOON)
    assert device != tokens.device_of(other, ANN, NOON)
    assert tokens.device_of(tokens.issue(ANN, LAST_SECOND, device), ANN, LAST_SECOND) == device


def test_a_token_is_verified_by_the_previous_key_and_by_no_earlier_one(tokens: DeviceTokens) -> None:
    token = DeviceTokens([OLD]).issue(ANN, NOON)
    assert tokens.device_of(token, ANN, NOON) is not None
    assert DeviceTokens([NEW]).device_of(token, ANN, NOON) is None
    assert DeviceTokens([OLD]).device_of(tokens.issue(ANN, NOON), ANN, NOON) is None  # the first key signs


def test_no_character_of_a_token_can_be_changed(tokens: DeviceTokens) -> None:
    token = tokens.issue(ANN, NOON)
    changed = [token[:at] + ("0" if token[at] != "0" else "1") + token[at + 1 :] for at in range(len(token))]
    assert [tokens.device_of(each, ANN, NOON) for each in changed] == [None] * len(token)


@pytest.mark.parametrize("presented", [None, "", "x", "a.b.c", "é" * 22 + ".1." + "x" * 43, "x" * 200])
def test_what_is_no_token_names_no_device(tokens: DeviceTokens, presented: str | None) -> None:
    assert tokens.device_of(presented, ANN, NOON) is None


def test_a_token_is_of_one_account(tokens: DeviceTokens) -> None:
    assert tokens.device_of(tokens.issue(ANN, NOON), "ben@people.example", NOON) is None
