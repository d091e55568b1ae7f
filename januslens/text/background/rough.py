"""Backgrounds that change irregularly, such as photographs, estimated from the pixels above and below the text."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from januslens.color.luminance import relative_luminance
from januslens.text.crop import LineCrop
from januslens.text.run import Backdrop

EVEN: Final = 6  # levels of roughness: a gradient that bends within a line; a photo has more
MARGIN: Final = (
    2  # times the roughness that the background may be off: three quarters of its pixels are off by at most one
)
EXTREMES: Final = (0.02, 0.98)  # quantiles of luminance that count as the background's darkest and lightest
ROUGHNESS_PERCENTILE: Final = 75  # percentile of the background's pixels that roughness speaks of


@dataclass(frozen=True, slots=True)
class RoughBackground:
    """An irregular background of a line of text, estimated: its color at each pixel of the crop, (height, width, 3).

    roughness is how far at most, in levels of a channel, three quarters of the pixels above and below the text are from
    the estimate.
    """

    color: NDArray[np.int16]
    roughness: int

    @property
    def backdrop(self) -> Backdrop:
        """The kind of background: a gradient if the roughness is at most 6 levels, else an image."""
        return Backdrop.GRADIENT if self.roughness <= EVEN else Backdrop.IMAGE

    def extremes(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.int16]:
        """Return the darkest and the lightest color that may be behind given pixels of the crop, shape (2, 3).

        row and column (n,) are those of the text's ink. The colors are the 2nd and 98th percentile, by luminance, of
        the estimate at these pixels, the darker one made darker and the lighter one lighter by twice the roughness. The
        pixels beside the text are not used: they include ascenders and descenders.
        """
        behind = self.color[row, column]
        order = np.argsort(relative_luminance(behind))
        ends = behind[order[[round(share * (len(behind) - 1)) for share in EXTREMES]]]
        margin = MARGIN * self.roughness * np.array([[-1], [1]])
        farther: NDArray[np.int16] = np.clip(ends + margin, 0, 255).astype(np.int16)
        return farther


def estimate_background(line: LineCrop) -> RoughBackground:
    """Estimate the irregular background behind a line of text, such as a photograph.

    Its color is interpolated linearly from above the line's core (about the x-height) to below it, smoothed along the
    line.
    """
    band = line.band()
    above, below = line.pixels[band.start : line.top], line.pixels[line.bottom : band.stop]
    above, below = (above, below) if len(above) and len(below) else (line.pixels, line.pixels)
    upper, lower = _smooth(above, line.core_height), _smooth(below, line.core_height)
    share = np.linspace(0, 1, len(line.pixels))[:, None, None]
    color = np.round(upper * (1 - share) + lower * share).astype(np.int16)
    residual = np.abs(np.concatenate([above - upper, below - lower]).reshape(-1, 3)).max(axis=1)
    return RoughBackground(color, round(float(np.percentile(residual, ROUGHNESS_PERCENTILE))))


def _smooth(rows: NDArray[np.int16], reach: int) -> NDArray[np.float64]:
    """Return the median of each column of pixels, smoothed along the line, shape (1, width, 3)."""
    median = np.median(rows, axis=0)
    padded = np.pad(median, ((reach, reach), (0, 0)), mode="edge")
    smooth: NDArray[np.float64] = np.median(sliding_window_view(padded, 2 * reach + 1, axis=0), axis=-1)[None]
    return smooth
