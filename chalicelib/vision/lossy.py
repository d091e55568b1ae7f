"""The colors behind a lossy picture's noise: its palette without what JPEG and WebP add.

Compression leaves flat areas flat, a level or two off and not everywhere the same, and spreads noise around whatever
has an edge. So the flat areas' most frequent colors are taken for the ones that were painted; every color of the
palette that is near one of them becomes it. Each stays a color of the picture: nothing is averaged.

Limits: lines have no flat area, and keep the colors that the noise has left them; for text see `text.foreground`. Two
fills that differ by fewer levels than SAME in every channel become one.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

SAME: Final = 5  # levels: one flat color comes out of JPEG at quality 60 to 95 in shades that differ by up to five
NEAR: Final = 12  # levels: as far as noise goes beside edges at quality 90, but for the steepest
LEAST_FLAT: Final = 24  # sampled pixels inside flat areas that make a color a painted one
MOST: Final = 192  # painted colors that are told apart: an interface has some dozen


def painted_colors(place: NDArray[np.int32], channels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Return for each color of a palette, channels (3, n), which one it is without noise, shape (n,).

    place, of shape (height, width), is the picture as places in the palette.
    """
    count = channels.shape[1]
    painted = _painted(place, channels)
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


def _painted(place: NDArray[np.int32], channels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Return the colors of flat areas, the most frequent first, none within SAME of a more frequent one."""
    flat = (place[1:, 1:] == place[:-1, 1:]) & (place[1:, 1:] == place[1:, :-1]) & (place[1:, 1:] == place[:-1, :-1])
    inside = np.bincount(place[1:, 1:][flat], minlength=channels.shape[1])
    candidates = np.flatnonzero(inside >= LEAST_FLAT)
    kept: list[int] = []
    for color in candidates[np.argsort(-inside[candidates], kind="stable")].tolist():
        if len(kept) == MOST:
            break
        if not kept or np.abs(channels[:, kept] - channels[:, [color]]).max(axis=0).min() > SAME:
            kept.append(color)
    return np.array(kept, np.intp)
