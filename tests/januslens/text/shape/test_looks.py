"""What runs of one look show of each other's font size, by construction."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.text.run import Size
from januslens.text.script import Script
from januslens.text.shape.looks import Look, sizes_by_look

LINE = Look(
    color=(90, 90, 90),
    stem=2.0,
    core=10,
    ink=14.0,
    letters=12,
    script=Script.LATIN,
    size=Size(14, 11, 16),
    likely=Size(14, 11, 16),
    vague=False,
)


def sized(look: Look, value: float, low: float, high: float) -> Look:
    return replace(look, size=Size(value, low, high), likely=Size(value, low, high))


NUMBER = sized(replace(LINE, ink=10.0, letters=3), 14, 10.5, 24)  # capitals of 14 px, or letters of 20 px
DIGIT = sized(replace(NUMBER, letters=1, vague=True), 13, 8, 150)
HAN = sized(replace(LINE, ink=15.0, letters=10, script=Script.CJK), 16, 10, 24)
BOUNDED = 1.03 * 16


def highest(look: Look, *others: Look) -> float:
    return sizes_by_look([look, *others])[0].high


def in_colors(look: Look, count: int) -> list[Look]:
    return [replace(look, color=(0, 20 * number, 250)) for number in range(count)]


def test_a_number_is_no_larger_than_lines_of_its_look() -> None:
    assert highest(NUMBER, LINE, LINE) == pytest.approx(BOUNDED)


def test_the_largest_of_the_lines_counts() -> None:
    assert highest(NUMBER, LINE, sized(LINE, 15, 12, 18), LINE) == pytest.approx(1.03 * 18)


def test_one_line_shows_no_look() -> None:
    assert highest(NUMBER, LINE) == NUMBER.size.high


def test_the_bounds_do_not_depend_on_the_order() -> None:
    assert sizes_by_look([LINE, NUMBER, LINE])[1] == sizes_by_look([NUMBER, LINE, LINE])[0]


def test_a_size_is_never_raised() -> None:
    lines = [sized(LINE, 14, 12, 22)] * 2
    assert highest(sized(NUMBER, 10, 8, 21), *lines) == 21


def test_a_run_that_shows_its_size_keeps_it() -> None:
    large = sized(LINE, 14, 12, 20)
    assert highest(large, LINE, LINE) == 20


@pytest.mark.parametrize(("high", "bound"), [(18, 1.03 * 18), (18.2, 24)])
def test_lines_show_a_size_up_to_1_8_times_their_lowest(high: float, bound: float) -> None:
    assert highest(NUMBER, *[sized(LINE, 14, 10, high)] * 2) == pytest.approx(bound)


def test_lines_show_the_size_that_they_have_in_a_likely_script() -> None:
    unlikely = replace(LINE, size=Size(14, 8, 30))
    assert highest(NUMBER, unlikely, unlikely) == pytest.approx(BOUNDED)


@pytest.mark.parametrize(("high", "bounded"), [(18.2, True), (18, False)])
def test_a_run_is_bounded_if_its_size_may_be_1_8_times_its_lowest(high: float, bounded: bool) -> None:
    assert (highest(sized(LINE, 14, 10, high), LINE, LINE) < high) == bounded


@pytest.mark.parametrize(("letters", "bound"), [(4, BOUNDED), (3, 24)])
def test_lines_have_four_strokes(letters: int, bound: float) -> None:
    assert highest(NUMBER, *[replace(LINE, letters=letters)] * 2) == pytest.approx(bound)


def test_vague_runs_show_no_size() -> None:
    assert highest(NUMBER, *[replace(LINE, vague=True)] * 2) == NUMBER.size.high


@pytest.mark.parametrize(("color", "bound"), [((98, 82, 90), BOUNDED), ((99, 90, 90), 24), ((90, 90, 81), 24)])
def test_lines_differ_by_up_to_8_levels_in_color(color: tuple[int, int, int], bound: float) -> None:
    assert highest(NUMBER, *[replace(LINE, color=color)] * 2) == pytest.approx(bound)


@pytest.mark.parametrize(("stem", "bound"), [(2.39, BOUNDED), (2.41, 24), (1.61, BOUNDED), (1.59, 24)])
def test_strokes_differ_by_up_to_15_percent_and_a_tenth_of_a_pixel(stem: float, bound: float) -> None:
    assert highest(replace(NUMBER, stem=stem), LINE, LINE) == pytest.approx(bound)


@pytest.mark.parametrize(("core", "bound"), [(13, BOUNDED), (14, 24), (3, BOUNDED)])
def test_a_core_is_at_most_a_fifth_and_a_pixel_higher(core: int, bound: float) -> None:
    assert highest(replace(NUMBER, core=core), LINE, LINE) == pytest.approx(bound)


def test_a_run_whose_estimate_is_larger_is_of_another_look() -> None:
    assert highest(sized(NUMBER, 17, 10.5, 24), LINE, LINE) == 24


def test_one_look_may_exclude_a_run_whose_size_another_bounds() -> None:
    lines = [sized(LINE, 16, 14, 18)] * 2
    words = [replace(HAN, ink=10.0)] * 3
    assert highest(sized(NUMBER, 17, 10.5, 24), *lines, *words) == pytest.approx(1.03 * 18)


@pytest.mark.parametrize(("script", "em"), [(Script.CJK, 0.86), (Script.DEVANAGARI, 0.88), (Script.ARABIC, 0.9)])
def test_the_ink_of_words_in_one_script_bounds_their_size(script: Script, em: float) -> None:
    words = [replace(HAN, script=script, ink=ink) for ink in (13.0, 15.0, 14.0)]
    assert highest(replace(HAN, script=script), *words) == pytest.approx((15 + 0.75) / em)


@pytest.mark.parametrize("script", [Script.LATIN, Script.THAI, Script.HEBREW, Script.TAMIL])
def test_the_ink_of_other_scripts_bounds_no_size(script: Script) -> None:
    assert highest(HAN, *[replace(HAN, script=script)] * 4) == HAN.size.high


@pytest.mark.parametrize(("letters", "bounded"), [(10, True), (9, False)])
def test_ink_counts_from_30_strokes(letters: int, bounded: bool) -> None:
    assert (highest(HAN, *[replace(HAN, letters=letters)] * 3) < HAN.size.high) == bounded


@pytest.mark.parametrize(("words", "bounded"), [(3, True), (2, False)])
def test_ink_counts_from_three_other_words(words: int, bounded: bool) -> None:
    assert (highest(HAN, *[replace(HAN, letters=20)] * words) < HAN.size.high) == bounded


@pytest.mark.parametrize("word", [replace(HAN, vague=True), replace(HAN, letters=1)])
def test_marks_are_no_words(word: Look) -> None:
    tall = replace(word, ink=18.0)
    assert highest(HAN, tall, *[HAN] * 3) == pytest.approx((15 + 0.75) / 0.86)


def test_two_strokes_are_a_word() -> None:
    assert highest(HAN, replace(HAN, letters=2, ink=18.0), *[HAN] * 3) == pytest.approx(18.75 / 0.86)


def test_most_text_bounds_a_word_of_another_color() -> None:
    assert highest(NUMBER, *in_colors(LINE, 4)) == pytest.approx(BOUNDED)


def test_three_lines_are_not_most_text() -> None:
    assert highest(NUMBER, *in_colors(LINE, 3)) == NUMBER.size.high


@pytest.mark.parametrize(("others", "bound"), [(20, BOUNDED), (21, 24)])
def test_most_text_has_a_fifth_of_the_lines(others: int, bound: float) -> None:
    headings = [sized(replace(LINE, stem=5.0), 30, 24, 36)] * others
    assert highest(NUMBER, *in_colors(LINE, 5), *headings) == pytest.approx(bound)


@pytest.mark.parametrize(("stem", "bound"), [(2.28, BOUNDED), (2.3, 24), (1.72, BOUNDED), (1.7, 24)])
def test_strokes_of_most_text_differ_by_less(stem: float, bound: float) -> None:
    assert highest(replace(NUMBER, stem=stem), *in_colors(LINE, 4)) == pytest.approx(bound)


@pytest.mark.parametrize(("core", "bound"), [(13, BOUNDED), (14, 24), (7, BOUNDED), (6, 24)])
def test_the_cores_of_most_text_are_neither_higher_nor_lower(core: int, bound: float) -> None:
    assert highest(replace(NUMBER, core=core), *in_colors(LINE, 4)) == pytest.approx(bound)


def test_the_ink_of_most_text_bounds_sizes_too() -> None:
    lines = in_colors(sized(HAN, 16, 13, 23), 4)
    assert highest(HAN, *lines) == pytest.approx(15.75 / 0.86)


def test_a_single_digit_has_the_size_of_the_text_around_it() -> None:
    words = [sized(replace(NUMBER, letters=5), value, 10, high) for value, high in ((13, 23), (14, 24), (15, 22))]
    assert sizes_by_look([DIGIT, *words])[0] == Size(14, 8, 24)


def test_a_digit_beside_lines_is_bounded_as_closely_as_other_numbers() -> None:
    assert highest(DIGIT, LINE, LINE, replace(NUMBER, letters=5)) == pytest.approx(BOUNDED)


def test_a_digit_beside_one_word_keeps_its_size() -> None:
    assert sizes_by_look([DIGIT, replace(NUMBER, letters=5)])[0] == DIGIT.size


@pytest.mark.parametrize("word", [replace(NUMBER, letters=3), replace(NUMBER, letters=5, vague=True)])
def test_marks_and_short_words_show_no_size_of_a_digit(word: Look) -> None:
    assert sizes_by_look([DIGIT, word, word])[0] == DIGIT.size


def test_the_size_of_a_digit_is_no_smaller_than_its_ink_allows() -> None:
    small = sized(replace(NUMBER, letters=5), 9, 7, 20)
    assert sizes_by_look([sized(DIGIT, 13, 10, 150), small, small])[0] == Size(10, 10, 20)


def test_a_vague_run_is_bounded_however_little_its_size_is_open() -> None:
    larger = sized(replace(NUMBER, letters=5), 17, 10.5, 24)
    assert highest(sized(DIGIT, 14, 11, 18), LINE, LINE, larger) == pytest.approx(BOUNDED)


def test_a_bound_that_a_run_just_reaches_counts() -> None:
    assert highest(sized(NUMBER, BOUNDED, 10.5, 24), LINE, LINE) == BOUNDED


def test_marks_beside_words_do_not_change_the_size_of_a_digit() -> None:
    word, mark = replace(NUMBER, letters=5), sized(replace(NUMBER, letters=3), 10, 8, 24)
    assert sizes_by_look([DIGIT, word, word, mark, mark, mark])[0].value == 14


def test_a_digit_may_be_as_large_as_words_in_an_unlikely_script() -> None:
    word = replace(NUMBER, letters=5, likely=Size(14, 10, 19))
    assert highest(DIGIT, word, word) == 24


def test_a_digit_has_the_size_of_text_of_its_look_also_beside_one_of_another_look() -> None:
    word, other = replace(NUMBER, letters=5), replace(DIGIT, stem=9.0)
    assert [size.value for size in sizes_by_look([DIGIT, other, word, word])[:2]] == [14, 13]


def test_no_runs_have_no_sizes() -> None:
    assert sizes_by_look([]) == []


sizes = st.tuples(st.floats(5, 60), st.floats(1, 2), st.floats(1, 4)).map(
    lambda of: Size(of[0] * of[1], of[0], of[0] * of[1] * of[2])
)
looks = st.builds(
    Look,
    color=st.sampled_from([(0, 0, 0), (5, 5, 5), (200, 0, 0)]),
    stem=st.floats(0.5, 4),
    core=st.integers(4, 30),
    ink=st.floats(4, 40),
    letters=st.integers(0, 40),
    script=st.sampled_from(Script),
    size=sizes,
    likely=sizes,
    vague=st.booleans(),
)


@given(st.lists(looks, max_size=12))
def test_sizes_stay_in_their_own_intervals(some: list[Look]) -> None:
    for look, size in zip(some, sizes_by_look(some), strict=True):
        assert size.low == look.size.low
        assert size.low <= size.value <= size.high <= look.size.high
        assert look.vague or size.value == look.size.value
        assert not math.isnan(size.value)
