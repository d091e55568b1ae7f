"""Lines as Chromium drew them (`rendered/lines.html`), each with the place and the color of its parts."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from januslens.accessibility.evidence import MeasuredText
from januslens.accessibility.measure.text_contrast import measure_texts
from januslens.color.luminance import contrast_ratio
from januslens.color.notation import Rgb
from januslens.decode.lossy import NO_LOSS
from januslens.text.measure_text import measure_text
from januslens.text.run import Backdrop

FOLDER = Path(__file__).with_name("rendered")
LINES: dict[str, Any] = json.loads((FOLDER / "lines.json").read_text())
PIXELS = np.asarray(Image.open(FOLDER / "lines.png").convert("RGB"))


@dataclass(frozen=True)
class Part:
    """A part of a line of one color: its ratio to the background, and its first and last column."""

    ratio: float
    left: float
    right: float


def rgb(color: str) -> Rgb:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue


def parts(name: str) -> list[Part]:
    behind = rgb(LINES[name]["background"])
    return [Part(contrast_ratio(rgb(color), behind), left, right) for _, color, left, right in LINES[name]["parts"]]


def measured(name: str) -> list[MeasuredText]:
    cores = np.array(LINES[name]["cores"], float)
    return measure_texts(measure_text(PIXELS, cores, scale=1, loss=NO_LOSS), 1, NO_LOSS)


@pytest.mark.parametrize("name", ["bold Japanese", "black Japanese", "black Latin", "weight 200", "outlined"])
def test_a_line_of_one_color_is_one_run_as_wide_as_its_text(name: str) -> None:
    (text,), (part,) = measured(name), parts(name)
    assert text.run.box.x == pytest.approx(part.left, abs=3)
    assert text.run.box.x + text.run.box.width == pytest.approx(part.right, abs=3)
    assert text.low <= part.ratio + 0.01
    assert text.high >= part.ratio - 0.01


@pytest.mark.parametrize("name", ["bold Japanese", "black Japanese", "black Latin"])
def test_heavy_letters_are_no_background(name: str) -> None:
    (text,) = measured(name)
    assert text.run.background == (255, 255, 255)
    assert text.run.foreground.color == rgb(LINES[name]["parts"][0][1])


def test_each_token_of_code_is_a_run_whose_interval_holds_its_ratio() -> None:
    texts, truth = measured("code"), parts("code")
    assert len(texts) == len(truth)
    for text, part in zip(texts, truth, strict=True):
        assert text.run.box.x == pytest.approx(part.left, abs=9)  # a token may begin with a space of 8 pixels
        assert text.low - 0.01 <= part.ratio <= text.high + 0.01


def test_thin_text_beside_a_stronger_color_keeps_its_own() -> None:
    strong, muted = measured("muted beside strong")
    assert strong.low > parts("muted beside strong")[1].ratio
    assert muted.low <= parts("muted beside strong")[1].ratio <= muted.high


def test_the_box_of_a_line_that_begins_on_another_ground_leaves_that_out() -> None:
    on_white = max(measured("first letter on dark"), key=lambda text: text.run.box.width)
    assert on_white.run.box.x >= 17
    assert on_white.low > 18


def test_what_is_on_another_ground_is_said_with_its_own_ratio() -> None:
    on_dark = min(measured("first letter on dark"), key=lambda text: text.run.box.width)
    assert on_dark.run.box.x + on_dark.run.box.width <= 17
    assert on_dark.low == pytest.approx(1.14, abs=0.01)
    assert on_dark.high < 1.3


def test_an_outline_and_what_is_around_it_may_both_be_behind_the_letters() -> None:
    (text,) = measured("outlined")
    inner, outer = contrast_ratio((255, 183, 3), (16, 37, 62)), contrast_ratio((255, 183, 3), (255, 255, 255))
    assert text.run.foreground.color == (255, 183, 3)
    assert text.run.background == pytest.approx((16, 37, 62), abs=4)
    assert text.run.backdrop is Backdrop.GRADIENT
    assert text.low <= outer
    assert text.high >= inner
