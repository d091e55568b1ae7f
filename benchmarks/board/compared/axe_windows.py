"""The color contrast analyzer of axe-windows, version 2, in which every row of pixels votes.

The background of a row is its most frequent color, its text color the one with the highest contrast to that, and its
weight the number of times the row returns to the background, so that rows with text outvote rows without. The
background of most rows wins. Among the rows that have it, each text color also gets the votes of similar colors
(contrast below 1.2) with lower contrast to the background, which are taken as its anti-aliasing; the one with most
votes wins.

Source: `ColorContrastRunnerV2`, `RowResultV2Accumulator`, `ColorPair` and `Color`,
https://github.com/microsoft/axe-windows/tree/main/src/Desktop/ColorContrastAnalyzer. Its estimate of its own confidence
is omitted, as it affects no verdict there.

Where it sorts, equal entries stay in the order of their first occurrence.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.truth.histogram import packed, unpacked
from benchmarks.truth.wcag import contrast, luminance

SAME: Final = 1.2  # Color.SAME_COLOR_THRESHOLD: a ratio below which two colors are taken for one


@dataclass(frozen=True, slots=True)
class Colors:
    """The background and the text color, as integers 0xRRGGBB."""

    background: int
    text: int

    @property
    def ratio(self) -> float:
        """The contrast ratio, 1 to 21, rounded to two decimals as in `ColorPair.ColorContrast`."""
        return round(float(contrast(_luminance(self.background), _luminance(self.text))), 2)


@dataclass(frozen=True, slots=True)
class _Row:
    background: int
    text: int | None
    weight: int


def axe_windows_ratio(pixels: NDArray[np.uint8]) -> float | None:
    """Return the contrast ratio of the text in pixels of shape (height, width, 3); None if no text is found."""
    colors = axe_windows_colors(pixels)
    return None if colors is None else colors.ratio


def axe_windows_colors(pixels: NDArray[np.uint8]) -> Colors | None:
    """Return the colors of text and background in pixels of shape (height, width, 3); None if no text is found."""
    rows = [_read(row) for row in packed(pixels)]
    background = Counter(row.background for row in rows).most_common(1)[0][0]
    ballots: dict[int, int] = {}
    for row in rows:
        if row.text is not None and row.background == background:
            ballots[row.text] = ballots.get(row.text, 0) + row.weight
    if not ballots:
        return None
    return Colors(background, _elect(ballots, background))


def _read(row: NDArray[np.uint32]) -> _Row:
    numbers, first, counts = np.unique(row, return_index=True, return_counts=True)
    met = np.argsort(first)
    numbers, counts = numbers[met], counts[met]
    background = numbers[counts.argmax()]
    ratios = contrast(luminance(unpacked(numbers)), _luminance(int(background))).round(2)
    text = numbers[ratios.argmax()]
    returns = np.count_nonzero((row[1:] == background) & (row[:-1] != background))
    return _Row(int(background), None if text == background else int(text), int(returns))


def _elect(ballots: dict[int, int], background: int) -> int:
    colors = np.array(list(ballots), np.uint32)
    votes = np.array(list(ballots.values()))
    luminances = luminance(unpacked(colors))
    by_contrast = np.argsort(-contrast(luminances, _luminance(background)).round(2), kind="stable")
    colors, votes, luminances = colors[by_contrast], votes[by_contrast], luminances[by_contrast]
    alike = np.triu(contrast(luminances[:, None], luminances) < SAME)  # itself, and those of lower contrast
    return int(colors[(alike @ votes).argmax()])


def _luminance(color: int) -> float:
    return float(luminance(unpacked(np.array(color, np.uint32))))
