"""Sizes by the form of lines that Chromium drew (see `draw_scripts`), whose sizes are known."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from januslens.raster.components import connected_components
from januslens.text.crop import LineCrop, crop_line
from januslens.text.run import Size
from januslens.text.script import Script
from januslens.text.shape.form import measure_forms
from januslens.text.shape.heights import Heights
from januslens.text.shape.size_by_form import sizes_by_form, within_cells
from januslens.text.shape.strokes import RunPixels, measure_strokes

FOLDER = Path(__file__).with_name("scripts")
GROUND, TEXT = 255, 0x44
SCRIPTS = {
    "cyrillic": Script.LATIN,
    "greek": Script.LATIN,
    "han": Script.CJK,
    "japanese": Script.CJK,
    "hangul": Script.CJK,
    "devanagari": Script.DEVANAGARI,
    "bengali": Script.DEVANAGARI,
    "arabic": Script.ARABIC,
    "tamil": Script.TAMIL,
}


def runs_of(script: str, times: int = 1) -> dict[float, RunPixels]:
    """The lines of a script by their size in pixels, enlarged."""
    truth = json.loads((FOLDER / f"{script}@1.json").read_text())
    gray = np.kron(np.asarray(Image.open(FOLDER / f"{script}@1.png").convert("L")), np.ones((times, times), np.uint8))
    pixels = np.repeat(gray[..., None], 3, axis=2)
    return {line["size"] * times: run_in(pixels, np.array(line["core"], np.float64) * times) for line in truth["lines"]}


def run_in(pixels: NDArray[np.uint8], core: NDArray[np.float64]) -> RunPixels:
    line = crop_line(pixels, core)
    coverage = (GROUND - line.pixels[..., 0]) / (GROUND - TEXT)
    shapes = connected_components(coverage > 0)
    row, column, glyph = shapes.pixels()
    order = np.lexsort((column, row))
    row, column, glyph = row[order], column[order], glyph[order]
    return RunPixels(line, row, column, np.minimum(coverage[row, column], 1), glyph, shapes.boxes())


def sizes(runs: list[RunPixels], hanging: float | None = None) -> list[dict[Script, Size]]:
    """The sizes of runs, all of whose ink hangs from a headline and is so much higher than what is on the baseline."""
    strokes = measure_strokes(runs)
    if hanging is not None:
        strokes = [replace(of_run, heights=_hanging(of_run.heights, hanging)) for of_run in strokes]
    return sizes_by_form(runs, strokes, measure_forms(runs, strokes))


def _hanging(heights: Heights, times: float) -> Heights:
    baseline = heights.top + round((heights.bottom - heights.top) / times)
    return replace(heights, baseline=baseline, usual_top=heights.top)


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_interval_holds_the_font_size(script: str) -> None:
    runs = runs_of(script)
    found = [(size, by_form[SCRIPTS[script]]) for size, by_form in zip(runs, sizes([*runs.values()]), strict=True)]
    assert [size for size, interval in found if not interval.low <= size <= interval.high] == []


def test_a_run_has_exactly_the_same_size_alone_and_among_others() -> None:
    runs = [run for script in SCRIPTS for run in runs_of(script).values()]
    assert sizes(runs) == [size for run in runs for size in sizes([run])]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_estimate_is_close(script: str) -> None:
    runs = runs_of(script)
    ratios = [
        by_form[SCRIPTS[script]].value / size for size, by_form in zip(runs, sizes([*runs.values()]), strict=True)
    ]
    assert np.median(ratios) == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize(
    ("script", "word", "line"),
    [
        (Script.LATIN, (0.75, 1.55), (0.78, 1.5)),
        (Script.CJK, (0.83, 1.3), (0.83, 1.3)),
        (Script.DEVANAGARI, (0.68, 1.39), (0.74, 1.22)),
        (Script.ARABIC, (0.6, 1.6), (0.64, 1.33)),
        (Script.TAMIL, (0.78, 1.35), (0.82, 1.25)),
    ],
)
def test_a_line_shows_its_size_better_than_a_word(
    script: Script, word: tuple[float, float], line: tuple[float, float]
) -> None:
    run = runs_of("arabic", times=8)[32 * 8]
    width, ink = int(run.column.max() - run.column.min()) + 1, int(run.row.max() - run.row.min()) + 1
    first, last = (int(run.column.max()) - int(heights * ink) for heights in (4.9, 5.1))
    assert width > 5.1 * ink
    of_word, of_line = (
        by_form[script] for by_form in sizes([from_column(run, first), from_column(run, last)], hanging=1.3)
    )
    assert (of_word.low / of_word.value, of_word.high / of_word.value) == pytest.approx(word, rel=0.003)
    assert (of_line.low / of_line.value, of_line.high / of_line.value) == pytest.approx(line, rel=0.003)


def test_devanagari_text_without_a_plain_headline_may_be_larger() -> None:
    run = runs_of("devanagari", times=8)[32 * 8]
    plain, other, other_word = (
        of_run[Script.DEVANAGARI]
        for of_run in (
            *sizes([run], hanging=1.3),
            *sizes([run], hanging=1.4),
            *sizes([from_column(run, int(run.column.max()) - 400)], hanging=1.4),
        )
    )
    assert plain.high / plain.value == pytest.approx(1.22, rel=0.003)
    assert other.high / other.value == pytest.approx(1.42, rel=0.003)
    assert other.low / other.value == pytest.approx(plain.low / plain.value)
    assert other_word.high / other_word.value == pytest.approx(1.42, rel=0.003)


def test_a_headline_says_nothing_of_other_scripts() -> None:
    run = runs_of("tamil", times=8)[32 * 8]
    (plain,), (other,) = (sizes([run], hanging=hanging) for hanging in (1.3, 1.4))
    for script in set(SCRIPTS.values()) - {Script.DEVANAGARI}:
        assert other[script].high / other[script].value == pytest.approx(plain[script].high / plain[script].value)


def from_column(run: RunPixels, first: int) -> RunPixels:
    """A run without what is left of a column."""
    kept = run.column >= first
    return RunPixels(run.line, run.row[kept], run.column[kept], run.coverage[kept], run.glyph[kept], run.boxes)


def test_the_ink_of_small_text_is_off_by_half_a_pixel() -> None:
    small = runs_of("han")[10]
    of_small = sizes([small])[0][Script.CJK]
    ink = measure_strokes([small])[0].heights.ink
    assert of_small.high / of_small.value == pytest.approx(1.3 * (1 + 0.5 / ink))
    assert of_small.low / of_small.value == pytest.approx(0.83 * (1 - 0.5 / ink))


def line_of_cells(em: int, count: int) -> RunPixels:
    """Squares that fill a tenth less than their cells."""
    covered = np.tile(np.tile(np.arange(em) < 0.86 * em, count), (em, 1))
    row, column = np.nonzero(covered)
    line = LineCrop(np.zeros((*covered.shape, 3), np.int16), 0, 0, 0, 0, covered.shape[1], em)
    box = np.array([[0, 0, covered.shape[1], em]])
    return RunPixels(line, row, column, np.ones(len(row)), np.zeros(len(row), np.intp), box)


def test_letters_of_chinese_fit_into_the_cells_that_a_line_shows() -> None:
    run = line_of_cells(20, 12)
    (strokes,) = measure_strokes([run])
    by_form = {Script.CJK: Size(24, 15, 30), Script.LATIN: Size(24, 15, 30)}
    within = within_cells(by_form, run, strokes)
    largest = pytest.approx(20 / 0.915, rel=0.02)
    assert [within[Script.CJK].value, within[Script.CJK].high] == [largest, largest]
    assert within[Script.CJK].low == 15
    assert within[Script.LATIN] == by_form[Script.LATIN]
    smaller = {Script.CJK: Size(18, 15, 20)}
    assert within_cells(smaller, run, strokes) == smaller


def test_cells_that_are_too_narrow_for_the_form_say_nothing() -> None:
    run = line_of_cells(20, 12)
    (strokes,) = measure_strokes([run])
    by_form = {Script.CJK: Size(25, 22, 30)}
    assert within_cells(by_form, run, strokes) == by_form


@pytest.mark.parametrize("below", [0, 3])
def test_ink_that_is_all_below_the_baseline_has_a_size(below: int) -> None:
    run = runs_of("han")[10]
    (strokes,) = measure_strokes([run])
    hanging = replace(strokes, heights=replace(strokes.heights, baseline=strokes.heights.top - below))
    (by_form,) = sizes_by_form([run], [hanging], measure_forms([run], [strokes]))
    assert all(0 < size.low <= size.value <= size.high < np.inf for size in by_form.values())


def test_no_runs_have_no_sizes() -> None:
    assert sizes_by_form([], [], np.zeros((0, 12))) == []
