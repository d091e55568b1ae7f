"""A text's color from mixes that the test made: each pixel is a share of one color over another, rounded."""

import numpy as np
import pytest
from coloraide import Color
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.notation import Rgb, hex_color
from januslens.decode.lossy import NO_LOSS, USUAL_LOSS
from januslens.text.foreground.bounds import foreground_on_flat, foreground_on_varying
from januslens.text.foreground.line_fit import fit_line
from januslens.text.run import Foreground
from tests.januslens import drawn
from tests.januslens.text.foreground.mixes import WHITE, colors, mixes

EDGES = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75] * 10  # what anti-aliasing leaves of a glyph's outline


def wcag_ratio(one: Rgb, other: Rgb) -> float:
    return Color(hex_color(one)).contrast(Color(hex_color(other)), method="wcag21")


def read(offsets: NDArray[np.float64], background: Rgb, columns: NDArray[np.intp] | None = None) -> Foreground:
    column = np.arange(len(offsets)) if columns is None else columns
    end = fit_line(offsets, offsets, 0).end
    return foreground_on_flat(offsets, np.arange(len(offsets)), column, end, np.array(background, np.int16), NO_LOSS)


@given(colors, colors, st.integers(10, 60))
def test_a_color_that_many_pixels_show_unmixed_is_exact_and_proven(foreground: Rgb, background: Rgb, many: int) -> None:
    assume(np.abs(np.subtract(foreground, background)).max() >= 20)
    found = read(mixes(foreground, background, [1.0] * many + EDGES), background)
    assert found == Foreground(foreground, foreground, foreground)


def test_a_plateau_outweighs_a_single_pixel_that_blending_rounded_one_level_too_far() -> None:
    foreground, background = (58, 32, 14), (112, 133, 85)  # as Chromium drew it: 57 of red in one pixel, 58 in 200
    offsets = np.concatenate([mixes(foreground, background, [1.0] * 200 + EDGES), [[57 - 112, 32 - 133, 13 - 85]]])
    found = read(offsets, background)
    assert (found.color, found.nearest, found.farthest) == (foreground, foreground, (57, 32, 13))


@given(colors, colors, st.integers(0, 2**32 - 1))
def test_of_noisy_mixes_the_color_behind_the_noise_is_read(foreground: Rgb, background: Rgb, seed: int) -> None:
    assume(np.abs(np.subtract(foreground, background)).max() >= 60)
    noise = np.random.default_rng(seed).normal(0, 2.5, (260, 3))
    offsets = mixes(foreground, background, [1.0] * 80 + EDGES * 3) + np.rint(noise)
    end = fit_line(offsets, offsets, 10).end
    place = np.arange(len(offsets))
    color = foreground_on_flat(offsets, place, place, end, np.array(background, np.int16), USUAL_LOSS).color
    assert np.abs(np.subtract(color, foreground)).max() <= 4


@given(colors, colors, st.integers(0, 2**32 - 1))
def test_a_color_read_is_a_color_of_the_image(foreground: Rgb, background: Rgb, seed: int) -> None:
    assume(foreground != background)
    shares = np.random.default_rng(seed).random(50).tolist()
    offsets = mixes(foreground, background, shares)
    assume(np.abs(offsets).max() > 0)
    shown = {tuple(color) for color in (offsets + background).astype(int).tolist()}
    assert read(offsets, background).color in shown


def moved(color: Rgb, levels: int, away_from: Rgb) -> Rgb:
    """Move each channel of a color by some levels from another that is lighter or darker in all of them."""
    lighter = sum(color) > sum(away_from)
    red, green, blue = (min(max(channel + (levels if lighter else -levels), 0), 255) for channel in color)
    return red, green, blue


@given(drawn.pairs(), st.floats(0.89, 1), st.integers(1, 9))
def test_the_bounds_hold_the_true_ratio_where_strokes_are_thin(pair: tuple[Rgb, Rgb], most: float, few: int) -> None:
    foreground, background = pair
    truth = wcag_ratio(foreground, background)
    assume(truth >= 1.5)
    found = read(mixes(foreground, background, [most] * few + [share * most for share in EDGES]), background)
    nearest = moved(found.nearest, -1, away_from=background)
    farthest = moved(found.farthest, 1, away_from=background)
    assert wcag_ratio(nearest, background) <= truth <= wcag_ratio(farthest, background)


@pytest.mark.parametrize(
    ("pixels", "columns", "proven"),
    [(10, 5, True), (9, 5, False), (10, 4, False), (200, 4, False), (200, 40, True)],
)
def test_only_a_plateau_of_ten_pixels_in_five_columns_proves_a_color(pixels: int, columns: int, proven: bool) -> None:
    offsets = mixes((40, 40, 40), WHITE, [1.0] * pixels + EDGES)
    column = np.concatenate([np.arange(pixels) % columns, 100 + np.arange(len(EDGES))])
    assert read(offsets, WHITE, column).proven is proven


@pytest.mark.parametrize(("beside", "proven"), [(3, False), (4, True)])
def test_bars_at_one_height_prove_a_color_only_with_other_strokes_beside_them(beside: int, proven: bool) -> None:
    """As Chromium drew Hebrew of weight 200: seven pixels of bars in one row, and stems in two columns."""
    row = np.concatenate([np.zeros(7, np.intp), 1 + np.arange(9) % 5])
    column = np.concatenate([np.arange(7), np.arange(9) % beside])
    offsets = mixes((0, 0, 0), WHITE, [0.98] * 16)
    found = foreground_on_flat(offsets, row, column, offsets[0], np.array([255] * 3, np.int16), NO_LOSS)
    assert found.proven is proven


def test_a_stem_between_two_pixels_proves_no_color() -> None:
    offsets = mixes((0, 0, 0), WHITE, [0.9] * 40 + EDGES)  # in two columns, as high as the letters
    found = read(offsets, WHITE, np.concatenate([np.arange(40) % 2, 10 + np.arange(len(EDGES))]))
    assert not found.proven
    assert found.farthest == (0, 0, 0)


def unproven(shares: list[float], end: float = 1.0) -> Foreground:
    """Read ink of black on white from pixels in one column; end is the coverage of the color taken for the text's."""
    offsets = mixes((0, 0, 0), WHITE, shares)
    place = np.arange(len(offsets))
    line_end = np.full(3, -255.0 * end)
    return foreground_on_flat(offsets, place, 0 * place, line_end, np.array([255] * 3, np.int16), NO_LOSS)


def test_few_pixels_may_be_farther_from_the_texts_color_than_many() -> None:
    few, many = (unproven([0.5] * count, 0.5) for count in (49, 400))
    assert few.farthest < many.farthest


def test_the_nearest_color_is_what_the_runs_own_pixels_reach() -> None:
    """As where a piece takes the color of a neighbor."""
    assert unproven([0.8] * 30) == Foreground((0, 0, 0), (51, 51, 51), (0, 0, 0))


@pytest.mark.parametrize(("twice", "nearest"), [(3, 102), (4, 0)], ids=["3 of 100", "4 of 100"])
def test_the_few_pixels_where_translucent_text_overlaps_are_not_what_it_reaches(twice: int, nearest: int) -> None:
    assert unproven([1.0] * twice + [0.6] * (100 - twice)).nearest == (nearest,) * 3


@pytest.mark.parametrize(("others", "nearest"), [(0.90, 26), (0.93, 0)])
def test_what_is_painted_once_is_at_most_nine_tenths_of_what_is_painted_twice(others: float, nearest: int) -> None:
    assert unproven([1.0] + [others] * 99).nearest == pytest.approx((nearest,) * 3, abs=1)


@pytest.mark.parametrize(("twice", "nearest"), [(3, 15), (5, 15), (6, 0)])
def test_joined_letters_may_overlap_in_two_pixels_more(twice: int, nearest: int) -> None:
    assert unproven([1.0] * twice + [0.94] * (100 - twice)).if_joined == (nearest,) * 3


def test_in_a_single_pixel_nothing_overlaps() -> None:
    assert unproven([1.0]).if_joined == (0, 0, 0)


@pytest.mark.parametrize(("reach", "mixed"), [(0.98, True), (0.99, False)])
def test_a_run_that_shows_less_than_the_color_it_is_taken_for_may_have_another(reach: float, mixed: bool) -> None:
    assert unproven([reach] * 30).mixed is mixed


def test_the_line_of_mixes_ends_at_the_gamut() -> None:
    """Red that is covered to four fifths: more than wholly covered it would have more than 255 levels."""
    offsets = mixes((255, 0, 0), (55, 0, 0), [0.8] * 20)
    place = np.arange(20)
    found = foreground_on_flat(offsets, place, 0 * place, offsets[0], np.array([55, 0, 0], np.int16), NO_LOSS)
    assert found.farthest == pytest.approx((255, 0, 0), abs=1)


@pytest.mark.parametrize("many", [True, False])
def test_in_a_reduced_image_ringing_may_have_made_the_color(many: bool) -> None:
    shares = [0.8] * (40 if many else 1)
    place = np.arange(len(shares))
    offsets = mixes((0, 0, 0), WHITE, shares)
    found = foreground_on_flat(offsets, place, place, offsets[0], np.array([255] * 3, np.int16), NO_LOSS)
    assert found.unmixed is many
    assert found.if_reduced is not None
    assert found.if_reduced[0] == pytest.approx((255 - 204 / 1.25,) * 3, abs=1)


def test_the_color_of_most_ink_wins_over_a_farther_color_of_little() -> None:
    offsets = np.concatenate([mixes((120, 60, 40), WHITE, [1.0] * 60 + EDGES), mixes((0, 0, 90), WHITE, [1.0] * 20)])
    assert read(offsets, WHITE).color == (120, 60, 40)


def on_a_picture(colors_of_ink: list[Rgb]) -> Foreground:
    """Read ink that has these colors before a background that varies around gray."""
    pixels = np.array(colors_of_ink, np.int16)
    behind = np.random.default_rng(3).integers(100, 140, pixels.shape)
    offsets = (pixels - behind).astype(float)
    place = np.arange(len(pixels))
    return foreground_on_varying(pixels, offsets, place, place)


def test_on_an_image_the_color_that_recurs_is_the_texts() -> None:
    edges = [(130 + n, 140 + n, 150 + n) for n in range(60)]
    assert on_a_picture([(250, 240, 230)] * 12 + edges) == Foreground((250, 240, 230), (250, 240, 230), (250, 240, 230))


def test_on_an_image_nothing_is_proven_where_no_color_recurs() -> None:
    assert not on_a_picture([(190 + n, 200 + n % 7, 180 + n % 11) for n in range(60)]).proven


@pytest.mark.parametrize(("rows", "proven"), [(2, False), (3, True)])
def test_a_dash_between_pixels_proves_no_color(rows: int, proven: bool) -> None:
    row, column = (place.ravel() for place in np.mgrid[:rows, :20])
    offsets = mixes((0, 0, 0), (255, 255, 255), [0.5] * len(row))
    found = foreground_on_flat(offsets, row, column, offsets[0], np.array([255] * 3, np.int16), NO_LOSS)
    assert found.proven is proven
