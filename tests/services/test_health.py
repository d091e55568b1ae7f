from collections.abc import Callable

import pytest

from chalicelib.services.health import HealthService
from tests.fakes.outside import FakeProbes


class Seconds:
    """A clock that every look moves by a tenth of a second."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        self.now += 0.1
        return self.now


@pytest.fixture
def probes() -> FakeProbes:
    return FakeProbes()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def health(probes: FakeProbes, seconds: Callable[[], float]) -> HealthService:
    return HealthService(probes, seconds)


def test_each_service_is_probed_and_timed(health: HealthService) -> None:
    found = [(service.name, service.responds, service.milliseconds) for service in health.dependencies()]
    assert found == [("database", True, 100.0), ("objects", True, 100.0), ("queue", True, 100.0)]


def test_a_service_that_does_not_respond_is_reported_and_logged(
    health: HealthService, probes: FakeProbes, caplog: pytest.LogCaptureFixture
) -> None:
    probes.unavailable = {"objects"}
    assert [service.responds for service in health.dependencies()] == [True, False, True]
    (record,) = caplog.records
    assert (record.levelname, vars(record)["service"]) == ("WARNING", "objects")


def test_a_result_is_reused_for_five_seconds(health: HealthService, probes: FakeProbes, seconds: Seconds) -> None:
    health.dependencies()
    read_at = seconds.now
    seconds.now = read_at + 4.8
    health.dependencies()
    assert len(probes.probed) == 3
    seconds.now = read_at + 4.95
    health.dependencies()
    assert len(probes.probed) == 6
