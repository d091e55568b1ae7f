"""Success criterion 1.4.11 on controls made by hand. Ratios of the grays on white are WebAIM's checker's."""

import pytest

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.non_text_contrast import NON_TEXT_CONTRAST
from januslens.color.notation import Rgb
from januslens.layout.control import Control, Kind
from tests.januslens.accessibility.evidence import evidence
from tests.januslens.accessibility.shown import BLUE, WHITE, control, link, text

PASSES: Rgb = (0x94, 0x94, 0x94)  # 3.03 on white
FAILS: Rgb = (0x95, 0x95, 0x95)  # 2.99
FAINT: Rgb = (0xDD, 0xDD, 0xDD)  # 1.35
FIELD = (20, 20, 260, 38)


def only(shown: Control) -> Check:
    (check,) = NON_TEXT_CONTRAST.check(evidence(controls=[shown]))
    return check


@pytest.mark.parametrize(("border", "outcome"), [(PASSES, Outcome.PASSED), (FAILS, Outcome.FAILED)])
def test_an_empty_field_needs_a_border_of_3_to_1(border: Rgb, outcome: Outcome) -> None:
    check = only(control(Kind.FIELD, FIELD, border=border, empty=True))
    assert check.outcome is outcome
    assert (check.foreground, check.background) == (border, WHITE)
    assert check.ratio == pytest.approx(3.03 if outcome is Outcome.PASSED else 2.99, abs=0.01)


def test_a_fill_that_differs_from_what_surrounds_it_is_a_boundary() -> None:
    assert only(control(Kind.FIELD, FIELD, fill=PASSES, border=FAINT, empty=True)).outcome is Outcome.PASSED


def test_a_border_that_differs_from_the_fill_is_a_boundary() -> None:
    shown = control(Kind.FIELD, FIELD, fill=WHITE, border=PASSES, surrounding=PASSES, empty=True)
    assert only(shown).outcome is Outcome.PASSED


@pytest.mark.parametrize("kind", [Kind.BUTTON, Kind.FIELD, Kind.ICON])
def test_a_faint_one_that_something_else_identifies_is_open(kind: Kind) -> None:
    check = only(control(kind, FIELD, fill=FAINT))
    assert (check.outcome, check.reason) == (Outcome.CANT_TELL, Reason.LABELED)
    assert check.severity > 0


def test_an_unchecked_box_fails_where_it_is_faint() -> None:
    assert only(control(Kind.BOX, (20, 20, 16, 16), border=FAINT, empty=True)).outcome is Outcome.FAILED


def test_a_box_that_is_scarcely_too_faint_may_have_a_thin_ring() -> None:
    assert only(control(Kind.BOX, (20, 20, 16, 16), border=FAILS, empty=True)).reason is Reason.THIN_TEXT


def test_links_and_labels_are_not_judged() -> None:
    badge = control(Kind.BUTTON, (20, 20, 40, 16), fill=FAINT)
    assert list(NON_TEXT_CONTRAST.check(evidence(controls=[badge, link(text(20, 60, 90, color=BLUE))]))) == []


def test_what_passes_matters_nothing() -> None:
    assert only(control(Kind.FIELD, FIELD, border=PASSES, empty=True)).severity == 0
