"""Areas of shapes that Pillow drew."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from januslens.raster.areas import Areas, TooManyRuns
from januslens.raster.indexed_image import IndexedImage


def areas_of(image: Image.Image) -> tuple[IndexedImage, Areas]:
    flat = IndexedImage.of(np.asarray(image), 1.0)
    return flat, Areas.of(flat)


def drawn(shape: str, box: tuple[int, int, int, int], **options: int) -> tuple[IndexedImage, Areas, int]:
    """A red shape on white; also the number of its area. The box's right and bottom are Pillow's, inclusive."""
    image = Image.new("RGB", (120, 90), "white")
    getattr(ImageDraw.Draw(image), shape)(box, fill="red", **options)
    flat, areas = areas_of(image)
    (number,) = np.flatnonzero(areas.palette_index == flat.find((255, 0, 0)))
    return flat, areas, int(number)


def test_a_rectangle_reaches_all_of_its_sides() -> None:
    _, areas, number = drawn("rectangle", (10, 20, 49, 39))
    assert areas.boxes[number].tolist() == [10, 20, 50, 40]
    assert areas.pixels[number] == 40 * 20
    assert areas.reach[number].tolist() == [1, 1, 1, 1]


def test_a_pill_reaches_half_of_its_short_sides() -> None:
    _, areas, number = drawn("rounded_rectangle", (10, 20, 109, 51), radius=16)
    left, top, right, bottom = areas.reach[number]
    assert 0.3 < left < 0.6
    assert right == left
    assert top == bottom > 0.6


def test_a_triangle_does_not_reach_its_top() -> None:
    image = Image.new("RGB", (100, 100), "white")
    ImageDraw.Draw(image).polygon([(50, 10), (90, 80), (10, 80)], fill="red")
    flat, areas = areas_of(image)
    (number,) = np.flatnonzero(areas.palette_index == flat.find((255, 0, 0)))
    left, top, right, bottom = areas.reach[number]
    assert max(left, top, right) < 0.1
    assert bottom == 1


def test_areas_of_one_color_that_do_not_touch_are_two() -> None:
    image = Image.new("RGB", (60, 20), "white")
    ImageDraw.Draw(image).rectangle((5, 5, 14, 14), fill="red")
    ImageDraw.Draw(image).rectangle((30, 5, 39, 14), fill="red")
    flat, areas = areas_of(image)
    assert np.count_nonzero(areas.palette_index == flat.find((255, 0, 0))) == 2


def test_areas_of_two_colors_that_touch_are_two() -> None:
    image = Image.new("RGB", (60, 20), "white")
    ImageDraw.Draw(image).rectangle((5, 5, 14, 14), fill="red")
    ImageDraw.Draw(image).rectangle((15, 5, 24, 14), fill="blue")
    _, areas = areas_of(image)
    assert sorted(areas.boxes[:, 0].tolist()) == [0, 5, 15]


def test_noise_has_no_areas() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (50, 50, 3), np.uint8)
    assert Areas.of(IndexedImage.of(noise, 1.0)).boxes.shape == (0, 4)


def test_an_image_of_too_many_runs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("januslens.raster.areas.MAX_RUNS", 10)
    stripes = np.zeros((20, 8, 3), np.uint8)
    stripes[:, 4:] = 255
    with pytest.raises(TooManyRuns):
        Areas.of(IndexedImage.of(stripes, 1.0))
