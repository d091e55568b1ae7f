"""Tags: the numbers of issues, placed beside their marks where they hide least of the image.

The number of a failed issue is white on color, that of a `cantTell` colored on white.
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from januslens.accessibility.check import Outcome
from januslens.decode.geometry import Box
from januslens.views.marks import COLORS, WHITE, Mark, corners

TYPE: Final = 11.0  # CSS px; at least as many pixels of the view
PADDING: Final = 0.28  # of the type's size
MARKED_WEIGHT: Final = 2  # weight of hiding a pixel of a mark, against a pixel where the image changes
TAG_WEIGHT: Final = 16
DIGITS: Final = "0123456789"


class Tags:
    """A painter of tags, the numbers of issues, on an image, which it changes in place.

    scale is in pixels of the image per CSS pixel; it determines the font size. What tags should not hide is taken from
    the image when the object is created.
    """

    def __init__(self, image: Image.Image, scale: float) -> None:
        size = TYPE * max(scale, 1.0)
        self._draw = ImageDraw.Draw(image)
        self._width, self._height = image.size
        self._font = cast("ImageFont.FreeTypeFont", ImageFont.load_default(size))  # which it is if given a size
        self._figures = -round(self._font.getbbox(DIGITS, anchor="ls")[1])
        self._padding = round(PADDING * size)
        self._border = max(1, round(scale))
        self._content = _content(image)

    def draw(self, marks: Sequence[Mark]) -> None:
        """Draw one tag, with the numbers of all of its issues, beside each mark, where it hides least of the image.

        A tag that is larger than the image is omitted.
        """
        for mark in marks:
            self._cells(mark.box)[...] += MARKED_WEIGHT
        for mark in marks:
            widths = [round(self._font.getlength(str(number))) + 2 * self._padding for number in mark.issues]
            width = sum(widths) + (len(widths) + 1) * self._border
            height = self._figures + 2 * (self._padding + self._border)
            if width <= self._width and height <= self._height:
                positions = self._positions(mark.box, width, height)
                tag = min(positions, key=lambda position: int(self._cells(position).sum()))
                self._cells(tag)[...] += TAG_WEIGHT
                self._draw_tag(tag, mark, widths)

    def _positions(self, box: Box, width: int, height: int) -> Iterator[Box]:
        """Yield the possible positions of a tag: left, right, above and below the mark, inside the image."""
        middle = box.y + (box.height - height) // 2
        for x, y in (
            (box.x - width, middle),
            (box.x + box.width, middle),
            (box.x, box.y - height),
            (box.x, box.y + box.height),
        ):
            yield Box(min(max(x, 0), self._width - width), min(max(y, 0), self._height - height), width, height)

    def _cells(self, box: Box) -> NDArray[np.uint16]:
        return self._content[box.y : box.y + box.height, box.x : box.x + box.width]

    def _draw_tag(self, tag: Box, mark: Mark, widths: Sequence[int]) -> None:
        self._draw.rectangle(corners(tag), fill=WHITE)
        left, top, height = tag.x + self._border, tag.y + self._border, tag.height - 2 * self._border
        for (number, outcome), width in zip(mark.issues.items(), widths, strict=True):
            color = COLORS[outcome]
            ground, ink = (color, WHITE) if outcome is Outcome.FAILED else (WHITE, color)
            self._draw.rectangle(corners(Box(left, top, width, height)), fill=ground, outline=color, width=self._border)
            baseline = (left + width / 2, top + height - self._padding)
            self._draw.text(baseline, str(number), ink, self._font, anchor="ms")
            left += width + self._border


def _content(image: Image.Image) -> NDArray[np.uint16]:
    """Return 1 for each pixel that differs from the one to its left, as in letters, and 0 for the others."""
    content = np.zeros((image.height, image.width), np.uint16)
    green = np.asarray(image.getchannel("G"))  # most of what is seen of edges, for a third of the time
    np.not_equal(green[:, 1:], green[:, :-1], out=content[:, 1:])
    return content
