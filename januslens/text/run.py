"""A run: text of one color on one background within one line."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box


class Backdrop(Enum):
    """What lies behind a run."""

    FLAT = "flat"
    GRADIENT = "gradient"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Size:
    """A font size in CSS pixels: the best estimate and the interval that it lies in."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Foreground:
    """A text's color as far as its pixels show it.

    color is the best estimate, and in the picture unless that is lossy. nearest and farthest bound the true color on
    the line from the background through it: nearest is the run's most covered pixel, farthest where the line may end.
    All three are the same where enough pixels show the text unmixed.
    """

    color: Rgb
    nearest: Rgb
    farthest: Rgb

    @property
    def proven(self) -> bool:
        """Whether the picture shows the text's color unmixed."""
        return self.nearest == self.farthest


@dataclass(frozen=True, slots=True)
class Serifs:
    """How many strokes of letters stand on the baseline, and how many are plain: no wider there than a stem."""

    count: int
    plain: int

    def __add__(self, other: "Serifs") -> "Serifs":
        """Return the counts of two runs together."""
        return Serifs(self.count + other.count, self.plain + other.plain)


NO_SERIFS: Final = Serifs(0, 0)


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text of one color on one background within one line.

    background is the color behind it, backgrounds the extremes of what is behind it: the same color where the backdrop
    is flat. letters counts the separate strokes of ink along the line, of which a letter has one or two; it is 0
    where every shape fills its box, as dots and bars do. stem is the usual width of its strokes in CSS pixels. core is
    the rows of the picture, first and last (exclusive), between which its line's low letters were detected, baseline
    the row below which only descenders reach, as its ink shows it. monospaced says that its letters stand in cells of
    one width, as far as there are enough to tell; feet, how its letters stand on the baseline.
    """

    box: Box
    foreground: Foreground
    background: Rgb
    backgrounds: tuple[Rgb, Rgb]
    backdrop: Backdrop
    letters: int
    size: Size
    stem: float
    core: tuple[int, int]
    baseline: int
    monospaced: bool
    serifs: Serifs = NO_SERIFS
