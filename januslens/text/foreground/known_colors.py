"""Completion of the colors of an image's runs by what its other runs show.

An interface uses few text colors. If the most covered pixel of a run falls slightly short of a color that other text of
the image shows unmixed, and lies on the line toward it, that color is the best estimate. It is no bound: the bounds are
those that the run's own pixels prove. They are wider where the other runs show that the image was reduced in size,
which leaves hardly any pixel unmixed.

Short or small text often has no color that is proven by its own pixels, but is set like other text of the image that
has one: in the same weight, on the same background, and its most covered pixel reaches that color. Then it lies between
the two. Thinner text of a stronger color would have to reach it by chance. In a reduced image, text reaches no color.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import dist
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.line_fit import lengths, rgb
from januslens.text.foreground.two_grounds import bounded_by_other_grounds
from januslens.text.run import Backdrop, Foreground, TextRun
from januslens.text.script import Script

OFF_LINE: Final = 3.0  # Euclidean levels: the rounding of a mix's three channels, and of its background's
USUAL_COVERAGE: Final = 0.8  # of a run's most covered pixel: 97 in 100 runs of regular weight reach it
LONG: Final = 8  # strokes: a run of fewer may show no color unmixed in a sharp image either
SHARP: Final = 0.42  # of the long runs of a sharp image, at least, have a proven color
"""In Chromium's renderings of nine weights, 0.72 to 0.98 have; reduced to 0.5 or 0.85, 0.02 to 0.39. Of a page of small
gray text, half have."""
MIN_LONG: Final = 8  # long runs: of fewer, as in a table of numbers, all runs tell more
SHARP_REACHING: Final = 0.5  # of these runs of a sharp image, at least, show exactly a color proven on their background
"""Of 23 sharp images with fewer proven than SHARP, as thin regular text has in ten scripts, 15 have so many; of 36
tables of numbers in thin and regular weights 24 have, and 14 have SHARP proven. Of 109 images that were reduced by
interpolation none has more than 0.42. Averaging, which leaves small text nearly as covered as it was, leaves up to all.
"""
ROUNDED: Final = 1.0  # level of a channel: rounding
STYLED: Final = 4  # strokes of a run that shows a style: a proven color of fewer may be an icon's
REACHED: Final = 0.97  # of a style's color: the most covered pixel of small text of regular weight
AS_THICK: Final = 0.8  # of the style's strokes, in em; from one weight to the next they grow by as much
NOT_THINNER: Final = 0.5  # of the style's strokes, in em: hairlines reach another text's color by chance
HALF_SURE: Final = 0.5  # the least coverage of a run's most covered pixel: with less, its strokes must be as thick
SURE: Final = 0.7  # the same: text that is covered so well reaches no color by chance, so that the limits are wider
REACHED_SURELY, AS_THICK_SURELY = 0.93, 0.7
TINTED: Final = 16  # levels between channels: a tint is reached on another background only by text of the same color
"""With these, 5 of 560 runs in random weights, beside four random colors, took a wrong color."""
JOINED: Final = frozenset({Script.ARABIC, Script.DEVANAGARI})  # whose letters overlap: joined, or under one headline
MANY_RUNS: Final = 8  # of several letters without a proven color: what others show in their midst is ringing


def with_known_colors(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs of an image, with unproven text colors completed to a proven color of which they are a mix.

    A proven color is one that other runs show unmixed; it must lie between the nearest and the farthest color that the
    run allows, and be reached to 0.8. It becomes the run's best estimate, and changes none of its bounds, except where
    the run reaches it in a sharp image and is not thinner than a run that shows it. Only runs on a flat background
    change. Where most runs neither show a color unmixed nor reach one that others show so, as in an image that was
    reduced in size, the bounds are those of a reduced image.
    """
    sharp, reduced = _sharpness(runs)
    settled = runs if sharp else [replace(run, foreground=_reduced(run.foreground, surely=reduced)) for run in runs]
    settled = [_joined(run) for run in (settled if reduced else bounded_by_other_grounds(settled))]
    proven = [run for run in settled if run.foreground.proven]
    counts = Counter(run.foreground.color for run in proven)
    known = np.array([color for color, _ in counts.most_common()], np.float64).reshape(-1, 3)
    return [
        replace(run, foreground=_completed(run, known))
        if not run.foreground.proven and run.backdrop is Backdrop.FLAT
        else run
        for run in (settled if reduced else _in_styles(settled))
    ]


def _in_styles(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs of an image that is not surely reduced, with the colors of the styles that they are set in.

    A run that has exactly the color of a style, which it may show on another background, shows it itself.
    """
    showing = [run for run in runs if run.foreground.proven and run.letters >= STYLED]
    found = _Styles.of(showing).applied(runs)
    exact = [
        run
        for run, before in zip(found, runs, strict=True)
        if run is not before and run.foreground.nearest == run.foreground.color and run.letters >= STYLED
    ]
    return _Styles.of([*showing, *exact]).applied(found) if exact else found


def _sharpness(runs: Sequence[TextRun]) -> tuple[bool, bool]:
    """Return whether an image shows its runs as they were drawn, and whether it was surely reduced in size."""
    flat = [run for run in runs if run.backdrop is Backdrop.FLAT]
    long = [run for run in flat if run.letters >= LONG]
    proven = sum(run.foreground.proven for run in long)
    shown = {(run.foreground.color, run.background) for run in flat if run.foreground.proven}
    typical = long if len(long) >= MIN_LONG else flat
    reaching = sum((run.foreground.color, run.background) in shown for run in typical)
    sharp = (bool(long) and proven >= SHARP * len(long)) or (
        bool(typical) and reaching >= SHARP_REACHING * len(typical)
    )
    return sharp, not sharp and len(long) - proven >= MANY_RUNS


@dataclass(frozen=True, slots=True)
class _Styles:
    """The proven colors of an image's runs, with the backgrounds and stroke widths, in em, of these runs."""

    foregrounds: Sequence[Foreground]
    colors: NDArray[np.float64]
    backgrounds: NDArray[np.float64]
    strokes: NDArray[np.float64]

    @classmethod
    def of(cls, runs: Sequence[TextRun]) -> Self:
        colors, backgrounds = (
            np.array(some, np.float64).reshape(-1, 3)
            for some in ([run.foreground.color for run in runs], [run.background for run in runs])
        )
        strokes = np.array([run.stem / run.size.value for run in runs], np.float64)
        return cls([run.foreground for run in runs], colors, backgrounds, strokes)

    def applied(self, runs: Sequence[TextRun]) -> list[TextRun]:
        """Return the runs with the colors of their styles, the others as they are."""
        open_runs = ((not run.foreground.proven and run.backdrop is Backdrop.FLAT, run) for run in runs)
        return [
            replace(run, foreground=style) if is_open and (style := self.foreground(run)) is not None else run
            for is_open, run in open_runs
        ]

    def foreground(self, run: TextRun) -> Foreground | None:
        """Return the color of the style in which a run is set, None if it is in none of them.

        It lies between what the run's most covered pixel shows and the style's color, and is the style's color where
        only overlaps of the run's strokes may show more.
        """
        color = run.foreground.color
        shown = np.subtract(color, run.background).astype(np.float64)
        ends = self.colors - run.background
        length, off = lengths(ends), np.abs(shown - ends).max(axis=1, initial=0)
        coverage = ends @ shown / np.maximum(length, 1) ** 2
        on_line = lengths(shown - coverage[:, None] * ends) <= OFF_LINE
        thickness = run.stem / run.size.value / self.strokes
        same_ground = np.abs(self.backgrounds - run.background).max(axis=1, initial=0) <= ROUNDED
        tinted = max(color) - min(color) >= TINTED
        covered = _least_coverage(run)
        reached, thick = (REACHED_SURELY, AS_THICK_SURELY) if covered >= SURE else (REACHED, AS_THICK)
        near = same_ground & on_line & (coverage >= reached) & (coverage <= 1) & (thickness >= thick)
        not_thinner = NOT_THINNER if covered >= HALF_SURE else AS_THICK
        exact = (same_ground | tinted) & (off <= ROUNDED) & (thickness >= not_thinner)
        if not (near | exact).any():
            below_overlaps = (self.colors == run.foreground.nearest).all(axis=1) & same_ground & (thickness >= AS_THICK)
            return self.foregrounds[int(below_overlaps.argmax())] if below_overlaps.any() else None
        closest = int(np.where(near | exact, off, np.inf).argmin())
        style = self.foregrounds[closest]
        if run.foreground.mixed:
            return replace(style, nearest=run.foreground.nearest)
        return replace(style, nearest=color) if coverage[closest] <= 1 else replace(style, farthest=color)


def _least_coverage(run: TextRun) -> float:
    """Return the coverage of a run's most covered pixel if its color is the farthest that it may be."""
    shown, farthest = np.subtract((run.foreground.color, run.foreground.farthest), run.background).astype(np.float64)
    return float(np.linalg.norm(shown) / max(np.linalg.norm(farthest), 1))


def _reduced(foreground: Foreground, *, surely: bool) -> Foreground:
    if foreground.if_reduced is None or (foreground.proven and not surely):
        return foreground
    nearest, farthest = foreground.if_reduced
    return replace(foreground, nearest=nearest, farthest=farthest)


def _joined(run: TextRun) -> TextRun:
    """Return a run with the nearest color that it may have if its letters may be joined, and overlap."""
    foreground = run.foreground
    if foreground.proven or foreground.if_joined is None or not run.scripts & JOINED:
        return run
    nearest = min(foreground.nearest, foreground.if_joined, key=partial(dist, run.background))
    return replace(run, foreground=replace(foreground, nearest=nearest))


def _completed(run: TextRun, known: NDArray[np.float64]) -> Foreground:
    """Return the foreground with the most frequent known color that the run falls slightly short of, if any."""
    foreground = run.foreground
    nearest, farthest = np.subtract((foreground.nearest, foreground.farthest), run.background).astype(float)
    ends = known - run.background
    length, reach = lengths(ends), float(np.linalg.norm(nearest))
    coverage = ends @ nearest / np.maximum(length, 1) ** 2
    limit = min(float(np.linalg.norm(farthest)), reach / USUAL_COVERAGE) + OFF_LINE
    fitting = (length >= reach) & (length <= limit) & (lengths(nearest - coverage[:, None] * ends) <= OFF_LINE)
    return replace(foreground, color=rgb(known[fitting.argmax()])) if fitting.any() else foreground
