"""Estimation of an image's scale from its size and the size of its text, where no scale is stated.

By Bayes' rule, the probability of each scale is its prior, which follows from the image's width and height (see
`scale_prior`), times the likelihood of the text's size at that scale. Interfaces use similar text sizes in CSS pixels:
most text is about 15 px, and the smallest about 12.5. Font sizes are those measured from the letters, so that only text
that was found counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.scale import Scale
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


MIDDLE: Final = _Usual(0.5, 15.2, 0.12, 0.2)
SMALL: Final = _Usual(0.1, 12.6, 0.15, 0.22)
"""Fitted to the half of the pictures of `benchmarks.pages.scales` whose packages are for this, in steps of a sixth."""
SINGLE: Final = 0.3  # deviation of one text's size from the page's: a heading is 1.35 times as large
OUTLIERS: Final = 0.03  # of the largest likelihood: pages whose text has any other size
SURE: Final = 0.98  # probability of the scales that are kept
NEARLY: Final = np.log(1.1)  # logarithm of the error that counts as none, and above which all errors count the same
MIN_CONFIDENCE: Final = 0.9  # of an estimate from the image's size alone
TYPICAL: Final = 1.0  # the scale that is assumed where nothing tells it


def estimate_scale(prior: Probabilities, sizes: Sequence[float], widths: Sequence[float]) -> Scale:
    """Estimate the scale of an image: the likeliest one, and those that it has with a probability of 98 %.

    prior has the probability of each of SCALES by the image's size. sizes are the font sizes of the image's runs of
    text in image pixels, widths the runs' widths. Without text the prior decides if it is sure; else the scale is
    assumed to be 1, with confidence 0.
    """
    probability = prior * _likelihood(np.array(sizes), np.array(widths)) if sizes else prior
    probability = probability / probability.sum()
    value, confidence = _best(probability)
    others = tuple(scale for scale in SCALES[_likeliest(probability)].tolist() if scale != value)
    if sizes or confidence >= MIN_CONFIDENCE:
        return Scale(value, "estimated", confidence, others)
    return Scale(TYPICAL, "assumed", 0.0, tuple({value, *others} - {TYPICAL}))


def detection_scale(prior: Probabilities) -> float:
    """Return the scale at which to look for text while the image's scale is not known: the lowest that it may have.

    It is at least 1.
    """
    return max(1.0, float(SCALES[_likeliest(prior)].min()))


def _likelihood(sizes: NDArray[np.float64], widths: NDArray[np.float64]) -> Probabilities:
    """Return the likelihood of the text's size at each scale; the fewer texts there are, the less it differs."""
    order = np.argsort(sizes)
    total = np.cumsum(widths[order])
    likelihood = np.ones(len(SCALES))
    for usual in (MIDDLE, SMALL):
        size = sizes[order[np.searchsorted(total, usual.quantile * total[-1])]]
        off = np.log(size / SCALES / usual.size)
        deviation = np.hypot(np.where(off > 0, usual.above, usual.below), SINGLE / np.sqrt(len(sizes)))
        likelihood *= np.exp(-((off / deviation) ** 2) / 2) + OUTLIERS
    return likelihood


def _best(probability: Probabilities) -> tuple[float, float]:
    """Return the scale with the least mean square error, and the probability that it is right to within a tenth.

    2.625, 2.75 and 3 are often as likely: 2.75 is nearly right in each case.
    """
    error = np.abs(np.log(np.divide.outer(SCALES, SCALES)))
    best = int((np.minimum(error, NEARLY) ** 2 @ probability).argmin())
    return float(SCALES[best]), float(probability[error[best] <= NEARLY].sum())


def _likeliest(probability: Probabilities) -> NDArray[np.intp]:
    """Return the indices of the likeliest scales, in ascending order, that have a probability of 98 % together."""
    order = np.argsort(-probability)
    enough = int(np.searchsorted(np.cumsum(probability[order]), SURE)) + 1
    return np.sort(order[:enough])
