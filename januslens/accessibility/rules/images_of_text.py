"""Text inside a photo or drawing can't be enlarged, recolored or read aloud as text can.

Source: WCAG 2.2, success criterion 1.4.5 (AA), https://www.w3.org/TR/WCAG22/#images-of-text. Advice only: live text
laid over a photo looks the same, and images of text are allowed where they are essential (logos) or can be
customized. So what is found is `cantTell`, and nothing is said of text on flat colors and gradients.
"""

from collections.abc import Iterator
from typing import Final

from januslens.accessibility.check import Check, Message, Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.evidence import Evidence
from januslens.accessibility.rule import Level, Rule
from januslens.text.run import Backdrop


def check(evidence: Evidence) -> Iterator[Check]:
    """Yield a `cantTell` for each run of text of more than one stroke that is on or in a photo or drawing.

    The rule is advice: nothing fails or passes. Text on flat colors and gradients yields nothing.
    """
    for run in (text.run for text in evidence.texts):
        if run.backdrop is Backdrop.IMAGE and run.letters > 1:
            yield Check(
                rule=IMAGES_OF_TEXT,
                outcome=Outcome.CANT_TELL,
                reason=Reason.ADVISORY,
                box=run.box,
                foreground=run.foreground.color,
                background=run.background,
                size=run.size.over(evidence.scale),
                message=Message(Reason.ADVISORY),
            )


IMAGES_OF_TEXT: Final = Rule(
    id="images-of-text",
    name="Images of text",
    title="Text is text and no part of a photo",
    level=Level.ADVISORY,
    criterion=Criterion("1.4.5", "Images of Text"),
    messages={
        Reason.ADVISORY: "Text stands on or in an image. If it is part of the image, give it as text instead.",
    },
    check=check,
)
