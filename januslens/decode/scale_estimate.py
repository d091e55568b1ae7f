"""Estimation of an image's scale from the size of its text, where no scale is stated.

Interfaces use similar text sizes in CSS pixels: around 14 px, rarely less than 10 or more than 20. By Bayes' rule, the
probability of each usual scale is the likelihood of the observed text size at that scale, times the prior of the scale.
The text size is measured by the heights of the text cores that the detection network finds at the image's own
resolution.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.scale import USUAL_SCALES, Scale
from januslens.fitting.estimators import weighted_median

MIDDLE_CORE: Final[Mapping[float, float]] = MappingProxyType(dict(zip(USUAL_SCALES, (9.0, 15.0, 20.0), strict=True)))
"""Usual median height in pixels of a page's text cores: the median of 103 pages at 1 and of 43 at 2, of 13 design
systems; at 3, that of text of 14 CSS px. The larger text is, the smaller the share of its height that is its core."""
SPREAD: Final = 0.25  # of its logarithm: these pages' standard deviation is 0.20 at 1 and 0.30 at 2
USUAL: Final[Mapping[float, float]] = MappingProxyType(dict(zip(USUAL_SCALES, (0.6, 0.3, 0.1), strict=True)))
"""Prior of each scale: a guess, for desktop displays, laptops and phones."""
ASSUMED: Final = Scale(1.0, "assumed", 0.0)


def estimate_scale(cores: NDArray[np.float64]) -> Scale:
    """Estimate the scale of an image, 1, 2 or 3 device pixels per CSS pixel, from the size of its text.

    cores (n, 4) are left, top, right and bottom of the text lines' cores, in pixels, as detected at the image's own
    resolution. Their median height is compared with those usual at each scale, weighted by how common the scale is. The
    confidence is the probability of the estimate. Returns the assumed scale of 1, with confidence 0, if there is no
    text.
    """
    if not len(cores):
        return ASSUMED
    height = _middle_height(cores)
    weights = {scale: usual * _density(height / MIDDLE_CORE[scale]) for scale, usual in USUAL.items()}
    likeliest = max(weights, key=weights.__getitem__)
    return Scale(likeliest, "estimated", weights[likeliest] / sum(weights.values()))


def _middle_height(cores: NDArray[np.float64]) -> float:
    """Return the median core height in pixels, weighted by the cores' widths."""
    width, height = cores[:, 2] - cores[:, 0], cores[:, 3] - cores[:, 1]
    return weighted_median(height, width)


def _density(times_middle: float) -> float:
    return math.exp(-((math.log(times_middle) / SPREAD) ** 2) / 2)
