"""The base of a spacing scale: the length of which most gaps and paddings are multiples.

For each base used by design systems, the likelihood of the measured distances is computed: a distance is a multiple of
the base, small multiples being more frequent than large ones, or it comes from something that does not follow the scale
and may be any length. A base that explains as much with fewer multiples is more likely. No base is reported if the
distances are as likely without one.

Sources of the bases: 8 (Material Design, https://m2.material.io/design/layout/spacing-methods.html; USWDS), 4
(Bootstrap's and Tailwind's 0.25rem), 5 (GOV.UK Frontend, UIkit); 6, 10 and others are rarer.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from januslens.tokens.spacing import MAX_DISTANCE_PX, Distance

PRIOR: Final[Mapping[int, float]] = MappingProxyType(
    {4: 1.0, 8: 0.2, 5: 0.2, 6: 0.1, 10: 0.03, 3: 0.01, 12: 0.01, 7: 0.001, 9: 0.001}
)
"""Rough frequency of each base in design systems, relative to 4: pages built on 4 mostly show multiples of 8."""
DEPENDENT: Final = 0.25  # of a distance's evidence that is its own: those of one page follow from one another
STRAY: Final = 0.5  # of the distances that aren't laid out by the scale
RARER: Final = 0.5  # exponent: a multiple's frequency falls with its square root
EXACT: Final = 0.3  # CSS px by which a distance between frames may differ from a multiple
FRACTIONAL: Final = 0.8  # pixels, the same at fractional scales: both edges are rounded
TEXT: Final = (-1.2, 1.0)  # CSS px by which a distance to text may differ from a multiple
ONCE: Final = 0.4  # of what a distance says that occurs more often
MIN_WEIGHT_SHARE: Final = 0.5  # total evidence of the distances below which no base is reported
LIKELY: Final = 0.4  # confidence from which a base is reported


@dataclass(frozen=True, slots=True)
class SpacingBase:
    """The base of a spacing scale, the length in CSS pixels of which most gaps and paddings are multiples.

    explained is the share, 0 to 1, of the evidence of the distances that are multiples of the base. confidence, 0 to 1,
    is the probability of this base among the others and none.
    """

    value: float
    explained: float
    confidence: float


def spacing_base(distances: Sequence[Distance], scale: float) -> SpacingBase | None:
    """Find the length, usual in design systems, of which the distances of an image are most likely multiples.

    scale is in image pixels per CSS pixel. Returns None if there are too few distances, or if no base has a confidence
    of at least 0.4.
    """
    evidence = _evidence(distances, scale)
    if sum(evidence.values()) < MIN_WEIGHT_SHARE:
        return None
    exact = EXACT if float(scale).is_integer() else FRACTIONAL / scale
    fits = {base: _log_likelihood(evidence, base, exact) + math.log(prior) for base, prior in PRIOR.items()}
    without = sum(weight * math.log(1 / MAX_DISTANCE_PX) for weight in evidence.values())
    best = max(fits, key=lambda base: fits[base])
    confidence = 1 / (sum(math.exp(fit - fits[best]) for fit in fits.values()) + math.exp(without - fits[best]))
    if confidence < LIKELY:
        return None
    return SpacingBase(best, _explained(evidence, best, exact), confidence)


def _evidence(distances: Sequence[Distance], scale: float) -> Mapping[tuple[float, bool], float]:
    """Return the weight of each distance: ten occurrences are little more evidence than five."""
    times: defaultdict[tuple[float, bool], float] = defaultdict(float)
    for distance in distances:
        times[round(distance.value * scale) / scale, distance.to_text] += distance.weight
    return {
        distance: DEPENDENT * math.log2(1 + weight) * (1.0 if weight > 1 else ONCE)
        for distance, weight in times.items()
    }


def _log_likelihood(evidence: Mapping[tuple[float, bool], float], base: int, exact: float) -> float:
    frequency = np.arange(1, MAX_DISTANCE_PX // base + 1) ** -RARER
    frequency /= frequency.sum()
    likelihood = 0.0
    for (value, to_text), weight in evidence.items():
        low, high = TEXT if to_text else (-exact, exact)
        multiple = _multiple(value, low, high, base)
        by_scale = frequency[multiple - 1] / (high - low) if multiple else 0.0
        likelihood += weight * math.log(STRAY / MAX_DISTANCE_PX + (1 - STRAY) * by_scale)
    return likelihood


def _multiple(value: float, low: float, high: float, base: int) -> int:
    """Return the multiple of a base that equals a distance within the tolerances low and high; 0 if there is none."""
    multiple = min(round(value / base), int(MAX_DISTANCE_PX // base))
    return multiple if low <= value - multiple * base <= high else 0


def _explained(evidence: Mapping[tuple[float, bool], float], base: int, exact: float) -> float:
    multiples = 0.0
    for (value, to_text), weight in evidence.items():
        low, high = TEXT if to_text else (-exact, exact)
        multiples += weight * bool(_multiple(value, low, high, base))
    return multiples / sum(evidence.values())
