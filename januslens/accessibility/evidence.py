"""The `Evidence` record: the measurements of an image that the rules judge.

Nothing here needs NumPy, and so the rules do not either: their metadata is also read where no image is analyzed.
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
    """A run of text with its contrast ratio to its background.

    ratio is that of the likeliest color of the text. low and high are the bounds of the true ratio, which allow for
    anti-aliasing, an uneven background and lossy compression.
    """

    run: TextRun
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MeasuredControl:
    """A control, and the highest contrast ratio between two colors that meet at its boundary.

    foreground and background are these two colors, among those of the fill, the border and the surroundings; ratio is
    their contrast ratio.
    """

    control: Control
    foreground: Rgb
    background: Rgb
    ratio: float


@dataclass(frozen=True, slots=True)
class LinkInText:
    """A run of text that may be a link: its color is chromatic and differs from that of the other text in its line.

    around is the longest run of that other text; letters is the number of strokes of all of it, of which a letter has
    one or two. ratio is the contrast ratio between the colors of run and around. underlined says that a line is drawn
    below the run. bolder says that the strokes of either run or around are clearly wider than those of the other.
    """

    run: TextRun
    around: TextRun
    letters: int
    ratio: float
    underlined: bool
    bolder: bool


@dataclass(frozen=True, slots=True)
class MergingAreas:
    """Two colors of neighboring flat areas that look alike to people with some color vision deficiencies.

    Normal vision tells the two colors apart. ratio is their contrast ratio. box, in image pixels, encloses all places
    where areas of the two colors meet. deficiencies are those with which the colors look alike: protan, deutan, tritan
    or achromatopsia.
    """

    one: Rgb
    other: Rgb
    ratio: float
    box: Box
    deficiencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The measurements of an image that the rules judge.

    whole is the box of the image. lossy says that compression may have changed colors. texts are its runs of text with
    their contrast, lines the same runs joined to lines, and links the runs that may be links inside text. targets are
    the parts that may be targets of a pointer; near has one entry per target: the other targets that are too close to
    it, empty if it is at least 24 by 24 CSS px. surely_near has those that are so at each scale that the image may
    have, perhaps_near those that are so at one of them. areas are the pairs of colors that look alike with a color
    vision deficiency. stride is the distance in image pixels at which areas were sampled. flashes is None if the image
    is not animated.
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
    surely_near: Sequence[Sequence[Target]] = ()
    perhaps_near: Sequence[Sequence[Target]] = ()
    areas: Sequence[MergingAreas] = ()
    stride: int = 1
    flashes: FlashAnalysis | None = None
