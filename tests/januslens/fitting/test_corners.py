"""Corner radii of boxes that Chromium drew."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from januslens.fitting.corners import measure_corners
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

WIDTH, HEIGHT = 120, 60  # CSS px of a box
FILL = (47, 96, 160)
SCALES = (1, 2, 3)
RADII = (0, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24)


@dataclass(frozen=True)
class Drawn:
    pixels: NDArray[np.uint8]
    scale: int

    def corners(self, border: int = 0) -> list[float]:
        """The measured radii in CSS pixels of the box's corners, inside its border."""
        left, top, right, bottom = 10 + border, 10 + border, 10 + WIDTH - border, 10 + HEIGHT - border
        box = np.array([[left, top, right, bottom]]) * self.scale
        fill = np.array([FILL], np.uint8)
        return [radius / self.scale for radius in measure_corners(self.pixels, fill, box, self.scale)[0].tolist()]


def draw(render: Render, style: str, scale: int) -> Drawn:
    body = (
        f"<div style='margin: 10px; width: {WIDTH}px; height: {HEIGHT}px; box-sizing: border-box; "
        f"background: rgb{FILL}; {style}'></div>"
    )
    png = render(body, WIDTH + 20, scale).png
    return Drawn(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")), scale)


@pytest.mark.parametrize("scale", SCALES, ids="@{}".format)
@pytest.mark.parametrize("radius", RADII)
def test_a_radius_is_measured_to_half_a_pixel(render: Render, radius: int, scale: int) -> None:
    assert draw(render, f"border-radius: {radius}px", scale).corners() == pytest.approx([radius] * 4, abs=0.5)


@pytest.mark.parametrize("scale", SCALES, ids="@{}".format)
@pytest.mark.parametrize("radius", [4, 6, 8, 12])
def test_within_a_border_the_radius_is_less_by_its_width(render: Render, radius: int, scale: int) -> None:
    drawn = draw(render, f"border-radius: {radius}px; border: 1px solid #1b2b45", scale)
    assert np.nanmedian(drawn.corners(border=1)) == pytest.approx(radius - 1, abs=0.75)  # two arcs' mixes meet there


def test_each_corner_has_its_own_radius_from_top_left_clockwise(render: Render) -> None:
    assert draw(render, "border-radius: 4px 8px 0 16px", 2).corners() == pytest.approx([4, 8, 0, 16], abs=0.5)


@pytest.mark.parametrize("scale", SCALES, ids="@{}".format)
@pytest.mark.parametrize("height", [20, 24, 32, 40])
def test_a_pill_is_as_round_as_can_be(render: Render, height: int, scale: int) -> None:
    drawn = draw(render, f"height: {height}px; border-radius: 999px", scale)
    box = np.array([[11 * scale, 10 * scale, (9 + WIDTH) * scale, (10 + height) * scale]])
    inner = (
        box + np.array([scale - 1, 0, 1 - scale, 0]) * -1
    )  # one pixel from each end of the pill, as its fill is seen
    assert np.isinf(measure_corners(drawn.pixels, np.array([FILL], np.uint8), inner, scale)).all()


def test_what_is_no_arc_has_no_radius(render: Render) -> None:
    drawn = draw(render, "clip-path: polygon(30px 0, 100% 0, 100% 100%, 0 100%, 0 30px)", 1)
    assert np.isnan(drawn.corners()).tolist() == [True, False, False, False]


def test_where_there_is_no_area_there_are_no_corners() -> None:
    pixels = np.zeros((9, 9, 3), np.uint8)
    assert measure_corners(pixels, np.empty((0, 3), np.uint8), np.empty((0, 4), np.intp), 1).shape == (0, 4)
