"""What the services rely on is asserted against AWS in moto, and against the fakes of the services' tests."""

import pytest

from chalicelib.config import Settings
from chalicelib.wiring.adapters import Adapters
from tests.fakes.wiring import FakeAdapters


@pytest.fixture(params=[pytest.param("aws", marks=pytest.mark.aws), "memory"])
def adapters(request: pytest.FixtureRequest) -> Adapters:
    if request.param == "memory":
        return FakeAdapters(no_settings)
    deployed: Adapters = request.getfixturevalue("services").adapters
    return deployed


def no_settings() -> Settings:
    raise AssertionError("fakes need no settings")
