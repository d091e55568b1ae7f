"""Bars of a run, one per part of it, each as strong as the test says."""

import numpy as np
import pytest

from januslens.decode.lossy import NO_LOSS
from januslens.text.foreground.bounds import foreground_on_flat
from januslens.text.foreground.gradient_fill import palest_share


def share(reaches: list[float], pitch: int = 10) -> float | None:
    """Lay a bar with a soft edge at the left of each part."""
    column = np.array([pitch * part + edge for part in range(len(reaches)) for edge in (0, 1)] + [pitch * 8 - 1])
    coverage = np.array([reach * edge for reach in reaches for edge in (1, 0.5)] + [0.01])
    return palest_share(column, coverage)


@pytest.mark.parametrize("least", [0.4, 0.7, 0.9])
def test_the_palest_letter_is_a_part_farther_than_the_palest_part(least: float) -> None:
    assert share(np.linspace(1, least, 8).tolist()) == pytest.approx(least - (1 - least) / 7)
    assert share(np.linspace(least, 1, 8).tolist()) == pytest.approx(least - (1 - least) / 7)


def test_no_letter_is_paler_than_the_background() -> None:
    assert share(np.linspace(1, 0.01, 8).tolist()) == 0.0


@pytest.mark.parametrize(("least", "solid"), [(0.91, False), (0.93, True)])
def test_a_slight_change_is_none(least: float, solid: bool) -> None:
    assert (share(np.linspace(1, least, 8).tolist()) is None) is solid


@pytest.mark.parametrize("reaches", [[1, 0.8, 1, 0.8, 1, 0.8, 1, 0.8], [1, 1, 1, 1, 1, 1, 1, 0.7],
                                     [1, 0.9, 0.97, 0.8, 0.85, 0.7, 0.75, 0.65]])  # fmt: skip
def test_an_unsteady_change_is_no_gradient(reaches: list[float]) -> None:
    assert share(reaches) is None


def test_a_run_with_an_empty_part_does_not_tell() -> None:
    assert share([1, 0.9, 0.8, 0.7, 0, 0.5, 0.4, 0.3]) is None


def test_a_run_narrower_than_its_parts_does_not_tell() -> None:
    assert palest_share(np.arange(7), np.linspace(1, 0.5, 7)) is None


def test_the_color_of_gradient_filled_letters_is_bounded_by_the_palest() -> None:
    row, column = (place.ravel() for place in np.mgrid[:10, :160])
    offsets = np.repeat(-np.linspace(200, 100, 160)[column].round()[:, None], 3, axis=1)
    found = foreground_on_flat(offsets, row, column, np.full(3, -200.0), np.array([255] * 3, np.int16), NO_LOSS)
    assert not found.proven
    assert max(found.nearest) >= 155
    assert max(found.farthest) <= 55
