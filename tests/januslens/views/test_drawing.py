"""The views as files: which there are, what is in them, and how large they become."""

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from januslens import FormatUnsupported, ImageTooLarge, analyze, draw_views
from januslens.accessibility.report import AccessibilityReport
from januslens.color.simulation import Deficiency
from januslens.decode.geometry import Box
from januslens.views import drawing
from tests.januslens.color.simulated import ROUNDED_WEIGHTS, by_coloraide
from tests.januslens.drawn import draw
from tests.januslens.encoded import encoded
from tests.januslens.exports.samples import FAILED

NOTHING = AccessibilityReport(())
MAX_PIXELS = 40_000_000


def views_of(image: Image.Image, report: AccessibilityReport | None = NOTHING) -> dict[str, bytes]:
    return dict(drawing.draw(encoded(image, "PNG"), report, scale=1, max_pixels=MAX_PIXELS))


def pixels_of(png: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGB"))


def plain(width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), (200, 30, 40))


def test_there_is_a_view_a_deficiency_and_the_overlay() -> None:
    assert list(views_of(plain(40, 30))) == ["protan", "deutan", "tritan", "achromatopsia", "overlay"]


def test_without_a_report_there_is_no_overlay() -> None:
    assert list(views_of(plain(40, 30), None)) == ["protan", "deutan", "tritan", "achromatopsia"]


def test_each_view_is_a_png_of_the_images_size() -> None:
    for png in views_of(plain(40, 30)).values():
        with Image.open(io.BytesIO(png)) as image:
            assert (image.format, image.size) == ("PNG", (40, 30))
            image.load()


@pytest.mark.parametrize("deficiency", Deficiency)
def test_a_pixel_of_a_view_is_seen_as_coloraide_says(deficiency: Deficiency) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (8, 12, 3), np.uint8)
    seen = pixels_of(views_of(Image.fromarray(pixels))[deficiency.value])
    for y, x in np.ndindex(pixels.shape[:2]):
        red, green, blue = pixels[y, x].tolist()
        expected = by_coloraide((red, green, blue), deficiency)
        assert seen[y, x].astype(float) == pytest.approx(expected, abs=1 + ROUNDED_WEIGHTS)


def test_where_nothing_was_found_the_overlay_is_the_image() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (30, 40, 3), np.uint8)
    assert np.array_equal(pixels_of(views_of(Image.fromarray(pixels))["overlay"]), pixels)


def test_transparent_areas_are_on_white_as_they_were_analyzed() -> None:
    for png in views_of(Image.new("RGBA", (40, 30), (0, 0, 0, 0))).values():
        assert pixels_of(png).min() == 255


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((3840, 2160), (3840, 2160)),
        ((3841, 2160), (1921, 1080)),
        ((20_000, 2000), (6667, 667)),
        ((1, 9_000_000), (1, 4_500_000)),
    ],
)
def test_what_has_more_pixels_than_a_4k_screen_is_reduced_by_a_whole_factor(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    for png in views_of(plain(*size)).values():
        with Image.open(io.BytesIO(png)) as image:
            assert image.size == shown


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 200))
def test_no_view_has_more_pixels_than_it_may(width: int, height: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "MAX_PIXELS", most)
        for png in views_of(plain(width, height)).values():
            with Image.open(io.BytesIO(png)) as image:
                assert image.width * image.height <= most


def test_a_reduced_image_shows_the_mean_of_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MAX_PIXELS", 4)
    pixels = np.zeros((4, 4, 3), np.uint8)
    pixels[:2, :2] = 200
    pixels[::2, 3] = 100
    assert pixels_of(views_of(Image.fromarray(pixels))["overlay"])[..., 0].tolist() == [[200, 25], [0, 25]]


def test_places_and_lines_are_reduced_with_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MAX_PIXELS", 100 * 60)
    report = AccessibilityReport((replace(FAILED, box=Box(80, 40, 60, 20)),))
    data = encoded(Image.new("RGB", (200, 120)), "PNG")
    seen = pixels_of(dict(drawing.draw(data, report, scale=2, max_pixels=MAX_PIXELS))["overlay"])
    assert seen[25, 70:74].tolist() == [[255] * 3, [0xC4, 0x16, 0x0E], [0xC4, 0x16, 0x0E], [255] * 3]
    assert not seen[20:30, 40:70].any()


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_whatever_can_be_analyzed_can_be_shown(file_format: str) -> None:
    text = Image.fromarray(draw("Sign in to continue", (0x77, 0x77, 0x77), (255, 255, 255), 16).pixels)
    data = encoded(text, file_format)
    views = dict(draw_views(data, analyze(data)))
    assert list(views)[-1] == "overlay"
    changed = (pixels_of(views["overlay"]) != pixels_of(data)).any(axis=2)
    assert changed.any()
    assert not changed.all()


@pytest.mark.parametrize(
    ("data", "max_pixels", "error"),
    [
        (lambda: b"no image", MAX_PIXELS, FormatUnsupported),
        (lambda: encoded(plain(40, 30), "PNG"), 1199, ImageTooLarge),
    ],
)
def test_what_cannot_be_analyzed_is_rejected_here_too(
    data: Callable[[], bytes], max_pixels: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        next(drawing.draw(data(), None, scale=1, max_pixels=max_pixels))
