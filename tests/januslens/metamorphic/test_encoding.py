"""The same pixels in another file: the same report and the same tokens, to the last digit."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image, ImageCms

from januslens import analyze
from tests.januslens.encoded import encoded
from tests.januslens.metamorphic.conftest import Draw
from tests.januslens.metamorphic.relations import Pixels
from tests.januslens.png import RGB, png

ORIENTATION: Final = 0x0112  # EXIF 2.32
UPSIDE_DOWN: Final = 3
TURNED_LEFT: Final = 6
OF_THE_FILE: Final = ("format", "notes")


def paletted(pixels: Pixels) -> Image.Image:
    colors, place = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    image = Image.fromarray(place.reshape(pixels.shape[:2]).astype(np.uint8)).convert("P")
    image.putpalette(colors.tobytes())
    return image


def turned(pixels: Pixels, quarters: int, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return encoded(Image.fromarray(np.rot90(pixels, quarters)), "PNG", exif=exif)


def of_16_bits(pixels: Pixels) -> bytes:
    rows = [row.tobytes() for row in (pixels.astype(np.uint16) * 257).astype(">u2")]
    return png((pixels.shape[1], pixels.shape[0]), 16, RGB, rows)


def with_srgb_profile(pixels: Pixels) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return encoded(Image.fromarray(pixels), "PNG", icc_profile=profile.tobytes())


FILES: Final[dict[str, Callable[[Pixels], bytes]]] = {
    "uncompressed": lambda pixels: encoded(Image.fromarray(pixels), "PNG", compress_level=0),
    "compressed well": lambda pixels: encoded(Image.fromarray(pixels), "PNG", compress_level=9),
    "opaque alpha": lambda pixels: encoded(Image.fromarray(pixels).convert("RGBA"), "PNG"),
    "palette": lambda pixels: encoded(paletted(pixels), "PNG"),
    "16 bits": of_16_bits,
    "sRGB profile": with_srgb_profile,
    "stated density": lambda pixels: encoded(Image.fromarray(pixels), "PNG", dpi=(300, 300)),
    "upside down": lambda pixels: turned(pixels, 2, UPSIDE_DOWN),
    "turned left": lambda pixels: turned(pixels, 1, TURNED_LEFT),
    "GIF": lambda pixels: encoded(paletted(pixels), "GIF"),
    "lossless WebP": lambda pixels: encoded(Image.fromarray(pixels), "WEBP", lossless=True),
    "lossless WebP with alpha": lambda pixels: encoded(
        Image.fromarray(pixels).convert("RGBA"), "WEBP", lossless=True, exact=True
    ),
}


def result(data: bytes) -> dict[str, Any]:
    """The native form of an analysis without what it says of the file."""
    document = analyze(data, scale=1, quote=False).to_json()
    assert document["failures"] == {}
    return document | {"image": {key: fact for key, fact in document["image"].items() if key not in OF_THE_FILE}}


@pytest.fixture(scope="module")
def pixels(drawn: Draw) -> Pixels:
    """A page in as many colors as a palette has."""
    return np.asarray(Image.fromarray(drawn("table", 1).pixels).quantize(256).convert("RGB"))


@pytest.fixture(scope="module")
def expected(pixels: Pixels) -> dict[str, Any]:
    return result(encoded(Image.fromarray(pixels), "PNG"))


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_another_file_of_the_same_pixels_gives_the_same_result(
    pixels: Pixels, expected: dict[str, Any], file: Callable[[Pixels], bytes]
) -> None:
    assert result(file(pixels)) == expected


def test_what_was_analyzed_before_changes_nothing(drawn: Draw) -> None:
    data = drawn("table", 1).rendering.png
    first = analyze(data, scale=1).to_json()
    analyze(drawn("form", 1).rendering.png, scale=1, quote=False)
    assert analyze(data, scale=1).to_json() == first
