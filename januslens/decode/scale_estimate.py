"""Estimation of an image's scale from its size, its text and its lines, where no scale is stated.

By Bayes' rule, the probability of each scale is its prior, which follows from the image's width and height (see
`scale_prior`), times the likelihoods of the lines and edges (see `scale_lines`) and of the text's size at that scale.
Interfaces use similar text sizes in CSS pixels: most text is about 15 px, and the smallest about 12.5. Font sizes are
those measured from the letters, so that only text that was found counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.lines import NO_LINES, Lines
from januslens.decode.scale import Scale
from januslens.decode.scale_lines import likelihood_of_lines
from januslens.decode.scale_prior import SCALES, Probabilities


@dataclass(frozen=True, slots=True)
class _Usual:
    """The usual font size, in CSS px, at a quantile of a page's text by its width.

    below and above are the deviations of its logarithm among pages, to smaller sizes and to larger ones.
    """

    quantile: float
    size: float
    below: float
    above: float


MIDDLE: Final = _Usual(0.5, 15.2, 0.1, 0.2)
SMALL: Final = _Usual(0.1, 12.6, 0.12, 0.25)
"""Of the learned half of `benchmarks.pages.scales`; wider upward, as whole design systems use 18 to 20 px."""
SINGLE: Final = 0.2  # deviation of one text's size from the page's: a heading is 1.25 times as large
ENOUGH: Final = 4  # texts that show what size is usual; of fewer, each counts a quarter
OUTLIERS: Final = 0.01  # of the largest likelihood: pages whose text has any other size
PRIOR_SURE: Final = 0.98  # probability, by the image's size alone, of the scales at which text may have to be found
SURE: Final = 0.95
"""Probability of the scales that are kept. The model is cautious: on the learned half they always hold the true one,
on the other half in 99 %."""
NEARLY: Final = np.log(1.1)  # logarithm of the error that counts as none, and above which all errors count the same
MIN_CONFIDENCE: Final = 0.9  # of an estimate from the image's size alone
TYPICAL: Final = 1.0  # the scale that is assumed where nothing tells it


def estimate_scale(
    prior: Probabilities, sizes: Sequence[float], widths: Sequence[float], lines: Lines = NO_LINES
) -> Scale:
    """Estimate the scale of an image: the best single value, and the scales of which one is the true one in 98 of 100.

    prior has the probability of each of SCALES by the image's size. sizes are the font sizes of the image's runs of
    text in image pixels, widths the runs' widths. lines are the image's lines and edges. Without text the scale is
    estimated if its confidence is at least 0.9; else it is assumed to be 1, with confidence 0.
    """
    probability = prior * likelihood_of_lines(lines)
    if sizes:
        probability *= _of_text(np.array(sizes), np.array(widths))
    probability /= probability.sum()
    likeliest = _likeliest(probability, SURE)
    value, confidence = _best(probability, likeliest)
    others = tuple(scale for scale in likeliest if scale != value)
    if sizes or confidence >= MIN_CONFIDENCE:
        return Scale(value, "estimated", confidence, others)
    return Scale(TYPICAL, "assumed", 0.0, tuple(sorted({value, *others} - {TYPICAL})))


def scale_bounds(prior: Probabilities) -> tuple[float, float]:
    """Return the lowest and the highest scale that an image may have by its prior, with a probability of 98 %."""
    scales = _likeliest(prior, PRIOR_SURE)
    return scales[0], scales[-1]


def _of_text(sizes: NDArray[np.float64], widths: NDArray[np.float64]) -> Probabilities:
    """Return the likelihood of the text's size at each scale; the fewer texts there are, the less it differs."""
    order = np.argsort(sizes)
    total = np.cumsum(widths[order])
    likelihood = np.ones(len(SCALES))
    for usual in (MIDDLE, SMALL):
        size = sizes[order[np.searchsorted(total, usual.quantile * total[-1])]]
        off = np.log(size / SCALES / usual.size)
        deviation = np.hypot(np.where(off > 0, usual.above, usual.below), SINGLE / np.sqrt(len(sizes)))
        likelihood *= np.exp(-((off / deviation) ** 2) / 2) + OUTLIERS
    return likelihood ** min(1.0, len(sizes) / ENOUGH)


def _best(probability: Probabilities, likeliest: Sequence[float]) -> tuple[float, float]:
    """Return which of the likeliest scales has the least mean square error, and how probably it is right to a tenth.

    2.625, 2.75 and 3 are often as likely: 2.75 is nearly right in each case.
    """
    error = np.abs(np.log(np.divide.outer(likeliest, SCALES)))
    best = int((np.minimum(error, NEARLY) ** 2 @ probability).argmin())
    return likeliest[best], float(probability[error[best] <= NEARLY].sum())


def _likeliest(probability: Probabilities, share: float) -> list[float]:
    """Return the likeliest scales that together have a share of the probability, in ascending order."""
    order = np.argsort(-probability)
    enough = int(np.searchsorted(np.cumsum(probability[order]), share)) + 1
    likeliest: list[float] = np.sort(SCALES[order[:enough]]).tolist()
    return likeliest
