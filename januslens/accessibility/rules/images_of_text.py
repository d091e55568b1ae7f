"""Text inside a photo or drawing can't be enlarged, recolored or read aloud as text can.

Source: WCAG 2.2, success criterion 1.4.5 (AA), https://www.w3.org/TR/WCAG22/#images-of-text. Advice only: live text
laid over a photo looks the same, and pictures of text are allowed where they are essential (logos) or can be
customized. So what is found is `cantTell`, and nothing is said of text on flat colors and gradients.
"""

from collections.abc import Iterator, Sequence

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import IMAGES_OF_TEXT
from januslens.text.run import Backdrop, TextRun


def check_images_of_text(runs: Sequence[TextRun]) -> Iterator[Check]:
    """Point out each run of text on a photographic background."""
    for run in runs:
        if run.backdrop is Backdrop.IMAGE and run.letters > 1:
            yield Check(
                rule=IMAGES_OF_TEXT,
                outcome=Outcome.CANT_TELL,
                reason=Reason.ADVISORY,
                box=run.box,
                foreground=run.foreground.color,
                background=run.background,
                size=run.size,
                message="Text stands on or in an image. If it is part of the image, give it as text instead.",
            )
