"""Modular scale of font sizes: each size is the body text size times a power of one ratio.

Source of the ratios: Robert Bringhurst, "The Elements of Typographic Style", 8.1, and the musical intervals by which
https://www.modularscale.com names them. Seconds are not considered: sizes in whole pixels cannot distinguish their
steps.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

RATIOS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "minor third": 6 / 5,
        "major third": 5 / 4,
        "perfect fourth": 4 / 3,
        "augmented fourth": math.sqrt(2),
        "perfect fifth": 3 / 2,
        "golden section": (1 + math.sqrt(5)) / 2,
    }
)
MIN_SIZES: Final = 4
OFF: Final = (
    0.75  # CSS px by which a size may miss its step: sizes are rounded to whole pixels and measured to about one
)
BY_CHANCE: Final = 0.05  # largest probability that sizes which follow no scale fit one of the ratios as well


@dataclass(frozen=True, slots=True)
class ModularScale:
    """A modular scale of font sizes: each is the body text size times a power of one ratio.

    name is the usual name of the ratio, such as `major third`. chance is the probability that the sizes fit one of the
    known ratios by chance.
    """

    name: str
    ratio: float
    chance: float


def modular_scale(sizes: Sequence[float], body: float) -> ModularScale | None:
    """Return the modular scale that all font sizes follow, from the body text size; sizes and body are in CSS pixels.

    A size may miss its step by 0.75 CSS px. Returns None if the sizes follow none of six usual ratios, are fewer than
    four, or are likely to fit by chance.
    """
    others = [size for size in sizes if size != body]
    if len(others) < MIN_SIZES - 1:
        return None
    fitting = [
        ModularScale(name, ratio, len(RATIOS) * _chance(others, body, ratio))
        for name, ratio in RATIOS.items()
        if all(_misses(size, body, ratio) <= OFF for size in others)
    ]
    best = min(fitting, key=lambda scale: scale.chance, default=None)
    return best if best is not None and best.chance <= BY_CHANCE else None


def _misses(size: float, body: float, ratio: float) -> float:
    return abs(size - body * ratio ** _step(size, body, ratio))


def _step(size: float, body: float, ratio: float) -> int:
    """Return the power of the ratio closest to a size that is not the body text size itself."""
    step = round(math.log(size / body, ratio))
    return step or int(math.copysign(1, size - body))


def _chance(sizes: Sequence[float], body: float, ratio: float) -> float:
    """Return the probability that sizes anywhere between the adjacent steps are as close to a step."""
    steps = (body * ratio ** _step(size, body, ratio) for size in sizes)
    return math.prod(min(1.0, 2 * OFF / (step * (math.sqrt(ratio) - 1 / math.sqrt(ratio)))) for step in steps)
