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
    """An EARL outcome value."""

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"


class Reason(StrEnum):
    """The reason of a `cantTell`, with a short label and an explanation in English."""

    label: str
    explanation: str

    def __new__(cls, value: str, label: str, explanation: str) -> Self:
        """Make a member that equals its value."""
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
    """What a check says, as the id of a template among its rule's messages and the values to put into it.

    A value may itself be a message of the same rule, or several of them.
    """

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fixes:
    """The nearest foreground color, and the nearest background color, that meet the requirement; None if none does."""

    foreground: Fix | None
    background: Fix | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of a rule at one place of an image.

    severity goes from 0 to 1, and is 0 where nothing is wrong. text is what was read there. foreground and background
    are the colors compared, ratio what was measured in the rule's unit where that isn't `px`, interval where the true
    ratio lies. size is what was measured in CSS pixels. required is the minimum of the ratio or the size, the higher of
    two where it isn't decided; for flashes it is the maximum. message is a sentence where the check was stored.
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
    """Return the reasons for which a rule's checks may be `cantTell`: those that it has messages for."""
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
