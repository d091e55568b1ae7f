"""A link inside text must be told from it by more than hue: by an underline, its weight, or 3:1 of contrast to it.

Source: WCAG 2.2, success criterion 1.4.1 (A), https://www.w3.org/TR/WCAG22/#use-of-color, technique G183 and failure
F73: "a contrast ratio of 3:1 with surrounding text".

What pixels can't say: that a run of another color is a link at all, rather than a highlighted word; so only a chromatic
run within a line that is mostly of another color counts, and where the line is short it is `cantTell`. Nor whether an
underline appears on focus or hover, which G183 asks for besides.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence, LinkInText
from januslens.accessibility.rule import Axe, AxeData, Level, Rule, Unit
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.accessibility.targets import PROSE
from januslens.decode.scale import Scale

MIN_RATIO: Final = 3.0  # G183

_COLORS: Final = "What stands out as {foreground:color} in text of {background:color}"
_MEASURED: Final = (
    f"{_COLORS} differs from it by {{ratio:ratio}}; "
    "without an underline or another weight a link needs {required:number}:1."
)


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per run of text that may be a link because its color stands out from the rest of its line.

    It passes if the run is underlined, has another weight, or has a contrast of at least 3:1 to that text. Otherwise it
    fails, or is `cantTell` if the rest of the line is short.
    """
    return (_check(link, evidence.scale) for link in evidence.links)


def _check(link: LinkInText, scale: Scale) -> Check:
    foreground, background = link.run.foreground.color, link.around.foreground.color
    outcome, message_id = _judge(link)
    passed = outcome is Outcome.PASSED
    return Check(
        rule=LINK_DISTINGUISHABLE,
        outcome=outcome,
        reason=Reason.PERHAPS_NO_TARGET if outcome is Outcome.CANT_TELL else None,
        severity=0.0 if passed else severity(contrast_shortfall(link.ratio, MIN_RATIO), link.run.box, scale.value),
        box=link.run.box,
        foreground=foreground,
        background=background,
        ratio=link.ratio,
        required=MIN_RATIO,
        size=link.run.size.over(scale),
        message=Message(
            message_id,
            {"foreground": foreground, "background": background, "ratio": link.ratio, "required": MIN_RATIO},
        ),
    )


def _judge(link: LinkInText) -> tuple[Outcome, str]:
    """Return the outcome and the id of its message."""
    if link.underlined:
        return Outcome.PASSED, "passed.underline"
    if link.bolder:
        return Outcome.PASSED, "passed.weight"
    if link.ratio >= MIN_RATIO:
        return Outcome.PASSED, Outcome.PASSED
    return (Outcome.FAILED, Outcome.FAILED) if link.letters >= PROSE else (Outcome.CANT_TELL, Reason.PERHAPS_NO_TARGET)


LINK_DISTINGUISHABLE: Final = Rule(
    id="link-distinguishable",
    name="Links in text",
    title="A link inside text differs from it by more than its hue",
    level=Level.A,
    criterion=Criterion("1.4.1", "Use of Color"),
    unit=Unit.RATIO,
    colors=("link", "text around it"),
    axe=Axe("link-in-text-block", data=AxeData.LINK),
    messages={
        Outcome.PASSED: _MEASURED,
        "passed.underline": f"{_COLORS} is told from it by its underline too.",
        "passed.weight": f"{_COLORS} is told from it by its weight too.",
        Outcome.FAILED: _MEASURED,
        Reason.PERHAPS_NO_TARGET: _MEASURED,
    },
    check=check,
)
