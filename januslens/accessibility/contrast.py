"""The contrast of a run of text against what a success criterion asks of text of its size.

Source of large text: WCAG 2.2, 18 point (24 CSS px), or 14 point (18.66 CSS px) where bold,
https://www.w3.org/TR/WCAG22/#dfn-large-scale. What fails, and what passes, must follow from the pixels whatever the
text's true color and size are within their bounds; else the outcome is `cantTell`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import Rule
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.color.luminance import contrast_ratio, luminance, ratio_of_luminances
from januslens.color.notation import Rgb, floored, hex_color
from januslens.decode.lossy import NO_LOSS, Loss
from januslens.decode.scale import Scale
from januslens.text.run import Backdrop, TextRun
from januslens.text.shape.size import MAX_SEMIBOLD_STEM_EM, MIN_BOLD_STEM_EM

LARGE_SIZE: Final = 24.0  # CSS px: 18 pt
LARGE_BOLD_SIZE: Final = 18.66  # CSS px: 14 pt
LOSSY_RATIOS: Final = (0.9, 1.2)
"""The true ratio as a multiple of the measured one: 98 in 100 of 5,184 lines in JPEG files of quality 90, and of 2,645
at quality 60."""
THIN_CHROMA_RATIOS: Final = (0.75, 1.25)
"""The same where chroma is thin: 95 in 100 of 860 lines of known color at quality 90, read without restoring it."""
SUBSAMPLED_STEM: Final = 4.0  # pixels: lossy WebP keeps one chroma for 2 x 2, and smoothes it over more
LOSSY_STEM: Final = 0.9  # of its width, which compression may leave of a stem
LOSSY_SHRED: Final = 4  # strokes: compression leaves pieces of two letters or so in colors of their own
LUMA: Final = (0.299, 0.587, 0.114)  # ITU-R BT.601, as in JFIF
CHROMA_LOSS: Final = (1.5, 2.0, 3.0)
"""How many times farther from the background's the chroma of a thin stroke may be than is seen, as it is averaged with
what is around. Luma is kept for each pixel; but a saturated red has 2.5 times the relative luminance of a gray of its
luma."""
DOUBTS: Final = {
    Reason.GRADIENT: "Where the text stands on the gradient decides.",
    Reason.IMAGE: "What the text stands on in the image decides.",
    Reason.SHORT_TEXT: "But a single shape, or a few plain ones, may be no text.",
    Reason.THIN_TEXT: "Its strokes are too thin to show its color unmixed.",
    Reason.LOSSY_IMAGE: "The image's compression has changed its colors; a PNG would tell.",
    Reason.TEXT_SIZE: "As large text it would need {large:g}:1, and how large it is can't be told.",
}


@dataclass(frozen=True, slots=True)
class Needs:
    """The contrast ratios that a success criterion asks of text, and of large text."""

    normal: float
    large: float


@dataclass(frozen=True, slots=True)
class _Judgment:
    """The lowest and highest ratio that a run may have, those that it may need, and what follows."""

    low: float
    high: float
    needs: tuple[float, ...]
    outcome: Outcome
    reason: Reason | None


def judge_contrast(rule: Rule, needs: Needs, run: TextRun, scale: Scale, *, loss: Loss) -> Check:
    """Judge a run of text; loss is what compression has done to the picture's colors."""
    judgment = _judge(run, scale, needs, loss)
    ratio = contrast_ratio(run.foreground.color, run.background)
    required = max(judgment.needs)
    missing = 0.0 if judgment.outcome is Outcome.PASSED else contrast_shortfall(judgment.high, min(judgment.needs))
    return Check(
        rule=rule,
        outcome=judgment.outcome,
        reason=judgment.reason,
        severity=severity(missing, run.box, scale.value),
        box=run.box,
        foreground=run.foreground.color,
        background=run.background,
        ratio=ratio,
        interval=(judgment.low, judgment.high),
        required=required,
        size=run.size,
        message=_message(run, judgment, needs),
    )


def _judge(run: TextRun, scale: Scale, needed: Needs, loss: Loss) -> _Judgment:
    lossy = loss != NO_LOSS
    low, high = _ratio_bounds(run, scale, loss)
    needs = _required_ratios(run, scale, needed, lossy)
    if low >= max(needs):
        outcome, reason = Outcome.PASSED, None
    elif run.letters <= (LOSSY_SHRED if lossy else 1):
        outcome, reason = Outcome.CANT_TELL, Reason.SHORT_TEXT
    elif high < min(needs):
        outcome, reason = Outcome.FAILED, None
    else:
        outcome, reason = Outcome.CANT_TELL, _doubt(run, low, high, needs, lossy)
    return _Judgment(low, high, needs, outcome, reason)


def _doubt(run: TextRun, low: float, high: float, needs: tuple[float, ...], lossy: bool) -> Reason:
    color_decides = any(low < need <= high for need in needs)
    if not color_decides:
        return Reason.TEXT_SIZE
    if run.backdrop is not Backdrop.FLAT:
        return Reason.GRADIENT if run.backdrop is Backdrop.GRADIENT else Reason.IMAGE
    return Reason.LOSSY_IMAGE if lossy else Reason.THIN_TEXT


def _before_subsampling(color: Rgb, background: Rgb) -> Iterator[Rgb]:
    """Yield colors of the same luma whose chroma, averaged with the background's, may have become a color's."""
    luma, around = _luma(color), _luma(background)
    for times in CHROMA_LOSS:
        channels = zip(color, background, strict=True)
        red, green, blue = (
            min(max(round(luma + (behind - around) + times * ((seen - luma) - (behind - around))), 0), 255)
            for seen, behind in channels
        )
        yield red, green, blue


def _luma(color: Rgb) -> float:
    return sum(weight * channel for weight, channel in zip(LUMA, color, strict=True))


def _ratio_bounds(run: TextRun, scale: Scale, loss: Loss) -> tuple[float, float]:
    """Return the lowest and highest ratio of any color that the text may have on any background behind it."""
    colors = {run.foreground.nearest, run.foreground.farthest}
    if loss.thin_chroma and run.stem * scale.value < SUBSAMPLED_STEM:
        colors |= {faded for color in colors for faded in _before_subsampling(color, run.background)}
    text = [luminance(color) for color in colors]
    behind = [luminance(extreme) for extreme in run.backgrounds]
    meet = min(text) <= max(behind) and min(behind) <= max(text)  # somewhere between the background's extremes
    ratios = [ratio_of_luminances(one, other) for one in text for other in behind]
    least, most = THIN_CHROMA_RATIOS if loss.thin_chroma else LOSSY_RATIOS if loss != NO_LOSS else (1.0, 1.0)
    return 1.0 if meet else max(1.0, min(ratios) * least), max(ratios) * most


def _required_ratios(run: TextRun, scale: Scale, needs: Needs, lossy: bool) -> tuple[float, ...]:
    """Return the ratio that text of this size needs, or both where its size isn't decided."""
    size = run.size
    smallest, largest = size.low * scale.smallest_factor, size.high * scale.largest_factor
    surely_bold = run.stem > MAX_SEMIBOLD_STEM_EM * size.high
    if smallest >= LARGE_SIZE or (smallest >= LARGE_BOLD_SIZE and surely_bold):
        return (needs.large,)
    thinned = LOSSY_STEM if lossy else 1.0
    largest_if_bold = min(size.high, run.stem / thinned / MIN_BOLD_STEM_EM) * scale.largest_factor
    perhaps_large = largest >= LARGE_SIZE or largest_if_bold >= LARGE_BOLD_SIZE
    return (needs.large, needs.normal) if perhaps_large else (needs.normal,)


def _message(run: TextRun, check: _Judgment, needs: Needs) -> str:
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
    return sentence + (need if check.reason is None else f"{need} {DOUBTS[check.reason].format(large=needs.large)}")
