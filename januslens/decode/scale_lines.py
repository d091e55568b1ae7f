"""The likelihood of an image's lines and edges at each scale.

The shares of lines and edges follow the means of the learned half of `benchmarks.pages.scales`, but were revised with
the pictures of both halves in view. How many images are drawn in each way is a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.lines import Lines, Numbers
from januslens.decode.scale_prior import REDUCED, SCALES, Probabilities


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A way in which images are drawn, as shares of their lines and edges.

    exact is the share of those that begin and end with whole rows of pixels, smeared of those that are spread over
    several. fitting is the share of those that cover a part of a row that is usual at the scale, uneven any other part.
    """

    exact: float
    smeared: float
    fitting: float
    uneven: float

    def likelihood(self, counts: tuple[int, int, int, int, int], usual: int) -> float:
        """Return the probability of a number of lines and edges; from ENOUGH on, all count as that many.

        counts has the number of those that are exact, are smeared, fit the scale, fit another one, and fit none. usual
        is the number of shares of a row that fit the scale, each of which is as probable.
        """
        shares = (self.exact, self.smeared, self.fitting / usual, self.uneven * BY_CHANCE, self.uneven)
        return float(np.exp(np.dot(counts, np.log(shares)) * min(1.0, ENOUGH / max(sum(counts), 1))))


ROUNDED: Final = _Drawn(0.85, 0.09, 0.01, 0.05)
"""To whole pixels, as on displays. What is smeared are shadows."""
AS_WIDE: Final = _Drawn(0.23, 0.17, 0.53, 0.07)
"""As wide as they are, as in screenshots by tests and developers' tools."""
RESIZED: Final = _Drawn(0.05, 0.65, 0.03, 0.27)
"""Made smaller or larger afterwards."""
DENSE: Final = _Drawn(0.55, 0.1, 0.25, 0.1)
"""At scales above 2, where lines of half a CSS px are usual."""
BY_CHANCE: Final = 0.1  # of what is uneven fits some other scale
ENOUGH: Final = 4  # lines and edges: more are often of one style

WAYS: Final[Mapping[float, tuple[tuple[float, _Drawn], ...]]] = MappingProxyType(
    {
        1.0: ((0.95, ROUNDED), (0.05, RESIZED)),
        2.0: ((0.98, ROUNDED), (0.02, RESIZED)),
        **dict.fromkeys((1.25, 1.5, 1.75), ((0.5, ROUNDED), (0.47, AS_WIDE), (0.03, RESIZED))),
        **dict.fromkeys(REDUCED, ((0.5, ROUNDED), (0.5, RESIZED))),
    }
)
"""The shares of images at a scale that are drawn in each way."""

WIDTHS: Final = MappingProxyType({1.25: (1.25, 5 / 3, 2.5), 1.5: (1.5,), 1.75: (1.75, 3.5)})
"""Widths in pixels of lines of 1 and of 2 CSS px that begin at a whole CSS px and are not rounded: at 1.25, one of 1
may cover no row entirely, but three quarters of one and half of another."""
QUARTERS: Final = (0.25, 0.5, 0.75)
COVERAGES: Final = MappingProxyType({1.25: QUARTERS, 1.5: (0.5,), 1.75: QUARTERS})
"""Shares of a row that such edges cover."""
TOLERANCE: Final = 0.025  # pixels: a level or two of a line of 60 levels

THIN: Final = (1.0,)  # pixels: of 1 CSS px below a scale of 2
THICK: Final = (2.0, 4.0)  # of 1 and of 2 CSS px at a scale of 2
HAIRLINES: Final = MappingProxyType({True: (0.55, 0.2), False: (0.1, 0.4)})
"""Shares of images below a scale of 2, and from 2 on, that have more lines of one pixel than of two or four (True), or
fewer (False): Chromium draws 1 CSS px as one pixel below 2, but phones draw thinner lines."""
TWO_PIXELS: Final = 2.0  # the scale from which a border of 1 CSS px is two pixels wide


def likelihood_of_lines(lines: Lines) -> Probabilities:
    """Return the likelihood of an image's lines and edges at each of SCALES."""
    return _of_shapes(lines) * _of_widths(lines.widths)


def _of_shapes(lines: Lines) -> Probabilities:
    """Return the likelihood of how many lines and edges are exact, smeared, or cover a usual share of a row."""
    whole = np.abs(lines.widths - np.round(lines.widths)) <= TOLERANCE
    sharp = np.minimum(lines.coverages, 1 - lines.coverages) <= TOLERANCE
    exact, widths, coverages = int(whole.sum() + sharp.sum()), lines.widths[~whole], lines.coverages[~sharp]
    usual: dict[float, NDArray[np.bool_]] = {
        scale: np.concatenate([_are_usual(widths, WIDTHS[scale]), _are_usual(coverages, COVERAGES[scale])])
        for scale in WIDTHS
    }
    anywhere: NDArray[np.bool_] = np.logical_or.reduce(list(usual.values()))
    likelihood = np.empty(len(SCALES))
    for place, scale in enumerate(SCALES.tolist()):
        fitting = int(usual.get(scale, anywhere).sum())
        counts = exact, lines.smeared, fitting, int(anywhere.sum()) - fitting, int((~anywhere).sum())
        values = len(COVERAGES.get(scale, QUARTERS))
        ways = WAYS.get(scale, ((1.0, DENSE),))
        likelihood[place] = sum(share * way.likelihood(counts, values) for share, way in ways)
    return likelihood


def _are_usual(values: Numbers, usual: tuple[float, ...]) -> NDArray[np.bool_]:
    fitting: NDArray[np.bool_] = (np.abs(np.subtract.outer(values, usual)) <= TOLERANCE).any(axis=1)
    return fitting


def _of_widths(widths: Numbers) -> Probabilities:
    """Return the likelihood of the number of lines of one pixel and of two or four at each scale."""
    thin, thick = (int(np.isin(widths, pixels).sum()) for pixels in (THIN, THICK))
    if thin == thick:
        return np.ones(len(SCALES))
    below, from_two = HAIRLINES[thin > thick]
    return np.where(SCALES < TWO_PIXELS, below, from_two)
