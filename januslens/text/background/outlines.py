"""Outlines and halos around letters, which are what the letters stand on.

Text with an outline, a halo or a glow has a ring of another color around its letters, so that the pixels at the edge of
its shapes have another hue than those inside. Once the colors of ring and letters are known, each pixel is unmixed into
background, ring and letter.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.hue import angles, summed
from januslens.text.foreground.ink import Ink, Stretch
from januslens.text.foreground.line_fit import fit_line

RINGED: Final = 0.35  # angle between the hues at the edge and inside of a shape: of 16,700 glyphs, 1 in 100 has 0.23
ONE_LINE: Final = 0.95  # of the ink on one line of mixes: text has no ring then, and this is the usual case
MOSTLY: Final = 0.6  # of the ink, by weight, that is in shapes with a ring
MIN_INSIDE: Final = 0.15  # of the ink that is not at the edge of its shape
MIN_INSIDE_PIXELS: Final = 10
COLLINEAR: Final = (
    0.2  # sine between the colors of ring and letters, seen from the background, below which they are one
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A stretch of text as it is without the background around its outline, and the outline's color, shape (3,).

    The stretch's background is the outline's color, and so are its pixels outside of the letters.
    """

    within: Stretch
    color: NDArray[np.int16]


def find_outline(stretch: Stretch, ink: Ink) -> Outline | None:
    """Return the outline or halo around the letters of a stretch on a flat background, None if most have none."""
    if ink.line.support >= ONE_LINE:
        return None
    shape = stretch.line.pixels.shape[:2]
    inside = _eroded(ink, shape, np.ones(len(ink.row), np.bool_))
    if inside.sum() < max(MIN_INSIDE_PIXELS, MIN_INSIDE * len(inside)) or not _is_ringed(ink, inside):
        return None
    edge = fit_line(ink.offsets[~inside], ink.offsets[~inside], stretch.noise).end
    from_edge = ink.offsets[_deepest(ink, shape, inside)] - edge
    letters = edge + fit_line(from_edge, from_edge, stretch.noise).end
    covered = np.zeros(shape)
    covered[ink.row, ink.column] = _share_of_letters(ink.offsets, edge, letters)
    ring = stretch.background + edge
    pixels = np.rint(ring + covered[..., None] * (letters - edge)).astype(np.int16)
    color = np.rint(ring).astype(np.int16)
    return Outline(Stretch(stretch.line.showing(pixels), color, stretch.noise), color)


def _eroded(ink: Ink, shape: tuple[int, int], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the chosen pixels of the ink have others of them on all four sides."""
    padded = np.zeros((shape[0] + 2, shape[1] + 2), np.bool_)
    row, column = ink.row + 1, ink.column + 1
    padded[row[chosen], column[chosen]] = True
    beside = padded[row, column - 1] & padded[row, column + 1]
    return chosen & beside & padded[row - 1, column] & padded[row + 1, column]


def _is_ringed(ink: Ink, inside: NDArray[np.bool_]) -> bool:
    """Return whether most of the ink is in glyphs whose edge has another hue than what is inside of it."""
    glyphs = len(ink.boxes)
    edges, insides = (summed(ink.offsets[part], ink.glyph[part], glyphs) for part in (~inside, inside))
    weight = np.bincount(ink.glyph, ink.weight, minlength=glyphs)
    filled = np.bincount(ink.glyph[inside], minlength=glyphs) > 0
    ringed = filled & (angles(edges, insides) > RINGED)
    return bool(weight[ringed].sum() >= MOSTLY * weight.sum())


def _deepest(ink: Ink, shape: tuple[int, int], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which pixels are farthest from the edge of their shape, where letters are."""
    deepest = inside
    while True:
        deeper = _eroded(ink, shape, deepest)
        if deeper.sum() < max(MIN_INSIDE_PIXELS, MIN_INSIDE * len(inside)):
            return deepest
        deepest = deeper


def _share_of_letters(
    offsets: NDArray[np.float64], edge: NDArray[np.float64], letters: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the share of the letters' color in each pixel, by least squares, beside those of ring and background."""
    lengths = np.linalg.norm(edge) * np.linalg.norm(letters)
    sine = np.linalg.norm(np.cross(edge, letters)) / lengths
    if sine < COLLINEAR:
        across = letters - edge
        share = (offsets - edge) @ across / (across @ across)
    else:
        share = np.linalg.lstsq(np.stack([edge, letters], axis=1), offsets.T, rcond=None)[0][1]
    return np.clip(share, 0, 1)
