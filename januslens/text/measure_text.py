"""Measurement of an image's text, as runs of one color."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import batched, pairwise
from math import dist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.color.luminance import luminance
from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.decode.lossy import Loss
from januslens.text.background.borders import BorderedGround, across_grounds
from januslens.text.background.outlines import Outline, find_outline
from januslens.text.background.segments import VaryingBackground, find_segments
from januslens.text.background.unevenness import ground_within, on_uneven_ground, with_noise
from januslens.text.color_changes import WORD_GAP
from januslens.text.crop import LineCrop, crop_line, room_beside
from januslens.text.foreground.bounds import foreground_on_flat, foreground_on_varying
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from januslens.text.foreground.known_colors import with_known_colors
from januslens.text.foreground.line_fit import rgb
from januslens.text.foreground.weaker import weaker_color
from januslens.text.run import Backdrop, Foreground, Size, TextRun, spanning
from januslens.text.runs import ColoredInk, split_by_color
from januslens.text.script import Script
from januslens.text.shape.form import measure_forms
from januslens.text.shape.looks import Look, sizes_by_look
from januslens.text.shape.monospace import is_monospaced
from januslens.text.shape.plain import plain
from januslens.text.shape.scripts import POSSIBLE, SCRIPTS, RunScripts, script_probabilities, scripts_of_runs
from januslens.text.shape.serifs import measure_serifs
from januslens.text.shape.size import PossibleSizes, possible_sizes
from januslens.text.shape.size_by_form import sizes_by_form, within_cells
from januslens.text.shape.strokes import RunPixels, Strokes, measure_strokes

MIN_INK_HEIGHTS: Final = 0.35  # of the core's height: narrower ink is a seam between two colors, or punctuation
LINE_BOX: Final = (
    0.25  # of the core's height, added above and below to the box of letters without ascenders or descenders
)
PART: Final = 0.5  # of its line's width
MIN_BLOCK: Final = 0.6
"""Of the core's height: a filled shape as wide and as high is a bar of a chart, a badge or a status dot. Of fonts'
x-heights a bold l is 0.26 to 0.38 wide (Liberation Sans, DejaVu Sans, Noto Sans CJK), a dash less thick."""
AT_A_TIME: Final = 64  # lines: enough to amortize the overhead of NumPy calls, few enough to bound memory
CJK: Final = SCRIPTS.index(Script.CJK)
CUT: Final = (
    4.0  # factor by which letters cut off by the image's edge may be larger: a quarter still looks like a letter
)


@dataclass(frozen=True, slots=True)
class _Behind:
    backdrop: Backdrop
    color: Rgb
    extremes: tuple[Rgb, Rgb]


@dataclass(frozen=True, slots=True)
class _Found:
    painted: RunPixels
    foreground: Foreground
    behind: _Behind

    @property
    def width(self) -> int:
        """The width from the first to the last column of ink."""
        return int(self.painted.column.max() - self.painted.column.min()) + 1


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
    found = [run for run in _found(lines, loss) if run.width >= MIN_INK_HEIGHTS * run.painted.line.core_height]
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


def _with_sizes(measured: Sequence[_Measured], scale: float) -> Iterator[TextRun]:
    """Yield an image's runs with their scripts, as all of them suggest, and their sizes in CSS pixels."""
    if not measured:
        return
    probabilities = np.array([run.probabilities for run in measured])
    scripts = scripts_of_runs(probabilities, [run.text.letters for run in measured])
    sizes = sizes_by_look([_look(run, of_run, scale) for run, of_run in zip(measured, scripts, strict=True)])
    for run, of_run, size in zip(measured, scripts, sizes, strict=True):
        yield replace(
            run.text,
            size=Size(size.value / scale, size.low / scale, (CUT if run.cut else 1.0) * size.high / scale),
            monospaced=run.text.monospaced and of_run.likeliest is not Script.CJK,
            scripts=of_run.possible,
        )


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
    width = int(ink.column.max() - ink.column.min()) + 1
    return possible_sizes(strokes.heights, width, strokes.letters, tallest, ink.line.core_height, by_form, part=part)


def _thinnest(painted: RunPixels) -> int:
    """Return the shortest side of a run's shapes, in pixels."""
    boxes = painted.boxes[painted.glyph]
    return int((boxes[:, 2:] - boxes[:, :2]).min())


def _is_part(painted: RunPixels) -> bool:
    """Return whether a run is less than half of its line, as pieces of thin or dense text are."""
    line = painted.line
    return bool(painted.column.max() + 1 - painted.column.min() < PART * (line.right - line.left))


def _is_cut(painted: RunPixels, image_height: int) -> bool:
    """Return whether a run's letters are cut off by the upper or lower edge of the image."""
    row = painted.row + painted.line.y
    return bool(row.min() == 0 or row.max() == image_height - 1)


def _found(lines: Sequence[LineCrop], loss: Loss) -> Iterator[_Found]:
    stretches = [stretch for line in lines for stretch in _stretches(line, loss.levels)]
    inks = find_inks([stretch for stretch, _ in stretches])
    flat: list[tuple[Stretch, Ink, NDArray[np.int16]]] = []
    outlined: list[tuple[Outline, NDArray[np.int16]]] = []
    for (stretch, varying), ink in zip(stretches, inks, strict=True):
        if ink is not None and isinstance(varying, BorderedGround):
            yield _on_bordered(stretch, varying, ink, loss)
        elif ink is not None and varying is not None:
            yield _on_varying(stretch, varying, ink)
        elif ink is not None and (outline := find_outline(stretch, ink)) is not None:
            outlined.append((outline, stretch.background))
        elif ink is not None:
            flat.append((stretch, ink, stretch.background))
    within = find_inks([outline.within for outline, _ in outlined]) if outlined else []
    for (outline, around), ink in zip(outlined, within, strict=True):
        if ink is not None:
            flat.append((outline.within, ink, around))
    parted = split_by_color([ink for _, ink, _ in flat], [stretch for stretch, *_ in flat])
    for (stretch, ink, around), colors in zip(flat, parted, strict=True):
        uneven = stretch.noise - loss.levels
        runs = [_on_flat(stretch, ink, colored, with_noise(loss, uneven)) for colored in colors]
        for found in _whole(list(_with_stronger(runs, colors, stretch)), colors, stretch, ink):
            even = _uneven(found, uneven)
            yield even if around is stretch.background else _outlined(even, around)


def _stretches(line: LineCrop, noise: int) -> Iterator[tuple[Stretch, VaryingBackground | BorderedGround | None]]:
    """Split a line by background, and estimate the backgrounds that vary."""
    for segment in find_segments(line, noise):
        part = line.columns(segment.left, segment.right)
        behind = segment.behind
        if isinstance(behind, np.ndarray):
            if segment.elsewhere is not None:
                part = part.showing(np.where(segment.elsewhere[..., None], behind, part.pixels))
            yield Stretch(part, behind, segment.noise), None
        else:
            yield Stretch(part, behind.color, noise + behind.roughness), behind


def _on_flat(stretch: Stretch, ink: Ink, colored: ColoredInk, loss: Loss) -> _Found:
    background = stretch.background
    offsets = ink.offsets[colored.pixels]
    coverage = offsets @ (colored.end / (colored.end @ colored.end))
    painted = _painted(stretch.line, ink, colored.pixels, coverage)
    fringed = ink.hues is not ink.offsets
    foreground = foreground_on_flat(
        offsets, painted.row, painted.column, colored.end, background, loss, fringed=fringed
    )
    weaker = weaker_color(offsets, colored.end, painted.row, painted.column, WORD_GAP * stretch.line.core_height)
    ends = [colored.least * colored.end] if colored.least < 1 else []
    if weaker is not None:
        ends.append(weaker)
    if ends:
        candidates = foreground.nearest, *(rgb(background + end) for end in ends)
        foreground = replace(foreground, nearest=min(candidates, key=partial(dist, rgb(background))), mixed=True)
    color = rgb(background)
    return _Found(painted, foreground, _Behind(Backdrop.FLAT, color, (color, color)))


def _with_stronger(found: list[_Found], colors: Sequence[ColoredInk], stretch: Stretch) -> Iterator[_Found]:
    """Yield the runs of a stretch; what may be a mix of a stronger color of it may be as far as that one may be."""
    for run, colored in zip(found, colors, strict=True):
        foreground = run.foreground
        if colored.stronger is None or foreground.proven:
            yield run
            continue
        same = [
            other.foreground
            for other, of in zip(found, colors, strict=True)
            if np.array_equal(of.end, colored.stronger)
        ]
        ends = [foreground.farthest, rgb(stretch.background + colored.stronger), *(one.farthest for one in same)]
        farthest = max(ends, key=partial(dist, rgb(stretch.background)))
        yield replace(run, foreground=replace(foreground, farthest=farthest))


def _whole(found: list[_Found], colors: Sequence[ColoredInk], stretch: Stretch, ink: Ink) -> Iterator[_Found]:
    """Yield the runs of a stretch, with those as one that continue others, unless the colors of both are proven."""
    starts = [
        r
        for r, colored in enumerate(colors)
        if not colored.continues or (found[r - 1].foreground.proven and found[r].foreground.proven)
    ]
    for start, stop in pairwise([*starts, len(found)]):
        if stop - start == 1:
            yield found[start]
            continue
        foreground = spanning([run.foreground for run in found[start:stop]], found[start].behind.color)
        pixels = np.sort(np.concatenate([np.arange(len(ink.row))[one.pixels] for one in colors[start:stop]]))
        full = max((one.end for one in colors[start:stop]), key=lambda end: float(np.linalg.norm(end)))
        coverage = ink.offsets[pixels] @ (full / (full @ full))
        yield _Found(_painted(stretch.line, ink, pixels, coverage), foreground, found[start].behind)


def _uneven(found: _Found, levels: int) -> _Found:
    """Return a run with the bounds of its colors widened for a ground that is uneven by some levels."""
    if not levels:
        return found
    ground = found.behind.color
    foreground = on_uneven_ground(found.foreground, found.painted, ground, levels)
    return replace(found, foreground=foreground, behind=replace(found.behind, extremes=ground_within(ground, levels)))


def _outlined(found: _Found, around: NDArray[np.int16]) -> _Found:
    """Return a run on an outline that may be too thin to be what decides: what is around it may be behind it, too."""
    extremes = sorted({*found.behind.extremes, rgb(around)}, key=luminance)
    return replace(found, behind=_Behind(Backdrop.GRADIENT, found.behind.color, (extremes[0], extremes[-1])))


def _on_varying(stretch: Stretch, ground: VaryingBackground | BorderedGround, ink: Ink) -> _Found:
    colors = stretch.line.pixels[ink.row, ink.column]
    foreground = foreground_on_varying(colors, ink.offsets, ink.row, ink.column)
    return _with_foreground(stretch, ground, ink, foreground, rgb(np.median(stretch.background.reshape(-1, 3), axis=0)))


def _on_bordered(stretch: Stretch, ground: BorderedGround, ink: Ink, loss: Loss) -> _Found:
    """Measure text that a border of flat colors crosses, whose color each part on one of them shows by itself."""
    numbers = np.unique(ground.number[ink.row, ink.column]).tolist()
    sides = [Stretch(ground.only(one, stretch.line), ground.colors[one], stretch.noise) for one in numbers]
    shown = [(side, found) for side, found in zip(sides, find_inks(sides), strict=True) if found is not None]
    parted = split_by_color([found for _, found in shown], [side for side, _ in shown])
    parts = [
        (float(found.weight[colored.pixels].sum()), _on_flat(side, found, colored, loss))
        for (side, found), colors in zip(shown, parted, strict=True)
        for colored in colors
    ]
    if not parts:
        return _on_varying(stretch, ground, ink)
    parts.sort(key=lambda part: part[0], reverse=True)
    grounds = [(part.foreground, part.behind.color) for _, part in parts]
    return _with_foreground(stretch, ground, ink, across_grounds(grounds), grounds[0][1])


def _with_foreground(
    stretch: Stretch, ground: VaryingBackground | BorderedGround, ink: Ink, foreground: Foreground, behind: Rgb
) -> _Found:
    """Return ink of one color on a ground that varies, given the color that stands for the ground."""
    full = foreground.color - stretch.background[ink.row, ink.column].astype(np.float64)
    coverage = (ink.offsets * full).sum(axis=1) / np.maximum((full * full).sum(axis=1), 1)
    if not (coverage > 0).any():  # the color is one of the ground's
        coverage = np.ones_like(coverage)
    darkest, lightest = (rgb(extreme) for extreme in ground.extremes(ink.row, ink.column))
    painted = _painted(stretch.line, ink, slice(None), coverage)
    return _Found(painted, foreground, _Behind(ground.backdrop, behind, (darkest, lightest)))


def _painted(line: LineCrop, ink: Ink, pixels: NDArray[np.intp] | slice, coverage: NDArray[np.float64]) -> RunPixels:
    clipped = np.minimum(np.maximum(coverage, 0), 1)
    return RunPixels(line, ink.row[pixels], ink.column[pixels], clipped, ink.glyph[pixels], ink.boxes)


def _box(painted: RunPixels) -> Box:
    line, row, column = painted.line, painted.row, painted.column
    above = max(0, min(int(row.min()), round(line.top - LINE_BOX * line.core_height)))
    below = min(len(line.pixels), max(int(row.max()) + 1, round(line.bottom + LINE_BOX * line.core_height)))
    left, right = int(column.min()), int(column.max()) + 1
    return Box(line.x + left, line.y + above, right - left, below - above)
