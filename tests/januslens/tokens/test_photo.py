"""The dominant colors of photos, and what is derived from a picture that is nothing else."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from januslens import analyze
from januslens.raster.indexed_image import IndexedImage
from januslens.tokens.photo import photo_colors

SEA, SAND, SKY = (30, 90, 130), (220, 190, 140), (150, 200, 235)


def landscape(width: int = 320, height: int = 240, noise: int = 12) -> NDArray[np.uint8]:
    """A sky, a sea and a beach with the noise of a camera."""
    random = np.random.default_rng(3)
    bands = np.repeat(
        np.array([SKY, SEA, SAND]), [height // 2, height // 4, height - height // 2 - height // 4], axis=0
    )
    picture = np.repeat(bands[:, None], width, axis=1) + random.normal(0, noise, (height, width, 3))
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def found(pixels: NDArray[np.uint8]) -> list[tuple[tuple[int, int, int], float]]:
    return [(color.rgb, color.share) for color in photo_colors(IndexedImage.of(pixels, 1.0))]


def test_the_dominant_colors_are_those_of_the_motif_and_in_the_image() -> None:
    picture = landscape()
    colors = found(picture)
    shown = {tuple(color) for color in picture.reshape(-1, 3).tolist()}
    assert {rgb for rgb, _ in colors} <= shown
    for true in (SKY, SEA, SAND):
        assert min(np.abs(np.subtract(true, rgb)).max() for rgb, _ in colors) <= 24
    assert sum(share for _, share in colors) == pytest.approx(1)


def test_the_same_image_has_the_same_colors() -> None:
    assert found(landscape()) == found(landscape())


def test_an_interface_has_no_photo() -> None:
    page = np.full((240, 320, 3), 255, np.uint8)
    page[40:200, 30:290] = (31, 95, 191)
    page[60:100, 50:200] = np.linspace(0, 255, 150, dtype=np.uint8)[None, :, None]
    assert found(page) == []


def test_a_photo_in_a_page_stays_out_of_the_pages_colors() -> None:
    page = np.full((480, 640, 3), (244, 246, 249), np.uint8)
    page[100:340, 60:380] = landscape()
    encoded = io.BytesIO()
    Image.fromarray(page).save(encoded, "PNG")
    tokens = analyze(encoded.getvalue(), scale=1, quote=False).tokens
    assert tokens is not None
    document = tokens.to_json()
    assert list(document["color"]["observed"]) == ["c-f4f6f9"]
    assert len(document["photo"]["observed"]) >= 3


def test_an_image_that_is_only_a_photo_has_a_theme() -> None:
    encoded = io.BytesIO()
    Image.fromarray(landscape()).save(encoded, "PNG")
    tokens = analyze(encoded.getvalue(), scale=1, quote=False).tokens
    assert tokens is not None
    document = tokens.to_json()
    assert "observed" not in document["color"]
    assert set(document["color"]["theme"]) >= {"light", "dark"}
    assert len(document["photo"]["observed"]) >= 3
