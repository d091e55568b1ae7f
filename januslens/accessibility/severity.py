"""The severity of a finding, from 0 to 1: its shortfall, weighted by the area that it concerns.

WCAG has no degrees: a criterion is met or not. The severity is our choice of an order in which to fix things. The
weight is 0.5 for a tiny area, and approaches 1 for much text or large text.
"""

from typing import Final

from januslens.decode.geometry import Box

USUAL_AREA: Final = 2000.0  # CSS px²: a line of 16 px type of some 20 letters
MIN_WEIGHT: Final = 0.5  # of a finding that concerns next to nothing


def severity(shortfall: float, box: Box, scale: float) -> float:
    """Return the severity of a finding, from 0 to 1: its shortfall, weighted by the area of its box.

    shortfall is 0 if the requirement is just met, and 1 at the farthest from it; it is clipped to this range. The
    weight is 0.5 for a tiny area and approaches 1 for a large one. box is in image pixels, scale in image pixels per
    CSS pixel.
    """
    area = box.width * box.height / scale**2
    weight = MIN_WEIGHT + (1 - MIN_WEIGHT) * area / (area + USUAL_AREA)
    return min(max(shortfall, 0.0), 1.0) * weight


def contrast_shortfall(ratio: float, required: float) -> float:
    """Return how far a contrast ratio falls short of the required one.

    The result is 1 at a ratio of 1, where both colors are the same. It decreases linearly to 0 at the required ratio,
    and stays 0 above it.
    """
    return max(0.0, (required - ratio) / (required - 1))
