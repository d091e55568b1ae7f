"""The runs of ink in lines of text, with the color of each and what is behind it.

Each line is cut where its background changes (`background`), and the ink on each background where its color does
(`runs`). What a run's shape says of its text is measured afterwards, in `measure_text`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import dist

import numpy as np
from numpy.typing import NDArray

from januslens.color.luminance import luminance
from januslens.color.notation import Rgb
from januslens.decode.lossy import Loss
from januslens.text.background.borders import BorderedGround, across_grounds
from januslens.text.background.outlines import Outline, find_outline
from januslens.text.background.segments import VaryingBackground, find_segments
from januslens.text.background.unevenness import ground_within, on_uneven_ground, with_noise
from januslens.text.color_changes import WORD_GAP
from januslens.text.crop import LineCrop
from januslens.text.foreground.bounds import foreground_on_flat, foreground_on_varying
from januslens.text.foreground.ink import Ink, Stretch, find_inks
from januslens.text.foreground.line_fit import rgb
from januslens.text.foreground.weaker import weaker_color
from januslens.text.run import Backdrop, Foreground, spanning
from januslens.text.runs import ColoredInk, split_by_color
from januslens.text.shape.strokes import RunPixels


@dataclass(frozen=True, slots=True)
class Behind:
    """The background of a run: its kind, the color that stands for it, and its darkest and lightest color."""

    backdrop: Backdrop
    color: Rgb
    extremes: tuple[Rgb, Rgb]


@dataclass(frozen=True, slots=True)
class ColoredRun:
    """A run of ink of one color on one background: its pixels, its color with bounds, and its background."""

    painted: RunPixels
    foreground: Foreground
    behind: Behind


def find_colored_runs(lines: Sequence[LineCrop], loss: Loss) -> Iterator[ColoredRun]:
    """Yield the runs of the crops of several lines, in no particular order; loss is the effect of compression."""
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


def _on_flat(stretch: Stretch, ink: Ink, colored: ColoredInk, loss: Loss) -> ColoredRun:
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
    return ColoredRun(painted, foreground, Behind(Backdrop.FLAT, color, (color, color)))


def _with_stronger(found: list[ColoredRun], colors: Sequence[ColoredInk], stretch: Stretch) -> Iterator[ColoredRun]:
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


def _whole(found: list[ColoredRun], colors: Sequence[ColoredInk], stretch: Stretch, ink: Ink) -> Iterator[ColoredRun]:
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
        yield ColoredRun(_painted(stretch.line, ink, pixels, coverage), foreground, found[start].behind)


def _uneven(found: ColoredRun, levels: int) -> ColoredRun:
    """Return a run with the bounds of its colors widened for a ground that is uneven by some levels."""
    if not levels:
        return found
    ground = found.behind.color
    foreground = on_uneven_ground(found.foreground, found.painted, ground, levels)
    return replace(found, foreground=foreground, behind=replace(found.behind, extremes=ground_within(ground, levels)))


def _outlined(found: ColoredRun, around: NDArray[np.int16]) -> ColoredRun:
    """Return a run on an outline that may be too thin to be what decides: what is around it may be behind it, too."""
    extremes = sorted({*found.behind.extremes, rgb(around)}, key=luminance)
    return replace(found, behind=Behind(Backdrop.GRADIENT, found.behind.color, (extremes[0], extremes[-1])))


def _on_varying(stretch: Stretch, ground: VaryingBackground | BorderedGround, ink: Ink) -> ColoredRun:
    colors = stretch.line.pixels[ink.row, ink.column]
    foreground = foreground_on_varying(colors, ink.offsets, ink.row, ink.column)
    return _with_foreground(stretch, ground, ink, foreground, rgb(np.median(stretch.background.reshape(-1, 3), axis=0)))


def _on_bordered(stretch: Stretch, ground: BorderedGround, ink: Ink, loss: Loss) -> ColoredRun:
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
) -> ColoredRun:
    """Return ink of one color on a ground that varies, given the color that stands for the ground."""
    full = foreground.color - stretch.background[ink.row, ink.column].astype(np.float64)
    coverage = (ink.offsets * full).sum(axis=1) / np.maximum((full * full).sum(axis=1), 1)
    if not (coverage > 0).any():  # the color is one of the ground's
        coverage = np.ones_like(coverage)
    darkest, lightest = (rgb(extreme) for extreme in ground.extremes(ink.row, ink.column))
    painted = _painted(stretch.line, ink, slice(None), coverage)
    return ColoredRun(painted, foreground, Behind(ground.backdrop, behind, (darkest, lightest)))


def _painted(line: LineCrop, ink: Ink, pixels: NDArray[np.intp] | slice, coverage: NDArray[np.float64]) -> RunPixels:
    clipped = np.minimum(np.maximum(coverage, 0), 1)
    return RunPixels(line, ink.row[pixels], ink.column[pixels], clipped, ink.glyph[pixels], ink.boxes)
