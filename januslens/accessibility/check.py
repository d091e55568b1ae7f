"""The result of a rule at one place of an image.

Outcomes are those of W3C's EARL 1.0, https://www.w3.org/TR/EARL10-Schema/#OutcomeValue; a reason why an outcome is
`cantTell` is in axe-core's words where axe-core has one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from januslens.accessibility.rule import Rule
from januslens.color.notation import Fix, Rgb
from januslens.decode.geometry import Box
from januslens.text.run import Size


class Outcome(StrEnum):
    """The outcome of a rule at one place of an image: passed, failed or cantTell.

    cantTell means that the pixels do not decide and a person must judge. The values are those of W3C's EARL 1.0,
    without `inapplicable` and `untested`, which do not belong to a place.
    """

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"


class Reason(StrEnum):
    """The reason why the outcome of a check is `cantTell`, with a short label and an explanation in English."""

    label: str
    explanation: str

    def __new__(cls, value: str, label: str, explanation: str) -> Self:
        """Create a member whose string value is `value`, and attach its label and explanation."""
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.label = label
        reason.explanation = explanation
        return reason

    GRADIENT = "bgGradient", "on a gradient", "The background is a gradient, and where the text is on it decides."
    IMAGE = "bgImage", "on an image", "The background is an image, and where the text is on it decides."
    SHORT_TEXT = "shortTextContent", "possibly not text", "A single shape, or a few plain ones, may not be text."
    THIN_TEXT = "thinText", "thin text", "The strokes are so thin that no pixel shows their color unmixed."
    LOSSY_IMAGE = "lossyImage", "compressed colors", "Compression has changed the colors by more than what decides."
    TEXT_SIZE = "textSize", "size uncertain", "The size of the text decides, and the pixels don't show it exactly."
    SCALE = "scale", "scale unknown", "The size in CSS pixels decides, and the scale of the image is unknown."
    LABELED = "labeled", "has a text label", "Text beside or inside the control may identify it."
    PERHAPS_NO_TARGET = "perhapsNoTarget", "possibly not a control", "Nothing shows that it can be operated."
    PERHAPS_NO_FLASH = "perhapsNoFlash", "possibly not a flash", "The changes are not in step, as in movement."
    CUT_SHORT = "cutShort", "not all frames read", "Only a part of the animation could be read."
    ADVISORY = "advisory", "needs your judgment", "A person must judge whether this is a problem."


type Value = float | Rgb | Message | Sequence[Message]


@dataclass(frozen=True, slots=True)
class Message:
    """The message of a check: the id of a template in its rule's `messages`, and the values to insert, by name.

    A value is a number, a color, another message of the same rule, or a sequence of such messages.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fixes:
    """Two alternative fixes for the contrast of a check: another foreground color, or another background color.

    Each keeps the check's other color as it is, and is the nearest color of the same hue (by CIEDE2000) that reaches
    the required contrast ratio; None if no color does.
    """

    foreground: Fix | None
    background: Fix | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of a rule at one place of an image.

    reason is why the outcome is `cantTell`, None for other outcomes. box is in image pixels. severity is from 0 to 1,
    and 0 if the check passed. text is the text that was recognized by OCR in the box, None if it was not read.
    foreground and background are the colors of the two parts that the rule names in its `colors`. ratio is the measured
    value in the rule's unit, such as a contrast ratio, unless that unit is `px`, and interval contains its true value.
    size is the size of the text, or of the target's shorter side, in CSS pixels, with bounds
    that hold at every scale that the image may have. required is the minimum of the ratio or the size, the higher one
    if two may apply; for flashes it is the maximum. fixes are suggested colors, None if there are no suggestions.
    message is a sentence if the check comes from a stored report.
    """

    rule: Rule
    outcome: Outcome
    reason: Reason | None
    box: Box
    message: Message | str
    severity: float = 0.0
    text: str | None = None
    foreground: Rgb | None = None
    background: Rgb | None = None
    ratio: float | None = None
    interval: tuple[float, float] | None = None
    size: Size | None = None
    required: float | None = None
    fixes: Fixes | None = None


def reasons_of(rule: Rule) -> tuple[Reason, ...]:
    """Return the reasons for which a rule's checks may be `cantTell`, in the order of `Reason`.

    These are the reasons for which the rule has a message; the tuple is empty if it has none.
    """
    said = {message.partition(".")[0] for message in rule.messages}
    return tuple(reason for reason in Reason if reason in said)


@dataclass(frozen=True, slots=True)
class PaletteFix:
    """One replacement for a text color that has too little contrast in several places of an image.

    color is the failing color, and on are the backgrounds on which it fails. fix is the new color, which reaches the
    required contrast ratio on all of them; its ratio is the lowest of these.
    """

    color: Rgb
    on: tuple[Rgb, ...]
    fix: Fix
