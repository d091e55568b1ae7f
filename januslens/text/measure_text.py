"""Measurement of an image's text, as runs of one color."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.decode.geometry import Box
from januslens.decode.lossy import Loss
from januslens.text.colored_runs import find_colored_runs
from januslens.text.crop import LineCrop, crop_line, room_beside
from januslens.text.foreground.known_colors import with_known_colors
from januslens.text.run import Size, TextRun
from januslens.text.script import Script
from januslens.text.shape.form import measure_forms
from januslens.text.shape.looks import Look, sizes_by_look
from januslens.text.shape.monospace import is_monospaced
from januslens.text.shape.plain import plain
from januslens.text.shape.scripts import POSSIBLE, SCRIPTS, RunScripts, script_probabilities, scripts_of_runs
from januslens.text.shape.serifs import measure_serifs
from januslens.text.shape.signs import with_signs
from januslens.text.shape.size import PossibleSizes, possible_sizes
from januslens.text.shape.size_by_form import sizes_by_form, within_cells
from januslens.text.shape.strokes import RunPixels, Strokes, measure_strokes

MIN_INK_HEIGHTS: Final = 0.35  # of the core's height: narrower ink is a seam between two colors, or punctuation
LINE_BOX: Final = 0.25  # of the core's height, above and below it: the room of ascenders and descenders in boxes
PART: Final = 0.5  # of its line's width
MIN_BLOCK: Final = 0.6
"""Of the core's height: a filled shape as wide and as high is a bar of a chart, a badge or a status dot. Of fonts'
x-heights a bold l is 0.26 to 0.38 wide (Liberation Sans, DejaVu Sans, Noto Sans CJK), a dash less thick."""
AT_A_TIME: Final = 64  # lines: enough to amortize the overhead of NumPy calls, few enough to bound memory
CJK: Final = SCRIPTS.index(Script.CJK)
CUT: Final = 4.0  # times as large may letters be that the image's edge cuts off: a quarter still looks like a letter


@dataclass(frozen=True, slots=True)
class _Measured:
    """A run, with the font sizes that it may have in pixels, and the probabilities of SCRIPTS.

    cut says that its letters are cut off by an edge of the image.
    """

    text: TextRun
    sizes: PossibleSizes
    probabilities: NDArray[np.float64]
    cut: bool


def measure_text(pixels: NDArray[np.uint8], cores: NDArray[np.float64], *, scale: float, loss: Loss) -> list[TextRun]:
    """Measure the text of an image of shape (height, width, 3), given the detected cores of its lines.

    cores (n, 4) are left, top, right and bottom of about the x-height of each line, in image pixels. Each line is split
    into runs of one color on one background. scale is in pixels per CSS pixel; loss describes the compression. Lines
    whose core is cut off by the top or bottom edge of the image show no whole letters and are omitted, and so are ink
    narrower than 0.35 of the core's height, and filled blocks as thick as 0.6 of it. Returns runs sorted from top to
    bottom and left to right. The text is not read.
    """
    room = room_beside(cores)
    whole = (np.rint(cores[:, 1]) > 0) & (np.rint(cores[:, 3]) < len(pixels))
    measured = [
        run
        for some in batched(zip(cores[whole], room[whole].tolist(), strict=True), AT_A_TIME)
        for run in _lines([crop_line(pixels, *one) for one in some], len(pixels), scale, loss)
    ]
    return with_known_colors(sorted(_with_sizes(measured, scale), key=lambda run: (run.box.y, run.box.x)))


def _lines(lines: Sequence[LineCrop], image_height: int, scale: float, loss: Loss) -> Iterator[_Measured]:
    found = [
        run
        for run in find_colored_runs(lines, loss)
        if run.painted.width >= MIN_INK_HEIGHTS * run.painted.line.core_height
    ]
    inks = [plain(run.painted) for run in found]
    all_strokes = measure_strokes(inks)
    forms = measure_forms(inks, all_strokes)
    probabilities, by_form = script_probabilities(forms), sizes_by_form(inks, all_strokes, forms)
    for run, ink, strokes, probability, sizes_of in zip(found, inks, all_strokes, probabilities, by_form, strict=True):
        if strokes.letters == 0 and _thinnest(run.painted) >= MIN_BLOCK * run.painted.line.core_height:
            continue
        may_be_cells = probability[CJK] >= POSSIBLE
        within = within_cells(sizes_of, ink, strokes) if may_be_cells else sizes_of
        line, sizes = run.painted.line, _sizes(ink, strokes, within, part=_is_part(run.painted))
        size = sizes.by(SCRIPTS[int(probability.argmax())])
        text = TextRun(
            box=_box(run.painted),
            foreground=run.foreground,
            background=run.behind.color,
            backgrounds=run.behind.extremes,
            backdrop=run.behind.backdrop,
            letters=strokes.letters,
            size=size,
            stem=strokes.stem / scale,
            core=(line.y + line.top, line.y + line.bottom),
            baseline=ink.line.y + strokes.heights.baseline,
            monospaced=is_monospaced(ink, size.value),
            serifs=measure_serifs(ink, strokes),
        )
        yield _Measured(text, sizes, probability, _is_cut(run.painted, image_height))


def _with_sizes(measured: Sequence[_Measured], scale: float) -> list[TextRun]:
    """Return an image's runs with their scripts, as all of them suggest, and their sizes in CSS pixels."""
    if not measured:
        return []
    probabilities = np.array([run.probabilities for run in measured])
    scripts = scripts_of_runs(probabilities, [run.text.letters for run in measured])
    sizes = sizes_by_look([_look(run, of_run, scale) for run, of_run in zip(measured, scripts, strict=True)])
    runs = [
        replace(
            run.text,
            size=Size(size.value / scale, size.low / scale, (CUT if run.cut else 1.0) * size.high / scale),
            monospaced=run.text.monospaced and of_run.likeliest is not Script.CJK,
            scripts=of_run.possible,
        )
        for run, of_run, size in zip(measured, scripts, sizes, strict=True)
    ]
    return with_signs(runs, scale)


def _look(run: _Measured, scripts: RunScripts, scale: float) -> Look:
    top, bottom = run.text.core
    size = run.sizes.of(scripts.likeliest, scripts.possible)
    alike = scripts.likely == scripts.possible
    return Look(
        color=run.text.foreground.color,
        stem=scale * run.text.stem,
        core=bottom - top,
        ink=run.sizes.heights.ink,
        letters=run.text.letters,
        script=scripts.likeliest,
        size=size,
        likely=size if alike else run.sizes.of(scripts.likeliest, scripts.likely),
        vague=run.cut or run.sizes.by_core is not None or run.sizes.highest > 0,
    )


def _sizes(ink: RunPixels, strokes: Strokes, by_form: Mapping[Script, Size], *, part: bool) -> PossibleSizes:
    boxes = ink.boxes[ink.glyph]
    tallest = int((boxes[:, 3] - boxes[:, 1]).max())
    return possible_sizes(
        strokes.heights, ink.width, strokes.letters, tallest, ink.line.core_height, by_form, part=part
    )


def _thinnest(painted: RunPixels) -> int:
    """Return the shortest side of a run's shapes, in pixels."""
    boxes = painted.boxes[painted.glyph]
    return int((boxes[:, 2:] - boxes[:, :2]).min())


def _is_part(painted: RunPixels) -> bool:
    """Return whether a run is less than half of its line, as pieces of thin or dense text are."""
    line = painted.line
    return painted.width < PART * (line.right - line.left)


def _is_cut(painted: RunPixels, image_height: int) -> bool:
    """Return whether a run's letters are cut off by the upper or lower edge of the image."""
    row = painted.row + painted.line.y
    return bool(row.min() == 0 or row.max() == image_height - 1)


def _box(painted: RunPixels) -> Box:
    line, row, column = painted.line, painted.row, painted.column
    above = max(0, min(int(row.min()), round(line.top - LINE_BOX * line.core_height)))
    below = min(len(line.pixels), max(int(row.max()) + 1, round(line.bottom + LINE_BOX * line.core_height)))
    left, right = int(column.min()), int(column.max()) + 1
    return Box(line.x + left, line.y + above, right - left, below - above)
