"""Detection of icons: small shapes that stand alone on one color and are not text.

Ink is distinguished from background by color: it has a color that fills no large area. Therefore an icon in such a
color, such as white on a dark button, is not found; nor is an icon of several parts that do not touch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.raster.areas import Areas
from januslens.raster.boundaries import background_around, farthest_color
from januslens.raster.components import Runs, join_runs
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import TextRun

MIN_LONGER_SIDE_PX: Final = 12  # CSS px of the longer side: common icons are 16 to 24 and fill most of it
MIN_SHORTER_SIDE_PX: Final = 10  # CSS px of the shorter side: a figure in text of 16 px is 9 wide
MAX_SIDE_PX: Final = 40  # CSS px
MAX_FILL: Final = 0.75  # of its box: a disc, which is a dot or swatch without meaning, fills 0.79
MIN_FILL: Final = 0.1
LETTERS: Final = 2  # strokes: a text of fewer may be an icon that was taken for text
ROOM: Final = (
    0.4  # of the low letters' height beside a text, where a letter or mark of its own may be: icons are farther
)
MAX_RUNS_PER_PIXEL: Final = 0.3  # runs of ink per pixel: more is noise or a photo without a flat background


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon in an image: a small shape that stands alone on one color and is not text.

    sides are its left, top, right and bottom (exclusive) in sampled pixels. color is that of the pixel that differs
    most from the background; background is the one color around the shape.
    """

    sides: tuple[int, int, int, int]
    color: Rgb
    background: Rgb


def find_icons(indexed: IndexedImage, areas: Areas, runs: Sequence[TextRun], css_px: float) -> Iterator[Icon]:
    """Yield the icons of an image, given its areas and text; css_px is one CSS pixel in sampled pixels.

    An icon is one connected shape of 10 to 40 CSS px that overlaps no text of two strokes or more and stands on one
    color. An icon in a color that also fills a large area, such as white, is not found, nor one of several parts that
    do not touch. An image with as much fine detail as noise or a photo yields none.
    """
    sizes = areas.boxes[:, 2:] - areas.boxes[:, :2]
    is_ink = np.ones(len(indexed.codes), np.bool_)
    is_ink[areas.palette_index[(sizes > MAX_SIDE_PX * css_px).all(axis=1)]] = False
    shapes = _shapes(indexed, is_ink)
    if shapes is None:
        return
    boxes = shapes.boxes()
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    longer, shorter = np.maximum(width, height) / css_px, np.minimum(width, height) / css_px
    share = shapes.areas() / np.maximum(width * height, 1)
    fits = (
        (longer >= MIN_LONGER_SIDE_PX)
        & (longer <= MAX_SIDE_PX)
        & (shorter >= MIN_SHORTER_SIDE_PX)
        & (share > MIN_FILL)
        & (share < MAX_FILL)
    )
    texts = _texts(runs, indexed.stride)
    for sides in boxes[fits].tolist():
        left, top, right, bottom = sides
        if ((texts[:, :2] < (right, bottom)) & (texts[:, 2:] > (left, top))).all(axis=1).any():
            continue
        background = background_around(indexed.indices, sides, css_px)
        if background is not None:
            yield Icon(
                (left, top, right, bottom),
                indexed.color(farthest_color(indexed, sides, background)),
                indexed.color(background),
            )


def _shapes(indexed: IndexedImage, is_ink: NDArray[np.bool_]) -> Runs | None:
    """Return the connected shapes of ink colors, None if there are too many runs of ink."""
    rows, starts, ends, count = [], [], [], 0
    for runs in indexed.all_row_runs():
        ink = np.flatnonzero(is_ink[runs.on])
        count += len(ink)
        if count > MAX_RUNS_PER_PIXEL * indexed.indices.size:
            return None
        row, end = runs.row[ink], runs.column[ink] + runs.length[ink]
        parts = (np.diff(ink) > 1) | (np.diff(row) > 0)  # runs side by side are one stroke of several colors
        rows.append(row[np.append(True, parts)[: len(ink)]])
        starts.append(runs.column[ink][np.append(True, parts)[: len(ink)]])
        ends.append(end[np.append(parts, True)[: len(ink)]])
    return join_runs(np.concatenate(rows), np.concatenate(starts), np.concatenate(ends))


def _texts(runs: Sequence[TextRun], stride: int) -> NDArray[np.float64]:
    """Return the sides of text boxes, extended at both ends, in sampled pixels, shape (n, 4)."""
    texts = [(run.box, ROOM * (run.core[1] - run.core[0])) for run in runs if run.letters >= LETTERS]
    sides = [(box.x - room, box.y, box.x + box.width + room, box.y + box.height) for box, room in texts]
    return np.array(sides, np.float64).reshape(-1, 4) / stride
