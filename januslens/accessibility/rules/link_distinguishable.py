"""A link inside text must be told from it by more than hue: by an underline, its weight, or 3:1 of contrast to it.

Source: WCAG 2.2, success criterion 1.4.1 (A), https://www.w3.org/TR/WCAG22/#use-of-color, technique G183 and failure
F73: "a contrast ratio of 3:1 with surrounding text".

What pixels can't say: that a run of another color is a link at all, rather than a highlighted word; so only a chromatic
run within a line that is mostly of another color counts, and where the line is short it is `cantTell`. Nor whether an
underline appears on focus or hover, which G183 asks for besides.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.check import Check, Outcome, Reason
from januslens.accessibility.rules.catalog import LINK_DISTINGUISHABLE
from januslens.accessibility.severity import contrast_shortfall, severity
from januslens.color.difference import color_difference
from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb, floored, hex_color
from januslens.text.paragraphs import TextLine
from januslens.text.run import TextRun

MIN_RATIO: Final = 3.0  # G183
DISTINCT: Final = 20.0  # CIEDE2000 from the line's other text: told apart at a glance
CHROMATIC: Final = 40  # levels between the strongest and the weakest channel: less is a gray
SURROUNDED: Final = 1.0  # of the run's own length that the line's other text has at least
PROSE: Final = 24  # strokes of the other text: a sentence, not a label beside its value
ANOTHER_WEIGHT: Final = 1.25  # of the stem's width: weights 400 and 700 differ by 1.4 and more
UNDERLINE_DEPTH: Final = 0.5  # of the core's height below the baseline
UNDERLINED: Final = 0.75  # of the run's width
INK: Final = 0.4  # of the way from the background to the text's color


def check_links(pixels: NDArray[np.uint8], lines: Sequence[TextLine], scale: float) -> Iterator[Check]:
    """Judge each run that stands out of its line by its color. pixels has shape (height, width, 3)."""
    for line in lines:
        main = _main_color(line)
        surrounding = [run for run in line.runs if run.foreground.color == main]
        for run in line.runs:
            if _stands_out(run, surrounding):
                yield _judge(run, surrounding, is_underlined(pixels, run), scale)


def is_underlined(pixels: NDArray[np.uint8], run: TextRun) -> bool:
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


def _judge(run: TextRun, surrounding: Sequence[TextRun], underlined: bool, scale: float) -> Check:
    text = max(surrounding, key=lambda other: other.box.width)
    ratio = contrast_ratio(run.foreground.color, text.foreground.color)
    bolder = run.stem > ANOTHER_WEIGHT * text.stem or text.stem > ANOTHER_WEIGHT * run.stem
    told_apart = underlined or bolder or ratio >= MIN_RATIO
    sentence = sum(other.letters for other in surrounding) >= PROSE
    outcome = Outcome.PASSED if told_apart else Outcome.FAILED if sentence else Outcome.CANT_TELL
    return Check(
        rule=LINK_DISTINGUISHABLE,
        outcome=outcome,
        reason=Reason.PERHAPS_NO_TARGET if outcome is Outcome.CANT_TELL else None,
        severity=0.0 if told_apart else severity(contrast_shortfall(ratio, MIN_RATIO), run.box, scale),
        box=run.box,
        foreground=run.foreground.color,
        background=text.foreground.color,
        ratio=ratio,
        required=MIN_RATIO,
        size=run.size,
        message=_message(run, text, ratio, underlined=underlined, bolder=bolder),
    )


def _message(run: TextRun, text: TextRun, ratio: float, *, underlined: bool, bolder: bool) -> str:
    colors = f"{hex_color(run.foreground.color)} in text of {hex_color(text.foreground.color)}"
    if underlined or bolder:
        return f"What stands out as {colors} is told from it by its {'underline' if underlined else 'weight'} too."
    needs = f"without an underline or another weight a link needs {MIN_RATIO:g}:1."
    return f"What stands out as {colors} differs from it by {floored(ratio):.2f}:1; {needs}"
