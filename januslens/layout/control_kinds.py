"""Classification of controls by their size and their content.

Sizes are those of the common design systems (Material, Bootstrap, GOV.UK Frontend, Fluent), which make buttons and
fields 24 to 56 CSS px high and checkboxes 13 to 24, with padding on both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.layout.control import Kind
from januslens.text.run import TextRun

# Sizes are in CSS px.
BUTTON_HEIGHTS: Final = (16, 64)
BUTTON_PADDING: Final = 4  # heights of width beside the text: more is a stripe or a card with a centered title
MAX_BUTTON_WIDTH_PX: Final = 600  # the width of a form, for buttons that stand out from their surroundings
FIELD_HEIGHTS: Final = (24, 64)
FIELD_RATIO: Final = 2.5  # of width to height, at least
FIELD_INDENT: Final = 1.5  # heights from an end to what is inside: the room of an icon or arrow
APART: Final = 1.5  # heights between a text and an arrow, as in a field: what is in a button is closer
BOX_SIDES: Final = (8, 28)  # Chromium's own boxes are 13 with their borders, which may be a color of their own or not
MAX_MARKED_BOX_PX: Final = 24  # of a box without border: a larger one with a mark in it is a button with an icon
SQUARE: Final = 2  # by which a box's sides differ
MARK_SHARE: Final = (0.03, 0.6)  # of a checked box's pixels that its mark covers
ICON_BUTTON_SIDES: Final = (20, 64)
ICON_BUTTON_RATIO: Final = 1.5  # of the longer side to the shorter
ICON_SHARE: Final = 0.75  # of an icon button's width and height that the icon takes at most
CENTERED: Final = 0.2  # of the height by which the space on both sides may differ, or
OFF_CENTER: Final = 4  # CSS px
CORNER: Final = 0.15  # of the height: the middle half of a round end is no farther than that from the end


@dataclass(frozen=True, slots=True)
class AreaContent:
    """The content of an area of one color that may be a control: what in it does not have that color.

    mask, shape (height, width), selects the pixels that do not have the area's color. columns are the columns with such
    pixels in the middle half of the height, rows those in the middle half of the width; both count from the area's left
    and top, and exclude pixels so close to an end that they may lie beyond a round corner. texts are the runs of text
    inside, in image pixels, of which `stride` make one pixel of the mask. left and top are the mask's position in the
    image in sampled pixels; css_px is one CSS pixel in sampled pixels.
    """

    mask: NDArray[np.bool_]
    columns: NDArray[np.intp]
    rows: NDArray[np.intp]
    texts: Sequence[TextRun]
    left: int
    top: int
    stride: int
    css_px: float

    @property
    def height(self) -> int:
        """The area's height in sampled pixels."""
        return len(self.mask)

    @property
    def width(self) -> int:
        """The area's width in sampled pixels."""
        return int(self.mask.shape[1])

    @property
    def is_empty(self) -> bool:
        """Whether the area contains neither text nor pixels of another color, except near its corners."""
        return not self.texts and not len(self.columns) and not len(self.rows)


def measure_content(
    mask: NDArray[np.bool_], texts: Sequence[TextRun], corner: tuple[int, int], stride: int, css_px: float
) -> AreaContent:
    """Return the content of an area of one color, from which `kind_of` tells whether it is a control.

    mask, shape (height, width), selects the pixels that do not have its color; texts are the runs inside; corner is its
    left and top, and css_px one CSS pixel, both in sampled pixels; stride is a sampled pixel in image pixels.
    """
    height, width = mask.shape
    inset = max(2, round(CORNER * min(height, width)))
    high, wide = height // 4, width // 4
    columns = np.flatnonzero(mask[high : height - high, inset : width - inset].any(axis=0)) + inset
    rows = np.flatnonzero(mask[inset : height - inset, wide : width - wide].any(axis=1)) + inset
    return AreaContent(mask, columns, rows, texts, *corner, stride, css_px)


def kind_of(inside: AreaContent, *, bordered: bool, neutral: bool, stands_out: bool) -> Kind | None:
    """Return the kind of control that an area with this content looks like: button, field or box; None if none.

    The decision is by size and content only, with the sizes of common design systems. bordered says that the area has a
    border. neutral says that its color is nearly gray, stands_out that its contrast ratio to its surroundings is at
    least 3.
    """
    if _has_box_size(inside):
        return Kind.BOX if _is_box(inside, bordered=bordered, neutral=neutral) else _icon_button(inside)
    if sum(run.letters for run in inside.texts) <= 1 and _icon_button(inside):
        return Kind.BUTTON
    if any(run.letters for run in inside.texts) and _is_button(inside, stands_out=stands_out):
        return Kind.BUTTON
    return Kind.FIELD if bordered and neutral and _is_field(inside) else None


def _has_box_size(inside: AreaContent) -> bool:
    low, high = BOX_SIDES
    shorter, longer = sorted((inside.width / inside.css_px, inside.height / inside.css_px))
    return low <= shorter and longer <= high and longer - shorter <= SQUARE


def _is_box(inside: AreaContent, *, bordered: bool, neutral: bool) -> bool:
    if inside.is_empty:
        return bordered and neutral
    letters = sum(run.letters for run in inside.texts)
    share = float(inside.mask[2:-2, 2:-2].mean())
    small = bordered or max(inside.width, inside.height) <= MAX_MARKED_BOX_PX * inside.css_px
    return small and letters <= bordered and MARK_SHARE[0] <= share <= MARK_SHARE[1]


def _icon_button(inside: AreaContent) -> Kind | None:
    shorter, longer = sorted((inside.width, inside.height))
    low, high = (side * inside.css_px for side in ICON_BUTTON_SIDES)
    if (
        shorter < low
        or longer > high
        or longer > ICON_BUTTON_RATIO * shorter
        or sum(r.letters for r in inside.texts) > 1
    ):
        return None
    if not len(inside.columns) or not len(inside.rows):
        return None
    small = np.ptp(inside.columns) < ICON_SHARE * inside.width and np.ptp(inside.rows) < ICON_SHARE * inside.height
    centered = _is_centered(inside, *_room(inside.columns, inside.width))
    return Kind.BUTTON if small and centered and _is_centered(inside, *_room(inside.rows, inside.height)) else None


def _is_button(inside: AreaContent, *, stands_out: bool) -> bool:
    low, high = (side * inside.css_px for side in BUTTON_HEIGHTS)
    if not low <= inside.height <= high or not len(inside.columns) or not _in_one_line(inside.texts):
        return False
    middle = sum(inside.texts[0].core) / 2 / inside.stride - inside.top
    widest = inside.width if stands_out else int(np.ptp(inside.columns)) + BUTTON_PADDING * inside.height
    return bool(
        inside.width <= min(widest, MAX_BUTTON_WIDTH_PX * inside.css_px)
        and int(np.diff(inside.columns).max(initial=0)) < APART * inside.height
        and _is_centered(inside, *_room(inside.columns, inside.width))
        and _is_centered(inside, middle, inside.height - middle)
    )


def _is_field(inside: AreaContent) -> bool:
    low, high = FIELD_HEIGHTS
    indent = FIELD_INDENT * inside.height
    if not low * inside.css_px <= inside.height <= high * inside.css_px or inside.width < FIELD_RATIO * inside.height:
        return False
    if inside.texts:
        first = min(run.box.x for run in inside.texts) / inside.stride - inside.left
        return _in_one_line(inside.texts) and first <= indent
    return not bool(((inside.columns > indent) & (inside.columns < inside.width - indent)).any())


def _room(inner: NDArray[np.intp], outer: int) -> tuple[float, float]:
    """Return the distance of the content from both ends."""
    return float(inner[0]), float(outer - 1 - inner[-1])


def _is_centered(inside: AreaContent, before: float, after: float) -> bool:
    return abs(before - after) <= max(CENTERED * inside.height, OFF_CENTER * inside.css_px)


def _in_one_line(runs: Sequence[TextRun]) -> bool:
    """Return whether the x-height rows of all runs overlap."""
    return max(run.core[0] for run in runs) < min(run.core[1] for run in runs)
