"""Effects of lossy compression, and removal of its noise from a palette.

JPEG and WebP leave flat areas flat, one or two levels off and not everywhere the same, and spread noise around edges.
So the most frequent colors of flat areas are taken as the painted ones, and every color of the palette that is close to
one of them is replaced by it. Every result is a color of the image: nothing is averaged.

Limits: lines have no flat area and keep the colors that the noise has left them; for text see `text.foreground`. Two
fills that differ by at most SAME levels in every channel become one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from januslens.decode.chroma import has_halved_chroma

NOISE: Final = 10  # levels that JPEG at quality 90 changes in flat areas beside text
OVERSHOOT_PER_STEP: Final = 0.004
MAX_OVERSHOOT: Final = 0.13
"""At libjpeg's qualities 95, 90, 85, 75 and 60, where luma's mean step is 6, 12, 17, 29 and 46, text's color is read
best as the middle of the pixels that are up to 2.5, 4, 7, 11 and 13 % short of the farthest: 630 texts on 19 pages."""
SAME: Final = 5  # levels: one flat color comes out of JPEG at quality 60 to 95 in shades that differ by up to five
NEAR: Final = 12  # levels: the reach of noise beside edges at quality 90, except the steepest
MIN_FLAT_PIXELS: Final = 24  # sampled pixels inside flat areas that make a color a painted one
MAX_PAINTED_COLORS: Final = 192  # painted colors that are distinguished: an interface has a few dozen


@dataclass(frozen=True, slots=True)
class Loss:
    """The effect of a file's compression on the colors of its image.

    levels is how many levels of a channel flat areas beside an edge may be off, 0 for lossless formats. overshoot is by
    how much the farthest pixels of a stroke of text exceed its color, relative to its contrast with the background.
    thin_chroma says that the chroma of thin strokes is averaged with that of their surroundings.
    """

    levels: int
    overshoot: float
    thin_chroma: bool


NO_LOSS: Final = Loss(0, 0.0, thin_chroma=False)
USUAL_LOSS: Final = Loss(NOISE, 0.05, thin_chroma=True)
"""The loss of WebP at quality 80, also used for formats about which nothing more is known."""


def compression_loss(image: Image.Image) -> Loss:
    """Return the expected effect on colors of a lossy file's compression, from its header rather than its pixels.

    The file has been opened with Pillow, and the caller has established that it is lossy. The loss of a JPEG follows
    from its quantization tables and chroma sampling; all other formats get `USUAL_LOSS`. Source of the quantization
    steps: ITU-T T.81, A.3.4.
    """
    if not isinstance(image, JpegImageFile):
        return USUAL_LOSS
    steps = image.quantization[image.layer[0][3]]
    overshoot = min(OVERSHOOT_PER_STEP * sum(steps) / len(steps), MAX_OVERSHOOT)
    whole = all(component[1:3] == image.layer[0][1:3] for component in image.layer)
    return Loss(NOISE, overshoot, thin_chroma=not whole and not has_halved_chroma(image))


def painted_colors(indices: NDArray[np.int32], channels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Map each color of a lossy image's palette to the painted color that it is a noisy version of.

    indices, shape (height, width), is the image as palette indices; channels, shape (3, n), is the palette. Painted
    colors are the most frequent ones inside flat areas; a color within 12 levels per channel of one or more of them is
    mapped to the nearest. Returns palette indices, shape (n,); any other color, such as that of a line without flat
    area, is mapped to itself. Painted colors that differ by at most 5 levels become one.
    """
    count = channels.shape[1]
    painted = _painted(indices, channels)
    own = np.arange(count)
    if not len(painted):
        return own
    nearest = np.full(count, NEAR + 1, np.int16)
    becomes = own.copy()
    for color in painted.tolist():
        off = np.abs(channels - channels[:, [color]]).max(axis=0)
        nearer = off < nearest
        nearest[nearer] = off[nearer]
        becomes[nearer] = color
    return becomes


def _painted(indices: NDArray[np.int32], channels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Return the palette indices of flat areas' colors, most frequent first, none within SAME of an earlier one."""
    flat = (
        (indices[1:, 1:] == indices[:-1, 1:])
        & (indices[1:, 1:] == indices[1:, :-1])
        & (indices[1:, 1:] == indices[:-1, :-1])
    )
    inside = np.bincount(indices[1:, 1:][flat], minlength=channels.shape[1])
    candidates = np.flatnonzero(inside >= MIN_FLAT_PIXELS)
    kept: list[int] = []
    for color in candidates[np.argsort(-inside[candidates], kind="stable")].tolist():
        if len(kept) == MAX_PAINTED_COLORS:
            break
        if not kept or np.abs(channels[:, kept] - channels[:, [color]]).max(axis=0).min() > SAME:
            kept.append(color)
    return np.array(kept, np.intp)
