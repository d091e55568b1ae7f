"""Controls as they are observed in an image: their kind, and where and in which colors they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.run import TextRun


class Kind(StrEnum):
    """The kinds of controls, by their appearance.

    BOX is a checkbox or radio button, ICON a shape without a container, LINK colored or underlined text.
    """

    BUTTON = "button"
    FIELD = "field"
    BOX = "box"
    ICON = "icon"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Control:
    """A control; its box is in image pixels and includes the border.

    fill is the color inside; for an icon or a link it is its own color. border is None if there is none. surrounding is
    the color around the control. runs is the text inside. empty says that it contains neither text nor a mark.
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
    """The runs of text and the controls observed in an image, on which both results are based."""

    runs: Sequence[TextRun]
    controls: Sequence[Control]


NOTHING_OBSERVED: Final = Observations((), ())
