from dataclasses import replace

import pytest

from januslens.color.notation import Rgb
from januslens.decode.geometry import Box
from januslens.text.foreground.known_colors import with_known_colors
from januslens.text.run import Backdrop, Foreground, Size, TextRun

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
    [(60, 60, 60), (118, 118, 118), (102, 102, 60), (85, 102, 102), (11, 102, 208)],
    ids=["beyond the farthest", "short of the nearest", "yellow", "cyan", "blue"],
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
