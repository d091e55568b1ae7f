"""Suggested replacement of a color."""

from dataclasses import dataclass

from januslens.color.notation import Rgb


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement color that reaches a required contrast ratio.

    ratio is the contrast ratio that it reaches. difference is its CIEDE2000 difference from the color that it replaces.
    """

    color: Rgb
    ratio: float
    difference: float
