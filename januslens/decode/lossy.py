"""What lossy compression does to a picture, and the colors behind its noise: a palette without what JPEG and WebP add.

Compression leaves flat areas flat, a level or two off and not everywhere the same, and spreads noise around whatever
has an edge. So the flat areas' most frequent colors are taken for the ones that were painted; every color of the
palette that is near one of them becomes it. Each stays a color of the picture: nothing is averaged.

Limits: lines have no flat area, and keep the colors that the noise has left them; for text see `text.foreground`. Two
fills that differ by fewer levels than SAME in every channel become one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from januslens.decode.chroma import has_halved_chroma

NOISE: Final = 10  # levels that JPEG at quality 90 changes in flat areas beside text
OVERSHOOT_A_STEP: Final = 0.004
MAX_OVERSHOOT: Final = 0.13
"""At libjpeg's qualities 95, 90, 85, 75 and 60, where luma's mean step is 6, 12, 17, 29 and 46, text's color is read
best as the middle of the pixels that are up to 2.5, 4, 7, 11 and 13 % short of the farthest: 630 texts on 19 pages."""
SAME: Final = 5  # levels: one flat color comes out of JPEG at quality 60 to 95 in shades that differ by up to five
NEAR: Final = 12  # levels: as far as noise goes beside edges at quality 90, but for the steepest
MIN_FLAT_PIXELS: Final = 24  # sampled pixels inside flat areas that make a color a painted one
MAX_PAINTED_COLORS: Final = 192  # painted colors that are told apart: an interface has some dozen


@dataclass(frozen=True, slots=True)
class Loss:
    """What compression has done: how many levels of a channel flat areas beside an edge may be off, 0 for nothing.

    overshoot is how far the farthest pixels of a stroke go beyond its color, as a share of its contrast. thin_chroma
    says that the chroma of thin strokes is averaged with what is around them.
    """

    levels: int
    overshoot: float
    thin_chroma: bool


NO_LOSS: Final = Loss(0, 0.0, thin_chroma=False)
USUAL_LOSS: Final = Loss(NOISE, 0.05, thin_chroma=True)
"""What WebP does at quality 80, and formats of which is not known more."""


def compression_loss(image: Image.Image) -> Loss:
    """Say what was done to the pixels of an opened file that is lossy. Source of the steps: ITU-T T.81, A.3.4."""
    if not isinstance(image, JpegImageFile):
        return USUAL_LOSS
    steps = image.quantization[image.layer[0][3]]
    overshoot = min(OVERSHOOT_A_STEP * sum(steps) / len(steps), MAX_OVERSHOOT)
    whole = all(component[1:3] == image.layer[0][1:3] for component in image.layer)
    return Loss(NOISE, overshoot, thin_chroma=not whole and not has_halved_chroma(image))


def painted_colors(indices: NDArray[np.int32], channels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Return for each color of a palette, channels (3, n), which one it is without noise, shape (n,).

    place, of shape (height, width), is the picture as places in the palette.
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
    """Return the colors of flat areas, the most frequent first, none within SAME of a more frequent one."""
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
