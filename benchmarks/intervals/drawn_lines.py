"""Random lines of text in a script and a font, reproducible by a seed.

A page has cards of four lines on one background each, light or dark with equal probability. Six in ten contrast ratios
are within 6 % of 3, 4.5 or 7, where verdicts are decided; the others are spread evenly (in the logarithm) over 1.3 to
15. Every weight of the font occurs equally often, every size from 9 to 40 CSS px, small ones more often.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.board.snippets import draw_color, from_hsl, pick
from benchmarks.pages.sentences import Script
from benchmarks.truth.css_color import Rgb
from benchmarks.truth.wcag import luminance

FONTS: Final = Path(__file__).with_name("fonts.toml")
SIZES: Final = (9, 10, 11, 12, 12, 13, 13, 14, 14, 14, 15, 16, 16, 17, 18, 18.66, 20, 22, 23, 24, 25, 28, 32, 36, 40)
"""Font sizes in CSS px; those of body text are repeated."""
WEIGHTS: Final = range(100, 1000, 100)
LIMITS: Final = (3.0, 4.5, 7.0)
"""Contrast ratios that WCAG requires at levels AA and AAA, of large and other text."""
NEAR: Final = 0.6  # share of ratios that are near a limit
WITHIN: Final = 0.06  # of a limit
RATIOS: Final = (1.3, 15.0)
WORDS: Final = (2, 7)
SQUARE_SCRIPTS: Final = frozenset({"han", "japanese", "korean"})
MAX_LETTER_WIDTH_EM: Final = 0.75
"""Of the size, on average over a line of letters at weight 900; 1 in scripts whose letters fill a square."""
LINES: Final = 4  # of a card


@dataclass(frozen=True, slots=True)
class Font:
    """A variable font of an npm package with its least and greatest weight, and the scripts that it is drawn for."""

    list: str
    name: str
    version: str
    license: str
    integrity: str
    family: str
    weights: tuple[int, int]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of text; its size is in CSS px, shift the fraction of a CSS px by which it is moved."""

    text: str
    color: Rgb
    size: float
    weight: int
    shift: float


@dataclass(frozen=True, slots=True)
class Card:
    """Lines of text on a background of one color."""

    ground: Rgb
    lines: tuple[DrawnLine, ...]


def read_fonts(path: Path = FONTS) -> Iterator[Font]:
    """Yield the fonts of a file, in its order."""
    fonts: list[dict[str, Any]] = tomllib.loads(path.read_text())["font"]
    for font in fonts:
        yield Font(**font | {"weights": tuple(font["weights"]), "scripts": tuple(font["scripts"])})


def draw_card(random: np.random.Generator, script: Script, font: Font, width: float) -> Card:
    """Draw a card whose lines are at most about `width` CSS px wide, unless the first word is wider."""
    ground = _draw_ground(random)
    return Card(ground, tuple(_draw_line(random, script, font, ground, width) for _ in range(LINES)))


def _draw_line(random: np.random.Generator, script: Script, font: Font, ground: Rgb, width: float) -> DrawnLine:
    size = float(pick(random, SIZES))
    weight = pick(random, [weight for weight in WEIGHTS if font.weights[0] <= weight <= font.weights[1]])
    text = _draw_text(random, script, width / (size * (1 if script.name in SQUARE_SCRIPTS else MAX_LETTER_WIDTH_EM)))
    while True:
        color = draw_color(random, float(luminance(ground)), _draw_ratio(random))
        if color is not None:
            return DrawnLine(text, color, size, weight, float(random.integers(4)) / 4)


def _draw_text(random: np.random.Generator, script: Script, letters: float) -> str:
    sentence = pick(random, script.sentences)
    first = int(random.integers(max(1, len(sentence) - WORDS[0])))
    words = [*sentence[first : first + int(random.integers(WORDS[0], WORDS[1] + 1))]]
    while len(words) > 1 and len(script.joiner.join(words)) > letters:
        words.pop()
    return script.joiner.join(words)


def _draw_ratio(random: np.random.Generator) -> float:
    if random.random() < NEAR:
        return float(pick(random, LIMITS) * random.uniform(1 - WITHIN, 1 + WITHIN))
    return float(np.exp(random.uniform(*np.log(RATIOS))))


def _draw_ground(random: np.random.Generator) -> Rgb:
    """Draw white, black, a light tint or a dark shade: a light and a dark one with equal probability."""
    light, hue, saturation = random.random() < 0.5, random.random(), random.random()  # noqa: PLR2004  half of them
    if random.random() < 0.4:  # noqa: PLR2004  a share of our choosing: most light pages are white, few dark ones black
        return (255, 255, 255) if light else (18, 18, 18)
    return from_hsl(hue, random.uniform(0.9, 0.99) if light else random.uniform(0.02, 0.2), saturation)
