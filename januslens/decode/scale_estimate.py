"""The scale of a picture for which nobody states one, from the size of its text.

Interfaces are written in much the same size, in CSS pixels: some 14 px, hardly ever less than 10 or more than 20. So by
Bayes' rule each usual scale is as probable as the size of the picture's text is at that scale, times how usual it is.
The text's size is that of its cores as the network sees them in the picture's own pixels.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.scale import USUAL_SCALES, Scale
from januslens.fitting.weighted_median import weighted_median

MIDDLE_CORE: Final[Mapping[float, float]] = MappingProxyType(dict(zip(USUAL_SCALES, (9.0, 15.0, 20.0), strict=True)))
"""Pixels that the cores of half of a page's text are lower than: the median of 103 pages at 1 and of 43 at 2, of 13
design systems; at 3 that of text of 14 CSS px. The larger text is, the less of its height the network sees as core."""
SPREAD: Final = 0.25  # of its logarithm: these pages' standard deviation is 0.20 at 1 and 0.30 at 2
USUAL: Final[Mapping[float, float]] = MappingProxyType(dict(zip(USUAL_SCALES, (0.6, 0.3, 0.1), strict=True)))
"""How usual each scale is: a guess, for desktop screens, laptops and phones."""
ASSUMED: Final = Scale(1.0, "assumed", 0.0)


def estimate_scale(cores: NDArray[np.float64]) -> Scale:
    """Estimate the scale from the cores of a picture's text (left, top, right, bottom), found at scale 1.

    Without text it is assumed.
    """
    if not len(cores):
        return ASSUMED
    height = _middle_height(cores)
    weights = {scale: usual * _density(height / MIDDLE_CORE[scale]) for scale, usual in USUAL.items()}
    likeliest = max(weights, key=weights.__getitem__)
    return Scale(likeliest, "estimated", weights[likeliest] / sum(weights.values()))


def _middle_height(cores: NDArray[np.float64]) -> float:
    """Return the height in pixels that the cores of half of the text, by its length, are lower than."""
    width, height = cores[:, 2] - cores[:, 0], cores[:, 3] - cores[:, 1]
    return weighted_median(height, width)


def _density(times_middle: float) -> float:
    return math.exp(-((math.log(times_middle) / SPREAD) ** 2) / 2)
