"""Detection of links: text that is underlined, or has the hue of most colored text where most text is gray.

On a colored background, color is no evidence: text there is often a tint of it.
"""

from collections.abc import Iterator, Sequence
from colorsys import rgb_to_hsv
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.raster.indexed_image import IndexedImage
from januslens.text.run import TextRun

CHROMATIC: Final = 64  # levels between the strongest and the weakest channel: a tinted gray has up to 48
RED: Final = 0.0  # turns: errors are red more often than links
SAME_HUE: Final = 0.06  # turns, 20 degrees: links, and what hovers or was visited; states and code have many hues
MIN_STROKES: Final = 3  # strokes: fewer are a figure or an icon
UNDERLINE_DEPTH: Final = 0.6  # of the low letters' height below the baseline
UNDERLINED: Final = 0.75  # of the run's width, as descenders interrupt the line
PAST: Final = 6  # sampled pixels after the text: a line that continues there is a border
INK: Final = 0.4  # of the way from the background to the text's color


def find_links(indexed: IndexedImage, runs: Sequence[TextRun]) -> Iterator[TextRun]:
    """Yield the runs of text of an image that look like links, by their underline or their color.

    A run counts if it is underlined, or has the hue of most colored text and a background that is nearly gray. Color is
    no evidence if half of all text or more is colored, and red never is. Runs of fewer than three strokes are omitted.
    """
    channels, hue = indexed.channels, _links_hue(runs)
    for run in runs:
        if run.letters >= MIN_STROKES and (_is_of(hue, run) or _is_underlined(indexed, channels, run)):
            yield run


def _links_hue(runs: Sequence[TextRun]) -> float | None:
    """Return the hue shared by most of the colored text, None if color is no evidence."""
    hues = [(_hue(run), run.box.width) for run in runs if _is_colored(run)]
    if 2 * sum(width for _, width in hues) >= sum(run.box.width for run in runs):
        return None
    hues = [(hue, width) for hue, width in hues if _distance(hue, RED) > SAME_HUE]
    weights = [sum(width for other, width in hues if _distance(other, hue) <= SAME_HUE) for hue, _ in hues]
    return hues[weights.index(max(weights))][0] if hues else None


def _is_of(hue: float | None, run: TextRun) -> bool:
    return hue is not None and _is_colored(run) and _distance(_hue(run), hue) <= SAME_HUE


def _is_colored(run: TextRun) -> bool:
    return _is_chromatic(run.foreground.color) and not _is_chromatic(run.background)


def _is_chromatic(color: Rgb) -> bool:
    return max(color) - min(color) >= CHROMATIC


def _hue(run: TextRun) -> float:
    return rgb_to_hsv(*run.foreground.color)[0]


def _distance(one: float, other: float) -> float:
    """Return the distance of two hues in turns."""
    return abs((one - other + 0.5) % 1 - 0.5)


def _is_underlined(indexed: IndexedImage, channels: NDArray[np.int16], run: TextRun) -> bool:
    """Return whether a line of about the text's color runs below its baseline."""
    stride = indexed.stride
    top, bottom = (edge / stride for edge in run.core)
    rows = slice(round(bottom), round(bottom) + max(2, round(UNDERLINE_DEPTH * (bottom - top))) + 1)
    left, right = run.box.x // stride, (run.box.x + run.box.width) // stride
    indices = indexed.indices[rows, left : right + PAST]
    if right <= left or not indices.size:
        return False
    toward = np.subtract(run.foreground.color, run.background).astype(np.float32)
    beyond = channels[:, indices] - np.array(run.background, np.int16)[:, None, None]
    share = np.tensordot(toward, beyond.astype(np.float32), 1) / max(float(toward @ toward), 1.0)
    inked = share >= INK
    continues = inked[:, right - left + 1 :].all(axis=1) & (inked.shape[1] > right - left + 1)
    return bool(((np.mean(inked[:, : right - left], axis=1) >= UNDERLINED) & ~continues).any())
