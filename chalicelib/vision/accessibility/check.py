"""What a check of accessibility says of a place in a picture.

Outcomes are those of W3C's EARL 1.0, https://www.w3.org/TR/EARL10-Schema/#OutcomeValue; a reason why an outcome is
`cantTell` is in axe-core's words where axe-core has one.
"""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.vision.color.notation import Rgb
from chalicelib.vision.geometry import Box
from chalicelib.vision.text.run import Size


class Outcome(StrEnum):
    """An EARL outcome value."""

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"


class Reason(StrEnum):
    """Why an outcome is `cantTell`."""

    GRADIENT = "bgGradient"
    IMAGE = "bgImage"
    SHORT_TEXT = "shortTextContent"
    THIN_TEXT = "thinText"  # ours: no pixel shows the text's color unmixed
    LOSSY_IMAGE = "lossyImage"  # ours: compression has changed the colors by more than what decides
    TEXT_SIZE = "textSize"  # ours: large or not decides, and the pixels don't


@dataclass(frozen=True, slots=True)
class ContrastCheck:
    """One run of text against a success criterion on contrast.

    ratio is that of foreground on background, interval where the true ratio lies; required is the ratio that the
    criterion asks of text of this size, the higher of two where the size doesn't decide.
    """

    rule: str
    criterion: str
    level: str
    outcome: Outcome
    reason: Reason | None
    box: Box
    foreground: Rgb
    background: Rgb
    ratio: float
    interval: tuple[float, float]
    required: float
    size: Size
    message: str
