"""Chroma of JPEG files at full resolution; truth is the picture before it was encoded, by Pillow."""

import io
from typing import Any

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from januslens.color.notation import Rgb, hex_color
from januslens.decode import chroma
from januslens.decode.chroma import decode_chroma, has_halved_chroma
from januslens.decode.image import decode
from tests.januslens import drawn
from tests.januslens.encoded import encoded

TEXT = "Save your changes before you leave"
WHITE: Rgb = (255, 255, 255)
THIN: list[tuple[Rgb, Rgb]] = [
    ((70, 127, 207), WHITE),
    ((196, 48, 43), WHITE),
    ((126, 136, 150), WHITE),
    ((255, 255, 255), (26, 135, 84)),
    ((123, 216, 198), (26, 35, 50)),
    ((99, 102, 241), (249, 250, 251)),
]
JUST_NOTICEABLE = 2.0  # CIEDE2000

colors = st.tuples(*[st.integers(0, 255)] * 3)


def halved(image: Image.Image, quality: int = 90) -> bytes:
    return encoded(image, "JPEG", quality=quality, subsampling="4:2:0")


def open_image(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def restored(data: bytes) -> NDArray[np.int16]:
    return np.asarray(decode_chroma(open_image(data))).astype(np.int16)


def as_decoded(data: bytes) -> NDArray[np.int16]:
    return np.asarray(open_image(data)).astype(np.int16)


def difference(one: NDArray[np.int16], other: Rgb) -> float:
    red, green, blue = (round(float(level)) for level in one)
    return Color(hex_color((red, green, blue))).delta_e(Color(hex_color(other)), method="2000")


@pytest.mark.parametrize(("text", "background"), THIN)
def test_a_thin_letters_color_is_what_it_was(text: Rgb, background: Rgb) -> None:
    picture = drawn.draw(TEXT, text, background, 14).pixels
    unmixed = (picture == text).all(axis=2)
    data = halved(Image.fromarray(picture))
    assert difference(np.median(restored(data)[unmixed], axis=0), text) <= JUST_NOTICEABLE
    assert difference(np.median(as_decoded(data)[unmixed], axis=0), text) > JUST_NOTICEABLE  # so there was a need


@pytest.mark.parametrize("quality", [60, 75, 90, 95])
def test_what_stands_beside_an_edge_is_not_tinted(quality: int) -> None:
    picture = np.full((64, 96, 3), 255, np.uint8)
    picture[:, 37:58] = (196, 48, 43)
    data = halved(Image.fromarray(picture), quality)
    off = np.abs(restored(data) - picture).max(axis=2)
    assert off.mean() < 0.5 * np.abs(as_decoded(data) - picture).max(axis=2).mean()


@given(colors)
def test_a_flat_color_stays_as_it_was_decoded(color: Rgb) -> None:
    data = halved(Image.new("RGB", (21, 19), color))
    assert np.abs(restored(data) - as_decoded(data)).max() <= 2  # both round, to YCbCr and to RGB


@given(st.integers(0, 2**32 - 1), st.integers(30, 95))
def test_an_image_without_edges_to_follow_comes_to_no_harm(seed: int, quality: int) -> None:
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (5, 5, 3), np.uint8))
    picture = np.asarray(coarse.resize((80, 64), Image.Resampling.BICUBIC))
    data = halved(Image.fromarray(picture), quality)
    error, of_decoder = (np.abs(pixels - picture).mean() for pixels in (restored(data), as_decoded(data)))
    assert error <= of_decoder + 1.5


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 3), (17, 33)])
def test_any_size_will_do(size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, (31, 95, 191))
    assert restored(halved(picture)).shape == (size[1], size[0], 3)


def test_a_large_image_taken_some_rows_at_a_time_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    data = halved(Image.fromarray(random.integers(0, 256, (150, 40, 3), np.uint8)))
    whole = restored(data)
    monkeypatch.setattr(chroma, "ROWS_AT_A_TIME", 10)
    assert np.array_equal(restored(data), whole)


@pytest.mark.parametrize(
    ("mode", "options"),
    [
        ("RGB", {"subsampling": "4:4:4"}),
        ("RGB", {"subsampling": "4:2:2"}),
        ("RGB", {"keep_rgb": True}),
        ("L", {}),
        ("CMYK", {"subsampling": "4:2:0"}),
    ],
)
def test_a_file_whose_chroma_is_not_halved_both_ways_is_left_as_it_is(mode: str, options: dict[str, Any]) -> None:
    assert not has_halved_chroma(open_image(encoded(Image.new(mode, (32, 32)), "JPEG", quality=90, **options)))


def test_other_formats_are_left_as_they_are() -> None:
    image = Image.new("RGB", (32, 32))
    assert not any(has_halved_chroma(open_image(encoded(image, name))) for name in ("PNG", "WEBP", "GIF", "AVIF"))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_image_is_turned_after_its_chroma_was_restored(orientation: int) -> None:
    picture = Image.fromarray(drawn.draw(TEXT, *THIN[0], 14).pixels)
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = decode(encoded(picture, "JPEG", quality=90, exif=exif), max_pixels=1_000_000).pixels
    upright = decode(encoded(picture, "JPEG", quality=90), max_pixels=1_000_000).pixels
    turns = [np.rot90(way, count) for way in (upright, upright[:, ::-1]) for count in range(4)]
    assert sum(np.array_equal(turned, turn) for turn in turns) == 1
