"""What a check of accessibility says of a place in a picture.

Outcomes are those of W3C's EARL 1.0, https://www.w3.org/TR/EARL10-Schema/#OutcomeValue; a reason why an outcome is
`cantTell` is in axe-core's words where axe-core has one.
"""

from dataclasses import dataclass
from enum import StrEnum

from januslens.accessibility.rules.catalog import Rule
from januslens.color.fix import Fix
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.run import Size


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
    THIN_TEXT = "thinText"  # ours, like the following: no pixel shows the text's color unmixed
    LOSSY_IMAGE = "lossyImage"  # compression has changed the colors by more than what decides
    TEXT_SIZE = "textSize"  # large or not decides, and the pixels don't
    SCALE = "scale"  # the size in CSS pixels decides, and nobody stated the scale
    LABELED = "labeled"  # a text label beside or inside may identify the control
    PERHAPS_NO_TARGET = "perhapsNoTarget"  # nothing shows that it can be operated
    PERHAPS_NO_FLASH = "perhapsNoFlash"  # what changes isn't in step, as in movement
    CUT_SHORT = "cutShort"  # not all of the animation could be seen
    ADVISORY = "advisory"  # what a person must judge


@dataclass(frozen=True, slots=True)
class Fixes:
    """The nearest text color, and the nearest background, that would do."""

    foreground: Fix | None
    background: Fix | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One place in a picture against a rule.

    severity goes from 0 to 1, and is 0 where nothing is wrong. text is what stands there, where it was read.
    foreground and background are the colors compared, ratio the contrast ratio of the one on the other (of
    `text-spacing-tight` that of line pitch to font size), interval where the true ratio lies. size is what was measured
    in CSS pixels. required is what the rule asks of the ratio or the size, the higher of two where it isn't decided.
    """

    rule: Rule
    outcome: Outcome
    reason: Reason | None
    box: Box
    message: str
    severity: float = 0.0
    text: str | None = None
    foreground: Rgb | None = None
    background: Rgb | None = None
    ratio: float | None = None
    interval: tuple[float, float] | None = None
    size: Size | None = None
    required: float | None = None
    fixes: Fixes | None = None
