"""A picture that is padded, shifted, cut or mirrored shows the same, so its report must say the same.

Two strengths. Where text is known, all that follows from it is exact. The network that finds it can't promise that: it
halves its input five times, so that text which begins a pixel farther has another core, by a pixel or two, and what is
read of it (how a line is parted, its size, what lies behind it on a gradient) differs a little; verdicts must not.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pytest

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.rules import RULES
from januslens.accessibility.rules.color_vision import COLOR_VISION
from januslens.accessibility.rules.flashing import FLASHING
from januslens.accessibility.rules.link_distinguishable import LINK_DISTINGUISHABLE
from januslens.accessibility.rules.non_text_contrast import NON_TEXT_CONTRAST
from januslens.accessibility.rules.target_size import TARGET_SIZE
from januslens.accessibility.rules.target_size_enhanced import TARGET_SIZE_ENHANCED
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_spacing_tight import TEXT_SPACING_TIGHT
from tests.januslens.metamorphic.conftest import SCALES, Draw, Page, Render, checks_of, pixels_of
from tests.januslens.metamorphic.pages import FILLED_FIELD, PAGES, PART, ROOM
from tests.januslens.metamorphic.relations import (
    TEXT,
    Cores,
    Move,
    Moved,
    cropped,
    mirrored,
    of,
    outside,
    padded,
    shifted,
    told,
    unconfirmed,
)

TEXT_IN_LINES: Final = (*TEXT, LINK_DISTINGUISHABLE, TEXT_SPACING_TIGHT)
SHAPES: Final = (NON_TEXT_CONTRAST, TARGET_SIZE, TARGET_SIZE_ENHANCED, COLOR_VISION)
OF_ONE_PLACE: Final = (*TEXT_IN_LINES, NON_TEXT_CONTRAST)
"""What looks at its own place only. Targets count where others are near, and the hue of links is that of most colored
text of the picture; two colors that merge are one check around all places where they meet."""

NEAR: Final = 2  # CSS px by which boxes may lie elsewhere where the network finds the text
ROUNDING: Final = 1e-3  # of a size: sums in another order, and medians of an even number
PADS: Final = {f"padded by {by}": (by, padded(by)) for by in (16, 32)}
SHIFTS: Final = {f"shifted by {by}": (by, shifted(by)) for by in (1, 2, 3)}
MOVES: Final = PADS | SHIFTS
OFF_GRID: Final = {name: move for name, (by, move) in MOVES.items() if by % 32}  # of what the network halves five times

BOUNDED_BY_OTHERS: Final = ("article", 1)  # with a short line that lines outside of the part are of one look with

ToKnow = Callable[[Cores], None]


def assert_same_verdicts(page: Page, moved: Moved, expected: Sequence[Check], found: Sequence[Check]) -> None:
    tolerance = NEAR * page.scale
    icons = [moved.box(box) for box in page.icons]  # one is taken for text in this frame and isn't in the next
    one, other = outside(icons, expected), outside(icons, found)
    assert unconfirmed(one, other, tolerance=tolerance, levels=page.levels) == []
    assert unconfirmed(other, one, tolerance=tolerance, levels=page.levels) == []


def part_of(page: Page) -> Moved:
    """What can be cut out of a page, beginning with a whole CSS pixel."""
    left, top, right, bottom = (round(edge / page.scale) for edge in page.rendering.rectangles[PART])
    edges = left - ROOM, top - ROOM, right + ROOM, bottom + ROOM
    return cropped(*(edge * page.scale for edge in edges))(page.pixels)


def from_the_left(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: (check.rule.id, check.box.y, check.box.x, check.box.width))


def without_size(checks: Iterable[Check]) -> Iterator[tuple[object, ...]]:
    for check in checks:
        ratios = check.ratio, check.required
        yield check.rule, check.outcome, check.reason, check.box, check.foreground, check.background, *ratios


def test_every_rule_for_still_images_finds_something(drawn: Draw) -> None:
    for scale in SCALES:
        used = {check.rule for name in PAGES for check in drawn(name, scale).checks}
        assert set(RULES) - used == {FLASHING}


@pytest.mark.parametrize(("by", "move"), MOVES.values(), ids=MOVES)
def test_where_text_is_known_a_moved_image_has_the_same_report(
    page: Page, by: int, move: Move, text_is_at: ToKnow
) -> None:
    moved = move(page.pixels)
    text_is_at(moved.cores(page.cores))
    rules = RULES if by % page.scale == 0 else TEXT_IN_LINES  # shapes are looked at in every scale-th row and column
    assert of(rules, checks_of(moved.pixels, page.scale)) == of(rules, moved.checks(page.checks))


@pytest.mark.parametrize("move", OFF_GRID.values(), ids=OFF_GRID)
def test_a_moved_image_has_the_same_verdicts(page: Page, move: Move) -> None:
    moved = move(page.pixels)
    assert_same_verdicts(page, moved, moved.checks(page.checks), checks_of(moved.pixels, page.scale))


def test_where_text_is_known_a_part_has_the_same_report(
    page: Page, text_is_at: ToKnow, request: pytest.FixtureRequest
) -> None:
    if (page.name, page.scale) == BOUNDED_BY_OTHERS:
        request.applymarker(pytest.mark.xfail(strict=True, reason="other text of a picture bounds the size of a run"))
    part = part_of(page)
    text_is_at(part.cores(page.cores))
    assert of(OF_ONE_PLACE, checks_of(part.pixels, page.scale)) == of(OF_ONE_PLACE, part.checks(page.checks))


def test_a_part_has_the_same_verdicts(page: Page) -> None:
    part = part_of(page)
    expected, found = part.checks(page.checks), checks_of(part.pixels, page.scale)
    assert_same_verdicts(page, part, of(OF_ONE_PLACE, expected), of(OF_ONE_PLACE, found))


def test_where_text_is_known_mirrored_text_has_the_same_contrast(page: Page, text_is_at: ToKnow) -> None:
    moved = mirrored(page.pixels)
    text_is_at(moved.cores(page.cores))
    expected, found = (
        from_the_left(of(TEXT, checks)) for checks in (moved.checks(page.checks), checks_of(moved.pixels, page.scale))
    )
    assert list(without_size(found)) == list(without_size(expected))
    sizes, known = ([check.size.value for check in checks if check.size] for checks in (found, expected))
    assert sizes == pytest.approx(known, rel=ROUNDING)


def test_mirrored_text_has_the_same_verdicts(page: Page) -> None:
    moved = mirrored(page.pixels)
    expected, found = moved.checks(page.checks), checks_of(moved.pixels, page.scale)
    assert_same_verdicts(page, moved, of(TEXT, expected), of(TEXT, found))


def test_where_text_is_known_mirrored_controls_have_the_same_verdicts(page: Page, text_is_at: ToKnow) -> None:
    moved = mirrored(page.pixels)
    text_is_at(moved.cores(page.cores))
    expected, found = of(SHAPES, moved.checks(page.checks)), of(SHAPES, checks_of(moved.pixels, page.scale))
    tolerance = NEAR * page.scale
    assert unconfirmed(found, expected, tolerance=tolerance) == []
    field = [moved.box(box) for box in page.boxes(FILLED_FIELD)]  # no field there, as text begins at a field's left
    assert unconfirmed([check for check in expected if check.box not in field], found, tolerance=tolerance) == []


HEADING: Final = (
    "<h1 style='margin: 24px; color: #8a8a8a; font: 32px/40px \"Liberation Sans\", Arial'>Moving to another plan</h1>"
)
CUTS: Final = {"upper half": cropped(0, 0, 480, 47), "lower half": cropped(0, 44, 480, 88)}  # of rows 32 to 61


def test_a_large_heading_needs_no_more_than_3_to_1(render: Render) -> None:
    (check,) = of([TEXT_CONTRAST], checks_of(pixels_of(render(HEADING, 480, 1)), 1))
    assert (check.outcome, check.required) == (Outcome.PASSED, 3.0)


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_text_that_the_edge_cuts_never_fails_for_its_size(render: Render, cut: Move) -> None:
    found = of([TEXT_CONTRAST], checks_of(cut(pixels_of(render(HEADING, 480, 1))).pixels, 1))
    assert [told(check) for check in found if check.outcome is Outcome.FAILED] == []
