"""Tests know by themselves what they start."""

import pytest

from tests import running_stack


def markers(request: pytest.FixtureRequest) -> set[str]:
    return {marker.name for marker in request.node.iter_markers()}


@pytest.fixture
def stack_of_a_fixture() -> object:
    def start() -> str:
        with running_stack.start() as running:
            return running.api_url

    return start


def test_a_test_that_starts_nothing_is_core(request: pytest.FixtureRequest) -> None:
    assert markers(request) == {"core"}


def test_a_test_whose_fixtures_start_moto_is_not(request: pytest.FixtureRequest, signed_in: object) -> None:
    assert markers(request) == {"aws"}


def test_what_a_function_within_a_fixture_starts_counts(
    request: pytest.FixtureRequest, stack_of_a_fixture: object
) -> None:
    assert markers(request) == {"stack"}


@pytest.mark.slow
def test_a_slow_test_is_not_core(request: pytest.FixtureRequest) -> None:
    assert markers(request) == {"slow"}
