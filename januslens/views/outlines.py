"""Outlines of marks: solid for failed checks, dashed for `cantTell`, between two white lines.

The white lines make an outline visible on any background; the dashes show the outcome without relying on color.
"""

from collections.abc import Iterator
from typing import Final

from PIL import ImageDraw

from januslens.accessibility.check import Outcome
from januslens.decode.geometry import Box
from januslens.views.marks import COLORS, WHITE, Mark, corners

HALO: Final = 1  # CSS px, like the following
LINE: Final = 2
DASH: Final = 6
GAP: Final = 4
WIDTH: Final = HALO + LINE + HALO


def draw_outline(draw: ImageDraw.ImageDraw, mark: Mark, unit: int) -> None:
    """Draw the outline of a mark along the inside of its box: solid if it failed, dashed for `cantTell`.

    The line has the color of the outcome and is between two white lines. unit is the number of pixels per CSS pixel.
    """
    box, halo = mark.box, HALO * unit
    draw.rectangle(corners(box), outline=WHITE, width=WIDTH * unit)
    line = Box(box.x + halo, box.y + halo, box.width - 2 * halo, box.height - 2 * halo)
    if line.width > 0 and line.height > 0:
        draw.rectangle(corners(line), outline=COLORS[mark.outcome], width=LINE * unit)
        if mark.outcome is Outcome.CANT_TELL:
            for gap in _gaps(line, unit):
                draw.rectangle(corners(gap), fill=WHITE)


def _gaps(line: Box, unit: int) -> Iterator[Box]:
    """Yield the gaps of a dashed line, which begins and ends with a dash at each corner."""
    dash, gap, thick = DASH * unit, GAP * unit, LINE * unit
    right, bottom = line.x + line.width, line.y + line.height
    for x in range(line.x + dash, right - dash, dash + gap):
        width = min(gap, right - dash - x)
        yield Box(x, line.y, width, thick)
        yield Box(x, bottom - thick, width, thick)
    for y in range(line.y + dash, bottom - dash, dash + gap):
        height = min(gap, bottom - dash - y)
        yield Box(line.x, y, thick, height)
        yield Box(right - thick, y, thick, height)
