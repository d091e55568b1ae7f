"""Text styles: combinations of a font size and a weight in which an interface's text is set.

A weight is recognized by the stem width of letters relative to their size. Over Inter, Lato, Nunito, Open Sans, Source
Sans and Liberation Sans that is 0.085 to 0.098 in regular text, 0.105 to 0.119 in medium and 0.126 to 0.15 in bold.

A family is recognized by the serifs (`text.shape.serifs`) of all runs of a style together.

Limits: two families in one size and weight are reported as the more frequent one, or as neither; italics with serifs as
sans-serif. Semibold (600) and bold (700) overlap between fonts and are reported as 700; thin weights as 300. A weight
with fewer strokes than a few words is not reported.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np

from januslens.text.run import NO_SERIFS, TextRun
from januslens.tokens.recurring import Recurring, Tolerance, recurring

MIN_RUN_STROKES: Final = 4  # of a run: fewer have no usual stem
MIN_STYLE_STROKES: Final = 9  # of a style: a heading of six letters
MIN_SERIFS: Final = 48  # a line of text: fewer may be digits, nearly all of which have round or wide bottoms
SERIFED: Final = 0.22  # maximum share of plain stroke ends in a style with serifs
PLAIN: Final = 0.28  # minimum share in a style without
SURE: Final = 0.1  # distance from these bounds at which the family is certain: 9 in 10 runs are
MANY_SERIFS: Final = 120  # number from which the count leaves no doubt
SIZES_ALIKE: Final = Tolerance(0.1, 1.0)
STEMS_ALIKE: Final = Tolerance(0.12, 0.0)  # half of the way from regular to medium, and from medium to bold
MAX_STEM_OF_WEIGHT: Final[Sequence[tuple[float, int]]] = (
    (0.078, 300),
    (0.103, 400),
    (0.123, 500),
    (0.185, 700),
    (1.0, 800),
)
"""Maximum stem width of each weight, as a share of the font size."""


class Family(StrEnum):
    """A generic font family of CSS; source: CSS Fonts 4, https://www.w3.org/TR/css-fonts-4/#generic-font-families."""

    MONOSPACE = "monospace"
    SERIF = "serif"
    SANS_SERIF = "sans-serif"


@dataclass(frozen=True, eq=False)
class TextStyle:
    """A combination of a font size and a weight in which text of an image is set.

    size is an observed font size in CSS pixels. weight is a CSS font weight, 300, 400, 500, 700 or 800, recognized by
    the width of stems. runs are the runs of text that have both, and monospaced says whether they are set in a
    monospaced font. Styles are compared by identity.
    """

    size: float
    weight: int
    runs: tuple[TextRun, ...]
    monospaced: bool = False

    @property
    def strokes(self) -> int:
        """The number of strokes of letters in this style, of which a letter has one or two."""
        return sum(run.letters for run in self.runs)

    @cached_property
    def family(self) -> tuple[Family, float] | None:
        """The generic family and the confidence in it, 0 to 1; None if it cannot be recognized.

        It is recognized by the serifs of all runs together. It is None if the style has fewer than 48 stroke ends, or a
        share of plain ones that is usual with and without serifs.
        """
        if self.monospaced:
            return Family.MONOSPACE, 1.0
        serifs = sum((run.serifs for run in self.runs), NO_SERIFS)
        share = serifs.plain / max(serifs.count, 1)
        beyond = max(SERIFED - share, share - PLAIN)
        if serifs.count < MIN_SERIFS or beyond < 0:
            return None
        sure = min(1.0, beyond / SURE) * min(1.0, serifs.count / MANY_SERIFS)
        return (Family.SERIF if share <= SERIFED else Family.SANS_SERIF), sure


def find_text_styles(runs: Sequence[TextRun], sizes: Sequence[Recurring]) -> list[TextStyle]:
    """Find the text styles of an image from its runs and its observed font sizes; smallest and lightest first.

    A run whose size is not close to an observed one, or with fewer than four strokes, is omitted, and so is a style
    with fewer than nine strokes.
    """
    of_size: defaultdict[tuple[float, bool], list[TextRun]] = defaultdict(list)
    for run in runs:
        size = _nearest(run.size.value, sizes)
        if size is not None and run.letters >= MIN_RUN_STROKES and run.stem > 0:
            of_size[size, run.monospaced].append(run)
    styles = (style for size, mono in sorted(of_size) for style in _by_weight(size, mono, of_size[size, mono]))
    return [style for style in styles if style.strokes >= MIN_STYLE_STROKES]


def _nearest(measured: float, sizes: Sequence[Recurring]) -> float | None:
    nearest = min((size.value for size in sizes), key=lambda size: abs(size - measured), default=None)
    return nearest if nearest is not None and abs(nearest - measured) <= SIZES_ALIKE.around(nearest) else None


def _by_weight(size: float, monospaced: bool, runs: Sequence[TextRun]) -> Iterator[TextStyle]:
    stems = np.array([run.stem / size for run in runs])
    usual = recurring(stems, np.array([run.letters for run in runs], np.float64), STEMS_ALIKE, least=1)
    nearest = np.abs(stems[:, None] - [stem.value for stem in usual]).argmin(axis=1)
    of_weight: defaultdict[int, list[TextRun]] = defaultdict(list)
    for run, stem in zip(runs, nearest.tolist(), strict=True):
        of_weight[_weight(usual[stem].value)].append(run)
    return (TextStyle(size, weight, tuple(of_weight[weight]), monospaced) for weight in sorted(of_weight))


def _weight(stem: float) -> int:
    return next((weight for heaviest, weight in MAX_STEM_OF_WEIGHT if stem < heaviest), MAX_STEM_OF_WEIGHT[-1][1])
