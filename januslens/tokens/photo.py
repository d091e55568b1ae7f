"""Dominant colors of photographs and artwork, whether part of a page or the whole image.

A photo is where small tiles hold many colors: text, icons and gradients have a few dozen. Its pixels are clustered in
OKLab (k-means, initialized with colors that are far apart, so that the same image always gives the same result), and
each cluster is represented by the pixel color closest to its center: no reported color is an average.

Source: OKLab as in `color.oklch`; S. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information
Theory 28 (2), 1982.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.color.oklch import to_oklch
from januslens.color.rgb_arrays import pack, unpack
from januslens.raster.indexed_image import IndexedImage

TILE: Final = 16  # sampled pixels, about as many CSS px
EVERY: Final = 2  # step between the pixels of a tile that are examined, along each side
MANY: Final = 28  # different colors of the 64 examined pixels: a line of anti-aliased text has up to 20
MIN_PHOTO_SHARE: Final = 0.01  # of the image's tiles, from which it has a photo
MAX_PIXELS: Final = 20_000  # that are gathered
BITS: Final = 3  # dropped from each channel while colors are counted
GROUPS: Final = 8
ROUNDS: Final = 10
APART: Final = 0.06  # in OKLab: groups that are closer are one color to most eyes


@dataclass(frozen=True, slots=True)
class PhotoColor:
    """A dominant color of the photos in an image, and the share of the photos' pixels that it represents, 0 to 1.

    It is the color of a pixel, the closest to the center of its cluster, and not an average.
    """

    rgb: Rgb
    share: float


def photo_colors(indexed: IndexedImage) -> list[PhotoColor]:
    """Find the dominant colors of an image's photos, at most eight, most frequent first.

    A photo is where small tiles hold many colors; it may be a part of the image or all of it. indexed is the image as
    palette indices. The list is empty if such tiles fill less than 1 % of the image.
    """
    tiles = _tiles(indexed.indices)
    ordered = np.sort(tiles, axis=1)
    different = (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1) + 1
    busy = tiles[different >= MANY]
    if not len(busy) or len(busy) < MIN_PHOTO_SHARE * len(tiles):
        return []
    pixels = busy.ravel()
    pixels = pixels[:: max(1, len(pixels) // MAX_PIXELS)]
    return _dominant(unpack(indexed.codes[pixels]).astype(np.uint8))


def _tiles(indices: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return samples of each tile's pixels, shape (tiles, pixels); incomplete tiles at the edges are omitted."""
    rows, columns = (side // TILE for side in indices.shape)
    whole = indices[: rows * TILE : EVERY, : columns * TILE : EVERY]
    side = TILE // EVERY
    return whole.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(rows * columns, side * side)


def _dominant(colors: NDArray[np.uint8]) -> list[PhotoColor]:
    """Return the dominant colors among many, (n, 3)."""
    cells, first, count = np.unique(pack(colors >> BITS), return_index=True, return_counts=True)
    distinct = colors[first]
    lab, weight = _oklab(distinct), count.astype(np.float64)
    middles = _far_apart(lab, weight, min(GROUPS, len(cells)))
    for _ in range(ROUNDS):
        group = _nearest(lab, middles)
        total = np.bincount(group, weight, minlength=len(middles))
        sums = np.stack([np.bincount(group, weight * part, minlength=len(middles)) for part in lab.T], axis=1)
        middles = np.where(total[:, None] > 0, sums / np.maximum(total, 1)[:, None], middles)
    group = _nearest(lab, middles)
    found = []
    for number in range(len(middles)):
        members = np.flatnonzero(group == number)
        if len(members):
            nearest = members[np.square(lab[members] - middles[number]).sum(axis=1).argmin()]
            red, green, blue = distinct[nearest].tolist()
            found.append(PhotoColor((red, green, blue), float(weight[members].sum() / weight.sum())))
    return _merge_similar(sorted(found, key=lambda color: (-color.share, color.rgb)))


def _oklab(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    lightness, chroma, hue = to_oklch(colors).T
    angle = np.radians(hue)
    return np.stack([lightness, chroma * np.cos(angle), chroma * np.sin(angle)], axis=1)


def _far_apart(lab: NDArray[np.float64], weight: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the most frequent color, then repeatedly the one with the largest weighted distance to the chosen ones."""
    chosen = [int(weight.argmax())]
    distance = np.square(lab - lab[chosen[0]]).sum(axis=1)
    while len(chosen) < count:
        chosen.append(int((distance * weight).argmax()))
        distance = np.minimum(distance, np.square(lab - lab[chosen[-1]]).sum(axis=1))
    return lab[chosen]


def _nearest(lab: NDArray[np.float64], middles: NDArray[np.float64]) -> NDArray[np.intp]:
    return (np.square(middles).sum(axis=1) - 2 * lab @ middles.T).argmin(axis=1)


def _merge_similar(colors: Sequence[PhotoColor]) -> list[PhotoColor]:
    """Merge colors that look about the same into the most frequent one."""
    kept: list[PhotoColor] = []
    for color in colors:
        lab = _oklab(np.array([color.rgb], np.uint8))[0]
        for number, other in enumerate(kept):
            if np.linalg.norm(lab - _oklab(np.array([other.rgb], np.uint8))[0]) < APART:
                kept[number] = PhotoColor(other.rgb, other.share + color.share)
                break
        else:
            kept.append(color)
    return kept
