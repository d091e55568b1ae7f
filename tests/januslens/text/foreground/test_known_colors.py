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


def test_what_a_thin_run_itself_shows_stays_its_nearest_bound() -> None:
    assert completed(THIN, PROVEN) == Foreground(SLATE, SHOWN, SLATE)


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
