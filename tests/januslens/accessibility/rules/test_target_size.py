"""Success criterion 2.5.8 on controls made by hand.

Which of the boxes pass follows from the geometry that the criterion states: circles of 24 CSS px around the middles.
"""

import pytest

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.target_size import TARGET_SIZE
from januslens.accessibility.sentences import sentence_of
from januslens.decode.scale import Scale
from januslens.layout.control import Control, Kind
from januslens.text.paragraphs import TextLine
from tests.januslens.accessibility.evidence import ASSUMED, GIVEN, evidence
from tests.januslens.accessibility.shown import BLUE, control, lines, link, text


def outcomes(controls: list[Control], written: list[TextLine] | None = None, scale: Scale = GIVEN) -> list[Outcome]:
    found = TARGET_SIZE.check(evidence(controls=controls, lines=written or [], scale=scale))
    return [check.outcome for check in found]


def only(controls: list[Control], scale: Scale = GIVEN) -> Check:
    (check,) = TARGET_SIZE.check(evidence(controls=controls, scale=scale))
    return check


def boxes(pitch: int, side: int = 13) -> list[Control]:
    return [control(Kind.BOX, (20, 20 + pitch * row, side, side), empty=True) for row in range(2)]


def grid(pitch: int) -> list[TextLine]:
    return lines(*(text(x, 50 + pitch * row, 60 + 10 * row) for x in (20, 220) for row in range(2)))


@pytest.mark.parametrize(("side", "outcome"), [(24, Outcome.PASSED), (25, Outcome.PASSED), (23, Outcome.FAILED)])
def test_boxes_that_touch_need_24_px(side: int, outcome: Outcome) -> None:
    assert outcomes(boxes(side, side)) == [outcome, outcome]


@pytest.mark.parametrize(("pitch", "outcome"), [(24, Outcome.PASSED), (22, Outcome.FAILED)])
def test_small_boxes_need_circles_that_do_not_meet(pitch: int, outcome: Outcome) -> None:
    assert outcomes(boxes(pitch)) == [outcome, outcome]


def test_a_small_box_beside_a_large_button_needs_12_px_from_its_middle() -> None:
    box = control(Kind.BOX, (20, 30, 14, 14), empty=True)  # its middle is at 27
    close, apart = (control(Kind.BUTTON, (left, 20, 80, 36)) for left in (36, 41))
    assert outcomes([box, close]) == [Outcome.FAILED, Outcome.PASSED]
    assert outcomes([box, apart]) == [Outcome.PASSED, Outcome.PASSED]


def test_the_scale_is_that_of_the_image() -> None:
    at_twice = [control(Kind.BOX, (20, 20 + 40 * row, 26, 26), empty=True) for row in range(2)]
    assert outcomes(at_twice) == [Outcome.PASSED] * 2
    assert outcomes(at_twice, scale=Scale(2.0, "given")) == [Outcome.FAILED] * 2


def judged(controls: list[Control], low: float, high: float) -> list[tuple[Outcome, Reason | None]]:
    """Judge controls in a picture whose scale is about 2, and from low to high."""
    scale = Scale(2.0, "estimated", 0.9, (low, high))
    return [(check.outcome, check.reason) for check in TARGET_SIZE.check(evidence(controls=controls, scale=scale))]


OPEN = (Outcome.CANT_TELL, Reason.SCALE)
PASSED, FAILED = (Outcome.PASSED, None), (Outcome.FAILED, None)


@pytest.mark.parametrize(
    ("pitch", "low", "high", "expected"),
    [
        (40, 1.8, 2.2, FAILED),  # 22.2 CSS px apart at most
        (40, 1.6, 2.2, OPEN),  # 25 CSS px at most
        (60, 1.8, 2.2, PASSED),  # 27.3 CSS px apart at least
        (60, 1.8, 2.7, OPEN),  # 22.2 CSS px at least
    ],
)
def test_small_boxes_fail_or_pass_only_at_every_scale(
    pitch: int, low: float, high: float, expected: tuple[Outcome, Reason | None]
) -> None:
    assert judged(boxes(pitch, 30), low, high) == [expected] * 2


@pytest.mark.parametrize(("high", "expected"), [(2.5, PASSED), (3.0, OPEN)])
def test_a_size_that_suffices_does_so_at_every_scale(high: float, expected: tuple[Outcome, Reason | None]) -> None:
    assert judged(boxes(64, 62), 2, high) == [expected] * 2


def test_icons_that_are_perhaps_too_close_are_open_by_the_scale_and_surely_too_close_by_what_they_are() -> None:
    icons = [control(Kind.ICON, (20 + 60 * column, 20, 30, 30)) for column in range(2)]
    assert judged(icons, 1.8, 2.7) == [OPEN] * 2
    close = [control(Kind.ICON, (20 + 40 * column, 20, 30, 30)) for column in range(2)]
    assert judged(close, 1.8, 2.7) == [(Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET)] * 2


def test_a_target_alone_needs_no_size() -> None:
    assert only([control(Kind.BUTTON, (20, 20, 90, 20))], ASSUMED).outcome is Outcome.PASSED


def test_labels_drawn_like_buttons_are_perhaps_no_targets() -> None:
    badges = [control(Kind.BUTTON, (20 + 22 * column, 20, 20, 16)) for column in range(2)]
    reasons = [check.reason for check in TARGET_SIZE.check(evidence(controls=badges))]
    assert reasons == [Reason.PERHAPS_NO_TARGET] * 2


def test_icons_side_by_side_are_perhaps_no_targets() -> None:
    icons = [control(Kind.ICON, (20 + 20 * column, 20, 16, 16)) for column in range(2)]
    assert outcomes(icons) == [Outcome.CANT_TELL] * 2


def test_what_is_in_a_control_is_no_target_of_its_own() -> None:
    button, mark = control(Kind.BUTTON, (20, 20, 90, 36)), control(Kind.ICON, (24, 30, 16, 16))
    assert outcomes([button, mark]) == [Outcome.PASSED]


@pytest.mark.parametrize(("pitch", "outcomes_"), [(21, [Outcome.CANT_TELL] * 4), (25, [])])
def test_short_lines_in_rows_and_columns_are_perhaps_links(pitch: int, outcomes_: list[Outcome]) -> None:
    assert outcomes([], grid(pitch)) == outcomes_


def test_a_ragged_column_of_three_short_lines_is_perhaps_links() -> None:
    written = lines(*(text(20, 50 + 21 * row, width) for row, width in enumerate((40, 55, 50))))
    assert outcomes([], written) == [Outcome.CANT_TELL] * 3


def test_a_narrow_paragraph_is_no_list() -> None:
    written = lines(*(text(20, 50 + 21 * row, width) for row, width in enumerate((150, 160, 155, 40))))
    assert outcomes([], written) == []


def test_a_wrapped_title_beside_another_is_no_list() -> None:
    written = lines(*(text(x, 50 + 17 * row, 60 - 20 * row, size=16) for x in (20, 220) for row in range(2)))
    assert outcomes([], written) == []


def test_links_close_to_each_other_are_perhaps_too_small() -> None:
    runs = [text(20, 50 + 20 * row, 60, color=BLUE) for row in range(2)]
    assert outcomes([link(run) for run in runs], lines(*runs)) == [Outcome.CANT_TELL] * 2


def test_a_link_in_a_sentence_is_excepted() -> None:
    run, rest = text(20, 50, 60, color=BLUE), text(84, 50, 200, letters=30)
    assert outcomes([link(run)], lines(run, rest)) == []


def test_a_link_that_fills_a_line_of_a_paragraph_is_excepted() -> None:
    above, run = text(20, 50, 300, letters=40), text(20, 70, 60, color=BLUE)
    assert outcomes([link(run)], lines(above, run)) == []


def test_an_icon_of_each_item_of_a_list_is_perhaps_within_another_target() -> None:
    icons = [control(Kind.ICON, (20, 20 + 75 * row, 14, 14)) for row in range(5)]
    written = [text(50, 25 + 75 * row + 19 * line, 200, letters=20) for row in range(5) for line in range(2)]
    assert outcomes(icons, lines(*written)) == [Outcome.CANT_TELL] * 5
    assert outcomes(icons) == [Outcome.PASSED] * 5


def test_a_check_says_what_was_measured() -> None:
    check = next(iter(TARGET_SIZE.check(evidence(controls=boxes(15)))))
    assert check.rule is TARGET_SIZE
    assert check.size is not None
    assert check.size.low < check.size.value == 13 < check.size.high
    assert check.required == 24
    assert 0 < check.severity < 1
    assert sentence_of(check) == "A box to check is 13 by 13 CSS px, less than 24 by 24, and too close to another."


def test_what_passes_matters_nothing() -> None:
    assert only([control(Kind.BUTTON, (20, 20, 90, 36))]).severity == 0


def test_a_small_one_with_room_is_said_to_have_it() -> None:
    assert "has room around it" in sentence_of(only([control(Kind.BOX, (20, 20, 13, 13), empty=True)]))
