"""Success criterion 2.5.5 on controls made by hand."""

import pytest

from januslens.accessibility.check import Outcome, Reason
from januslens.accessibility.rules.catalog import TARGET_SIZE_ENHANCED
from januslens.accessibility.rules.target_size_enhanced import check_target_size_enhanced
from januslens.accessibility.targets import find_targets
from januslens.decode.scale import Scale
from januslens.layout.control_kinds import Kind
from tests.januslens.accessibility.shown import BLUE, control, lines, link, text

GIVEN = Scale(1.0, "given")


@pytest.mark.parametrize(("height", "outcome"), [(44, Outcome.PASSED), (43, Outcome.FAILED), (36, Outcome.FAILED)])
def test_a_button_needs_44_px(height: int, outcome: Outcome) -> None:
    (check,) = check_target_size_enhanced(find_targets([control(Kind.BUTTON, (20, 20, 90, height))], [], 1.0), GIVEN)
    assert (check.rule, check.outcome, check.required) == (TARGET_SIZE_ENHANCED, outcome, 44)


def test_room_around_a_small_box_does_not_count() -> None:
    (check,) = check_target_size_enhanced(
        find_targets([control(Kind.BOX, (20, 20, 13, 13), empty=True)], [], 1.0), GIVEN
    )
    assert check.outcome is Outcome.FAILED


def test_a_link_is_perhaps_larger_than_its_text() -> None:
    run = text(20, 50, 90, color=BLUE)
    (check,) = check_target_size_enhanced(find_targets([link(run)], lines(run), 1.0), GIVEN)
    assert (check.outcome, check.reason) == (Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET)


def test_a_label_is_not_judged() -> None:
    assert (
        list(check_target_size_enhanced(find_targets([control(Kind.BUTTON, (20, 20, 40, 16))], [], 1.0), GIVEN)) == []
    )


def test_the_scale_decides_where_it_is_not_known() -> None:
    button = control(Kind.BUTTON, (20, 20, 190, 60))
    (check,) = check_target_size_enhanced(find_targets([button], [], 1.0), Scale(1.0, "assumed"))
    assert check.reason is Reason.SCALE
