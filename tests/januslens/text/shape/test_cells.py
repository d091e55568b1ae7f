from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text.crop import LineCrop
from januslens.text.shape.cells import largest_size
from januslens.text.shape.strokes import RunPixels

EM = 20.0  # pixels
INK = 18  # pixels, of letters that fill cells of 1 em


def run_of(lefts: NDArray[np.floating[Any]], width: float, height: int = INK) -> RunPixels:
    """Squares with soft edges."""
    x = np.arange(int(lefts.max() + width) + 2)
    covered = np.clip(np.minimum(x + 1, lefts[:, None] + width) - np.maximum(x, lefts[:, None]), 0, 1).sum(axis=0)
    row, column = np.nonzero(np.tile(covered, (height, 1)))
    line = LineCrop(np.zeros((height, len(x), 3), np.int16), 0, 0, 0, 0, len(x), height)
    return RunPixels(
        line, row, column, covered[column], np.zeros(len(row), np.intp), np.array([[0, 0, len(x), height]])
    )


def largest_in(pitch: float, cells: int = 12, width: float = 0.86 * EM) -> float | None:
    return largest_size(run_of(pitch * np.arange(cells) + 0.3, width), INK)


@pytest.mark.parametrize("pitch", [0.92, 1.0, 1.1, 1.25])  # Korean, Chinese, and with letter spacing
def test_the_size_is_at_most_what_the_cells_are_wide(pitch: float) -> None:
    assert largest_in(pitch * EM, width=0.82 * EM) == pytest.approx(pitch * EM / 0.915, rel=0.025)


@pytest.mark.parametrize(("cells", "known"), [(9, False), (10, True)])
def test_fewer_than_ten_cells_may_be_chance(cells: int, known: bool) -> None:
    assert (largest_in(EM, cells) is not None) is known


def test_letters_of_several_widths_show_no_cells() -> None:
    lefts = np.cumsum([0.3, *np.tile([0.55, 0.9, 1.0, 0.7], 4)]) * EM
    assert largest_size(run_of(lefts, 0.4 * EM), INK) is None


def test_spaces_between_words_show_no_cells() -> None:
    lefts = (0.92 * np.arange(16) + 0.3 * (np.arange(16) // 3)) * EM
    assert largest_size(run_of(lefts, 0.86 * EM), INK) is None


@pytest.mark.parametrize(("width", "known"), [(0.86, True), (0.95, False)])
def test_letters_leave_the_edges_of_their_cells_free(width: float, known: bool) -> None:
    assert (largest_in(EM, width=width * EM) is not None) is known


@pytest.mark.parametrize(("height", "known"), [(5.9, False), (6.1, True)])
def test_tiny_letters_show_no_cells(height: float, known: bool) -> None:
    em = height / 0.92
    run = run_of(em * np.arange(14), 0.8 * em, height=6)
    assert (largest_size(run, height) is not None) is known


@pytest.mark.parametrize(("pitch", "known"), [(0.75, False), (0.82, True), (1.28, True), (1.35, False)])
def test_cells_are_about_as_wide_as_letters_are_high(pitch: float, known: bool) -> None:
    found = largest_in(pitch * EM, cells=14, width=0.68 * EM)
    assert (found == pytest.approx(pitch * EM / 0.915, rel=0.03)) is known
