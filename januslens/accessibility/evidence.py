"""The evidence that rules judge: the text, links, controls, targets, areas and flashes of an image, as measured.

Nothing here needs NumPy, so neither do the rules: their metadata is read where no image is ever analyzed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from januslens.accessibility.flashing.result import FlashAnalysis
from januslens.accessibility.targets import Target
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.decode.scale import Scale
from januslens.layout.control import Control
from januslens.text.paragraphs import TextLine
from januslens.text.run import TextRun


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """A run of text, the contrast ratio of its likeliest color, and the lowest and highest that it may have."""

    run: TextRun
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MeasuredControl:
    """A control, and the two colors that differ most of those that meet at its boundary."""

    control: Control
    foreground: Rgb
    background: Rgb
    ratio: float


@dataclass(frozen=True, slots=True)
class LinkInText:
    """A run that differs from the text around it by its hue: what may be a link.

    around is the longest run of that text, letters the strokes of all of it; ratio is the contrast between the two.
    """

    run: TextRun
    around: TextRun
    letters: int
    ratio: float
    underlined: bool
    bolder: bool


@dataclass(frozen=True, slots=True)
class MergingAreas:
    """Two neighboring areas whose colors look alike with color vision deficiencies, and the box of where they meet."""

    one: Rgb
    other: Rgb
    ratio: float
    box: Box
    deficiencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The measurements of an image that rules judge.

    whole is the box of the image. near holds for each target, where it is undersized, those that are too near to it.
    lossy says that compression may have changed colors. stride is the distance in image pixels at which areas were
    sampled. flashes is None where the image isn't animated.
    """

    scale: Scale
    whole: Box
    lossy: bool = False
    texts: Sequence[MeasuredText] = ()
    lines: Sequence[TextLine] = ()
    links: Sequence[LinkInText] = ()
    controls: Sequence[MeasuredControl] = ()
    targets: Sequence[Target] = ()
    near: Sequence[Sequence[Target]] = ()
    areas: Sequence[MergingAreas] = ()
    stride: int = 1
    flashes: FlashAnalysis | None = None
