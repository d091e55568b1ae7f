"""The font sizes that heights leave open, by the heights of letters in fonts' outlines."""

import math
from dataclasses import replace

import pytest

from januslens.text.run import Size
from januslens.text.script import Script
from januslens.text.shape.heights import Heights
from januslens.text.shape.size import PossibleSizes, possible_sizes

EM = 100  # pixels: so large that fringes do not count


def letters_of(top: float, usual: float, baseline: float, bottom: float) -> Heights:
    """Heights in em above the baseline."""
    last, level, first = (round((top - height) * EM) for height in (bottom, baseline, usual))
    return Heights(0, last, level, level, level, first, fall=1.0, rise=1.0, uncovered=0.0)


def sizes_of(
    heights: Heights,
    *,
    width: float = 6.0,
    letters: int = 20,
    tallest: float = 0.9,
    core: float = 0.6,
    part: bool = False,
    by_form: dict[Script, Size] | None = None,
) -> PossibleSizes:
    return possible_sizes(
        heights, round(width * EM), letters, round(tallest * EM), round(core * EM), by_form or {}, part=part
    )


INTER = letters_of(0.727, 0.546, 0, -0.2)
CAPITALS = letters_of(0.655, 0.655, 0, 0)  # Liberation Serif, whose capitals are the lowest
X_HEIGHTS = letters_of(0.481, 0.481, 0, 0)  # Georgia
HAN = letters_of(0.84, 0.84, -0.08, -0.08)  # Noto Sans CJK
HINDI = letters_of(0.896, 0.622, 0, -0.15)  # Noto Sans Devanagari
HINDI_WITH_SIGNS_BELOW = letters_of(0.896, 0.622, 0, -0.25)
ARABIC = letters_of(0.714, 0.1, 0, -0.394)  # Noto Sans Arabic
HEBREW = letters_of(0.593, 0.593, 0, 0)  # Noto Sans Hebrew
HEBREW_LOW = letters_of(0.729, 0.547, 0, -0.208)  # DejaVu Sans
THAI = letters_of(0.84, 0.558, 0, 0)  # Noto Sans Thai
AMIRI = letters_of(1.03, 0.1, 0, -0.6)  # Arabic, with a hamza above and one below
TAMIL = letters_of(0.843, 0.554, 0, -0.321)  # Noto Sans Tamil


@pytest.mark.parametrize(
    ("heights", "script", "estimate"),
    [
        (INTER, Script.LATIN, 1.0),
        (HAN, Script.CJK, 0.97),
        (HINDI, Script.DEVANAGARI, 0.97),
        (ARABIC, Script.ARABIC, 0.97),
        (HEBREW, Script.HEBREW, 1.04),
        (HEBREW_LOW, Script.HEBREW, 0.97),
        (THAI, Script.THAI, 0.98),
        (TAMIL, Script.TAMIL, 0.99),
    ],
)
def test_the_estimate_is_that_of_usual_fonts(heights: Heights, script: Script, estimate: float) -> None:
    assert sizes_of(heights).of(script, {script}).value == pytest.approx(estimate * EM, rel=0.02)


@pytest.mark.parametrize(
    ("heights", "script", "low", "high"),
    [
        (INTER, Script.LATIN, 0.84, 1.13),
        (CAPITALS, Script.LATIN, 0.68, 1.41),
        (X_HEIGHTS, Script.LATIN, 0.49, 1.04),
        (HAN, Script.CJK, 0.84, 1.36),
        (HINDI, Script.DEVANAGARI, 0.67, 1.03),
        (HINDI_WITH_SIGNS_BELOW, Script.DEVANAGARI, 0.71, 1.42),
        (ARABIC, Script.ARABIC, 0.67, 1.82),
        (HEBREW, Script.HEBREW, 0.89, 1.11),
        (THAI, Script.THAI, 0.76, 1.07),
        (TAMIL, Script.TAMIL, 0.90, 1.23),
    ],
)
def test_the_bounds_are_those_of_a_scripts_letters(heights: Heights, script: Script, low: float, high: float) -> None:
    size = sizes_of(heights).of(script, {script})
    assert [size.low, size.high] == pytest.approx([low * EM, high * EM], rel=0.02)


def test_a_short_word_under_a_headline_has_less_certain_a_baseline() -> None:
    word, line = sizes_of(HINDI, width=2.0), sizes_of(HINDI, width=6.0)
    assert word.of(Script.DEVANAGARI, ()).high > line.of(Script.DEVANAGARI, ()).high


def test_a_word_in_arabic_may_have_neither_an_alef_nor_a_tail() -> None:
    word, line = (sizes_of(ARABIC, width=width).of(Script.ARABIC, ()) for width in (5.4, 5.6))
    assert [word.high, line.high] == pytest.approx([1.108 * EM / 0.42, 1.108 * EM / 0.61], rel=0.01)


def test_letters_under_a_headline_that_end_on_several_rows_may_stand_on_the_lowest() -> None:
    level = letters_of(0.81, 0.54, 0, -0.08)
    uneven = replace(level, lowest_end=level.bottom)
    high = sizes_of(uneven).of(Script.DEVANAGARI, ()).high
    assert high == pytest.approx((62 + 0.75) / 0.61)
    assert sizes_of(uneven).of(Script.DEVANAGARI, ()) == replace(sizes_of(level).of(Script.DEVANAGARI, ()), high=high)


@pytest.mark.parametrize("width", [4.0, 9.0])  # a word, and a line
@pytest.mark.parametrize("usual", [0.1, 0.7])  # none that is found, and that of letters of two heights
def test_high_arabic_letters_may_be_as_small_as_they_are(width: float, usual: float) -> None:
    heights = replace(AMIRI, usual_top=round((1.03 - usual) * EM))
    assert sizes_of(heights, width=width).of(Script.ARABIC, ()).low <= EM


def test_without_a_usual_height_all_ink_counts() -> None:
    unclear = letters_of(0.9, 0.1, 0, -0.1)
    assert sizes_of(unclear).of(Script.DEVANAGARI, ()).value == pytest.approx(EM / 0.95, rel=0.01)
    assert sizes_of(unclear).of(Script.THAI, ()).low == pytest.approx(0.9 * EM / 1.3, rel=0.01)
    assert sizes_of(unclear).of(Script.HEBREW, ()).low == pytest.approx(0.9 * EM / 0.85, rel=0.01)


def test_the_bounds_hold_for_every_possible_script() -> None:
    sizes = sizes_of(INTER)
    both = sizes.of(Script.LATIN, {Script.LATIN, Script.ARABIC})
    latin, arabic = sizes.of(Script.LATIN, ()), sizes.of(Script.ARABIC, ())
    assert (both.value, both.low, both.high) == (latin.value, min(latin.low, arabic.low), arabic.high)


def test_a_crossbar_that_may_be_the_baseline_lowers_the_bound() -> None:
    heights = replace(letters_of(0.75, 0.55, 0, 0), sharpest_end=50)
    assert sizes_of(heights).of(Script.LATIN, ()).low == pytest.approx((50 - 0.8) / 0.96)


@pytest.mark.parametrize(("usual", "bottom"), [(0.729, 0), (0.729, -0.22), (0.519, 0), (0.519, -0.24)])
def test_an_accent_on_a_capital_does_not_make_the_text_look_larger(usual: float, bottom: float) -> None:
    accented = letters_of(0.96, usual, 0, bottom)  # Й and Ç of DejaVu Serif among capitals, and among Hxpg
    assert sizes_of(accented).of(Script.LATIN, ()).low <= EM


@pytest.mark.parametrize(
    ("usual", "descent", "width", "lower_case"),
    [
        (0.69, 0.3, 6, True),
        (0.67, 0.3, 6, False),
        (0.8, 0.28, 6, True),
        (0.8, 0.26, 6, False),
        (0.7, 0.3, 3.91, True),  # three times the height of all ink
        (0.7, 0.3, 3.89, False),
    ],
)
def test_letters_in_the_proportions_of_lower_case_have_no_accents_on_capitals(
    usual: float, descent: float, width: float, *, lower_case: bool
) -> None:
    low = sizes_of(letters_of(1.0, usual, 0, -descent), width=width).of(Script.LATIN, ()).low
    assert low == pytest.approx((EM - 0.3) / 0.86 if lower_case else (EM - 0.3 - 0.5) / 0.96)


def test_the_blurred_top_of_an_accent_is_a_pixel_high() -> None:
    capitals = Heights(0, 12, 12, 12, 12, 3, fall=1.0, rise=1.0, uncovered=0.0)  # 12 px in Noto Sans, 11.3 high
    assert possible_sizes(capitals, 60, 8, 12, 9, {}, part=False).of(Script.LATIN, ()).low <= 12


def test_a_single_stroke_leaves_the_size_to_the_height_of_the_core() -> None:
    one, two = (sizes_of(X_HEIGHTS, letters=letters, core=0.5).of(Script.LATIN, ()) for letters in (1, 2))
    assert [one.low, one.high] == pytest.approx([0.5 * EM / 1.2, 0.5 * EM / 0.075])
    assert two.high < one.high


def test_a_small_part_of_a_line_does_too() -> None:
    five, six = (sizes_of(X_HEIGHTS, letters=letters, part=True).of(Script.LATIN, ()) for letters in (5, 6))
    assert five.high == pytest.approx(0.6 * EM / 0.36)
    assert six.high < five.high


@pytest.mark.parametrize(("core", "em"), [(4, 0.075), (5, 0.36)])
def test_a_part_with_a_core_as_low_as_a_marks_may_be_one(core: int, em: float) -> None:
    size = possible_sizes(X_HEIGHTS, 40, 5, 5, core, {}, part=True).of(Script.LATIN, ())
    assert size.high == pytest.approx(max(core / em, (48 + 0.75) / 0.47))


def test_the_level_strokes_of_signs_above_may_be_taken_for_the_height_of_thai_letters() -> None:
    signs = letters_of(1.0, 0.73, 0, 0)  # Noto Serif Thai
    assert sizes_of(signs).of(Script.THAI, ()).low <= EM


def test_dashes_show_no_size() -> None:
    dash = letters_of(0.35, 0.35, 0, 0)
    size = sizes_of(dash, core=0.6).of(Script.LATIN, ())
    assert [size.low, size.high] == pytest.approx([0.6 * EM / 1.2, 0.6 * EM / 0.42])
    assert sizes_of(letters_of(0.36, 0.36, 0, 0), core=0.6).of(Script.LATIN, ()).high > size.high / 2


def test_shapes_that_stand_above_one_another_may_be_letters_that_run_upward() -> None:
    column = letters_of(2.0, 2.0, 0, 0)
    assert sizes_of(column, width=0.7, tallest=0.6).of(Script.LATIN, ()).low == pytest.approx(0.6 * EM / 1.15)
    assert sizes_of(column, width=0.5, tallest=0.6).of(Script.LATIN, ()).low == pytest.approx(0.5 * EM / 1.15)
    assert sizes_of(column, width=0.7, tallest=1.2).of(Script.LATIN, ()).low == pytest.approx(2 * EM / 0.96, rel=0.01)


def test_little_ink_leaves_no_negative_size() -> None:
    heights = Heights(0, 1, 1, 1, 1, 0, 0.2, 0.2, 0.9)
    size = sizes_of(heights, core=0.01).of(Script.LATIN, ())
    assert 0 <= size.low <= size.high < math.inf


BY_FORM = {Script.LATIN: Size(90, 85, 115)}


def test_the_form_of_letters_narrows_their_size() -> None:
    alone, narrowed = (sizes_of(X_HEIGHTS, by_form=by_form).of(Script.LATIN, ()) for by_form in ({}, BY_FORM))
    assert (alone.low, alone.high) == pytest.approx((49, 104), abs=1)
    assert (narrowed.low, narrowed.high) == (85, alone.high)
    assert narrowed.value == 85  # by the height alone it is less
    assert sizes_of(X_HEIGHTS, by_form={Script.LATIN: Size(60, 40, 60)}).of(Script.LATIN, ()).high == 60
    assert sizes_of(X_HEIGHTS, by_form={Script.LATIN: Size(60, 40, 60)}).of(Script.LATIN, ()).value == 60


def test_a_form_that_contradicts_the_heights_says_nothing() -> None:
    by_height = sizes_of(X_HEIGHTS).of(Script.LATIN, ())
    assert sizes_of(X_HEIGHTS, by_form={Script.LATIN: Size(190, 150, 200)}).of(Script.LATIN, ()) == by_height
    assert sizes_of(X_HEIGHTS, by_form={Script.CJK: Size(90, 85, 90)}).of(Script.LATIN, ()) == by_height


@pytest.mark.parametrize(("letters", "part"), [(1, False), (20, True)])
def test_the_form_of_a_single_letter_or_of_a_part_of_a_line_says_nothing(letters: int, part: bool) -> None:
    with_form, without = (
        sizes_of(X_HEIGHTS, letters=letters, part=part, by_form=by_form).of(Script.LATIN, ())
        for by_form in (BY_FORM, {})
    )
    assert with_form == without


@pytest.mark.parametrize(("usual", "em"), [(0.39, 0.47), (0.41, 0.535), (0.61, 0.535), (0.63, 0.65)])
def test_crossbars_of_lower_case_letters_are_not_taken_for_their_height(usual: float, em: float) -> None:
    letters = letters_of(1.0, usual, 0, 0)
    assert sizes_of(letters).of(Script.LATIN, ()).high == pytest.approx((EM + 0.75) / em)


def test_signs_above_make_thai_letters_look_a_pixel_higher() -> None:
    assert sizes_of(THAI).of(Script.THAI, ()).low == pytest.approx((56 - 1 - 0.3) / 0.73)
