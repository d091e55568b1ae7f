"""All text of a picture as runs of one color."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.color.notation import Rgb
from chalicelib.vision.geometry import Box
from chalicelib.vision.text.backgrounds import VaryingBackground, estimate_varying, find_segments
from chalicelib.vision.text.crop import LineCrop, crop_line
from chalicelib.vision.text.foreground import on_flat, on_varying, rgb
from chalicelib.vision.text.ink import Ink, Stretch, find_inks
from chalicelib.vision.text.known_colors import with_known_colors
from chalicelib.vision.text.run import Backdrop, Foreground, TextRun
from chalicelib.vision.text.runs import ColoredInk, part_by_color
from chalicelib.vision.text.size import font_size, stem_width

NARROWEST: Final = 0.35  # of the core's height: narrower ink is a seam between two colors, or punctuation
LETTER: Final = 0.65  # coverage that each stroke of a letter reaches
SOLID: Final = 0.75  # coverage of its box: a disc's is 0.785, a bar's 1, a letter's less unless it is l, I or a dash
LINE_BOX: Final = 0.25  # of the core's height, above and below: what a box of low letters is given to be pointed at
GRADIENT_ROUGHNESS: Final = 6  # levels: dithering and the curve of a gradient within a line; a photo has more
USUAL_FULL: Final = 95  # percentile of the ink's distance from a varying background that counts as full coverage
AT_A_TIME: Final = 64  # lines: enough to share what NumPy costs a call, few enough to stay small in memory
LOSSY_NOISE: Final = 10  # levels that JPEG at quality 90 changes in flat areas beside text


@dataclass(frozen=True, slots=True)
class _Behind:
    backdrop: Backdrop
    color: Rgb
    extremes: tuple[Rgb, Rgb]


def read_text(pixels: NDArray[np.uint8], cores: NDArray[np.float64], *, scale: float, lossy: bool) -> list[TextRun]:
    """Measure the text whose cores (left, top, right, bottom) were detected in a picture of shape (height, width, 3).

    scale is in pixels a CSS pixel.
    """
    noise = LOSSY_NOISE if lossy else 0
    runs = [
        run
        for some in batched(cores, AT_A_TIME)
        for run in _lines([crop_line(pixels, core) for core in some], scale, noise)
        if run is not None
    ]
    return with_known_colors(sorted(runs, key=lambda run: (run.box.y, run.box.x)))


def _lines(lines: Sequence[LineCrop], scale: float, noise: int) -> Iterator[TextRun | None]:
    stretches = [stretch for line in lines for stretch in _stretches(line, noise)]
    for (stretch, varying), ink in zip(stretches, find_inks([stretch for stretch, _ in stretches]), strict=True):
        if ink is not None and varying is not None:
            yield _on_varying(stretch.line, varying, ink, scale)
        elif ink is not None:
            for colored in part_by_color(ink, stretch.line, noise):
                yield _on_flat(stretch.line, ink, colored, stretch.background, scale, noise)


def _stretches(line: LineCrop, noise: int) -> Iterator[tuple[Stretch, VaryingBackground | None]]:
    """Part a line by background, and estimate those that vary."""
    for segment in find_segments(line, noise):
        part = line.columns(segment.left, segment.right)
        if segment.color is None:
            varying = estimate_varying(part)
            yield Stretch(part, varying.color, noise + varying.roughness), varying
        else:
            yield Stretch(part, segment.color, noise), None


def _on_flat(
    line: LineCrop, ink: Ink, colored: ColoredInk, background: NDArray[np.int16], scale: float, noise: int
) -> TextRun | None:
    offsets = ink.offsets[colored.pixels]
    coverage = offsets @ (colored.end / (colored.end @ colored.end))
    row, column = ink.row[colored.pixels], ink.column[colored.pixels]
    foreground = on_flat(offsets, row, column, colored.end, background, noise)
    if colored.stronger is not None and not foreground.proven:
        reach = np.linalg.norm(np.subtract(foreground.farthest, background))
        if np.linalg.norm(colored.stronger) > reach:
            foreground = replace(foreground, farthest=rgb(background + colored.stronger))
    color = rgb(background)
    return _run(line, ink, colored.pixels, coverage, foreground, _Behind(Backdrop.FLAT, color, (color, color)), scale)


def _on_varying(line: LineCrop, background: VaryingBackground, ink: Ink, scale: float) -> TextRun | None:
    colors = line.pixels[ink.row, ink.column]
    distance = np.sqrt((ink.offsets * ink.offsets).sum(axis=1))
    coverage = distance / float(np.percentile(distance, USUAL_FULL))
    foreground = on_varying(colors, ink.offsets, distance, ink.row, ink.column)
    backdrop = Backdrop.GRADIENT if background.roughness <= GRADIENT_ROUGHNESS else Backdrop.IMAGE
    darkest, lightest = (rgb(extreme) for extreme in background.extremes)
    behind = _Behind(backdrop, rgb(np.median(background.color.reshape(-1, 3), axis=0)), (darkest, lightest))
    return _run(line, ink, np.arange(len(ink.offsets)), coverage, foreground, behind, scale)


def _run(
    line: LineCrop,
    ink: Ink,
    pixels: NDArray[np.intp],
    coverage: NDArray[np.float64],
    foreground: Foreground,
    behind: _Behind,
    scale: float,
) -> TextRun | None:
    """Put together a run from the pixels of its ink; None where these are too narrow to be a letter."""
    row, column = ink.row[pixels], ink.column[pixels]
    left, right = int(column.min()), int(column.max()) + 1
    if right - left < NARROWEST * line.core_height:
        return None
    painted = np.zeros(line.pixels.shape[:2])
    painted[row, column] = covered = np.minimum(np.maximum(coverage, 0), 1)
    letters = 0 if _all_solid(covered, ink.glyph[pixels], ink.boxes) else _strokes(painted)
    return TextRun(
        box=_box(line, left, int(row.min()), right, int(row.max()) + 1),
        foreground=foreground,
        background=behind.color,
        backgrounds=behind.extremes,
        backdrop=behind.backdrop,
        letters=letters,
        size=font_size(painted[line.band()], letters, line.core_height, scale),
        stem=stem_width(painted[line.top : line.bottom]) / scale,
    )


def _all_solid(coverage: NDArray[np.float64], glyph: NDArray[np.intp], boxes: NDArray[np.intp]) -> bool:
    """Whether every glyph fills its box. boxes are of all glyphs, also of those without pixels here."""
    inked = np.bincount(glyph, coverage, minlength=len(boxes))
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    return bool(((inked >= SOLID * width * height) | (inked == 0)).all())


def _strokes(painted: NDArray[np.float64]) -> int:
    """Count the strokes of ink along the line."""
    stroke = painted.max(axis=0) >= LETTER
    return int(stroke[0]) + int(np.count_nonzero(stroke[1:] & ~stroke[:-1]))


def _box(line: LineCrop, left: int, top: int, right: int, bottom: int) -> Box:
    above = max(0, min(top, round(line.top - LINE_BOX * line.core_height)))
    below = min(len(line.pixels), max(bottom, round(line.bottom + LINE_BOX * line.core_height)))
    return Box(line.x + left, line.y + above, right - left, below - above)
