"""The contrast of text to its background: the ratio of its likeliest color, and the bounds of the true one.

The bounds hold whatever the text's true color is within its own bounds, and whatever compression has done to it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.evidence import MeasuredText
from januslens.color.luminance import contrast_ratio, luminance, ratio_of_luminances
from januslens.color.notation import Rgb
from januslens.decode.lossy import NO_LOSS, Loss
from januslens.text.run import TextRun

LOSSY_RATIOS: Final = (0.9, 1.2)
"""The true ratio as a multiple of the measured one: 98 in 100 of 5,184 lines in JPEG files of quality 90, and of 2,645
at quality 60."""
THIN_CHROMA_RATIOS: Final = (0.75, 1.25)
"""The same where chroma is thin: 95 in 100 of 860 lines of known color at quality 90, read without restoring it."""
STEPS: Final = 8  # from the nearest to the farthest color of a text: channels may change in opposite directions
SUBSAMPLED_STEM: Final = 4.0  # pixels: lossy WebP keeps one chroma for 2 x 2, and smoothes it over more
LUMA: Final = (0.299, 0.587, 0.114)  # ITU-R BT.601, as in JFIF
CHROMA_LOSS: Final = (1.5, 2.0, 3.0)
"""How many times farther from the background's the chroma of a thin stroke may be than is seen, as it is averaged with
what is around. Luma is kept for each pixel; but a saturated red has 2.5 times the relative luminance of a gray of its
luma."""


def measure_texts(runs: Sequence[TextRun], scale: float, loss: Loss) -> list[MeasuredText]:
    """Return each run of text with its contrast ratio to its background, and the bounds of the true ratio.

    The bounds hold for any color that the text and the background may truly have, and allow for what compression has
    changed. scale is in image pixels per CSS pixel; loss is the effect of compression on the image's colors.
    """
    return [
        MeasuredText(run, contrast_ratio(run.foreground.color, run.background), *_ratio_bounds(run, scale, loss))
        for run in runs
    ]


def _ratio_bounds(run: TextRun, scale: float, loss: Loss) -> tuple[float, float]:
    """Return the lowest and highest ratio of any color that the text may have on any background behind it."""
    colors = set(_between(run.foreground.nearest, run.foreground.farthest))
    if loss.thin_chroma and run.stem * scale < SUBSAMPLED_STEM:
        colors |= {faded for color in colors for faded in _before_subsampling(color, run.background)}
    text = [luminance(color) for color in colors]
    behind = [luminance(extreme) for extreme in run.backgrounds]
    meet = min(text) <= max(behind) and min(behind) <= max(text)  # somewhere between the background's extremes
    ratios = [ratio_of_luminances(one, other) for one in text for other in behind]
    least, most = THIN_CHROMA_RATIOS if loss.thin_chroma else LOSSY_RATIOS if loss != NO_LOSS else (1.0, 1.0)
    return 1.0 if meet else max(1.0, min(ratios) * least), max(ratios) * most


def _between(one: Rgb, other: Rgb) -> Iterator[Rgb]:
    """Yield both colors, and some on the line between them, whose luminance may be less than that of both."""
    for step in range(STEPS + 1 if one != other else 1):
        red, green, blue = (round(start + step / STEPS * (end - start)) for start, end in zip(one, other, strict=True))
        yield red, green, blue


def _before_subsampling(color: Rgb, background: Rgb) -> Iterator[Rgb]:
    """Yield colors of the same luma whose chroma, averaged with the background's, may have become a color's."""
    luma, around = _luma(color), _luma(background)
    for times in CHROMA_LOSS:
        channels = zip(color, background, strict=True)
        red, green, blue = (
            min(max(round(luma + (behind - around) + times * ((seen - luma) - (behind - around))), 0), 255)
            for seen, behind in channels
        )
        yield red, green, blue


def _luma(color: Rgb) -> float:
    return sum(weight * channel for weight, channel in zip(LUMA, color, strict=True))
