"""Font sizes of runs whose sizes are given."""

from dataclasses import replace

import pytest

from januslens.text.run import Size, TextRun
from januslens.text.script import Script
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


BODY = sized(14, low=12, high=18)
SEVERAL = frozenset({Script.LATIN, Script.CJK})


@pytest.mark.parametrize(("high", "letters", "sizes"), [(26.5, 5, [14, 18]), (26.7, 5, [14]), (26.7, 6, [14, 18])])
def test_a_size_that_another_one_explains_needs_runs_that_show_it(
    high: float, letters: int, sizes: list[float]
) -> None:
    doubtful = replace(sized(18, low=14, high=high, letters=letters), scripts=SEVERAL)
    assert sizes_of(BODY, *[doubtful] * 3) == sizes


def test_a_run_in_one_script_shows_its_size() -> None:
    assert sizes_of(BODY, sized(18, low=14, high=50, letters=12)) == [14, 18]


def test_a_size_of_doubtful_runs_is_one_if_no_other_one_explains_them() -> None:
    def doubtful(value: float, low: float, high: float) -> TextRun:
        return replace(sized(value, low=low, high=high, letters=5), scripts=SEVERAL)

    assert sizes_of(BODY, *[doubtful(40, 20, 60)] * 3) == [14, 40]
    assert sizes_of(BODY, *[doubtful(9, 4.5, 13.9)] * 3) == [9, 14]
    assert sizes_of(BODY, *[doubtful(40, 14, 50)] * 3) == [14]
    assert sizes_of(BODY, *[doubtful(15, 14.1, 40)] * 3) == [14]


def test_large_sizes_are_alike_that_differ_by_6_percent() -> None:
    heading = sized(50, low=48, high=51)
    doubtful = replace(sized(52, low=51.5, high=110, letters=5), scripts=SEVERAL)
    assert sizes_of(heading, *[doubtful] * 3) == [50]
