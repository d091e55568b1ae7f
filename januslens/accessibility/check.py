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
    """An outcome value of W3C's EARL 1.0; the subset that a rule can have at a place of an image."""

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
    """The message of a check: the id of a template in its rule's `messages`, and the values to insert.

    A value may itself be a message of the same rule, or a sequence of them.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fixes:
    """Two alternative fixes of a check: a new foreground color, or a new background color, while the other color stays.

    Each is the nearest color of the same hue that meets the requirement, None if no color does.
    """

    foreground: Fix | None
    background: Fix | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of a rule at one place of an image.

    severity is from 0 to 1, and 0 if the check passed. text is the text that was recognized in the box, None if it was
    not read. foreground and background are the colors that were compared. ratio is the measured value in the rule's
    unit, unless that is `px`, and interval contains its true value. size is the size of the text or target in CSS
    pixels. required is the minimum of the ratio or the size, the higher one if two may apply; for flashes it is the
    maximum. message is a sentence if the check comes from a stored report.
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
    """One replacement for a text color that fails in several places.

    on are the backgrounds that it fails on. The fix reaches the required ratio on all of them; its ratio is the lowest.
    """

    color: Rgb
    on: tuple[Rgb, ...]
    fix: Fix
