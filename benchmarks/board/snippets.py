"""Short texts with random colors, sizes, weights, fonts and backgrounds, reproducible by a seed.

Six in ten contrast ratios are spread evenly (in the logarithm) over 2 to 7, where verdicts are decided; two in ten are
within 8 % of the required ratio, and two in ten anywhere from 1.5 to 18. Text is darker or lighter than its background
with equal probability if both are possible. On a gradient or an image the ratio refers to the background's mean, so
that its lowest and highest ratios lie on both sides of it; across two colors, to one of them.
"""

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from benchmarks.truth.css_color import Rgb
from benchmarks.truth.wcag import FLARE, luminance, required_ratio

FAMILIES: Final = ("Liberation Sans", "Liberation Serif", "Liberation Mono", "DejaVu Sans")
SIZES: Final = (10, 11, 12, 12, 13, 14, 14, 15, 16, 16, 18, 18.66, 20, 22, 24, 26, 28, 32, 36, 40)  # CSS px
WEIGHTS: Final = (400, 400, 700)
TEXT: Final = (
    "Account Settings Billing history Save changes Download invoice Reset password Overview Search results Updated "
    "Shipping address Profile Notifications Language Continue Privacy policy Terms Help Sign out 2024 12:30 75% £48.20 "
    "Team members Illustration fill jumping quickly Øresund naïve (optional) hello@example.org"
)
WORDS: Final = TEXT.split()
MAX_WORDS: Final = 4
MAX_LETTER_WIDTH_EM: Final = 0.72  # of the size, on average over a word of DejaVu Sans Bold
GROUNDS: Final = (0.6, 0.2, 0.2)  # shares of solid, gradient, photo
MIN_RATIO: Final = 1.5  # less is not meant to be read


class Kind(StrEnum):
    """The kind of a background."""

    SOLID = "solid"
    GRADIENT = "gradient"
    PHOTO = "photo"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of a second color behind a part of a text, as of a progress bar, a selection, a chip or a column.

    The edges are fractions of the text's box, whose left and top are 0 and whose right and bottom are 1. radius is that
    of the corners in CSS px; slant is the angle in degrees by which the left and right edges lean.
    """

    left: float
    top: float
    right: float
    bottom: float
    radius: int = 0
    slant: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """The background of a text: one color, two colors of a gradient with its angle in degrees, or a photo's mean color.

    contrast is the standard deviation of a photo's pixels in levels of 0 to 255; seed makes it reproducible. patch has
    the second of two colors, and is None for other kinds than SPLIT.
    """

    kind: Kind
    colors: tuple[Rgb, ...]
    angle: int = 0
    contrast: float = 0.0
    seed: int = 0
    patch: Patch | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line of text; its size is in CSS px, shift the fraction of a CSS px by which it is moved to the right."""

    text: str
    color: Rgb
    size: float
    weight: int
    family: str
    shift: float
    ground: Ground

    @property
    def required(self) -> float:
        """The contrast ratio that WCAG level AA requires of the text: 3 for large text, otherwise 4.5."""
        return required_ratio(self.size, self.weight)


def draw_snippet(random: np.random.Generator, width: float, *, split: bool = False) -> Snippet:
    """Draw a random snippet that is at most `width` CSS px wide, unless its first word is wider.

    If split, its background is of two colors, whose border crosses the text.
    """
    size, weight = float(pick(random, SIZES)), pick(random, WEIGHTS)
    text = _draw_text(random, width / (size * MAX_LETTER_WIDTH_EM))
    while True:
        ground = _draw_split(random) if split else _draw_ground(random)
        color = draw_color(random, _light(random, ground), _draw_ratio(random, required_ratio(size, weight)))
        if color is not None:
            break
    return Snippet(text, color, size, weight, pick(random, FAMILIES), float(random.integers(4)) / 4, ground)


def pick[T](random: np.random.Generator, options: Sequence[T]) -> T:
    """Draw one of the options."""
    return options[int(random.integers(len(options)))]


def _draw_text(random: np.random.Generator, letters: float) -> str:
    words = [pick(random, WORDS) for _ in range(random.integers(1, MAX_WORDS + 1))]
    while len(words) > 1 and len(" ".join(words)) > letters:
        words.pop()
    return " ".join(words)


def _draw_ratio(random: np.random.Generator, required: float) -> float:
    chance = random.random()
    if chance < 0.6:  # noqa: PLR2004  the shares that the docstring states
        return float(np.exp(random.uniform(np.log(2), np.log(7))))
    if chance < 0.8:  # noqa: PLR2004
        return float(required * random.uniform(0.92, 1.08))
    return float(np.exp(random.uniform(np.log(MIN_RATIO), np.log(18))))


def _draw_ground(random: np.random.Generator) -> Ground:
    kind = tuple(Kind)[random.choice(len(GROUNDS), p=GROUNDS)]
    color = _draw_background(random)
    if kind is Kind.GRADIENT:
        return Ground(kind, (color, _shifted(random, color)), angle=int(45 * random.integers(8)))
    if kind is Kind.PHOTO:
        return Ground(kind, (color,), contrast=float(random.uniform(4, 45)), seed=int(random.integers(1 << 31)))
    return Ground(kind, (color,))


def _draw_background(random: np.random.Generator) -> Rgb:
    """Draw white, a light tint, a dark shade, or any color."""
    chance, hue = random.random(), random.random()
    if chance < 0.25:  # noqa: PLR2004  shares of our choosing: most screens are white, light or dark
        return 255, 255, 255
    if chance < 0.4:  # noqa: PLR2004
        return from_hsl(hue, random.uniform(0.88, 0.99), random.random())
    if chance < 0.6:  # noqa: PLR2004
        return from_hsl(hue, random.uniform(0.02, 0.2), random.random())
    return from_hsl(hue, random.uniform(0.1, 0.95), random.random())


def _shifted(random: np.random.Generator, color: Rgb) -> Rgb:
    """Return the other end of a gradient: a color of another lightness, and usually of a similar hue."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in color))
    shift = random.uniform(0.04, 0.5) * (1 if random.random() < 1 - lightness else -1)
    return from_hsl((hue + random.normal(0, 0.08)) % 1, min(1.0, max(0.0, lightness + shift)), saturation)


def _draw_split(random: np.random.Generator) -> Ground:
    """Draw two colors, similar or not, and where in the text the second one begins and ends."""
    first = _draw_background(random)
    second = _shifted(random, first) if random.random() < 0.5 else _draw_background(random)  # noqa: PLR2004  half each
    edge, other = float(random.uniform(0.05, 0.95)), float(random.uniform(0.1, 0.5))
    far, radius = 3.0, int(pick(random, (0, 4, 99)))
    patch = pick(
        random,
        (
            Patch(-far, -far, edge, 1 + far),  # a split page, or a progress bar that fills its cell
            Patch(edge, -far, 1 + far, 1 + far, slant=20),
            Patch(-0.03, -0.1, edge, 1.1, radius),  # a chip, or a low progress bar
            Patch(edge - other / 2, 0, edge + other / 2, 1),  # selected letters
            Patch(-far, -far, 1 + far, float(random.uniform(0.35, 0.65))),  # the lower edge of a header
        ),
    )
    return Ground(Kind.SPLIT, (first, second), patch=patch)


def _light(random: np.random.Generator, ground: Ground) -> float:
    """Return the luminance that a text's ratio refers to: the mean of the background's colors, or one of them."""
    lights: list[float] = luminance(ground.colors).tolist()
    return pick(random, lights) if ground.kind is Kind.SPLIT else float(np.mean(lights))


def draw_color(random: np.random.Generator, background: float, ratio: float) -> Rgb | None:
    """Draw a color with about the given contrast ratio to a luminance; None if no color has it."""
    lighter, darker = (background + FLARE) * ratio - FLARE, (background + FLARE) / ratio - FLARE
    possible = [light for light in (lighter, darker) if 0 <= light <= 1]
    if not possible:
        return None
    target = pick(random, possible)
    hue, saturation = random.random(), pick(random, (0.0, random.random()))
    low, high = 0.0, 1.0
    for _ in range(16):
        middle = (low + high) / 2
        if luminance(from_hsl(hue, middle, saturation)) < target:
            low = middle
        else:
            high = middle
    return from_hsl(hue, high, saturation)


def from_hsl(hue: float, lightness: float, saturation: float) -> Rgb:
    """Return the 8-bit sRGB value of a color in HSL; all three numbers are from 0 to 1."""
    red, green, blue = (round(255 * channel) for channel in colorsys.hls_to_rgb(hue, lightness, saturation))
    return red, green, blue
