"""Runs that differ from the text around them by their hue: what may be a link inside text."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.evidence import LinkInText
from januslens.color.difference import color_difference
from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb
from januslens.text.paragraphs import TextLine
from januslens.text.run import TextRun

DISTINCT: Final = 20.0  # CIEDE2000 from the line's other text: told apart at a glance
CHROMATIC: Final = 40  # levels between the strongest and the weakest channel: less is a gray
SURROUNDED: Final = 1.0  # of the run's own length that the line's other text has at least
ANOTHER_WEIGHT: Final = 1.25  # of the stem's width: weights 400 and 700 differ by 1.4 and more
UNDERLINE_DEPTH: Final = 0.5  # of the core's height below the baseline
UNDERLINED: Final = 0.75  # of the run's width
INK: Final = 0.4  # of the way from the background to the text's color


def find_links_in_text(pixels: NDArray[np.uint8], lines: Sequence[TextLine]) -> Iterator[LinkInText]:
    """Yield the runs of text that may be links because their color stands out from the rest of their line.

    pixels are those of the image, sRGB, shape (height, width, 3). A run counts if its color is chromatic, is certain,
    and differs by 20 or more (CIEDE2000) from the main color of its line, and if the text in the main color is at least
    as long as the run. Lines of a single color, runs in a gray, and single strokes yield nothing.
    """
    for line in lines:
        main = _main_color(line)
        surrounding = [run for run in line.runs if run.foreground.color == main]
        for run in line.runs:
            if _stands_out(run, surrounding):
                yield _link(pixels, run, surrounding)


def _is_underlined(pixels: NDArray[np.uint8], run: TextRun) -> bool:
    """Whether a line in about the text's color runs below a run's low letters."""
    top, bottom = run.core
    reach = max(2, round(UNDERLINE_DEPTH * (bottom - top)))
    box = run.box
    below = pixels[bottom : bottom + reach + 1, box.x : box.x + box.width].astype(np.float64)
    toward = np.subtract(run.foreground.color, run.background)
    share = (below - run.background) @ toward / max(float(toward @ toward), 1.0)
    return bool((np.mean(share >= INK, axis=1) >= UNDERLINED).any()) if share.size else False


def _main_color(line: TextLine) -> Rgb:
    lengths: dict[Rgb, int] = {}
    for run in line.runs:
        lengths[run.foreground.color] = lengths.get(run.foreground.color, 0) + run.box.width
    return max(lengths, key=lambda color: lengths[color])


def _stands_out(run: TextRun, surrounding: Sequence[TextRun]) -> bool:
    color = run.foreground.color
    return (
        run not in surrounding
        and run.letters > 1
        and run.foreground.proven
        and max(color) - min(color) >= CHROMATIC
        and all(color_difference(color, other.foreground.color) >= DISTINCT for other in surrounding[:1])
        and any(other.background == run.background for other in surrounding)
        and sum(other.box.width for other in surrounding) >= SURROUNDED * run.box.width
    )


def _link(pixels: NDArray[np.uint8], run: TextRun, surrounding: Sequence[TextRun]) -> LinkInText:
    around = max(surrounding, key=lambda other: other.box.width)
    return LinkInText(
        run=run,
        around=around,
        letters=sum(other.letters for other in surrounding),
        ratio=contrast_ratio(run.foreground.color, around.foreground.color),
        underlined=_is_underlined(pixels, run),
        bolder=run.stem > ANOTHER_WEIGHT * around.stem or around.stem > ANOTHER_WEIGHT * run.stem,
    )
