from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.board.known_text import (
    Behind,
    BoardPage,
    KnownText,
    NothingDrawn,
    Verdict,
    behind,
    know,
    read_behind,
    read_board,
)
from benchmarks.board.snippets import Ground, Kind, Snippet

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
PAGE = (0.0, 0.0, 7.0, 5.0)
KNOWN = KnownText("Help", (1.5, 2.0, 30.0, 12.0), Kind.SOLID, "#000000", "#ffffff", "Arial", 12, 400, 21, 21, 4.5)
HELP = Snippet("Help", BLACK, 24, 400, "Arial", 0, Ground(Kind.SOLID, (WHITE,)))


def white() -> np.ndarray:
    return np.full((5, 7, 3), 255, np.uint8)


def ink_at(*places: tuple[int, int]) -> np.ndarray:
    ink = np.full((5, 7), 255, np.uint8)
    for place in places:
        ink[place] = 200
    return ink


def on_white(*places: tuple[int, int], scale: float = 1) -> Behind:
    return behind(white(), ink_at(*places), scale)


def test_background_is_what_lies_under_and_next_to_the_ink() -> None:
    bare = white()
    bare[2, 2] = 119  # diagonal neighbor of the ink: #777777, 4.48:1 on white by WebAIM's checker
    bare[0, 6] = 0  # out of its reach
    assert behind(bare, ink_at((1, 1)), 1).bounds(WHITE, PAGE) == pytest.approx((1, 4.48), abs=0.005)


def test_ink_in_a_corner_has_a_background_too() -> None:
    assert on_white((4, 6)).bounds(BLACK, PAGE) == pytest.approx((21, 21))


def test_only_the_background_in_the_box_counts() -> None:
    bare = white()
    bare[:, 4:] = 0
    seen = behind(bare, ink_at((2, 1), (2, 5)), 1)
    assert seen.bounds(BLACK, (0, 0, 3, 5)) == pytest.approx((21, 21))
    assert seen.bounds(BLACK, (4.2, 0, 3, 5)) == pytest.approx((1, 1))


def test_a_box_is_in_css_pixels() -> None:
    seen = on_white((4, 6), scale=2)
    assert seen.bounds(BLACK, (2.5, 1.5, 1, 1)) is not None
    assert seen.bounds(BLACK, (0, 0, 2, 1.5)) is None


def test_few_pixels_at_either_end_may_be_left_out() -> None:
    bare = np.full((1, 100, 3), 255, np.uint8)
    bare[:, :2] = 0
    seen = behind(bare, np.zeros((1, 100), np.uint8), 1)
    assert seen.bounds(WHITE, (0, 0, 100, 1), left_out=0.02) == pytest.approx((1, 1))
    assert seen.bounds(WHITE, (0, 0, 100, 1), left_out=0.01) == pytest.approx((1, 21))


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(4.5, 9, Verdict.PASS), (2, 4.49, Verdict.FAIL), (4.49, 4.5, Verdict.OPEN)],
)
def test_truth_is_open_where_the_requirement_lies_within_the_bounds(low: float, high: float, verdict: Verdict) -> None:
    assert replace(KNOWN, lowest=low, highest=high).verdict is verdict


def test_a_page_reads_back_as_it_was_written(tmp_path: Path) -> None:
    page = BoardPage("gray-2x-00", 2, "156.0", (KNOWN, replace(KNOWN, kind=Kind.PHOTO)))
    page.write(tmp_path)
    assert list(read_board(tmp_path)) == [page]


def test_what_is_behind_a_page_is_read_from_its_two_other_looks(tmp_path: Path) -> None:
    Image.fromarray(white()).save(tmp_path / "gray-2x-00.bare.png")
    Image.fromarray(ink_at((0, 0))).save(tmp_path / "gray-2x-00.ink.png")
    read = read_behind(tmp_path, BoardPage("gray-2x-00", 2, "156.0", ()))
    assert (read.bare == 255).all()
    assert read.reached.tolist() == [[True, True] + [False] * 5] * 2 + [[False] * 7] * 3


def test_a_snippet_is_known_by_its_css() -> None:
    known = know(HELP, PAGE, on_white((1, 1)))
    assert (known.foreground, known.color, known.ground, known.required) == ("#000000", BLACK, "#ffffff", 3)


def test_glyphs_may_reach_over_the_box_of_their_text() -> None:
    assert know(HELP, (5, 3, 1, 1), on_white((1, 1))).highest == pytest.approx(21)


def test_a_text_that_left_no_ink_is_an_error() -> None:
    with pytest.raises(NothingDrawn):
        know(HELP, PAGE, on_white())
