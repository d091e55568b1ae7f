import pytest

from januslens.color.notation import Rgb
from januslens.decode.lossy import NO_LOSS
from januslens.text.measure_text import measure_text
from januslens.text.run import Size
from januslens.text.shape.size import _Em
from tests.januslens import drawn

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
SIZES = [11, 12, 13, 14, 16, 18, 20, 22, 24, 28, 32, 40]


def size_of(text: str, size: float, scale: float = 1.0) -> Size:
    drawing = drawn.draw(text, BLACK, WHITE, size * scale)
    run, *_ = measure_text(drawing.pixels, drawing.core[None], scale=scale, loss=NO_LOSS)
    return run.size


def sizes_missed(text: str, scale: float) -> list[int]:
    """Font sizes whose interval, measured on that text, doesn't hold them."""
    found = {size: size_of(text, size, scale) for size in SIZES}
    return [size for size, interval in found.items() if not interval.low <= size <= interval.high]


@pytest.mark.parametrize("scale", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("text", ["Settings", "Building blocks", "TOTAL AMOUNT", "1,204.50", "Hotel", "all", "on"])
def test_the_interval_holds_the_font_size_in_css_pixels(text: str, scale: float) -> None:
    assert sizes_missed(text, scale) == []


@pytest.mark.parametrize(
    "text",
    [
        "password",
        "Language",
        "see more reasons",
    ],
)
def test_few_ascenders_do_not_make_text_look_smaller(text: str) -> None:
    assert sizes_missed(text, 1.0) == []


@pytest.mark.parametrize("text", ["Preferences", "Delete the Folder", "There were seven"])
def test_crossbars_do_not_make_text_look_smaller(text: str) -> None:
    assert sizes_missed(text, 2.0) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_estimate_of_mixed_case_is_close(size: float) -> None:
    assert size_of("Building blocks", size, 2.0).value == pytest.approx(size, rel=0.1)


def test_letters_that_may_be_capitals_or_not_leave_the_size_open() -> None:
    found = size_of("on", 20)
    assert found.high >= 1.4 * found.low


@pytest.mark.parametrize("mark", ["- - -", "·····", "..."])
def test_dots_and_dashes_say_little_of_the_size(mark: str) -> None:
    drawing = drawn.draw(mark, BLACK, WHITE, 24)
    for run in measure_text(drawing.pixels, drawing.core[None], scale=1.0, loss=NO_LOSS):
        assert run.size.low <= 24 <= run.size.high


@pytest.mark.parametrize("height", [8.0, 20.0])
def test_the_least_size_allows_for_edges_that_make_letters_look_higher(height: float) -> None:
    tallest = 0.8  # em
    assert _Em(0.5, 0.7, tallest).size(height).low < height / tallest


def test_the_least_size_of_a_speck_is_not_negative() -> None:
    assert _Em(0.5, 0.7, 0.8).size(0.1).low == 0
