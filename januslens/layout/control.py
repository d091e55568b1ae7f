"""A control of a user interface: its kind, and where and in which colors it is drawn."""

from dataclasses import dataclass
from enum import StrEnum

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.run import TextRun


class Kind(StrEnum):
    """What a control looks like.

    BOX is a checkbox or radio button, ICON a shape without a frame, LINK colored or underlined text.
    """

    BUTTON = "button"
    FIELD = "field"
    BOX = "box"
    ICON = "icon"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Control:
    """A control in image pixels, border included.

    fill is the color inside, of an icon or link its own; border is None where there is none; surrounding is the color
    around it. runs is the text inside; empty says that nothing is inside, neither text nor a mark.
    """

    kind: Kind
    box: Box
    fill: Rgb
    border: Rgb | None
    surrounding: Rgb
    runs: tuple[TextRun, ...] = ()
    empty: bool = False
