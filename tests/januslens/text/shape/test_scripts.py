"""The sizes of text in many scripts, as Chromium drew it (see `draw_scripts`)."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from januslens.accessibility.contrast import LARGE_BOLD_SIZE, LARGE_SIZE
from januslens.decode.lossy import NO_LOSS
from januslens.text.measure_text import measure_text
from januslens.text.run import TextRun
from januslens.text.script import Script
from januslens.text.shape.scripts import SCRIPTS, scripts_of_runs

DRAWN = sorted(Path(__file__).with_name("scripts").glob("*.png"))
SCRIPT_OF = {
    "cyrillic": Script.LATIN,
    "greek": Script.LATIN,
    "han": Script.CJK,
    "japanese": Script.CJK,
    "japanese-bold": Script.CJK,
    "hangul": Script.CJK,
    "devanagari": Script.DEVANAGARI,
    "bengali": Script.DEVANAGARI,
    "arabic": Script.ARABIC,
    "hebrew": Script.HEBREW,
    "thai": Script.THAI,
    "tamil": Script.TAMIL,
}


@dataclass(frozen=True)
class Known:
    """A run, with the CSS font size and weight of its line."""

    run: TextRun
    size: float
    weight: int


def known_of(drawing: Path) -> list[Known]:
    truth = json.loads(drawing.with_suffix(".json").read_text())
    pixels = np.asarray(Image.open(drawing).convert("RGB"))
    cores = np.array([line["core"] for line in truth["lines"]], float)
    runs = measure_text(pixels, cores, scale=truth["scale"], loss=NO_LOSS)
    found = []
    for line in truth["lines"]:
        _, top, _, bottom = line["core"]
        in_line = [run for run in runs if top <= (run.core[0] + run.core[1]) / 2 <= bottom]
        widest = max(in_line, key=lambda run: run.box.width)
        found.append(Known(widest, line["size"], line["weight"]))
    return found


@pytest.mark.parametrize("drawing", DRAWN, ids=lambda path: path.stem)
def test_the_interval_holds_the_font_size(drawing: Path) -> None:
    missed = [(known.size, known.run.size) for known in known_of(drawing)]
    assert [size for size, found in missed if not found.low <= size <= found.high] == []


@pytest.mark.parametrize("drawing", [path for path in DRAWN if "tamil" not in path.stem], ids=lambda path: path.stem)
def test_the_estimate_is_close(drawing: Path) -> None:
    ratios = [known.run.size.value / known.size for known in known_of(drawing)]
    assert np.median(ratios) == pytest.approx(1, abs=0.09)


@pytest.mark.parametrize("drawing", [path for path in DRAWN if "bold" not in path.stem], ids=lambda path: path.stem)
def test_a_regular_line_of_23_pixels_is_not_surely_large(drawing: Path) -> None:
    (low,) = [known.run.size.low for known in known_of(drawing) if known.size == 23]
    assert low < LARGE_SIZE


@pytest.mark.parametrize("drawing", DRAWN, ids=lambda path: path.stem)
def test_the_own_script_is_possible(drawing: Path) -> None:
    own = SCRIPT_OF[drawing.stem.partition("@")[0]]
    assert all(own in known.run.scripts for known in known_of(drawing))


@pytest.mark.parametrize("script", ["devanagari", "bengali", "arabic"])
def test_letters_that_are_joined_are_counted(script: str) -> None:
    (drawing,) = [path for path in DRAWN if path.stem == f"{script}@1"]
    assert all(known.run.letters >= 5 for known in known_of(drawing))


@pytest.mark.parametrize(
    ("script", "highest"), [("devanagari", 1.15), ("bengali", 1.15), ("han", 1.5), ("cyrillic", 1.3), ("hebrew", 1.35)]
)
def test_the_interval_is_no_wider_than_the_script_leaves_open(script: str, highest: float) -> None:
    (drawing,) = [path for path in DRAWN if path.stem == f"{script}@1"]
    ratios = [known.run.size.high / known.size for known in known_of(drawing) if known.size >= 14]
    assert np.median(ratios) <= highest


def test_a_line_of_cells_shows_that_bold_text_is_not_large() -> None:
    (drawing,) = [path for path in DRAWN if path.stem == "japanese-bold@1"]
    perhaps_large = [known.size for known in known_of(drawing) if known.run.size.high >= LARGE_BOLD_SIZE]
    assert perhaps_large == [18]


def likelihoods(others: float, **of_scripts: float) -> list[float]:
    return [of_scripts.get(script.value, others) for script in SCRIPTS]


LATIN = likelihoods(0.01, latin=0.94)


def test_scripts_are_told_by_what_the_whole_image_shows() -> None:
    unclear, thai = likelihoods(0.04, latin=0.4, thai=0.4), likelihoods(0.01, thai=0.94)
    assert scripts_of_runs(np.array([unclear, *[thai] * 5]), [10] * 6)[0].likeliest is Script.THAI


def test_a_script_that_the_image_shows_nowhere_else_stays_possible() -> None:
    han = likelihoods(0.05, cjk=0.7)
    assert Script.CJK in scripts_of_runs(np.array([han, *[LATIN] * 20]), [10] * 21)[0].possible


def test_an_unlikely_script_that_the_image_shows_nowhere_else_is_not_possible() -> None:
    perhaps_arabic = likelihoods(0.012, latin=0.74, arabic=0.2)
    alone = scripts_of_runs(np.array([perhaps_arabic]), [1])[0]
    among = scripts_of_runs(np.array([perhaps_arabic, *[LATIN] * 20]), [10] * 21)[0]
    assert (Script.ARABIC in alone.possible, Script.ARABIC in among.possible) == (True, False)


@pytest.mark.parametrize(("other", "thai"), [("tamil", True), ("arabic", False)])
def test_what_may_be_tamil_may_be_thai(other: str, thai: bool) -> None:
    unclear = likelihoods(0, latin=0.5, **{other: 0.5})
    found = scripts_of_runs(np.array([unclear]), [10])[0]
    assert (Script.THAI in found.possible, Script.THAI in found.likely) == (thai, False)


@pytest.mark.parametrize(("odds", "possible"), [(0.64, True), (0.6, False)])
def test_a_script_that_the_image_does_not_show_is_possible_from_3_percent(odds: float, possible: bool) -> None:
    """Latin has nearly all text, Arabic counts as if it had a twentieth."""
    unclear = likelihoods(0, latin=1 / (1 + odds), arabic=odds / (1 + odds))
    found = scripts_of_runs(np.array([unclear, *[likelihoods(0, latin=1)] * 500]), [10] * 501)[0]
    assert (Script.ARABIC in found.likely, Script.ARABIC in found.possible) == (possible, possible)


@pytest.mark.parametrize(
    ("odds", "likely", "possible"),
    [(0.033, True, True), (0.028, False, True), (0.011, False, True), (0.009, False, False)],
)
def test_a_script_that_the_image_shows_is_possible_from_1_percent(odds: float, likely: bool, possible: bool) -> None:
    """Half of the text is in Latin, half in Arabic."""
    unclear = likelihoods(0, latin=1 / (1 + odds), arabic=odds / (1 + odds))
    text = [likelihoods(0, latin=1), likelihoods(0, arabic=1)] * 2000
    found = scripts_of_runs(np.array([unclear, *text]), [10] * 4001)[0]
    assert (Script.ARABIC in found.likely, Script.ARABIC in found.possible) == (likely, possible)


@pytest.mark.parametrize(("runs", "possible"), [(110, True), (90, False)])
def test_an_image_shows_a_script_with_a_tenth_of_its_text(runs: int, possible: bool) -> None:
    unclear = likelihoods(0, latin=0.84, arabic=0.16)
    text = [likelihoods(0, latin=1)] * (1000 - runs) + [likelihoods(0, arabic=1)] * runs
    assert (Script.ARABIC in scripts_of_runs(np.array([unclear, *text]), [100] * 1001)[0].possible) == possible


def test_latin_words_are_usual_among_text_of_another_script() -> None:
    word, thai = likelihoods(0.01, latin=0.7, thai=0.25), likelihoods(0.01, thai=0.94)
    assert scripts_of_runs(np.array([word, *[thai] * 5]), [10] * 6)[0].likeliest is Script.LATIN


def test_the_own_script_of_an_image_is_usual_even_if_most_of_its_text_is_latin() -> None:
    word, thai = likelihoods(0.02, latin=0.1, thai=0.8), likelihoods(0.01, thai=0.94)
    text = [*[LATIN] * 20, *[thai] * 6]
    assert scripts_of_runs(np.array([word, *text]), [10] * 27)[0].likeliest is Script.THAI


def test_runs_that_are_unclear_by_themselves_tell_the_script_together() -> None:
    word, perhaps_thai = likelihoods(0.04, latin=0.5, thai=0.3), likelihoods(0.02, latin=0.1, thai=0.8)
    assert scripts_of_runs(np.array([word, *[perhaps_thai] * 500]), [10] * 501)[0].likeliest is Script.THAI
