"""Contrast (Enhanced): text has a contrast ratio of at least 7:1, large text of at least 4.5:1.

Source: WCAG 2.2, success criterion 1.4.6 (AAA), https://www.w3.org/TR/WCAG22/#contrast-enhanced. What is large, and
what pixels can't say, is as in `text_contrast`.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check
from januslens.accessibility.contrast import MESSAGES, Needs, judge_contrasts
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Axe, ColorFix, Level, Rule, Unit

NEEDS: Final = Needs(normal=7.0, large=4.5)


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per run of text, of its contrast ratio against 7:1, or 4.5:1 for large text (WCAG 1.4.6).

    Text is large from 24 CSS px, or from 18.66 CSS px if it is bold.
    """
    return judge_contrasts(TEXT_CONTRAST_ENHANCED, NEEDS, evidence)


TEXT_CONTRAST_ENHANCED: Final = Rule(
    id="text-contrast-enhanced",
    name="Enhanced contrast",
    title="Text has a contrast ratio of at least 7:1, large text of 4.5:1",
    level=Level.AAA,
    criterion=Criterion("1.4.6", "Contrast (Enhanced)"),
    unit=Unit.RATIO,
    color_fix=ColorFix.EACH,
    axe=Axe("color-contrast-enhanced"),
    messages=MESSAGES,
    check=check,
)
