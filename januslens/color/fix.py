"""What a color could be changed to."""

from dataclasses import dataclass

from januslens.color.notation import Rgb


@dataclass(frozen=True, slots=True)
class Fix:
    """A color that reaches a contrast ratio in the place of one that doesn't.

    ratio is what it reaches, difference by how much it differs from the color that it replaces: CIEDE2000.
    """

    color: Rgb
    ratio: float
    difference: float
