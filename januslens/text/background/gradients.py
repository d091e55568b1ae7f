"""Backgrounds that change evenly, as CSS gradients do, reconstructed behind text from the pixels beside it.

A linear gradient between two colors is linear in x and y in encoded sRGB, where browsers mix colors; one with more
stops and a radial one are curved, but only slightly within a line of text. So polynomials of degree 1 and 2 are fitted
to a line's band. Text covers less than half of the band, and most of it is far from the background color.

Source of the fit: least absolute deviations by iteratively reweighted least squares (P. J. Huber, E. M. Ronchetti,
"Robust Statistics", 2nd edition, 2009, section 7.8), then least squares on the pixels close to it.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.luminance import relative_luminance
from januslens.text.crop import LineCrop
from januslens.text.run import Backdrop

PLAIN: Final = 3  # terms of a polynomial in x and y of degree 1; of degree 2 it has all six
WORTH: Final = 0.05  # of the band that the higher degree must explain more: it bends to fit what is no background
OFF: Final = 2.0  # levels of a channel that rounding, dithering and a curve leave a pixel off the polynomial
ERROR: Final = 0.25  # level that the polynomial is off the gradient before that is rounded
MIN_CHANGE_LEVELS: Final = 2  # levels of a channel along the line: a flat color may vary by as much
MAX_PIXELS: Final = 1000  # of a band that are fitted: more change nothing
REWEIGHTED: Final = 8
REFITTED: Final = 3
FULL_WEIGHT_LEVELS: Final = 0.5  # levels: pixels that are nearer weigh the same
SINGULAR: Final = 1e-6  # keeps the equations of too few pixels solvable
NEAR: Final = 6.0  # levels, beside the noise, within which a pixel is refitted: it may be off the first fit


@dataclass(frozen=True, slots=True)
class Gradient:
    """A gradient behind a line of text: its unrounded color at each pixel of the crop, shape (height, width, 3).

    Behind the text it is reconstructed. explained is the share, 0 to 1, of pixels above and below the core, within the
    band, that it explains. roughness, a constant of 1, is how far, in levels of a channel, most of the visible
    background is from its color.
    """

    unrounded: NDArray[np.float64]
    explained: float
    roughness: ClassVar[int] = 1
    backdrop: ClassVar[Backdrop] = Backdrop.GRADIENT

    @property
    def color(self) -> NDArray[np.int16]:
        """The color of each pixel of the crop in 8-bit levels, shape (height, width, 3)."""
        return np.rint(self.unrounded).astype(np.int16)

    def extremes(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.int16]:
        """Return the darkest and the lightest background color at and beside given pixels of the crop, shape (2, 3).

        row and column (n,) are those of the text's ink. The darkest is made a quarter of a level darker and the
        lightest as much lighter, for the inaccuracy of the fit.
        """
        last_row, last_column = self.unrounded.shape[0] - 1, self.unrounded.shape[1] - 1
        behind = np.concatenate(
            [
                self.unrounded[np.clip(row + down, 0, last_row), np.clip(column + right, 0, last_column)]
                for down in (-1, 1)
                for right in (-1, 1)
            ]
        )
        luminance = relative_luminance(behind)
        ends = behind[[int(luminance.argmin()), int(luminance.argmax())]]
        farther: NDArray[np.int16] = np.clip(np.rint(ends + ERROR * np.array([[-1], [1]])), 0, 255).astype(np.int16)
        return farther


def fit_gradient(line: LineCrop, noise: int) -> Gradient | None:
    """Fit a gradient, as a polynomial of degree 1 or 2, to the background of a line of text.

    noise is how far, in levels of a channel, compression may have changed a color. Returns None if the fitted
    background is constant, and the best fit otherwise, however little it explains.
    """
    row, column = _sample(line)
    observed = line.pixels[row, column].T.astype(np.float64)
    terms = _terms(line, row, column)
    beside = (row < line.top) | (row >= line.bottom)
    factors, explained = _fit(terms[:PLAIN], observed, beside, noise)
    if explained < 1 - WORTH:
        curved, explained_by_curved = _fit(terms, observed, beside, noise)
        if explained_by_curved > explained + WORTH:
            factors, explained = curved, explained_by_curved
    changes = np.ptp(factors @ terms[: factors.shape[1]], axis=1)
    if changes.max() <= MIN_CHANGE_LEVELS + noise:
        return None
    return Gradient(_drawn(line, factors), explained)


def _sample(line: LineCrop) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and columns of pixels spread evenly over a line's band, the same if the line is mirrored."""
    band, width = line.band(), line.pixels.shape[1]
    half, rows = (width + 1) // 2, band.stop - band.start
    row, column = np.divmod(np.arange(0, rows * half, rows * width // MAX_PIXELS + 1), half)
    apart = np.flatnonzero(column != width - 1 - column)
    return np.append(row, row[apart]) + band.start, np.append(column, width - 1 - column[apart])


def _drawn(line: LineCrop, factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the color of a polynomial at each pixel of a line's crop, shape (height, width, 3)."""
    height, width = line.pixels.shape[:2]
    row, column = np.divmod(np.arange(height * width), width)
    color = factors @ _terms(line, row, column)[: factors.shape[1]]
    return np.clip(color, 0, 255).T.reshape(height, width, 3)


def _terms(line: LineCrop, row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return 1, x, y, x^2, xy and y^2 at pixels of a crop, shape (6, n); x and y go from -1 to 1 over the crop."""
    height, width = line.pixels.shape[:2]
    x, y = column * (2 / width) - 1, row * (2 / height) - 1
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y])


def _fit(
    terms: NDArray[np.float64], observed: NDArray[np.float64], beside: NDArray[np.bool_], noise: int
) -> tuple[NDArray[np.float64], float]:
    """Return a polynomial's factors by channel and term, and the share of pixels outside the core that it explains."""
    off = np.ones(observed.shape[1])
    for _ in range(REWEIGHTED):
        off = _off(terms, observed, _solved(terms, observed, 1 / np.maximum(off, FULL_WEIGHT_LEVELS + noise)))
    for _ in range(REFITTED):
        factors = _solved(terms, observed, off <= NEAR + noise)
        off = _off(terms, observed, factors)
    return factors, float((off[beside] <= OFF + noise).mean()) if beside.any() else 0.0


def _off(
    terms: NDArray[np.float64], observed: NDArray[np.float64], factors: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the deviation of pixels from a polynomial, in levels of the channel with the largest."""
    off: NDArray[np.float64] = np.abs(factors @ terms - observed).max(axis=0)
    return off


def _solved(terms: NDArray[np.float64], observed: NDArray[np.float64], weights: NDArray[Any]) -> NDArray[np.float64]:
    """Return the factors of the weighted least-squares fit."""
    weighted = terms * weights
    return np.linalg.solve(weighted @ terms.T + SINGULAR * np.eye(len(terms)), weighted @ observed.T).T
