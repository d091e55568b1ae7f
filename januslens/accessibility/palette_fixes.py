"""One fix for a color that fails in several places: the palette is mended once, not each of its uses."""

from dataclasses import dataclass

from januslens.color.fix import Fix
from januslens.color.notation import Rgb


@dataclass(frozen=True, slots=True)
class PaletteFix:
    """A text color, the backgrounds that it fails on, and what would do on all of them; its ratio is the lowest."""

    color: Rgb
    on: tuple[Rgb, ...]
    fix: Fix
