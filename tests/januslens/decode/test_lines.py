"""Lines and edges drawn on whole pixels, and as wide as they are: what a row covers in part gets a mixed color."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from januslens.decode.lines import Lines, find_lines

PAPER, INK, CARD = 255.0, 95.0, 175.0  # levels of gray: halves and quarters of a row are whole levels
HEIGHT = 60


def page(*areas: tuple[float, float, float], width: int = 256) -> NDArray[np.uint8]:
    """Areas of gray from row to row over the whole width, in the order in which they are painted."""
    rows = np.full(HEIGHT, PAPER)
    for top, bottom, gray in areas:
        number = np.arange(HEIGHT)
        covered = np.clip(np.minimum(number + 1, bottom) - np.maximum(number, top), 0, 1)
        rows += covered * (gray - rows)
    return np.broadcast_to(np.round(rows)[:, None, None], (HEIGHT, width, 3)).astype(np.uint8)


def found(pixels: NDArray[np.uint8]) -> tuple[list[float], list[float], int]:
    lines = find_lines(pixels)
    return sorted(lines.widths.tolist()), sorted(lines.coverages.tolist()), lines.smeared


@pytest.mark.parametrize("thickness", [1, 2, 3, 4])
def test_a_line_is_as_wide_as_the_rows_that_it_covers(thickness: int) -> None:
    widths, coverages, smeared = found(page((20, 20 + thickness, INK)))
    assert widths == [thickness]
    assert coverages == ([0.0, 0.0] if thickness > 1 else [])  # the edges of what is two rows high
    assert smeared == 0


def test_what_is_higher_than_four_rows_is_no_line_but_has_two_edges() -> None:
    assert found(page((20, 25, INK))) == ([], [0.0, 0.0], 0)


@pytest.mark.parametrize("width", [1.25, 1.5, 1.75, 2.5, 3.5])
def test_rows_that_a_line_covers_in_part_count_in_part(width: float) -> None:
    assert found(page((20, 20 + width, INK)))[0] == [width]


def test_the_row_that_is_covered_most_counts_as_whole() -> None:
    assert found(page((20.25, 21.5, INK)))[0] == [1.67]  # three quarters of a row, and a half


def test_the_colors_of_a_line_may_be_any() -> None:
    pixels = page((20, 21.5, INK)).copy()
    for channel, (paper, ink) in enumerate([(250, 50), (0, 100), (100, 100)]):
        pixels[..., channel] = np.round(paper + (PAPER - pixels[..., channel]) / (PAPER - INK) * (ink - paper))
    assert found(pixels)[0] == [1.5]


@pytest.mark.parametrize("coverage", [0.25, 0.5, 0.75])
def test_an_edge_within_a_row_covers_a_share_of_it(coverage: float) -> None:
    assert found(page((30 - coverage, HEIGHT, INK))) == ([], [coverage], 0)
    assert found(page((0, 30 + coverage, INK))) == ([], [1 - coverage], 0)


def test_a_border_between_two_areas_is_no_share_of_one() -> None:
    assert found(page((20, HEIGHT, CARD), (20, 21, INK))) == ([], [], 0)


def test_a_channel_out_of_the_range_of_both_colors_makes_a_border() -> None:
    pixels = page((19.5, HEIGHT, INK)).copy()
    pixels[19, :, 2] = PAPER + 0
    assert found(pixels)[1] == [0.33]  # as little as blue changes there
    pixels[20:, :, 2] = 240
    pixels[19, :, 2] = 239
    assert found(pixels)[1] == []


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_an_edge_over_several_rows_is_smeared(rows: int) -> None:
    steps = [(20 + row, HEIGHT, PAPER + (row + 1) / (rows + 1) * (INK - PAPER)) for row in range(rows + 1)]
    assert found(page(*steps)) == ([], [], 1)


def test_a_slope_of_five_rows_is_no_edge() -> None:
    steps = [(20 + row, HEIGHT, PAPER + (row + 1) / 6 * (INK - PAPER)) for row in range(6)]
    assert found(page(*steps)) == ([], [], 0)


def test_an_image_made_smaller_has_no_sharp_edge() -> None:
    areas = [(7.0 + 13 * number, 13.0 + 13 * number, INK) for number in range(4)]
    sharp = Image.fromarray(page(*areas))
    smaller = np.asarray(sharp.resize((218, 51), Image.Resampling.BILINEAR))
    assert found(np.asarray(sharp)) == ([], [0.0] * 8, 0)
    assert 0.0 not in found(smaller)[1]


@pytest.mark.parametrize(("difference", "count"), [(8, 1), (7, 0)])
def test_lines_of_less_contrast_than_24_levels_are_none(difference: float, count: int) -> None:
    assert len(found(page((20, 21, PAPER - difference)))[0]) == count  # in each of three channels
    assert len(found(page((20, HEIGHT, PAPER - difference)))[1]) == count


def test_lines_of_a_row_count_once_for_each_width() -> None:
    pixels = page((20, 21, INK), width=1024)
    assert found(pixels)[0] == [1]
    pixels = pixels.copy()
    pixels[21, 512:] = round((PAPER + INK) / 2)
    assert found(pixels)[0] == [1, 1.5]


def test_every_line_counts() -> None:
    assert found(page((5, 6, INK), (9, 10, INK), (30, 31, INK)))[0] == [1, 1, 1]


@pytest.mark.parametrize("pitch", [2, 3])
def test_a_line_has_two_rows_of_room_on_either_side(pitch: int) -> None:
    assert found(page((20, 21, INK), (20 + pitch, 21 + pitch, INK)))[0] == [1] * (2 if pitch == 3 else 0)


def test_an_edge_has_two_rows_of_each_color() -> None:
    assert found(page((20, 21, CARD), (21, HEIGHT, INK)))[1] == [0.5]  # a row between
    assert found(page((20, 22, CARD), (22, HEIGHT, INK)))[1] == [0, 0]
    assert found(page((HEIGHT - 1, HEIGHT, INK)))[1] == []
    assert found(page((HEIGHT - 2, HEIGHT, INK)))[1] == [0]


def test_a_line_of_several_colors_is_none() -> None:
    pixels = page((20, 21, INK)).copy()
    pixels[20, ::2] = CARD
    assert found(pixels) == ([], [], 0)


def test_a_line_amid_several_colors_is_none() -> None:
    pixels = page().copy()
    pixels[:, ::2] = CARD
    pixels[20] = INK
    assert found(pixels) == ([], [], 0)


def test_a_stroke_shorter_than_16_pixels_is_no_line() -> None:
    pixels = page().copy()
    pixels[20, :15] = INK
    assert found(pixels)[0] == []
    pixels[20, :16] = INK
    assert found(pixels)[0] == [1]


def test_one_in_four_stretches_is_examined() -> None:
    pixels = page().copy()
    for stretch in range(16):
        pixels[3 * stretch + 3, 16 * stretch : 16 * stretch + 16] = INK
    assert found(pixels)[0] == [1] * 4


@pytest.mark.parametrize("shape", [(1, 1), (1, 64), (2, 64), (3, 64), (4, 64), (64, 1), (3, 15)])
def test_the_smallest_images_have_no_lines(shape: tuple[int, int]) -> None:
    lines = find_lines(np.zeros((*shape, 3), np.uint8))
    assert (lines.widths.tolist(), lines.coverages.tolist(), lines.smeared) == ([], [], 0)


def test_four_rows_may_have_an_edge() -> None:
    assert found(page((2, HEIGHT, INK))[:4]) == ([], [0], 0)


def test_a_line_needs_five_rows() -> None:
    assert isinstance(find_lines(page((2, 3, INK))[:5]), Lines)
    assert found(page((2, 3, INK))[:5])[0] == [1]
    assert found(page((2, 3, INK))[:4])[0] == []


@pytest.mark.parametrize("above", [True, False])
def test_an_area_beside_a_texture_has_no_edge(*, above: bool) -> None:
    pixels = page().copy()
    pixels[30:, ::2] = INK
    assert found(pixels if above else pixels[::-1]) == ([], [], 0)
