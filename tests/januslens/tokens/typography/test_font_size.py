"""Font sizes of runs whose sizes are given."""

from dataclasses import replace

import pytest

from januslens.text.run import Size, TextRun
from januslens.tokens.typography.font_size import observed_font_sizes
from tests.januslens.accessibility.texts import text


def sized(value: float, *, low: float | None = None, high: float | None = None, letters: int = 20) -> TextRun:
    bounds = Size(value, value if low is None else low, value if high is None else high)
    return replace(text(letters=letters), size=bounds)


def sizes_of(*runs: TextRun) -> list[float]:
    return [size.value for size in observed_font_sizes(runs)]


def test_what_nobody_could_read_has_no_font_size() -> None:
    assert sizes_of(sized(5.9)) == []
    assert sizes_of(sized(6.0)) == [6]


@pytest.mark.parametrize(("high", "sizes"), [(36.0, [16]), (36.1, [])])
def test_a_run_whose_size_the_pixels_leave_open_shows_none(high: float, sizes: list[float]) -> None:
    assert sizes_of(sized(16, low=10, high=high)) == sizes


@pytest.mark.parametrize(("letters", "sizes"), [(2, []), (3, [16])])
def test_runs_of_one_or_two_strokes_do_not_count(letters: int, sizes: list[float]) -> None:
    assert sizes_of(*[sized(16, letters=letters)] * 8) == sizes


@pytest.mark.parametrize(
    ("size", "letters", "sizes"), [(24, 11, []), (24, 12, [24]), (25, 8, []), (25, 9, [25])], ids=str
)
def test_a_size_has_a_dozen_strokes_or_nine_large_ones(size: float, letters: int, sizes: list[float]) -> None:
    assert sizes_of(sized(size, letters=letters)) == sizes
