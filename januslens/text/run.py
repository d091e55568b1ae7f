"""Runs: text of one color on one background within one line."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from math import dist
from typing import Final

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.decode.scale import Scale
from januslens.text.script import Script


class Backdrop(Enum):
    """The kind of background behind a run of text: a flat color, a gradient, or an image.

    GRADIENT includes other backgrounds that change only slightly, IMAGE is any other irregular background.
    """

    FLAT = "flat"
    GRADIENT = "gradient"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Size:
    """A measured size in CSS pixels, of a font or of a target's side: the best estimate, and bounds of the true one."""

    value: float
    low: float
    high: float

    def over(self, scale: Scale) -> "Size":
        """Return the size, measured at the scale's value, with bounds that hold for every scale that it may be."""
        return Size(self.value, self.low * scale.smallest_factor, self.high * scale.largest_factor)


@dataclass(frozen=True, slots=True)
class Foreground:
    """The color of a run of text, as far as its anti-aliased pixels show it.

    color is the best estimate; it occurs in the image unless that is lossy. nearest and farthest bound the true color
    on the line from the background through it: nearest is what the run's most covered pixels show (of a lossy image,
    the estimate from such pixels), farthest the last color at which the line may end. if_reduced are both bounds in
    case that the image was reduced in size; None if that makes no difference. if_joined is the nearest color in case
    that its letters are joined, and overlap: translucent text is painted twice there. unmixed says that enough pixels
    show the text's color unmixed; all three are equal then, unless the text is drawn in a way that rounds its color.
    mixed says that a part of the run may have the nearest color itself.
    """

    color: Rgb
    nearest: Rgb
    farthest: Rgb
    if_reduced: tuple[Rgb, Rgb] | None = field(default=None, compare=False)
    if_joined: Rgb | None = field(default=None, compare=False)
    unmixed: bool = field(default=False, compare=False)
    mixed: bool = field(default=False, compare=False)

    @property
    def proven(self) -> bool:
        """Whether the text's color is certain, mostly because enough of its pixels show it unmixed."""
        return self.unmixed or self.nearest == self.farthest


def spanning(parts: Sequence[Foreground], ground: Rgb) -> Foreground:
    """Return the foreground of text on a ground whose parts show these: that of the strongest, with bounds for all."""

    def contrast(color: Rgb) -> float:
        return dist(color, ground)

    near, far = zip(*((one.nearest, one.farthest) for one in parts), strict=True)
    near_if, far_if = zip(*(one.if_reduced or (one.nearest, one.farthest) for one in parts), strict=True)
    reduced = any(one.if_reduced for one in parts)
    return Foreground(
        max((one.color for one in parts), key=contrast),
        min(near, key=contrast),
        max(far, key=contrast),
        (min(near_if, key=contrast), max(far_if, key=contrast)) if reduced else None,
        mixed=True,
    )


@dataclass(frozen=True, slots=True)
class Serifs:
    """The number of a run's stroke ends on the baseline, and how many of them are plain: at most 1.2 stems wide.

    A font without serifs has many plain ends, one with serifs few. Both are 0 if there is nothing to measure.
    """

    count: int
    plain: int

    def __add__(self, other: "Serifs") -> "Serifs":
        """Return the sums of both counts of two runs."""
        return Serifs(self.count + other.count, self.plain + other.plain)


NO_SERIFS: Final = Serifs(0, 0)


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run: text of one color on one background within one line of an image, as measured from its pixels.

    box, in image pixels, is as wide as the ink and includes the room of ascenders and descenders. background is the
    color behind it, backgrounds are the darkest and lightest color behind it (equal on a flat backdrop without noise).
    letters is the number of separate strokes of ink along the line, of which a letter has one or two; it is 0 if every
    shape fills its box, as dots and bars do. size is the font size in CSS pixels, stem the usual width of its strokes
    in CSS pixels. core is the range of image rows, first and last (exclusive), in which the line's x-height was
    detected. baseline is the image row below which only descenders reach, as its ink shows. monospaced says that its
    letters occupy cells of one width; it is False if there are too few to tell. serifs counts stroke ends on the
    baseline. scripts are those that it may be written in. What the text says is not part of it.
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
    scripts: frozenset[Script] = frozenset({Script.LATIN})

    def at(self, scale: float) -> "TextRun":
        """Return the run, measured at a scale of 1, with its sizes in CSS pixels at another scale."""
        size = Size(self.size.value / scale, self.size.low / scale, self.size.high / scale)
        return replace(self, size=size, stem=self.stem / scale)
