"""Contrast (Enhanced): text has a contrast ratio of at least 7:1, large text of at least 4.5:1.

Source: WCAG 2.2, success criterion 1.4.6 (AAA), https://www.w3.org/TR/WCAG22/#contrast-enhanced. What is large, and
what pixels can't say, is as in `text_contrast`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check
from januslens.accessibility.contrast import Needs, judge_contrast
from januslens.accessibility.rules.catalog import TEXT_CONTRAST_ENHANCED
from januslens.decode.lossy import Loss
from januslens.decode.scale import Scale
from januslens.text.run import TextRun

NEEDS: Final = Needs(normal=7.0, large=4.5)


def check_text_contrast_enhanced(runs: Sequence[TextRun], scale: Scale, *, loss: Loss) -> Iterator[Check]:
    """Judge each run of text; loss is what compression has done to the picture's colors."""
    return (judge_contrast(TEXT_CONTRAST_ENHANCED, NEEDS, run, scale, loss=loss) for run in runs)
