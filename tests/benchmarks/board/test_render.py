import numpy as np
import pytest

from benchmarks.board.render import draw_page, page_html, photo
from benchmarks.board.snippets import Ground, Kind, Patch, Snippet

GROUND = Ground(Kind.PHOTO, ((120, 130, 140),), contrast=20, seed=3)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_photo_has_a_pixel_a_device_pixel_and_the_contrast_asked_for(scale: int) -> None:
    pixels = photo(GROUND, 470, 60, scale)
    assert pixels.shape == (60 * scale, 470 * scale, 3)
    assert pixels.astype(float).std(axis=(0, 1)).mean() == pytest.approx(20, rel=0.2)


def test_a_photo_is_smooth() -> None:
    steps = np.abs(np.diff(photo(GROUND, 470, 60, 1).astype(int), axis=1))
    assert steps.mean() < 5


def test_a_photo_of_the_same_seed_is_the_same() -> None:
    assert (photo(GROUND, 100, 40, 1) == photo(GROUND, 100, 40, 1)).all()


def test_a_page_states_each_text_in_its_color_and_escapes_it() -> None:
    snippet = Snippet("<b>&", (1, 2, 3), 18.66, 700, "DejaVu Sans", 0.25, Ground(Kind.SOLID, ((255, 255, 255),)))
    html = page_html([snippet], 1)
    assert "&lt;b&gt;&amp;" in html
    assert "color: #010203; font: 700 18.66px/1.25 'DejaVu Sans'" in html
    assert "background-color: #ffffff" in html


def test_a_patch_is_placed_by_the_box_of_its_text() -> None:
    ground = Ground(Kind.SPLIT, ((255, 255, 255), (1, 2, 3)), patch=Patch(-0.5, 0, 0.25, 1, radius=4, slant=20))
    html = page_html([Snippet("Help", (0, 0, 0), 12, 400, "DejaVu Sans", 0, ground)], 1)
    assert "background-color: #ffffff" in html
    assert "left: -50.00%; top: 0.00%; width: 75.00%; height: 100.00%; border-radius: 4px" in html
    assert "transform: skewX(-20deg); background: #010203" in html


def test_a_page_of_the_same_seed_is_the_same() -> None:
    assert draw_page(np.random.default_rng([1, 2])) == draw_page(np.random.default_rng([1, 2]))
