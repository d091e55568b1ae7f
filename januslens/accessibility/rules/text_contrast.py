"""Contrast (Minimum): text has a contrast ratio of at least 4.5:1, large text of at least 3:1.

Source: WCAG 2.2, success criterion 1.4.3 (AA), https://www.w3.org/TR/WCAG22/#contrast-minimum. Large is 18 point
(24 CSS px), or 14 point (18.66 CSS px) where bold: https://www.w3.org/TR/WCAG22/#dfn-large-scale.

What pixels can't say: whether text is part of a logo, of an inactive control or mere decoration, all of which the
criterion excepts.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check
from januslens.accessibility.contrast import MESSAGES, Needs, judge_contrasts
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Axe, ColorFix, Level, Rule, Unit

NEEDS: Final = Needs(normal=4.5, large=3.0)


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield one check per run of text, of its contrast ratio against 4.5:1, or 3:1 for large text (WCAG 1.4.3).

    Text is large from 24 CSS px, or from 18.66 CSS px if it is bold.
    """
    return judge_contrasts(TEXT_CONTRAST, NEEDS, evidence)


TEXT_CONTRAST: Final = Rule(
    id="text-contrast",
    name="Text contrast",
    title="Text has a contrast ratio of at least 4.5:1, large text of 3:1",
    level=Level.AA,
    criterion=Criterion("1.4.3", "Contrast (Minimum)"),
    unit=Unit.RATIO,
    color_fix=ColorFix.PALETTE,
    axe=Axe("color-contrast"),
    messages=MESSAGES,
    check=check,
)
