"""Comparison of observed color tokens with the computed colors of a page.

*True colors* of a page are: backgrounds of opaque elements that are opaque themselves, with at least 64 CSS px² of
their box visible, and whose color at least 48 CSS px² of the image have; borders of at least 1 CSS px whose color at
least 24 CSS px² have; and the colors that axe-core reports for visible text. Colors that look the same (CIEDE2000 up to
2) are counted once.

A *claimed color* is real if it looks like a true color, or like any opaque color that a style states for visible text,
a placeholder, a background or a border. It is neither real nor false, and not counted, if it looks like a pixel whose
color no style states: of translucent borders, of images and translucent or shadowed elements, and within 24 CSS px
around these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.css_color import Rgb, distinct, is_among, parse
from benchmarks.truth.histogram import histogram
from benchmarks.truth.pages import Box, Paint, Truth, shared_area

MIN_BACKGROUND_PX2: Final = 64.0  # CSS px² of an element's box in sight
MIN_FILL_PX2: Final = 48.0  # CSS px² of the picture in a background's color
MIN_BORDER_PX2: Final = 24.0  # CSS px² of the picture in a border's color
MIN_PIXELS: Final = 12  # of the picture in a color, from which it can be asked to be found
SPILL: Final = 24.0  # CSS px that shadows and blurs reach beyond their box
NEAR: Final = 40  # levels of a channel: colors farther apart never differ by less than SAME


@dataclass(frozen=True, slots=True)
class TrueColor:
    """A color with which a page is painted (see the module).

    pixels is the number of pixels of the image that have exactly this color; found is whether a claimed color looks
    like it.
    """

    page: str
    rgb: Rgb
    pixels: int
    found: bool


@dataclass(frozen=True, slots=True)
class ClaimedColor:
    """A color that Janus claims for a page.

    real is True if it looks like a true or a stated color, False if not, and None if that cannot be decided (see the
    module).
    """

    page: str
    rgb: Rgb
    real: bool | None


def compare(
    truth: Truth, pixels: NDArray[np.uint8], claimed: tuple[Rgb, ...]
) -> tuple[list[TrueColor], list[ClaimedColor]]:
    """Return the true and the claimed colors of a page, compared with each other.

    pixels, of shape (height, width, 3), are those of the page's image; claimed are the colors that Janus claims.
    """
    counts = _counts(pixels)
    true = distinct(_true_colors(truth, counts))
    unstated = histogram(pixels[_unstated(truth, pixels.shape[:2])]).colors.astype(np.int16)
    return (
        [TrueColor(truth.name, rgb, counts.get(rgb, 0), is_among(rgb, claimed)) for rgb in true],
        [ClaimedColor(truth.name, rgb, _is_real(rgb, [*true, *truth.stated_colors], unstated)) for rgb in claimed],
    )


def _is_real(rgb: Rgb, stated: list[Rgb], unstated: NDArray[np.int16]) -> bool | None:
    if is_among(rgb, stated):
        return True
    near = unstated[np.abs(unstated - rgb).max(axis=1, initial=0) <= NEAR]
    return None if is_among(rgb, (_rgb(color) for color in near)) else False


def _true_colors(truth: Truth, counts: dict[Rgb, int]) -> Iterator[Rgb]:
    css_pixel = truth.scale**2
    for paint in truth.paints:
        if paint.opacity < 1:
            continue
        fill = parse(paint.background)
        in_sight = shared_area(paint.box, truth.viewport) >= MIN_BACKGROUND_PX2
        if fill and _is_opaque(fill) and in_sight and counts.get(fill[0], 0) >= MIN_FILL_PX2 * css_pixel:
            yield fill[0]
        for width, text in paint.borders:
            border = parse(text)
            if width >= 1 and border and _is_opaque(border) and counts.get(border[0], 0) >= MIN_BORDER_PX2 * css_pixel:
                yield border[0]
    yield from truth.text_colors


def _is_opaque(color: tuple[Rgb, float]) -> bool:
    return color[1] == 1


def _unstated(truth: Truth, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return a mask of the pixels whose color is not stated by a style."""
    mask = np.zeros(shape, np.bool_)
    for paint in truth.paints:
        strips = [_around(paint.box, SPILL)] if _is_loose(paint) else _translucent_borders(paint)
        for box in strips:
            left, top, right, bottom = (
                max(0, round(edge * truth.scale)) for edge in (box[0], box[1], box[0] + box[2], box[1] + box[3])
            )
            mask[top:bottom, left:right] = True
    return mask


def _around(box: Box, reach: float) -> Box:
    left, top, width, height = box
    return left - reach, top - reach, width + 2 * reach, height + 2 * reach


def _translucent_borders(paint: Paint) -> list[Box]:
    """Return the strips of an element's translucent borders, one CSS px wider than they are."""
    left, top, width, height = paint.box
    strips: list[Box] = []
    for side, (thick, text) in enumerate(paint.borders):
        color = parse(text)
        if thick > 0 and color and not _is_opaque(color):
            across = thick + 2
            strips.append(
                (
                    (left, top - 1, width, across),
                    (left + width - thick - 1, top, across, height),
                    (left, top + height - thick - 1, width, across),
                    (left - 1, top, across, height),
                )[side]
            )
    return strips


def _is_loose(paint: Paint) -> bool:
    fill = parse(paint.background)
    return paint.is_image or paint.has_shadow or paint.opacity < 1 or (fill is not None and not _is_opaque(fill))


def _counts(pixels: NDArray[np.uint8]) -> dict[Rgb, int]:
    seen = histogram(pixels)
    colors = zip(seen.colors.tolist(), seen.counts.tolist(), strict=True)
    return {(red, green, blue): count for (red, green, blue), count in colors}


def _rgb(color: NDArray[np.int16]) -> Rgb:
    red, green, blue = color.tolist()
    return red, green, blue
