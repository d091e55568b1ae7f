"""Animations that flash, frame by frame."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from januslens.accessibility.flashing.analysis import analyze_flashing
from januslens.accessibility.flashing.result import FlashAnalysis
from januslens.decode.animation.frames import Animation, Frame

Color = tuple[int, int, int]
Area = tuple[int, int, int, int]  # x, y, width, height

BLACK: Final = (0, 0, 0)
WHITE: Final = (255, 255, 255)
SMALL: Final = 0.05  # a scale at which a visual field is of few pixels
FIELD: Final = (18, 13)  # pixels, of 341 × 256 CSS px at that scale
ALL: Final = (0, 0, *FIELD)


def gray(level: int) -> Color:
    return level, level, level


def frame(colors: dict[Area, Color], duration: float, size: tuple[int, int] = FIELD, rest: Color = BLACK) -> Frame:
    pixels = np.full((size[1], size[0], 3), rest, np.uint8)
    for (x, y, width, height), color in colors.items():
        pixels[y : y + height, x : x + width] = color
    return Frame(pixels, duration)


def shown(colors: Iterable[Color], duration: float, area: Area = ALL, size: tuple[int, int] = FIELD) -> list[Frame]:
    """Frames whose area takes on colors, each for the same time."""
    return [frame({area: color}, duration, size) for color in colors]


def analyzed(frames: Sequence[Frame], *, scale: float = SMALL, plays: int | None = 1) -> FlashAnalysis:
    return analyze_flashing(Animation(plays, iter(frames)), scale)
