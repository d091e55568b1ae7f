import numpy as np
import pytest
from coloraide import Color

from benchmarks.intervals.drawn_lines import Card, Font, draw_card, read_fonts
from benchmarks.pages.sentences import read_scripts
from benchmarks.truth.css_color import Rgb

FONTS = [*read_fonts()]
SCRIPTS = read_scripts()
FONT = Font("known", "@fonts/some", "1.0.0", "OFL-1.1", "sha512-", "Some", (200, 700), ("latin",))


def drawn(script: str = "latin", seed: int = 3) -> list[Card]:
    random = np.random.default_rng(seed)
    return [draw_card(random, SCRIPTS[script], FONT, 430) for _ in range(200)]


def color(rgb: Rgb) -> Color:
    return Color("srgb", [level / 255 for level in rgb])


def ratios() -> np.ndarray:
    return np.array(
        [color(line.color).contrast(color(card.ground), method="wcag21") for card in drawn() for line in card.lines]
    )


@pytest.mark.parametrize("list_", ["known", "held-out"])
def test_each_list_has_a_font_for_every_script(list_: str) -> None:
    assert {script for font in FONTS if font.list == list_ for script in font.scripts} == set(SCRIPTS)


def test_no_font_is_in_both_lists() -> None:
    known, held_out = ({font.name for font in FONTS if font.list == list_} for list_ in ("known", "held-out"))
    assert not known & held_out


def test_a_seed_draws_the_same_cards_again() -> None:
    assert drawn() == drawn()
    assert drawn() != drawn(seed=4)


def test_weights_are_those_of_the_font() -> None:
    assert {line.weight for card in drawn() for line in card.lines} == {200, 300, 400, 500, 600, 700}


@pytest.mark.parametrize("limit", [3, 4.5, 7])
def test_a_fifth_of_the_ratios_is_near_each_limit(limit: float) -> None:
    assert np.mean(np.abs(ratios() / limit - 1) < 0.07) > 0.18


def test_ratios_reach_from_faint_to_strong() -> None:
    found = ratios()
    assert found.min() < 1.5
    assert found.max() > 12


def test_half_of_the_cards_are_dark() -> None:
    dark = [color(card.ground).luminance() < 0.18 for card in drawn()]
    assert 0.4 < np.mean(dark) < 0.6


@pytest.mark.parametrize("script", ["latin", "korean"])
def test_lines_of_several_words_fit(script: str) -> None:
    em = {"latin": 0.75, "korean": 1.0}[script]
    lines = [line for card in drawn(script) for line in card.lines if " " in line.text]
    assert all(len(line.text) * em * line.size <= 430 for line in lines)
