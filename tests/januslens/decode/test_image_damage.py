"""Files cut short and changed: refused, or read; never another exception, and never half a picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from januslens.decode.image import DecodedImage, decode
from januslens.decode.rejection import ImageCorrupt, ImageRejected
from tests.januslens.encoded import encoded
from tests.januslens.png import SIGNATURE, with_right_sums

BUDGET = 1_000_000
LEVELS = Image.linear_gradient("L").resize((24, 16))
RGB = Image.merge("RGB", (LEVELS, LEVELS.rotate(180), LEVELS))
RGBA = Image.merge("RGBA", (*RGB.split(), LEVELS))


def animated(file_format: str) -> bytes:
    return encoded(RGB, file_format, save_all=True, append_images=[RGB.rotate(180)], duration=100)


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a description"
    return exif


FILES = {
    "PNG": encoded(RGB, "PNG"),
    "PNG with a palette": encoded(RGB.quantize(16), "PNG"),
    "PNG of 16 bits": encoded(LEVELS.convert("I;16"), "PNG", transparency=5),
    "PNG with alpha, turned": encoded(RGBA, "PNG", exif=turned()),
    "animated PNG": animated("PNG"),
    "JPEG": encoded(RGB, "JPEG"),
    "JPEG, turned": encoded(RGB, "JPEG", exif=turned()),
    "progressive JPEG": encoded(RGB, "JPEG", progressive=True),
    "JPEG of inks": encoded(RGB.convert("CMYK"), "JPEG"),
    "WebP": encoded(RGB, "WEBP"),
    "lossless WebP": encoded(RGBA, "WEBP", lossless=True),
    "animated WebP": animated("WEBP"),
    "GIF": encoded(RGB, "GIF"),
    "multi-picture JPEG": animated("MPO"),
}
AVIF = {"AVIF": encoded(RGB, "AVIF")}
ANIMATED_GIF = {"animated GIF": animated("GIF")}


def read(data: bytes) -> DecodedImage | None:
    try:
        return decode(data, max_pixels=BUDGET)
    except ImageRejected:
        return None


def bad_cuts(data: bytes) -> list[int]:
    """The lengths at which a cut file is neither refused nor shows the whole picture."""
    whole = decode(data, max_pixels=BUDGET).pixels
    cuts = [read(data[:length]) for length in range(len(data))]
    return [
        length
        for length, picture in enumerate(cuts)
        if picture is not None and not np.array_equal(picture.pixels, whole)
    ]


@pytest.mark.parametrize("data", (FILES | AVIF).values(), ids=FILES | AVIF)
def test_a_file_cut_anywhere_is_refused_or_shows_the_whole_image(data: bytes) -> None:
    assert bad_cuts(data) == []


@pytest.mark.parametrize("data", ANIMATED_GIF.values(), ids=ANIMATED_GIF)
def test_a_gif_cut_between_its_frames_is_refused_or_shows_the_first(data: bytes) -> None:
    assert bad_cuts(data) == []


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_third_of_a_file_is_damaged(data: bytes) -> None:
    with pytest.raises(ImageCorrupt):
        decode(data[: len(data) // 3], max_pixels=BUDGET)


def changes(data: bytes) -> list[bytes]:
    """The file with each of its bytes inverted, with its lowest and with its highest bit flipped."""
    masks = (0xFF, 0x01, 0x80)
    return [data[:i] + bytes([data[i] ^ mask]) + data[i + 1 :] for i in range(len(data)) for mask in masks]


def repaired(data: bytes) -> bytes:
    return with_right_sums(data) if data.startswith(SIGNATURE) else data


@pytest.mark.parametrize("data", (FILES | AVIF | ANIMATED_GIF).values(), ids=FILES | AVIF | ANIMATED_GIF)
def test_a_file_with_one_byte_changed_is_refused_or_read(data: bytes) -> None:
    results = [read(repaired(changed)) for changed in changes(data)]
    assert None in results
    assert {picture.pixels.shape[2] for picture in results if picture is not None} == {3}


@given(
    st.sampled_from(sorted(FILES.keys() - {"GIF"})),  # whose end may turn into a second frame that is cut short
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4), st.integers(0, 4)), min_size=1, max_size=8),
)
def test_a_file_changed_in_several_places_is_refused_or_read(kind: str, edits: list[tuple[int, bytes, int]]) -> None:
    data = FILES[kind]
    for place, inserted, left_out in edits:
        start = place % len(data)
        data = data[:start] + inserted + data[start + left_out :] or b"\0"
    picture = read(repaired(data))
    assert picture is None or picture.pixels.dtype == np.uint8
