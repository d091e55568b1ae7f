"""Where a text's ratio, size and weight are just at what success criterion 1.4.3 asks of them."""

from dataclasses import replace

import pytest

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.evidence import Evidence, MeasuredText
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.decode.geometry import Box
from januslens.decode.scale import Scale
from januslens.text.run import Size, TextRun
from tests.januslens.accessibility.texts import text

NORMAL = text()
PERHAPS_LARGE = replace(NORMAL, size=Size(22, 20, 24.5))


def check(run: TextRun, low: float, high: float, *, lossy: bool = False) -> Check:
    measured = MeasuredText(run, (low + high) / 2, low, high)
    (found,) = TEXT_CONTRAST.check(
        Evidence(scale=Scale(1.0, "given"), whole=Box(0, 0, 9, 9), lossy=lossy, texts=[measured])
    )
    return found


def of(size: float, stem: float, *, high: float | None = None) -> TextRun:
    """Text of a size and a stem width in font sizes."""
    return replace(NORMAL, size=Size(size, size, high or size), stem=stem * size)


@pytest.mark.parametrize(("low", "outcome"), [(4.5, Outcome.PASSED), (4.49, Outcome.CANT_TELL)])
def test_a_ratio_that_is_required_passes(low: float, outcome: Outcome) -> None:
    assert check(NORMAL, low, 6).outcome is outcome


@pytest.mark.parametrize(("high", "outcome"), [(4.5, Outcome.CANT_TELL), (4.49, Outcome.FAILED)])
def test_a_ratio_fails_if_it_cannot_be_the_required_one(high: float, outcome: Outcome) -> None:
    assert check(NORMAL, 3.5, high).outcome is outcome


@pytest.mark.parametrize(
    ("low", "high", "reason"),
    [
        (2.9, 3.0, Reason.THIN_TEXT),  # 3:1 for large text, perhaps
        (3.0, 4.49, Reason.TEXT_SIZE),  # enough if it is large, too little if not
        (3.0, 4.5, Reason.THIN_TEXT),
    ],
)
def test_the_color_decides_if_a_required_ratio_is_among_the_possible_ones(
    low: float, high: float, reason: Reason
) -> None:
    assert check(PERHAPS_LARGE, low, high).reason is reason


@pytest.mark.parametrize(("stem", "outcome"), [(0.19, Outcome.PASSED), (0.17, Outcome.CANT_TELL)])
def test_only_what_is_bolder_than_semibold_is_surely_large_from_18_66_px(stem: float, outcome: Outcome) -> None:
    assert check(of(20, stem), 3.5, 3.5).outcome is outcome


def test_text_is_surely_bold_only_if_it_is_so_at_its_largest_size() -> None:
    assert check(of(20, 0.19), 3.5, 3.5).outcome is Outcome.PASSED
    assert check(of(20, 0.19, high=22), 3.5, 3.5).outcome is Outcome.CANT_TELL  # 0.173 of 22 px


@pytest.mark.parametrize(("lossy", "outcome"), [(False, Outcome.FAILED), (True, Outcome.CANT_TELL)])
def test_compression_may_have_thinned_a_bold_stem(lossy: bool, outcome: Outcome) -> None:
    assert check(of(20, 0.122), 3.5, 3.5, lossy=lossy).outcome is outcome


@pytest.mark.parametrize(("letters", "reason"), [(4, Reason.SHORT_TEXT), (5, None)])
def test_four_strokes_in_a_lossy_image_may_be_no_text(letters: int, reason: Reason | None) -> None:
    assert check(replace(NORMAL, letters=letters), 3.5, 3.5, lossy=True).reason is reason


def test_severity_is_by_what_is_missing_at_least() -> None:
    found = check(PERHAPS_LARGE, 1.5, 2.5)
    assert found.severity == pytest.approx(severity(contrast_shortfall(2.5, 3), found.box, 1))
