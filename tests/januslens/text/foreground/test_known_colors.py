from dataclasses import replace
from typing import Any

import pytest

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.foreground.known_colors import with_known_colors
from januslens.text.run import Backdrop, Foreground, Size, TextRun
from januslens.text.script import Script

WHITE: Rgb = (255, 255, 255)
SLATE: Rgb = (85, 85, 85)
PROVEN = TextRun(
    box=Box(0, 0, 100, 20),
    foreground=Foreground(SLATE, SLATE, SLATE),
    background=WHITE,
    backgrounds=(WHITE, WHITE),
    backdrop=Backdrop.FLAT,
    letters=8,
    size=Size(16, 14, 18),
    stem=1.5,
    core=(5, 14),
    baseline=14,
    monospaced=False,
)
SHOWN: Rgb = (102, 102, 102)  # nine tenths of the way from white to slate
THIN = replace(PROVEN, foreground=Foreground(SHOWN, SHOWN, (81, 81, 81)))


def proven(color: Rgb) -> TextRun:
    return replace(PROVEN, foreground=Foreground(color, color, color))


def completed(run: TextRun, *others: TextRun) -> Foreground:
    return with_known_colors([run, *others])[0].foreground


def test_a_thin_run_takes_the_proven_color_that_it_is_a_mix_of() -> None:
    assert completed(THIN, PROVEN).color == SLATE


def test_a_thin_run_keeps_the_bounds_that_its_own_pixels_prove() -> None:
    assert completed(THIN, PROVEN) == Foreground(SLATE, SHOWN, THIN.foreground.farthest)


OPEN = replace(THIN, foreground=Foreground(SHOWN, SHOWN, (0, 0, 0)))


@pytest.mark.parametrize(("known", "taken"), [(67, True), (60, False)], ids=["reached to 0.81", "reached to 0.78"])
def test_a_color_that_no_pixel_comes_near_is_not_taken(known: int, taken: bool) -> None:
    assert (completed(OPEN, proven((known,) * 3)).color != SHOWN) is taken


BLURRED = replace(THIN, foreground=replace(THIN.foreground, if_reduced=((140, 140, 140), (0, 0, 0))))
EXACT = replace(PROVEN, foreground=replace(PROVEN.foreground, if_reduced=((102, 102, 102), SLATE), unmixed=True))


@pytest.mark.parametrize(("exact", "sharp"), [(1, True), (0, False)], ids=["half are proven", "none is"])
def test_bounds_are_those_of_a_reduced_image_where_most_long_runs_are_unproven(exact: int, sharp: bool) -> None:
    found = completed(BLURRED, *[EXACT] * exact)
    assert (found.nearest, found.farthest) == ((SHOWN, (81, 81, 81)) if sharp else ((140, 140, 140), (0, 0, 0)))


@pytest.mark.parametrize(("unproven", "sharp"), [(6, True), (7, False)], ids=["5 of 11", "5 of 12"])
def test_an_image_is_sharp_where_over_four_in_ten_long_runs_are_proven(unproven: int, sharp: bool) -> None:
    assert (completed(*[BLURRED] * unproven, *[EXACT] * 5).nearest == SHOWN) is sharp


def reaching(color: Rgb = SLATE, **changes: Any) -> TextRun:
    return replace(BLURRED, foreground=replace(BLURRED.foreground, color=color, nearest=color), **changes)


WORD = replace(EXACT, letters=4)


NUMBER = replace(BLURRED, letters=3)


@pytest.mark.parametrize(("short_of_it", "sharp"), [(5, True), (6, False)], ids=["5 of 10", "5 of 11"])
def test_an_image_is_sharp_where_half_of_the_long_runs_reach_a_proven_color(short_of_it: int, sharp: bool) -> None:
    runs = [*[BLURRED] * short_of_it, WORD, *[reaching()] * 5, *[NUMBER] * 20]
    assert (completed(*runs).nearest == SHOWN) is sharp


@pytest.mark.parametrize(("short_of_it", "sharp"), [(4, True), (5, False)], ids=["4 of 8", "4 of 9"])
def test_a_table_of_numbers_is_sharp_where_half_of_them_reach_a_proven_color(short_of_it: int, sharp: bool) -> None:
    assert (completed(*[NUMBER] * short_of_it, WORD, *[reaching(letters=2)] * 3).nearest == SHOWN) is sharp


@pytest.mark.parametrize(("long", "sharp"), [(7, True), (8, False)])
def test_eight_long_runs_tell_more_than_all_numbers(long: int, sharp: bool) -> None:
    assert (completed(*[BLURRED] * long, WORD, *[reaching(letters=2)] * 10).nearest == SHOWN) is sharp


@pytest.mark.parametrize(
    "other",
    [
        reaching((86, 85, 85)),
        reaching(background=(254, 255, 255)),
        reaching(backdrop=Backdrop.GRADIENT),
    ],
    ids=["a level off", "on another background", "on a gradient"],
)
def test_runs_that_reach_no_proven_color_on_their_background_do_not_make_an_image_sharp(other: TextRun) -> None:
    assert completed(*[BLURRED] * 2, WORD, other).nearest != SHOWN


@pytest.mark.parametrize(
    "shown", [reaching(letters=4), replace(WORD, backdrop=Backdrop.GRADIENT)], ids=["not proven", "on a gradient"]
)
def test_a_color_that_is_not_proven_on_a_flat_background_does_not_make_an_image_sharp(shown: TextRun) -> None:
    assert completed(*[BLURRED] * 2, shown, reaching()).nearest != SHOWN


def test_a_sharp_image_with_many_unproven_runs_shows_ringing_nowhere() -> None:
    assert completed(EXACT, *[reaching()] * 8).nearest == SLATE


@pytest.mark.parametrize(("letters", "counts"), [(8, True), (7, False)])
def test_short_runs_do_not_tell_whether_an_image_was_reduced(letters: int, counts: bool) -> None:
    found = completed(BLURRED, EXACT, *[replace(BLURRED, letters=letters)] * 2)
    assert (found.nearest != SHOWN) is counts


def test_runs_before_a_gradient_do_not_tell_whether_an_image_was_reduced() -> None:
    gradient = replace(BLURRED, backdrop=Backdrop.GRADIENT)
    assert completed(BLURRED, EXACT, gradient, gradient).nearest == SHOWN


@pytest.mark.parametrize(("unproven", "widened"), [(7, False), (8, True)])
def test_a_proven_color_is_ringing_only_in_the_midst_of_many_that_are_unproven(unproven: int, widened: bool) -> None:
    assert (completed(EXACT, *[BLURRED] * unproven).nearest != SLATE) is widened


def test_without_a_proven_color_in_the_image_a_thin_run_stays_as_it_is() -> None:
    assert completed(THIN, replace(THIN, foreground=Foreground(SLATE, SLATE, (80, 80, 80)))) == THIN.foreground


@pytest.mark.parametrize(
    "color",
    [(60, 60, 60), (77, 77, 77), (118, 118, 118), (102, 102, 60), (85, 102, 102), (11, 102, 208)],
    ids=["beyond the farthest", "slightly beyond it", "short of the nearest", "yellow", "cyan", "blue"],
)
def test_a_color_that_the_run_is_no_mix_of_is_not_taken(color: Rgb) -> None:
    assert completed(THIN, proven(color)) == THIN.foreground


def test_of_two_that_fit_the_more_frequent_color_is_taken() -> None:
    rare, frequent = proven((83, 83, 83)), proven((87, 87, 87))
    assert completed(THIN, rare, frequent, frequent).color == (87, 87, 87)


def test_the_line_of_mixes_begins_at_the_runs_own_background() -> None:
    black: Rgb = (0, 0, 0)
    light = replace(THIN, foreground=Foreground((230, 0, 0), (230, 0, 0), (255, 0, 0)), background=black)
    assert completed(light, proven((255, 0, 0))).color == (255, 0, 0)
    assert completed(replace(light, background=(60, 60, 60)), proven((255, 0, 0))) == light.foreground


@pytest.mark.parametrize("backdrop", [Backdrop.GRADIENT, Backdrop.IMAGE])
def test_where_the_background_varies_no_color_is_lent(backdrop: Backdrop) -> None:
    assert completed(replace(THIN, backdrop=backdrop), PROVEN) == THIN.foreground


def test_a_proven_run_keeps_its_color() -> None:
    other = proven((84, 84, 84))
    assert completed(PROVEN, other, other, other) == PROVEN.foreground


def gray(level: int) -> Rgb:
    return (level, level, level)


def small(color: Rgb, **changes: Any) -> TextRun:
    return replace(PROVEN, foreground=Foreground(color, gray(140), gray(0)), letters=2, **changes)


def narrowed(run: TextRun, *others: TextRun) -> bool:
    return completed(run, *others).farthest != gray(0)


@pytest.mark.parametrize("stem", [0.75, 1.5, 6.0], ids=["light", "regular", "bold"])
def test_text_that_reaches_the_color_of_other_text_has_that_color(stem: float) -> None:
    assert completed(small(SLATE, stem=stem), PROVEN) == PROVEN.foreground


def test_hairlines_reach_the_color_of_other_text_by_chance() -> None:
    assert not narrowed(small(SLATE, stem=0.74), PROVEN)


@pytest.mark.parametrize(("level", "taken"), [(84, True), (86, True), (83, False), (87, False)])
def test_light_text_reaches_a_color_give_or_take_a_level(level: int, taken: bool) -> None:
    assert narrowed(small(gray(level), stem=1.0), PROVEN) is taken


@pytest.mark.parametrize(("level", "taken"), [(90, True), (91, False)], ids=["to 0.97", "to 0.965"])
def test_text_as_thick_as_other_text_may_fall_slightly_short_of_its_color(level: int, taken: bool) -> None:
    assert narrowed(small(gray(level)), PROVEN) is taken


def covered(color: Rgb, farthest: Rgb, **changes: Any) -> TextRun:
    return replace(small(color, **changes), foreground=Foreground(color, color, farthest))


@pytest.mark.parametrize(
    ("level", "farthest", "stem", "taken"),
    [(96, 28, 1.06, True), (97, 28, 1.06, False), (96, 27, 1.06, False), (96, 28, 1.04, False)],
    ids=["to 0.935", "to 0.929", "covered to less than 0.7", "thinner than 0.7"],
)
def test_text_that_is_surely_covered_may_fall_shorter_of_a_color(
    level: int, farthest: int, stem: float, taken: bool
) -> None:
    run = covered(gray(level), gray(farthest), stem=stem)
    assert (completed(run, PROVEN).farthest == SLATE) is taken


@pytest.mark.parametrize(
    ("farthest", "stem", "taken"),
    [(55, 0.75, True), (54, 0.75, False), (54, 1.19, False), (54, 1.21, True)],
)
def test_text_that_may_be_covered_to_less_than_half_is_of_a_style_only_if_it_is_as_thick(
    farthest: int, stem: float, taken: bool
) -> None:
    run = covered(gray(155), gray(farthest), stem=stem)
    assert (completed(run, proven(gray(155))).farthest == gray(155)) is taken


@pytest.mark.parametrize(("stem", "taken"), [(6.0, True), (1.21, True), (1.19, False)])
def test_thinner_text_that_falls_short_of_a_color_may_be_any_mix(stem: float, taken: bool) -> None:
    assert narrowed(small(gray(88), stem=stem), PROVEN) is taken


def test_strokes_are_compared_in_proportion_to_the_size() -> None:
    large = replace(PROVEN, size=Size(32, 30, 34), stem=3.0)
    assert narrowed(small(gray(88)), large)


def test_text_of_a_style_lies_between_what_it_shows_and_the_styles_color() -> None:
    assert completed(small(gray(88)), PROVEN) == Foreground(SLATE, gray(88), SLATE)


def test_text_that_may_be_of_two_colors_stays_open_to_the_weaker_one() -> None:
    mixed = small(gray(88))
    mixed = replace(mixed, foreground=replace(mixed.foreground, mixed=True))
    assert completed(mixed, PROVEN) == Foreground(SLATE, gray(140), SLATE)


def test_text_that_is_a_level_beyond_its_style_may_be_what_it_shows() -> None:
    assert completed(small(gray(84)), PROVEN) == Foreground(SLATE, SLATE, gray(84))


def test_text_is_as_uncertain_as_its_style() -> None:
    fringed = replace(PROVEN, foreground=Foreground(SLATE, SLATE, gray(80), unmixed=True))
    assert completed(small(gray(86)), fringed) == Foreground(SLATE, gray(86), gray(80))


def test_text_that_goes_beyond_a_color_is_not_of_its_style() -> None:
    assert not narrowed(small(gray(82)), PROVEN)


@pytest.mark.parametrize(("blue", "taken"), [(91, True), (92, False)])
def test_text_beside_the_line_to_a_color_is_not_of_its_style(blue: int, taken: bool) -> None:
    assert narrowed(small((88, 88, blue)), PROVEN) is taken


@pytest.mark.parametrize(("letters", "taken"), [(4, True), (3, False)])
def test_a_style_is_shown_by_several_letters(letters: int, taken: bool) -> None:
    assert narrowed(small(SLATE), replace(PROVEN, letters=letters), proven(gray(30))) is taken


@pytest.mark.parametrize(("level", "taken"), [(254, True), (253, False)])
def test_a_background_may_differ_from_that_of_a_style_by_a_level(level: int, taken: bool) -> None:
    assert narrowed(small(gray(88), background=gray(level)), PROVEN) is taken


TINT: Rgb = (85, 85, 120)
ELSEWHERE = replace(small(TINT, background=gray(240)), letters=4)
SHORT_OF_IT = small((87, 87, 121), background=gray(240))


@pytest.mark.parametrize(
    ("shown", "taken"),
    [
        (ELSEWHERE, True),
        (replace(ELSEWHERE, letters=3), False),
        (replace(ELSEWHERE, foreground=replace(ELSEWHERE.foreground, color=(86, 86, 120))), False),
        (replace(ELSEWHERE, background=gray(230)), False),
        (replace(ELSEWHERE, backdrop=Backdrop.GRADIENT), False),
    ],
    ids=["exactly", "by few letters", "give or take a level", "on a third background", "on a gradient"],
)
def test_text_that_has_exactly_the_color_of_a_style_shows_it_on_its_own_background(shown: TextRun, taken: bool) -> None:
    assert narrowed(SHORT_OF_IT, proven(TINT), shown) is taken


def test_text_that_shows_a_style_is_as_thick_as_text_that_falls_short_of_it() -> None:
    light = replace(ELSEWHERE, stem=0.8)
    assert narrowed(replace(SHORT_OF_IT, stem=0.65), proven(TINT), light)
    assert not narrowed(replace(SHORT_OF_IT, stem=0.63), proven(TINT), light)


@pytest.mark.parametrize(
    ("blue", "taken"), [(85, False), (100, False), (101, True)], ids=["gray", "hardly tinted", "tinted"]
)
def test_only_a_tint_is_recognized_on_another_background(blue: int, taken: bool) -> None:
    color = (85, 85, blue)
    assert narrowed(small(color, background=(250, 250, 250)), proven(color)) is taken


def test_on_another_background_a_tint_must_be_reached() -> None:
    run, other = small((88, 88, 140), background=(250, 250, 250)), proven((85, 85, 140))
    assert not narrowed(run, other)
    assert narrowed(small((88, 88, 140)), other)


def test_of_two_styles_text_has_the_one_whose_color_is_closer() -> None:
    run = small(gray(86))
    assert completed(run, proven(gray(83)), PROVEN).color == SLATE
    assert completed(run, PROVEN, proven(gray(83))).color == SLATE


def test_a_gray_of_text_on_another_background_is_no_style_however_close() -> None:
    elsewhere = replace(proven(gray(88)), background=(250, 250, 250))
    assert completed(small(gray(88)), PROVEN, elsewhere) == Foreground(SLATE, gray(88), SLATE)


def test_a_thin_run_that_reaches_no_known_color_stays_open() -> None:
    run = small(gray(120), stem=0.8)
    assert completed(run, PROVEN, proven(gray(60))).farthest == run.foreground.farthest
    assert completed(run, PROVEN, proven(gray(60))).nearest == run.foreground.nearest


@pytest.mark.parametrize(("unproven", "taken"), [(7, True), (8, False)])
def test_text_of_an_image_that_is_surely_reduced_reaches_no_color(unproven: int, taken: bool) -> None:
    assert narrowed(small(SLATE), PROVEN, *[THIN] * unproven) is taken


def test_text_of_a_sharp_image_reaches_a_color_also_beside_many_unproven_runs() -> None:
    assert narrowed(small(SLATE), *[PROVEN] * 6, *[THIN] * 8)


def overlapping(nearest: Rgb, **changes: Any) -> TextRun:
    return replace(PROVEN, foreground=Foreground(gray(60), nearest, gray(0)), letters=2, **changes)


def test_only_overlaps_of_translucent_text_show_more_than_the_color_of_its_style() -> None:
    assert completed(overlapping(SLATE), PROVEN) == PROVEN.foreground


@pytest.mark.parametrize(
    "run",
    [
        overlapping(gray(86)),
        overlapping((85, 85, 86)),
        overlapping(SLATE, stem=1.19),
        overlapping(SLATE, background=gray(253)),
    ],
    ids=["a level off", "a level off in blue", "thinner", "on another background"],
)
def test_what_may_be_overlaps_is_of_a_style_only_with_exactly_its_color(run: TextRun) -> None:
    assert not narrowed(run, PROVEN)


def joined(script: Script, if_joined: Rgb | None = (120, 120, 120), *, unmixed: bool = False) -> TextRun:
    foreground = Foreground(SHOWN, SHOWN, gray(0), if_joined=if_joined, unmixed=unmixed)
    return replace(THIN, foreground=foreground, scripts=frozenset({Script.LATIN, script}))


@pytest.mark.parametrize(
    ("script", "nearest"),
    [(Script.ARABIC, 120), (Script.DEVANAGARI, 120), (Script.HEBREW, 102), (Script.THAI, 102), (Script.CJK, 102)],
)
def test_where_letters_may_be_joined_the_nearest_color_is_that_beside_their_overlaps(
    script: Script, nearest: int
) -> None:
    assert completed(joined(script)).nearest == gray(nearest)


def test_overlaps_take_no_bound_closer_to_the_color() -> None:
    assert completed(joined(Script.ARABIC, gray(90))).nearest == SHOWN
    assert completed(joined(Script.ARABIC, None)).nearest == SHOWN


def test_a_proven_color_of_joined_letters_is_no_overlap() -> None:
    assert completed(joined(Script.ARABIC, unmixed=True)).nearest == SHOWN


def tinted_on(background: Rgb) -> TextRun:
    green = (63, 180, 73)
    return replace(THIN, foreground=Foreground(green, green, (0, 255, 70)), background=background)


def test_a_color_that_is_shown_on_two_backgrounds_is_bounded_by_both() -> None:
    dark, light = tinted_on((68, 68, 68)), tinted_on((102, 102, 102))
    assert completed(dark, light, light).farthest == (63, 186, 73)


def test_an_image_that_is_surely_reduced_shows_no_color_on_two_backgrounds() -> None:
    dark, light = tinted_on((68, 68, 68)), tinted_on((102, 102, 102))
    assert completed(dark, light, light, *[THIN] * 8).farthest == dark.foreground.farthest
