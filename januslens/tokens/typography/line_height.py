"""Line heights, measured between the baselines of paragraphs.

Lines form a paragraph if each except the last fills about the width of the widest, as lines of wrapped text do and the
items of a list do not.

Limits: text that never wraps has no visible line height. The ratio to the font size is as uncertain as the font size;
the distance in pixels is exact.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from januslens.text.paragraphs import TextLine, paragraphs, text_lines
from januslens.text.run import TextRun
from januslens.tokens.recurring import Recurring, Tolerance, recurring
from januslens.tokens.typography.text_styles import TextStyle

MIN_STROKES: Final = 3  # of a run: fewer may be an icon
FILLED: Final = 0.75  # of the widest line's width, that all lines but the last have: a word of a fourth is rare
WIDE: Final = 12  # font sizes: narrower columns hold labels
MAX_PITCH_EM: Final = 1.9  # font sizes from one baseline to the next: what is farther apart is a list
UNEVEN: Final = 1.0  # CSS px by which such distances differ: half of one is rounded on each side
ALIKE: Final = Tolerance(0.0, 0.75)


def observed_pitches(
    runs: Sequence[TextRun], styles: Sequence[TextStyle], scale: float
) -> Mapping[TextStyle, Recurring]:
    """Find the usual distance between baselines, in CSS pixels, of each style in which wrapped paragraphs are set.

    The weight of a distance is the number of lines that show it. Styles without wrapped paragraphs of at least two
    lines are omitted. runs are the text of an image; scale is in image pixels per CSS pixel.
    """
    owner = {id(run): style for style in styles for run in style.runs}
    pitches: defaultdict[TextStyle, list[tuple[float, int]]] = defaultdict(list)
    lines = text_lines([run for run in runs if run.letters >= MIN_STROKES], scale)
    for paragraph in (part for lines in paragraphs(lines, scale) for part in _evenly_spaced(lines, UNEVEN * scale)):
        style = owner.get(id(paragraph[0].main))
        if style is not None and _is_wrapped(paragraph, style.size * scale):
            distance = paragraph[-1].baseline - paragraph[0].baseline
            pitches[style].append((distance / (len(paragraph) - 1) / scale, len(paragraph)))
    return {style: _usual(pitches[style]) for style in styles if style in pitches}


def _evenly_spaced(lines: Sequence[TextLine], uneven: float) -> Iterator[Sequence[TextLine]]:
    """Split lines where the next one is farther below than usual, as that of another paragraph; at least two each."""
    pitches = np.diff([line.baseline for line in lines])
    ends = [*(np.flatnonzero(pitches > pitches.min() + uneven) + 1).tolist(), len(lines)]
    for start, end in pairwise([0, *ends]):
        if end - start > 1:
            yield lines[start:end]


def _is_wrapped(paragraph: Sequence[TextLine], size: float) -> bool:
    widths = [line.box.width for line in paragraph]
    pitch = (paragraph[-1].baseline - paragraph[0].baseline) / (len(paragraph) - 1)
    return pitch <= MAX_PITCH_EM * size and max(widths) >= WIDE * size and min(widths[:-1]) >= FILLED * max(widths)


def _usual(pitches: Sequence[tuple[float, int]]) -> Recurring:
    values, lines = (np.array(column, np.float64) for column in zip(*pitches, strict=True))
    return max(recurring(values, lines, ALIKE, least=1), key=lambda found: (found.weight, found.value))
