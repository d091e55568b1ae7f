"""Controls as they are observed in an image: their kind, and where and in which colors they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.run import TextRun


class Kind(StrEnum):
    """The kind of a control, as its appearance in the image suggests.

    BUTTON and FIELD are areas of one color with the size and content of a button or an input field, BOX is a checkbox
    or radio button, ICON a shape without a container, LINK underlined text or text in the color of links.
    """

    BUTTON = "button"
    FIELD = "field"
    BOX = "box"
    ICON = "icon"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Control:
    """A control as an image shows it: its kind, its position and its colors; whether it can be operated is unknown.

    box is in image pixels and includes the border. fill is the color inside; for an icon or a link it is its own color.
    border is None if there is none. surrounding is the color around the control. runs is the text inside, or the link's
    own. empty says that it contains neither text nor a mark; it is False for icons and links.
    """

    kind: Kind
    box: Box
    fill: Rgb
    border: Rgb | None
    surrounding: Rgb
    runs: tuple[TextRun, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Observations:
    """The runs of text and the controls observed in one image, from which report and tokens are made."""

    runs: Sequence[TextRun]
    controls: Sequence[Control]


NOTHING_OBSERVED: Final = Observations((), ())
