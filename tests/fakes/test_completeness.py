import inspect
from functools import cached_property

import pytest

from chalicelib.config import Settings
from chalicelib.wiring.adapters import Adapters
from tests.fakes.wiring import FakeAdapters

NOT_OF_THE_SERVICES = {
    "update",
    "take_back_in",
    "add_member",
    "add_to",
    "are_stored",
    "begin",
    "check_active",
    "check_owner",
    "note_invitation",
}  # parts of transactions, called within the storage layer
FAKES = [name for name, member in vars(FakeAdapters).items() if isinstance(member, cached_property)]


@pytest.mark.parametrize("name", FAKES)
def test_a_fake_replaces_every_method_of_its_adapter(name: str) -> None:
    fake = type(getattr(FakeAdapters(no_settings), name))
    (adapter,) = fake.__bases__
    methods = {name for name, _ in inspect.getmembers(adapter, inspect.isfunction) if not name.startswith("_")}
    assert methods - NOT_OF_THE_SERVICES <= set(vars(fake))


def test_every_adapter_has_a_fake() -> None:
    adapters = {name for name, member in vars(Adapters).items() if isinstance(member, cached_property)}
    assert adapters - {"settings", "transactions"} == set(FAKES)


def no_settings() -> Settings:
    raise AssertionError("fakes need no settings")
