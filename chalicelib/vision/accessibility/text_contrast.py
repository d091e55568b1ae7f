"""Contrast (Minimum): text has a contrast ratio of at least 4.5:1, large text of at least 3:1.

Source: WCAG 2.2, success criterion 1.4.3 (AA), https://www.w3.org/TR/WCAG22/#contrast-minimum. Large is 18 point
(24 CSS px), or 14 point (18.66 CSS px) where bold: https://www.w3.org/TR/WCAG22/#dfn-large-scale.

What pixels can't say: whether text is part of a logo, of an inactive control or mere decoration, all of which the
criterion excepts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.vision.accessibility.check import ContrastCheck, Outcome, Reason
from chalicelib.vision.color.luminance import contrast_ratio, luminance, ratio_of_luminances
from chalicelib.vision.color.notation import floored, hex_color
from chalicelib.vision.scale import Scale
from chalicelib.vision.text.run import Backdrop, TextRun
from chalicelib.vision.text.size import HEAVIEST_SEMIBOLD, LIGHTEST_BOLD

RULE: Final = "text-contrast"
CRITERION: Final = "1.4.3"
LEVEL: Final = "AA"
NORMAL_RATIO: Final = 4.5
LARGE_RATIO: Final = 3.0
LARGE_SIZE: Final = 24.0  # CSS px: 18 pt
LARGE_BOLD_SIZE: Final = 18.66  # CSS px: 14 pt
LOSSY_RATIOS: Final = (0.75, 1.25)
"""The true ratio as a multiple of the measured one in a JPEG of quality 90: 95 in 100 of 860 lines of known color."""
DOUBTS: Final = {
    Reason.GRADIENT: "Where the text stands on the gradient decides.",
    Reason.IMAGE: "What the text stands on in the image decides.",
    Reason.SHORT_TEXT: "But a single shape, or a few plain ones, may be no text.",
    Reason.THIN_TEXT: "Its strokes are too thin to show its color unmixed.",
    Reason.LOSSY_IMAGE: "The image's compression has changed its colors; a PNG would tell.",
    Reason.TEXT_SIZE: "As large text it would need 3:1, and how large it is can't be told.",
}
LARGEST_USUAL_SCALE: Final = 3.0  # of phones' screens: what a scale that nobody stated may be


@dataclass(frozen=True, slots=True)
class _Judgment:
    """The lowest and highest ratio that a run may have, those that it may need, and what follows."""

    low: float
    high: float
    needs: tuple[float, ...]
    outcome: Outcome
    reason: Reason | None


def check_text_contrast(runs: Sequence[TextRun], scale: Scale, *, lossy: bool) -> Iterator[ContrastCheck]:
    """Judge each run of text; lossy says that the picture's compression may have changed its colors."""
    for run in runs:
        judgment = _judge(run, scale, lossy)
        yield ContrastCheck(
            rule=RULE,
            criterion=CRITERION,
            level=LEVEL,
            outcome=judgment.outcome,
            reason=judgment.reason,
            box=run.box,
            foreground=run.foreground.color,
            background=run.background,
            ratio=contrast_ratio(run.foreground.color, run.background),
            interval=(judgment.low, judgment.high),
            required=max(judgment.needs),
            size=run.size,
            message=_message(run, judgment),
        )


def _judge(run: TextRun, scale: Scale, lossy: bool) -> _Judgment:
    low, high = _ratio_bounds(run, lossy)
    needs = _required_ratios(run, scale)
    if low >= max(needs):
        outcome, reason = Outcome.PASSED, None
    elif run.letters <= 1:
        outcome, reason = Outcome.CANT_TELL, Reason.SHORT_TEXT
    elif high < min(needs):
        outcome, reason = Outcome.FAILED, None
    else:
        outcome, reason = Outcome.CANT_TELL, _doubt(run, low, high, needs, lossy)
    return _Judgment(low, high, needs, outcome, reason)


def _doubt(run: TextRun, low: float, high: float, needs: tuple[float, ...], lossy: bool) -> Reason:
    if run.backdrop is not Backdrop.FLAT:
        return Reason.GRADIENT if run.backdrop is Backdrop.GRADIENT else Reason.IMAGE
    color_decides = any(low < need <= high for need in needs)
    if color_decides:
        return Reason.LOSSY_IMAGE if lossy else Reason.THIN_TEXT
    return Reason.TEXT_SIZE


def _ratio_bounds(run: TextRun, lossy: bool) -> tuple[float, float]:
    """Return the lowest and highest ratio of any color that the text may have on any background behind it."""
    text = [luminance(end) for end in (run.foreground.nearest, run.foreground.farthest)]
    behind = [luminance(extreme) for extreme in run.backgrounds]
    meet = min(text) <= max(behind) and min(behind) <= max(text)  # somewhere between the background's extremes
    ratios = [ratio_of_luminances(one, other) for one in text for other in behind]
    least, most = LOSSY_RATIOS if lossy else (1.0, 1.0)
    return 1.0 if meet else max(1.0, min(ratios) * least), max(ratios) * most


def _required_ratios(run: TextRun, scale: Scale) -> tuple[float, ...]:
    """Return the ratio that text of this size needs, or both where its size isn't decided."""
    smallest = run.size.low if scale.known else run.size.low / LARGEST_USUAL_SCALE
    largest = run.size.high
    surely_bold = run.stem > HEAVIEST_SEMIBOLD * largest
    if smallest >= LARGE_SIZE or (smallest >= LARGE_BOLD_SIZE and surely_bold):
        return (LARGE_RATIO,)
    largest_if_bold = min(largest, run.stem / LIGHTEST_BOLD)
    return (
        (LARGE_RATIO, NORMAL_RATIO) if largest >= LARGE_SIZE or largest_if_bold >= LARGE_BOLD_SIZE else (NORMAL_RATIO,)
    )


def _message(run: TextRun, check: _Judgment) -> str:
    """Say what was seen, what is needed, and why no verdict could be given, if none could."""
    behind = {
        Backdrop.FLAT: hex_color(run.background),
        Backdrop.GRADIENT: "a gradient",
        Backdrop.IMAGE: "an image",
    }[run.backdrop]
    low, high = (f"{floored(bound):.2f}:1" for bound in (check.low, check.high))
    contrast = low if low == high else f"between {low} and {high}"
    sentence = f"Text {hex_color(run.foreground.color)} on {behind} has a contrast of {contrast}"
    need = f"; it needs {max(check.needs):g}:1."
    return sentence + (need if check.reason is None else f"{need} {DOUBTS[check.reason]}")
