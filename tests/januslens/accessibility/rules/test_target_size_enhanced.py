"""Success criterion 2.5.5 on controls made by hand."""

import pytest

from januslens.accessibility.check import Outcome, Reason
from januslens.accessibility.rules.target_size_enhanced import TARGET_SIZE_ENHANCED
from januslens.accessibility.sentences import sentence_of
from januslens.decode.scale import Scale
from januslens.layout.control import Kind
from tests.januslens.accessibility.evidence import ASSUMED, evidence
from tests.januslens.accessibility.shown import BLUE, control, lines, link, text


@pytest.mark.parametrize(("height", "outcome"), [(44, Outcome.PASSED), (43, Outcome.FAILED), (36, Outcome.FAILED)])
def test_a_button_needs_44_px(height: int, outcome: Outcome) -> None:
    (check,) = TARGET_SIZE_ENHANCED.check(evidence(controls=[control(Kind.BUTTON, (20, 20, 90, height))]))
    assert (check.rule, check.outcome, check.required) == (TARGET_SIZE_ENHANCED, outcome, 44)


def test_room_around_a_small_box_does_not_count() -> None:
    (check,) = TARGET_SIZE_ENHANCED.check(evidence(controls=[control(Kind.BOX, (20, 20, 13, 13), empty=True)]))
    assert check.outcome is Outcome.FAILED


def test_a_link_is_perhaps_larger_than_its_text() -> None:
    run = text(20, 50, 90, color=BLUE)
    (check,) = TARGET_SIZE_ENHANCED.check(evidence(controls=[link(run)], lines=lines(run)))
    assert (check.outcome, check.reason) == (Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET)


def test_a_label_is_not_judged() -> None:
    assert list(TARGET_SIZE_ENHANCED.check(evidence(controls=[control(Kind.BUTTON, (20, 20, 40, 16))]))) == []


def test_the_scale_decides_where_it_is_not_known() -> None:
    button = control(Kind.BUTTON, (20, 20, 190, 60))
    (check,) = TARGET_SIZE_ENHANCED.check(evidence(controls=[button], scale=ASSUMED))
    assert check.reason is Reason.SCALE


@pytest.mark.parametrize(
    ("height", "low", "high", "expected"),
    [
        (100, 2, 2.2, (Outcome.PASSED, None)),  # 45.5 CSS px at least
        (100, 2, 2.4, (Outcome.CANT_TELL, Reason.SCALE)),  # 41.7 at least
        (80, 1.9, 2, (Outcome.FAILED, None)),  # 42.1 at most
        (80, 1.7, 2, (Outcome.CANT_TELL, Reason.SCALE)),  # 47.1 at most
    ],
)
def test_a_button_fails_or_passes_only_at_every_scale(
    height: int, low: float, high: float, expected: tuple[Outcome, Reason | None]
) -> None:
    button = control(Kind.BUTTON, (20, 20, 190, height))
    scale = Scale(2.0, "estimated", 0.9, (low, high))
    (check,) = TARGET_SIZE_ENHANCED.check(evidence(controls=[button], scale=scale))
    assert (check.outcome, check.reason) == expected


def test_of_all_targets_for_which_the_scale_decides_the_smallest_stands() -> None:
    heights = (90, 70, 84, 120, 60)
    buttons = [control(Kind.BUTTON, (20, 20 + 140 * row, 190, height)) for row, height in enumerate(heights)]
    scale = Scale(2.0, "estimated", 0.9, (1.5, 2.5))
    checks = list(TARGET_SIZE_ENHANCED.check(evidence(controls=buttons, scale=scale)))
    assert [(check.box.height, check.outcome) for check in checks] == [
        (120, Outcome.PASSED),
        (60, Outcome.FAILED),
        (70, Outcome.CANT_TELL),
    ]
    assert checks[-1].reason is Reason.SCALE
    assert sentence_of(checks[-1]).endswith("The image's scale decides, also for other targets (2).")


def test_a_target_alone_for_which_the_scale_decides_stands_for_no_other() -> None:
    (check,) = TARGET_SIZE_ENHANCED.check(evidence(controls=[control(Kind.BUTTON, (20, 20, 190, 60))], scale=ASSUMED))
    assert sentence_of(check).endswith("44 by 44 are needed. The image's scale decides.")


def test_targets_that_may_be_none_each_have_a_check() -> None:
    runs = [text(20, 50 + 90 * row, 90, color=BLUE) for row in range(2)]
    found = TARGET_SIZE_ENHANCED.check(
        evidence(controls=[link(run) for run in runs], lines=lines(*runs), scale=Scale(1.0, "estimated", 0.9, (1.25,)))
    )
    assert [check.reason for check in found] == [Reason.PERHAPS_NO_TARGET] * 2
