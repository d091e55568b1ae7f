"""Detection of controls by their pixels: buttons, fields, checkboxes, icons, and text that looks like a link.

An image does not say what can be operated. These are the shapes that interfaces give to controls, and a label that is
drawn like a button is found as a button. An area of one color is distinguished from

- a table cell, a list row or a part of a card by its border, whose lines continue above or below (`boundaries`),
- a stripe by its content: several texts, or one that is not centered,
- a chart's bar, a swatch or a placeholder because these are empty and have no border,
- a part of a photo or gradient because that differs little from what is beside it.

Not found: controls filled with a gradient or an image, controls cut off by the edge of the image, small checkboxes
whose mark divides their fill, switches and sliders.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.luminance import contrast_ratio
from januslens.decode.geometry import Box, holding_middle
from januslens.layout.control import Control, Kind
from januslens.layout.control_kinds import kind_of, measure_content
from januslens.layout.icons import find_icons
from januslens.layout.links import find_links
from januslens.raster.areas import Areas
from januslens.raster.boundaries import NONE, Boundaries, background_around, farthest_color
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import TextRun

MIN_SIDE_PX: Final = 8  # CSS px: a checkbox of Chromium's own has 11 inside its border
MAX_WIDTH_PX: Final = 1000  # CSS px: a field as wide as a form
MAX_HEIGHT_PX: Final = 80  # CSS px
MIN_FILL_DIFFERENCE: Final = (
    4  # levels by which a fill differs from what surrounds it: less is the step of a photo or gradient
)
PAINTED: Final = 8  # levels by which a border differs from both
NEUTRAL: Final = 24  # levels between the strongest and the weakest channel: fields are about white or black
STANDS_OUT: Final = 3.0  # WCAG's ratio for what identifies a control: stripes and cards are fainter
MAX_CONTROLS: Final = 1000  # framed ones and icons each: all are compared with each other
MAX_CANDIDATES: Final = (
    4000  # areas of a control's size and shape: a page has about a hundred; a mosaic has no controls
)


def find_controls(indexed: IndexedImage, areas: Areas | None, runs: Sequence[TextRun], scale: float) -> list[Control]:
    """Find what looks like a control in an image: by shape, and among the text.

    Found by shape are buttons, input fields, checkboxes and radio buttons (both as `Kind.BOX`), and icons; links are
    found among the text. areas and runs are the image's areas of one color and its text; scale is in image pixels per
    CSS pixel. If areas is None, only links are found. Controls filled with a gradient or an image, cut off by the
    image's edge, switches and sliders are not found.
    """
    css_px = scale / indexed.stride
    links = [
        Control(Kind.LINK, run.box, run.foreground.color, None, run.background, (run,))
        for run in find_links(indexed, runs)
    ]
    if areas is None:
        return links
    framed = list(islice(_framed(indexed, areas, runs, css_px), MAX_CONTROLS))
    icons = [
        Control(Kind.ICON, _box(icon.sides, indexed.stride), icon.color, None, icon.background)
        for icon in islice(find_icons(indexed, areas, runs, css_px), MAX_CONTROLS)
    ]
    boxes = [control.box for control in framed]
    alone = [control for control in framed if control.kind is not Kind.BOX or not _is_inside(control.box, boxes)]
    return [*alone, *(icon for icon in icons if icon.box not in boxes and not _is_inside(icon.box, boxes)), *links]


def _framed(indexed: IndexedImage, areas: Areas, runs: Sequence[TextRun], css_px: float) -> Iterator[Control]:
    kept = _control_shaped(indexed, areas, css_px)
    if len(kept) > MAX_CANDIDATES:
        return
    fill, boxes = areas.palette_index[kept], areas.boxes[kept]
    outside = Boundaries.of(indexed, fill, boxes, css_px)
    bordered = _differ(indexed, outside.border, fill, PAINTED)
    bordered &= _differ(indexed, outside.border, outside.surrounding, PAINTED)
    set_off = (outside.surrounding != NONE) & ~outside.continues
    set_off &= bordered | _differ(indexed, fill, outside.surrounding, MIN_FILL_DIFFERENCE)
    whole = boxes + outside.width * bordered[:, None] * [-1, -1, 1, 1]
    texts = _sides(runs, indexed.stride)
    for index in np.flatnonzero(set_off).tolist():
        color = indexed.color(int(fill[index]))
        around = _around(texts, boxes[index])
        if any(runs[number].letters > 1 or runs[number].foreground.color == color for number in around.tolist()):
            continue  # part of a letter
        within = np.setdiff1d(_within(texts, boxes[index]), around)
        left, top, right, bottom = boxes[index].tolist()
        mask = indexed.indices[top:bottom, left:right] != fill[index]
        inside = measure_content(
            mask, [runs[number] for number in within.tolist()], (left, top), indexed.stride, css_px
        )
        surrounding = indexed.color(int(outside.surrounding[index]))
        kind = kind_of(
            inside,
            bordered=bool(bordered[index]),
            neutral=max(color) - min(color) <= NEUTRAL,
            stands_out=contrast_ratio(color, surrounding) >= STANDS_OUT,
        )
        if kind and (
            kind is not Kind.BOX or background_around(indexed.indices, whole[index].tolist(), css_px) is not None
        ):
            ring = int(outside.border[index])
            if kind is Kind.BOX and inside.is_empty:
                ring = farthest_color(indexed, whole[index].tolist(), int(fill[index]))
            yield Control(
                kind,
                _box(whole[index].tolist(), indexed.stride),
                fill=color,
                border=indexed.color(ring) if bordered[index] else None,
                surrounding=surrounding,
                runs=tuple(inside.texts),
                empty=inside.is_empty,
            )


def _control_shaped(indexed: IndexedImage, areas: Areas, css_px: float) -> NDArray[np.intp]:
    wide, high = (areas.boxes[:, 2:] - areas.boxes[:, :2]).T
    fits = (
        (np.minimum(wide, high) >= MIN_SIDE_PX * css_px)
        & (wide <= MAX_WIDTH_PX * css_px)
        & (high <= MAX_HEIGHT_PX * css_px)
    )
    return np.flatnonzero(fits & areas.rectangles(indexed))


def _differ(indexed: IndexedImage, one: NDArray[np.intp], other: NDArray[np.intp], least: int) -> NDArray[np.bool_]:
    """Return whether palette colors differ by at least so many levels in a channel; False where there is none."""
    channels = indexed.channels
    differ: NDArray[np.bool_] = np.abs(channels[:, one] - channels[:, other]).max(axis=0, initial=0) >= least
    differ &= (one != NONE) & (other != NONE)
    return differ


def _sides(runs: Sequence[TextRun], stride: int) -> NDArray[np.float64]:
    """Return left, top, right and bottom of text in sampled pixels, shape (n, 4)."""
    boxes = [(run.box.x, run.box.y, run.box.x + run.box.width, run.box.y + run.box.height) for run in runs]
    return np.array(boxes, np.float64).reshape(-1, 4) / stride


def _around(texts: NDArray[np.float64], sides: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which texts contain an area, which then is part of a letter, or a checkbox taken for text."""
    return np.flatnonzero((texts[:, :2] <= sides[:2] + 1).all(axis=1) & (texts[:, 2:] >= sides[2:] - 1).all(axis=1))


def _within(texts: NDArray[np.float64], sides: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return which texts have their center inside an area."""
    middles = (texts[:, :2] + texts[:, 2:]) / 2
    return np.flatnonzero(((middles >= sides[:2]) & (middles < sides[2:])).all(axis=1))


def _box(sides: Sequence[int], stride: int) -> Box:
    """Convert left, top, right and bottom in sampled pixels to a box in image pixels."""
    left, top, right, bottom = sides
    return Box(left * stride, top * stride, (right - left) * stride, (bottom - top) * stride)


def _is_inside(box: Box, others: Sequence[Box]) -> bool:
    """Return whether the center of a box is inside another box."""
    return any(other != box for other in holding_middle(box, others))
