"""The contrast of a run of text against what a success criterion asks of text of its size.

Source of large text: WCAG 2.2, 18 point (24 CSS px), or 14 point (18.66 CSS px) where bold,
https://www.w3.org/TR/WCAG22/#dfn-large-scale. What fails, and what passes, must follow from the pixels whatever the
text's true color and size are within their bounds; else the outcome is `cantTell`.

For Chinese, Japanese and Korean the definition names no size, but "font size that would yield equivalent size": the
sizes of large print of these languages. No script is large at a smaller size than Latin here, and dense letters, whose
strokes run together, are never taken for surely bold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.evidence import Evidence, MeasuredText
from januslens.accessibility.rule import Rule
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.color.notation import floored
from januslens.decode.scale import Scale
from januslens.text.run import Backdrop, TextRun
from januslens.text.script import Script

LARGE_SIZE: Final = 24.0  # CSS px: 18 pt
LARGE_BOLD_SIZE: Final = 18.66  # CSS px: 14 pt
MIN_BOLD_STEM_EM: Final[Mapping[Script, float]] = {
    Script.LATIN: 0.132,
    Script.CJK: 0.104,
    Script.DEVANAGARI: 0.118,
    Script.ARABIC: 0.085,
    Script.HEBREW: 0.12,
    Script.THAI: 0.132,
    Script.TAMIL: 0.132,
}
"""Stem width to font size from which text may have weight 700: in browsers that of Latin begins at 0.136, and 500 ends
at 0.119. The others' are the least of 811 bold lines in 27 fonts, see `text.shape.scripts`."""
MAX_SEMIBOLD_STEM_EM: Final = 0.18  # that of weight 600 ends at 0.17
DENSE: Final = frozenset({Script.CJK, Script.THAI})  # at small sizes their strokes run together, up to 0.45 at 600
LOSSY_STEM: Final = 0.9  # of its width, which compression may leave of a stem
LOSSY_SHRED: Final = 4  # strokes: compression leaves pieces of two letters or so in colors of their own

_MEASURED: Final = "Text {foreground:color} on {ground} has a contrast of {contrast}; it needs {required:number}:1."
MESSAGES: Final[Mapping[str, str]] = {
    Outcome.PASSED: _MEASURED,
    Outcome.FAILED: _MEASURED,
    Reason.GRADIENT: f"{_MEASURED} Where the text stands on the gradient decides.",
    Reason.IMAGE: f"{_MEASURED} What the text stands on in the image decides.",
    Reason.SHORT_TEXT: f"{_MEASURED} But a single shape, or a few plain ones, may be no text.",
    Reason.THIN_TEXT: f"{_MEASURED} Its strokes are too thin to show its color unmixed.",
    Reason.LOSSY_IMAGE: f"{_MEASURED} The image's compression has changed its colors; a PNG would tell.",
    Reason.TEXT_SIZE: f"{_MEASURED} As large text it would need {{large:number}}:1, and how large it is can't be told.",
    "ground.flat": "{background:color}",
    "ground.gradient": "a gradient",
    "ground.image": "an image",
    "contrast.exact": "{low:ratio}",
    "contrast.interval": "between {low:ratio} and {high:ratio}",
}


@dataclass(frozen=True, slots=True)
class Needs:
    """The minimum contrast ratios that a success criterion requires of normal text and of large text.

    Text is large from 24 CSS px, or from 18.66 CSS px if it is bold.
    """

    normal: float
    large: float


def judge_contrasts(rule: Rule, needs: Needs, evidence: Evidence) -> Iterator[Check]:
    """Yield one check per run of text in the evidence, judged by its contrast ratio to its background.

    rule is the rule that the checks belong to; needs are the ratios that it requires. A run passes if its lowest
    possible ratio reaches the highest ratio that it may need, which depends on its size. A run that does not pass is
    `cantTell` if it may not be text (a single shape, or a few in a lossy image). It fails if its highest possible ratio
    is below the lowest ratio that it may need; otherwise it is `cantTell`.
    """
    for text in evidence.texts:
        yield _check(rule, needs, text, evidence.scale, lossy=evidence.lossy)


def _check(rule: Rule, needs: Needs, text: MeasuredText, scale: Scale, *, lossy: bool) -> Check:
    run = text.run
    possible = _required_ratios(run, scale, needs, lossy)
    outcome, reason = _judge(text, possible, lossy)
    required = max(possible)
    missing = 0.0 if outcome is Outcome.PASSED else contrast_shortfall(text.high, min(possible))
    return Check(
        rule=rule,
        outcome=outcome,
        reason=reason,
        severity=severity(missing, run.box, scale.value),
        box=run.box,
        foreground=run.foreground.color,
        background=run.background,
        ratio=text.ratio,
        interval=(text.low, text.high),
        required=required,
        size=run.size.over(scale),
        message=Message(
            reason or outcome,
            {
                "foreground": run.foreground.color,
                "ground": Message(f"ground.{run.backdrop.value}", {"background": run.background}),
                "contrast": _contrast(text),
                "required": required,
                "large": needs.large,
            },
        ),
    )


def _judge(text: MeasuredText, possible: tuple[float, ...], lossy: bool) -> tuple[Outcome, Reason | None]:
    """Judge by the ratios that the text may have and those that it may need."""
    if text.low >= max(possible):
        return Outcome.PASSED, None
    if text.run.letters <= (LOSSY_SHRED if lossy else 1):
        return Outcome.CANT_TELL, Reason.SHORT_TEXT
    if text.high < min(possible):
        return Outcome.FAILED, None
    return Outcome.CANT_TELL, _doubt(text, possible, lossy)


def _doubt(text: MeasuredText, possible: tuple[float, ...], lossy: bool) -> Reason:
    color_decides = any(text.low < need <= text.high for need in possible)
    if not color_decides:
        return Reason.TEXT_SIZE
    if text.run.backdrop is not Backdrop.FLAT:
        return Reason.GRADIENT if text.run.backdrop is Backdrop.GRADIENT else Reason.IMAGE
    return Reason.LOSSY_IMAGE if lossy else Reason.THIN_TEXT


def _required_ratios(run: TextRun, scale: Scale, needs: Needs, lossy: bool) -> tuple[float, ...]:
    """Return the ratio that text of this size needs, or both where its size isn't decided."""
    size = run.size
    smallest, largest = size.low * scale.smallest_factor, size.high * scale.largest_factor
    surely_bold = run.stem > MAX_SEMIBOLD_STEM_EM * size.high and not run.scripts & DENSE
    if smallest >= LARGE_SIZE or (smallest >= LARGE_BOLD_SIZE and surely_bold):
        return (needs.large,)
    thinned = LOSSY_STEM if lossy else 1.0
    bold_stem = min(MIN_BOLD_STEM_EM[script] for script in run.scripts)
    largest_if_bold = min(size.high, run.stem / thinned / bold_stem) * scale.largest_factor
    perhaps_large = largest >= LARGE_SIZE or largest_if_bold >= LARGE_BOLD_SIZE
    return (needs.large, needs.normal) if perhaps_large else (needs.normal,)


def _contrast(text: MeasuredText) -> Message:
    exact = floored(text.low) == floored(text.high)
    return Message("contrast.exact" if exact else "contrast.interval", {"low": text.low, "high": text.high})
