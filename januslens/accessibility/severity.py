"""The severity of a finding, from 0 to 1: its shortfall, weighted by the area of the image that it concerns.

WCAG knows no degrees: a criterion is met or not. The order in which to mend things is our choice. A shortfall counts by
itself, and up to twice as much where a good deal of text, or large text, is concerned.
"""

from typing import Final

from januslens.decode.geometry import Box

USUAL_AREA: Final = 2000.0  # CSS px²: a line of 16 px type of some 20 letters
MIN_WEIGHT: Final = 0.5  # of a finding that concerns next to nothing


def severity(shortfall: float, box: Box, scale: float) -> float:
    """Return how much a finding matters. shortfall is 0 where the need is just met, 1 where nothing is there."""
    area = box.width * box.height / scale**2
    weight = MIN_WEIGHT + (1 - MIN_WEIGHT) * area / (area + USUAL_AREA)
    return min(max(shortfall, 0.0), 1.0) * weight


def contrast_shortfall(ratio: float, required: float) -> float:
    """Return how far a contrast ratio falls short: 1 where both colors are the same, 0 where it suffices."""
    return max(0.0, (required - ratio) / (required - 1))
