"""Text that a border of two flat colors crosses: along the line, or leaning across it."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.decode.lossy import NO_LOSS
from januslens.text.background.borders import BorderedGround, across_grounds
from januslens.text.background.segments import find_segments
from januslens.text.measure_text import measure_text
from januslens.text.run import Foreground, TextRun
from tests.januslens.text.lines import CORE_HEIGHT, HEIGHT, TEXT, WIDTH, line_on, with_text

PAGE: Rgb = (255, 255, 255)
HEADER: Rgb = (120, 160, 220)
TOP = (HEIGHT - CORE_HEIGHT) // 2
MIDDLE = TOP + CORE_HEIGHT // 2

type Edge = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.bool_]]
"""Whether a pixel, by its row and column, is on the second color."""


def two_grounds(is_second: Edge, first: Rgb = PAGE, second: Rgb = HEADER) -> NDArray[np.uint8]:
    row, column = np.mgrid[:HEIGHT, :WIDTH]
    return np.where(is_second(row, column)[..., None], second, first).astype(np.uint8)


def below(edge: int) -> Edge:
    return lambda row, column: row >= edge


def leaning(row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.bool_]:
    return column - 100 > 0.36 * (row - HEIGHT / 2)  # by 20 degrees, as ribbons do


def measured(pixels: NDArray[np.uint8]) -> list[TextRun]:
    core = np.array([[12.0, TOP, WIDTH - 12.0, TOP + CORE_HEIGHT]])
    return measure_text(pixels, core, scale=1.0, loss=NO_LOSS)


def is_crossed(pixels: NDArray[np.uint8]) -> bool:
    return any(isinstance(one.behind, BorderedGround) for one in find_segments(line_on(pixels), 0))


@pytest.mark.parametrize("edge", [TOP - 1, TOP, MIDDLE, TOP + CORE_HEIGHT - 3])
@pytest.mark.parametrize(("first", "second"), [(PAGE, HEADER), (HEADER, PAGE), ((60, 140, 90), (230, 200, 200))])
def test_text_across_a_border_along_the_line_is_on_both_colors(edge: int, first: Rgb, second: Rgb) -> None:
    pixels = with_text(two_grounds(below(edge), first, second))
    widest = max(measured(pixels), key=lambda run: run.box.width)
    assert {*widest.backgrounds} == {first, second}
    assert widest.box.width > WIDTH / 2


def test_text_across_a_border_keeps_its_color() -> None:
    runs = measured(with_text(two_grounds(below(MIDDLE))))
    assert {run.foreground.color for run in runs} == {TEXT}


colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def apart(one: Rgb, other: Rgb) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) >= 40


@settings(max_examples=40)
@given(colors, colors, st.integers(TOP, TOP + CORE_HEIGHT - 2))
def test_no_run_leaves_out_a_color_behind_its_letters(first: Rgb, second: Rgb, edge: int) -> None:
    if not (apart(first, second) and apart(first, TEXT) and apart(second, TEXT)):
        return
    for run in measured(with_text(two_grounds(below(edge), first, second))):
        if run.box.width > CORE_HEIGHT:
            assert {*run.backgrounds} == {first, second}


def test_a_leaning_border_makes_no_text_of_the_ground() -> None:
    for run in measured(with_text(two_grounds(leaning))):
        assert run.foreground.color == TEXT


def test_letters_under_a_leaning_border_are_on_both_colors() -> None:
    segments = find_segments(line_on(with_text(two_grounds(leaning))), 0)
    crossed = [one for one in segments if isinstance(one.behind, BorderedGround)]
    assert [one.left <= 100 <= one.right for one in crossed] == [True]


def test_letters_before_and_after_a_leaning_border_are_on_one_color() -> None:
    flat = [
        one for one in find_segments(line_on(with_text(two_grounds(leaning))), 0) if isinstance(one.behind, np.ndarray)
    ]
    assert {tuple(one.behind.tolist()) for one in flat if isinstance(one.behind, np.ndarray)} == {PAGE, HEADER}
    assert sum(one.right - one.left for one in flat) > 0.7 * WIDTH


def test_an_upright_border_crosses_no_letters() -> None:
    assert not is_crossed(with_text(two_grounds(lambda row, column: column >= 100)))


@pytest.mark.parametrize("edge", [2, HEIGHT - 2])
def test_a_border_beside_the_letters_does_not_cross_them(edge: int) -> None:
    assert not is_crossed(with_text(two_grounds(below(edge))))


def test_a_line_around_a_chip_is_no_letter_across_its_edge() -> None:
    pixels = two_grounds(lambda row, column: (row >= 9) & (row < 35) & (column >= 60) & (column < 180))
    pixels[9:35, [60, 179]] = (90, 90, 90)
    pixels[[9, 34], 60:180] = (90, 90, 90)
    assert not is_crossed(pixels)


def bordered(is_second: Edge, top: int = 0, height: int = HEIGHT) -> BorderedGround:
    ground = np.array([PAGE, HEADER], np.int16)
    number = is_second(*np.mgrid[top : top + height, :WIDTH]).astype(np.intp)
    return BorderedGround(ground, number, ground[number])


@pytest.mark.parametrize(("thickness", "crosses"), [(2, False), (12, True)], ids=["a line", "a letter"])
def test_a_shape_that_follows_a_border_is_not_crossed_by_it(thickness: int, *, crosses: bool) -> None:
    pixels = two_grounds(below(MIDDLE))
    pixels[MIDDLE - thickness // 2 : MIDDLE + thickness // 2, 60:100] = TEXT
    line = line_on(pixels)
    assert bool(bordered(below(MIDDLE), line.y, len(line.pixels)).crossed(line, 0)) is crosses


@pytest.mark.parametrize(("width", "crosses"), [(14, False), (15, True)], ids=["2.8 %", "3 %"])
def test_a_border_that_leaves_less_than_three_percent_of_a_letter_does_not_cross_it(
    width: int, *, crosses: bool
) -> None:
    pixels = two_grounds(below(MIDDLE))
    pixels[MIDDLE - 12 : MIDDLE, 60:100] = TEXT
    pixels[MIDDLE, 60 : 60 + width] = TEXT
    line = line_on(pixels)
    assert bool(bordered(below(MIDDLE), line.y, len(line.pixels)).crossed(line, 0)) is crosses


@pytest.mark.parametrize("edge", [below(MIDDLE), lambda row, column: column >= 120], ids=["along", "upright"])
def test_both_sides_of_a_border_are_near_it(edge: Edge) -> None:
    row, column = (place.ravel() for place in np.mgrid[MIDDLE - 5 : MIDDLE + 5, 115:125])
    far = bordered(edge)._is_one_around(row, column, 2).reshape(10, 10)
    across = far[:, 0] if far[0, 0] != far[5, 0] else far[0]
    assert across.tolist() == [True] * 3 + [False] * 4 + [True] * 3


def test_a_ground_in_the_color_of_a_page_beside_a_bar_belongs_to_no_letter() -> None:
    pixels = two_grounds(lambda row, column: (row >= 6) & (row < 38) & (column < 120))
    runs = measured(with_text(pixels))
    assert {run.foreground.color for run in runs} == {TEXT}


def shown(color: Rgb, farthest: Rgb | None = None) -> Foreground:
    return Foreground(color, color, farthest or color)


def test_parts_that_are_mixes_of_the_first_color_leave_it_as_it_is() -> None:
    first, thinned = shown((0, 0, 0)), shown((127, 127, 127))
    assert across_grounds([(first, (255, 255, 255)), (thinned, (200, 200, 200))]) is first


@pytest.mark.parametrize("other", [(200, 30, 30), (0, 0, 0)], ids=["of another hue", "beyond it"])
def test_parts_that_are_no_mixes_of_the_first_color_leave_it_open(other: Rgb) -> None:
    first = shown((60, 60, 60))
    found = across_grounds([(first, (255, 255, 255)), (shown(other), (240, 240, 240))])
    assert found.color == first.color
    assert {found.nearest, found.farthest} == {first.color, other}
    assert not found.proven


@pytest.mark.parametrize(("share", "same"), [(1.14, True), (1.16, False)])
def test_a_part_may_exceed_the_first_color_by_15_percent(share: float, same: bool) -> None:
    level = round(200 - share * 100)
    first = shown((100, 100, 100))
    assert (across_grounds([(first, (255, 255, 255)), (shown((level,) * 3), (200, 200, 200))]) is first) is same


def test_extremes_leave_out_a_color_behind_three_percent_of_the_letters() -> None:
    colors = np.array([PAGE, HEADER], np.int16)
    number = np.zeros((20, 100), np.intp)
    row, column = np.full(100, 10), np.arange(100)
    for many, both in ((1, False), (4, True)):
        behind = number.copy()
        behind[:, :many] = 1
        ground = BorderedGround(colors, behind, colors[behind])
        assert {tuple(one) for one in ground.extremes(row, column).tolist()} == ({PAGE, HEADER} if both else {PAGE})
