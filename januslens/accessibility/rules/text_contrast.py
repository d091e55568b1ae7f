"""Contrast (Minimum): text has a contrast ratio of at least 4.5:1, large text of at least 3:1.

Source: WCAG 2.2, success criterion 1.4.3 (AA), https://www.w3.org/TR/WCAG22/#contrast-minimum. Large is 18 point
(24 CSS px), or 14 point (18.66 CSS px) where bold: https://www.w3.org/TR/WCAG22/#dfn-large-scale.

What pixels can't say: whether text is part of a logo, of an inactive control or mere decoration, all of which the
criterion excepts.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check
from januslens.accessibility.contrast import Needs, judge_contrast
from januslens.accessibility.rules.catalog import TEXT_CONTRAST
from januslens.decode.lossy import Loss
from januslens.decode.scale import Scale
from januslens.text.run import TextRun

NEEDS: Final = Needs(normal=4.5, large=3.0)


def check_text_contrast(runs: Sequence[TextRun], scale: Scale, *, loss: Loss) -> Iterator[Check]:
    """Judge each run of text; loss is what compression has done to the picture's colors."""
    return (judge_contrast(TEXT_CONTRAST, NEEDS, run, scale, loss=loss) for run in runs)
