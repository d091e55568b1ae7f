"""The places of issues drawn over a picture: what is drawn where, and what is left as it was."""

import re
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.report import AccessibilityReport
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.exports.reports.formats import FORMATS
from januslens.views.marks import find_marks
from januslens.views.overlay import draw_overlay
from tests.januslens.exports.samples import ENHANCED, FACTS, FAILED, REPORT, few, reports, subject

RED: Final = (0xC4, 0x16, 0x0E)
BROWN: Final = (0x85, 0x54, 0x00)
WHITE: Final = (255, 255, 255)
GROUNDS: Final[tuple[Rgb, ...]] = (WHITE, (0, 0, 0), (200, 30, 40), (128, 128, 128))
BOX: Final = Box(60, 40, 50, 16)
AROUND: Final = 4  # px at scale 1: white, two of the line, white
SMALLEST: Final = 7  # CSS px: how high figures are at least

outcomes = st.sampled_from([Outcome.FAILED, Outcome.CANT_TELL])


def at(box: Box, outcome: Outcome = Outcome.FAILED, of: Check = FAILED) -> Check:
    return replace(of, box=box, outcome=outcome, reason=None if outcome is Outcome.FAILED else Reason.GRADIENT)


def ground(color: Rgb, width: int = 170, height: int = 96) -> NDArray[np.uint8]:
    return np.full((height, width, 3), color, np.uint8)


def drawn(pixels: NDArray[np.uint8], *checks: Check, factor: int = 1, scale: float = 1) -> NDArray[np.uint8]:
    return np.asarray(draw_overlay(pixels, AccessibilityReport(checks), factor=factor, scale=scale))


def changed(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.any(before != after, axis=2)


def around(box: Box, shape: tuple[int, ...], by: int = AROUND) -> NDArray[np.bool_]:
    """Where a box and so much around it is."""
    where = np.zeros(shape[:2], bool)
    where[max(box.y - by, 0) : box.y + box.height + by, max(box.x - by, 0) : box.x + box.width + by] = True
    return where


def colors(pixels: NDArray[np.uint8]) -> list[tuple[int, ...]]:
    return [tuple(color) for color in pixels.reshape(-1, 3).tolist()]


@pytest.mark.parametrize("color", GROUNDS)
def test_a_line_between_white_ones_goes_around_what_failed(color: Rgb) -> None:
    seen = drawn(ground(color), at(BOX))
    middle, center = BOX.y + BOX.height // 2, BOX.x + BOX.width // 2
    across = [WHITE, RED, RED, WHITE]
    assert colors(seen[middle, BOX.x + BOX.width : BOX.x + BOX.width + AROUND]) == across
    assert colors(seen[middle, BOX.x - AROUND : BOX.x]) == across
    assert colors(seen[BOX.y - AROUND : BOX.y, center]) == across
    assert colors(seen[BOX.y + BOX.height : BOX.y + BOX.height + AROUND, center]) == across


def test_the_line_around_what_failed_is_whole_and_around_what_cannot_be_told_dashed() -> None:
    line = slice(BOX.x - 3, BOX.x + BOX.width + 3)
    failed = drawn(ground((0, 0, 0)), at(BOX))[BOX.y - 2, line]
    doubtful = drawn(ground((0, 0, 0)), at(BOX, Outcome.CANT_TELL))[BOX.y - 2, line]
    assert set(colors(failed)) == {RED}
    assert set(colors(doubtful)) == {BROWN, WHITE}
    dashes = "".join("-" if color == BROWN else " " for color in colors(doubtful)).split()
    assert len(dashes) >= 5
    assert {len(dash) for dash in dashes[:-1]} == {6}


def test_lines_are_as_thick_as_the_scale_says() -> None:
    seen = drawn(ground((0, 0, 0)), at(BOX), scale=3)
    center = BOX.x + BOX.width // 2
    assert colors(seen[BOX.y - 12 : BOX.y, center]) == [WHITE] * 3 + [RED] * 6 + [WHITE] * 3


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.CANT_TELL])
def test_what_an_issue_is_about_is_not_drawn_on(outcome: Outcome) -> None:
    before = np.random.default_rng(0).integers(0, 256, (96, 170, 3), np.uint8)
    after = drawn(before, at(BOX, outcome))
    assert not changed(before, after)[around(BOX, before.shape, 0)].any()
    assert changed(before, after)[around(BOX, before.shape) & ~around(BOX, before.shape, 0)].mean() > 0.99


def test_what_passed_is_not_drawn() -> None:
    assert np.array_equal(drawn(ground(WHITE), at(BOX, Outcome.PASSED)), ground(WHITE))


@few
@given(reports)
def test_nothing_changes_but_at_places_and_beside_them(report: AccessibilityReport) -> None:
    before = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    after = np.asarray(draw_overlay(before, report, factor=1, scale=1))
    near = np.zeros(before.shape[:2], bool)
    for check in report.checks:
        if check.outcome is not Outcome.PASSED:
            near |= around(check.box, before.shape, AROUND + 120)  # eight numbers in a row, at most
    assert after.shape == before.shape
    assert not (changed(before, after) & ~near).any()


@given(st.data(), outcomes, st.sampled_from([1, 2]))
def test_the_number_of_a_place_at_any_edge_is_inside_the_image(
    data: st.DataObject, outcome: Outcome, scale: int
) -> None:
    """The tag that stands alone in a large picture is found, pixel by pixel, in one that its place touches."""
    width, height = data.draw(st.integers(40, 80)), data.draw(st.integers(36, 60))
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = Box(x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y)))

    black = ground((0, 0, 0), 300, 300)
    alone = drawn(black, at(Box(140, 140, 20, 20), outcome), scale=scale)
    rows, columns = np.nonzero(changed(black, alone) & ~around(Box(140, 140, 20, 20), black.shape, AROUND * scale))
    tag = alone[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert len(tag) >= SMALLEST * scale

    seen = drawn(ground((0, 0, 0), width, height), at(box, outcome), scale=scale)
    windows = np.lib.stride_tricks.sliding_window_view(seen, tag.shape)
    assert (windows == tag).all(axis=(3, 4, 5)).any()


@pytest.mark.parametrize("size", [(1, 1), (5, 300), (300, 5), (12, 12)])
def test_an_image_smaller_than_a_number_has_none(size: tuple[int, int]) -> None:
    width, height = size
    seen = drawn(ground((0, 0, 0), width, height), at(Box(0, 0, width, height)))
    assert seen.shape == (height, width, 3)


def test_numbers_keep_off_what_else_was_found() -> None:
    one, other = Box(100, 70, 50, 16), Box(40, 40, 70, 76)  # left of the one there is room, but the other is there
    black = ground((0, 0, 0), 240, 160)
    seen = changed(black, drawn(black, at(one), at(other)))
    assert not (seen & around(other, black.shape, 0) & ~around(one, black.shape)).any()


def test_numbers_keep_off_each_other() -> None:
    one, other = Box(40, 40, 20, 16), Box(0, 40, 10, 16)  # between them is room for one number
    black = ground((0, 0, 0))
    outside = ~around(one, black.shape) & ~around(other, black.shape)
    alone, alone_too, both = (
        (changed(black, drawn(black, *map(at, boxes))) & outside).sum() for boxes in ((one,), (other,), (one, other))
    )
    assert both == alone + alone_too


def test_numbers_keep_off_what_else_is_in_the_image() -> None:
    letters = ground(WHITE)
    letters[BOX.y : BOX.y + BOX.height, 0 : BOX.x - AROUND : 3] = 0
    seen = drawn(letters, at(BOX))
    assert not changed(letters, seen)[:, : BOX.x - AROUND].any()


@few
@given(reports, st.integers(1, 4), st.floats(0.1, 8), st.integers(1, 90), st.integers(1, 90))
def test_any_report_can_be_drawn_on_any_image(
    report: AccessibilityReport, factor: int, scale: float, width: int, height: int
) -> None:
    pixels = ground((10, 20, 30), width, height)
    assert draw_overlay(pixels, report, factor=factor, scale=scale).size == (width, height)


@few
@given(reports | st.just(REPORT))
def test_numbers_are_those_of_the_html_report(report: AccessibilityReport) -> None:
    page = FORMATS["html"].write(subject(report))
    of_page: dict[Box, set[int]] = {}
    for position, number in re.findall(r'id="place-(\d+)" href="#issue-(\d+)"', page):
        of_page.setdefault(report.checks[int(position)].box, set()).add(int(number))
    marks = find_marks(report, factor=1, margin=0, width=2 * FACTS.width, height=2 * FACTS.width)
    assert {mark.box: set(mark.issues) for mark in marks} == of_page


def test_a_place_of_several_issues_is_outlined_once_by_the_worst() -> None:
    doubtful = at(BOX, Outcome.CANT_TELL)
    failed = at(BOX, of=ENHANCED)
    (mark,) = find_marks(AccessibilityReport((doubtful, failed)), factor=1, margin=4, width=300, height=300)
    assert (mark.outcome, dict(mark.issues)) == (Outcome.FAILED, {1: Outcome.CANT_TELL, 2: Outcome.FAILED})


@pytest.mark.parametrize(
    ("box", "frame"),
    [
        (Box(60, 40, 50, 16), Box(26, 16, 33, 16)),
        (Box(61, 41, 50, 16), Box(26, 16, 34, 17)),
        (Box(0, 0, 400, 400), Box(0, 0, 100, 100)),
        (Box(199, 199, 1, 1), Box(95, 95, 5, 5)),
    ],
)
def test_the_frame_of_a_reduced_place_is_around_all_of_it_and_in_the_image(box: Box, frame: Box) -> None:
    (mark,) = find_marks(AccessibilityReport((at(box),)), factor=2, margin=4, width=100, height=100)
    assert mark.box == frame


def test_places_outside_of_the_image_are_left_out() -> None:
    assert find_marks(AccessibilityReport((at(Box(500, 0, 9, 9)),)), factor=1, margin=4, width=100, height=100) == []
