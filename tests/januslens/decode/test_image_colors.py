"""Every kind of pixel to 8-bit sRGB, rotated upright and composited on white, as browsers show it."""

import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from januslens.decode.image import DecodedImage, decode
from tests.januslens.encoded import encoded
from tests.januslens.icc import adobe_rgb, linear_gray, linear_srgb
from tests.januslens.png import GRAY, GRAY_ALPHA, PALETTE, RGB, RGB_ALPHA, Chunk, png

TRANSPARENCY = "Transparent areas were composited on white."
TURNED = "The image was rotated according to its EXIF orientation."
EXIF_DAMAGED = "The EXIF data is damaged; its orientation was ignored."
PROFILE_UNREADABLE = "The embedded color profile cannot be read; the colors were interpreted as sRGB."

ORIENTATION = 0x0112  # EXIF tags
IMAGE_WIDTH = 0x0100
ASCII, SHORT = 2, 3  # EXIF types

levels = st.integers(0, 255)
colors = st.tuples(levels, levels, levels)


def read(data: bytes) -> DecodedImage:
    return decode(data, max_pixels=1_000_000)


def first_row(data: bytes) -> list[list[int]]:
    row: list[list[int]] = read(data).pixels[0].tolist()
    return row


def in_gray(*values: int) -> list[list[int]]:
    return [[value] * 3 for value in values]


def words(*values: int) -> bytes:
    """16-bit samples."""
    return struct.pack(f">{len(values)}H", *values)


def saved(mode: str, color: Any, file_format: str = "PNG", **options: Any) -> bytes:
    """A file of one color."""
    return encoded(Image.new(mode, (16, 16), color), file_format, **options)


KINDS = {
    "1-bit gray": (png((4, 1), 1, GRAY, [b"\x50"]), in_gray(0, 255, 0, 255)),
    "2-bit gray": (png((4, 1), 2, GRAY, [b"\x1b"]), in_gray(0, 85, 170, 255)),
    "4-bit gray": (png((4, 1), 4, GRAY, [b"\x05\xaf"]), in_gray(0, 85, 170, 255)),
    "8-bit gray": (png((4, 1), 8, GRAY, [bytes([0, 1, 119, 255])]), in_gray(0, 1, 119, 255)),
    "16-bit gray": (png((4, 1), 16, GRAY, [words(0, 257, 119 * 257, 65535)]), in_gray(0, 1, 119, 255)),
    "8-bit RGB": (png((2, 1), 8, RGB, [bytes([1, 2, 3, 253, 254, 255])]), [[1, 2, 3], [253, 254, 255]]),
    "16-bit RGB": (png((1, 1), 16, RGB, [words(257, 119 * 257, 65535)]), [[1, 119, 255]]),
    "2-bit palette": (
        png((4, 1), 2, PALETTE, [b"\x1b"], (b"PLTE", bytes(range(12)))),
        [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]],
    ),
    "8-bit palette": (png((2, 1), 8, PALETTE, [b"\1\0"], (b"PLTE", bytes(range(6)))), [[3, 4, 5], [0, 1, 2]]),
}


@pytest.mark.parametrize(("data", "pixels"), KINDS.values(), ids=KINDS)
def test_every_kind_of_opaque_png_is_read_exactly(data: bytes, pixels: list[list[int]]) -> None:
    assert first_row(data) == pixels
    assert read(data).notes == ()


@given(st.lists(st.integers(0, 65535), min_size=1, max_size=8))
def test_16_bit_gray_is_rounded(values: list[int]) -> None:
    rounded = [int(value / 257 + 0.5) for value in values]  # 65535 / 255, PNG's section 13.12
    assert first_row(png((len(values), 1), 16, GRAY, [words(*values)])) == in_gray(*rounded)


@given(st.tuples(*[st.integers(0, 65535)] * 3))
def test_16_bit_rgb_is_within_a_level(values: tuple[int, int, int]) -> None:
    assert first_row(png((1, 1), 16, RGB, [words(*values)]))[0] == pytest.approx([v / 257 for v in values], abs=1)


def test_a_cmyk_jpeg_is_read_as_inks() -> None:
    cyan, magenta, yellow, black = 200, 50, 20, 10
    pixel = first_row(saved("CMYK", (cyan, magenta, yellow, black), "JPEG", quality=100))[0]
    assert pixel == pytest.approx([(255 - ink) * (255 - black) / 255 for ink in (cyan, magenta, yellow)], abs=3)


def on_white(color: Sequence[float], alpha: float) -> list[float]:
    return [value * alpha + 255 * (1 - alpha) for value in color]


@given(colors, levels)
def test_rgb_with_alpha_is_put_on_white(color: tuple[int, int, int], alpha: int) -> None:
    pixel = first_row(png((1, 1), 8, RGB_ALPHA, [bytes([*color, alpha])]))[0]
    assert pixel == pytest.approx(on_white(color, alpha / 255), abs=1)


@given(levels, levels)
def test_gray_with_alpha_is_put_on_white(gray: int, alpha: int) -> None:
    pixel = first_row(png((1, 1), 8, GRAY_ALPHA, [bytes([gray, alpha])]))[0]
    assert pixel == pytest.approx(on_white((gray,) * 3, alpha / 255), abs=1)


@given(colors, levels)
def test_a_palette_with_alpha_is_put_on_white(color: tuple[int, int, int], alpha: int) -> None:
    palette = (b"PLTE", bytes([*color, 1, 2, 3]))
    pixels = first_row(png((2, 1), 8, PALETTE, [b"\0\1"], palette, (b"tRNS", bytes([alpha]))))
    assert pixels[0] == pytest.approx(on_white(color, alpha / 255), abs=1)
    assert pixels[1] == [1, 2, 3]


@pytest.mark.parametrize(
    ("color_type", "values"), [(RGB_ALPHA, (25700, 5140, 65535, 32768)), (GRAY_ALPHA, (25700, 32768))]
)
def test_16_bits_with_alpha_are_put_on_white(color_type: int, values: tuple[int, ...]) -> None:
    *color, alpha = (value / 257 for value in values)
    expected = on_white(color, alpha / 255)
    assert first_row(png((1, 1), 16, color_type, [words(*values)]))[0] == pytest.approx(
        expected * (3 // len(color)), abs=1
    )


def transparent(*samples: int) -> Chunk:
    """The chunk that makes one gray or color transparent: always of 16 bits, section 11.3.1.1."""
    return b"tRNS", words(*samples)


TRANSPARENT_COLORS = {
    "1-bit gray": (png((2, 1), 1, GRAY, [b"\x40"], transparent(0)), in_gray(255, 255)),
    "8-bit gray": (png((2, 1), 8, GRAY, [bytes([5, 6])], transparent(5)), in_gray(255, 6)),
    "16-bit gray": (png((2, 1), 16, GRAY, [words(257, 258)], transparent(257)), in_gray(255, 1)),
    "8-bit RGB": (png((2, 1), 8, RGB, [bytes([1, 2, 3, 1, 2, 4])], transparent(1, 2, 3)), [[255] * 3, [1, 2, 4]]),
    "16-bit RGB": (
        png((2, 1), 16, RGB, [words(257, 514, 771, 514, 514, 771)], transparent(257, 514, 771)),
        [[255] * 3, [2, 2, 3]],
    ),
}
TRANSPARENT_GRAYS_OF_FEW_BITS = {
    "2-bit gray": (png((4, 1), 2, GRAY, [b"\x1b"], transparent(1)), in_gray(0, 255, 170, 255)),
    "4-bit gray": (png((4, 1), 4, GRAY, [b"\x05\xaf"], transparent(5)), in_gray(0, 255, 170, 255)),
}


@pytest.mark.parametrize(("data", "pixels"), TRANSPARENT_COLORS.values(), ids=TRANSPARENT_COLORS)
def test_a_transparent_color_is_white_and_others_stay(data: bytes, pixels: list[list[int]]) -> None:
    assert first_row(data) == pixels


@pytest.mark.xfail(strict=True, reason="Pillow compares the transparent gray with the scaled ones")
@pytest.mark.parametrize(("data", "pixels"), TRANSPARENT_GRAYS_OF_FEW_BITS.values(), ids=TRANSPARENT_GRAYS_OF_FEW_BITS)
def test_a_transparent_gray_of_few_bits_is_white(data: bytes, pixels: list[list[int]]) -> None:
    assert first_row(data) == pixels


@pytest.mark.xfail(strict=True, reason="Pillow compares the high bytes only")
def test_a_16_bit_color_that_is_nearly_the_transparent_one_stays() -> None:
    data = png((2, 1), 16, RGB, [words(257, 514, 771, 258, 514, 771)], transparent(257, 514, 771))
    assert first_row(data) == [[255] * 3, [1, 2, 3]]


@pytest.mark.parametrize(("alpha", "notes"), [(255, ()), (254, (TRANSPARENCY,))])
def test_transparency_is_noted_where_there_is_some(alpha: int, notes: tuple[str, ...]) -> None:
    assert read(saved("RGBA", (1, 2, 3, alpha))).notes == notes


def exif(*entries: tuple[int, int, int, bytes]) -> bytes:
    """EXIF data: a little-endian TIFF directory of tags, each with its type, count and four bytes of value."""
    packed = b"".join(struct.pack("<HHI4s", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + packed + bytes(4)


def orientation(value: int) -> tuple[int, int, int, bytes]:
    return ORIENTATION, SHORT, 1, struct.pack("<Hxx", value)


SIDES = {  # EXIF 2.32, table 4: the sides where the 0th row and the 0th column are seen
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}
STORED = np.array([[10, 20, 30], [40, 50, 60]], np.uint8)


def as_seen(stored: NDArray[np.uint8], row_side: str, column_side: str) -> NDArray[np.uint8]:
    seen = stored if row_side in ("top", "bottom") else stored.T
    if "bottom" in (row_side, column_side):
        seen = seen[::-1]
    return seen[:, ::-1] if "right" in (row_side, column_side) else seen


@pytest.mark.parametrize("value", SIDES)
def test_an_image_is_turned_upright_by_its_exif_orientation(value: int) -> None:
    picture = read(png((3, 2), 8, GRAY, [bytes(row) for row in STORED], (b"eXIf", exif(orientation(value)))))
    assert picture.pixels[..., 0].tolist() == as_seen(STORED, *SIDES[value]).tolist()
    assert picture.notes == ((TURNED,) if value > 1 else ())


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "AVIF"])
def test_the_orientation_of_every_format_counts(file_format: str) -> None:
    turned = Image.Exif()
    turned[ORIENTATION] = 6
    gradient = Image.linear_gradient("L").resize((32, 16)).convert("RGB")
    pixels = read(encoded(gradient, file_format, exif=turned)).pixels.astype(int)
    assert pixels.shape == (32, 16, 3)
    assert (pixels[:, 0] > pixels[:, -1] + 200).all()  # dark on top, turned a quarter clockwise


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_turns_nothing(value: int) -> None:
    picture = read(png((3, 2), 8, GRAY, [bytes(row) for row in STORED], (b"eXIf", exif(orientation(value)))))
    assert picture.pixels[..., 0].tolist() == STORED.tolist()


def test_damaged_exif_data_is_noted_and_the_image_is_read() -> None:
    picture = read(png((3, 2), 8, GRAY, [bytes(row) for row in STORED], (b"eXIf", b"no TIFF at all")))
    assert picture.pixels[..., 0].tolist() == STORED.tolist()
    assert picture.notes == (EXIF_DAMAGED,)


def test_exif_data_with_a_tag_of_the_wrong_type_keeps_no_image_from_being_read() -> None:
    data = exif((IMAGE_WIDTH, ASCII, 4, b"big\0"), orientation(6))
    picture = read(png((3, 2), 8, GRAY, [bytes(row) for row in STORED], (b"eXIf", data)))
    assert picture.notes in ((EXIF_DAMAGED,), (TURNED,))


def test_an_orientation_in_xmp_turns_nothing_as_in_browsers() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    chunk = (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
    assert read(png((3, 2), 8, GRAY, [bytes(row) for row in STORED], chunk)).width == 3


def convert_to_srgb(space: str, color: tuple[int, ...]) -> list[float]:
    converted = Color(space, [value / 255 for value in color]).convert("srgb").clip()
    return [channel * 255 for channel in converted[:3]]


@given(colors)
def test_a_profiles_colors_are_converted_to_srgb(color: tuple[int, int, int]) -> None:
    pixel = first_row(saved("RGB", color, icc_profile=adobe_rgb()))[0]
    assert pixel == pytest.approx(convert_to_srgb("a98-rgb", color), abs=1.5)


def embedded(profile: bytes) -> Chunk:
    return b"iCCP", b"by hand\0\0" + zlib.compress(profile)


COLOR, LEVEL = (100, 150, 200), 100
PLTE = (b"PLTE", bytes(COLOR))
PROFILED_COLORS = {
    "JPEG": saved("RGB", COLOR, "JPEG", quality=100, subsampling=0, icc_profile=adobe_rgb()),
    "WebP": saved("RGB", COLOR, "WEBP", lossless=True, icc_profile=adobe_rgb()),
    "RGB with alpha": png((1, 1), 8, RGB_ALPHA, [bytes([*COLOR, 255])], embedded(adobe_rgb())),
    "16-bit RGB": png((1, 1), 16, RGB, [words(*(value * 257 for value in COLOR))], embedded(adobe_rgb())),
    "palette": png((1, 1), 8, PALETTE, [b"\0"], embedded(adobe_rgb()), PLTE),
    "RGB with a transparent color": png((1, 1), 8, RGB, [bytes(COLOR)], embedded(adobe_rgb()), transparent(1, 2, 3)),
}
PROFILED_GRAYS = {
    "gray": png((1, 1), 8, GRAY, [bytes([LEVEL])], embedded(linear_gray())),
    "16-bit gray": png((1, 1), 16, GRAY, [words(LEVEL * 257)], embedded(linear_gray())),
    "JPEG": saved("L", LEVEL, "JPEG", quality=100, icc_profile=linear_gray()),
}
PROFILED_GRAYS_WITH_ALPHA = {
    "gray with alpha": png((1, 1), 8, GRAY_ALPHA, [bytes([LEVEL, 255])], embedded(linear_gray())),
    "gray with a transparent one": png((1, 1), 8, GRAY, [bytes([LEVEL])], embedded(linear_gray()), transparent(1)),
}


@pytest.mark.parametrize("data", PROFILED_COLORS.values(), ids=PROFILED_COLORS)
def test_a_profile_counts_in_every_kind_of_color_image(data: bytes) -> None:
    assert first_row(data)[0] == pytest.approx(convert_to_srgb("a98-rgb", COLOR), abs=2.5)


@pytest.mark.parametrize("data", PROFILED_GRAYS.values(), ids=PROFILED_GRAYS)
def test_a_profile_of_gray_counts_in_a_gray_image(data: bytes) -> None:
    assert first_row(data)[0] == pytest.approx(convert_to_srgb("srgb-linear", (LEVEL,) * 3), abs=1.5)


@pytest.mark.parametrize("data", PROFILED_GRAYS_WITH_ALPHA.values(), ids=PROFILED_GRAYS_WITH_ALPHA)
def test_a_profile_of_gray_counts_in_a_gray_image_with_alpha(data: bytes) -> None:
    assert first_row(data)[0] == pytest.approx(convert_to_srgb("srgb-linear", (LEVEL,) * 3), abs=1.5)


def test_the_conversion_is_noted_with_the_profiles_name() -> None:
    notes = read(saved("RGB", COLOR, icc_profile=adobe_rgb("Another Room"))).notes
    assert notes == ("Colors were converted from the embedded profile “Another Room” to sRGB.",)


def test_transparent_areas_are_white_whatever_the_profile() -> None:
    data = png((1, 1), 8, RGB_ALPHA, [bytes([*COLOR, 0])], embedded(adobe_rgb()))
    assert first_row(data) == [[255] * 3]


def test_srgb_itself_is_not_converted_nor_noted() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = read(saved("RGB", COLOR, icc_profile=profile))
    assert (picture.pixels[0, 0].tolist(), picture.notes) == (list(COLOR), ())


def test_a_profile_is_converted_by_what_is_in_it_and_not_by_its_name() -> None:
    profile = linear_srgb("sRGB-elle-V2-g10.icc")  # a free profile of that name has linear light too
    assert first_row(saved("RGB", COLOR, icc_profile=profile))[0] == pytest.approx(
        convert_to_srgb("srgb-linear", COLOR), abs=1.5
    )


UNREADABLE = {
    "junk": b"junk" * 50,
    "one byte": b"\0",
    "cut short": adobe_rgb()[:200],
    "gray for colors": linear_gray(),
    "no device": ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
}


@pytest.mark.parametrize("profile", UNREADABLE.values(), ids=UNREADABLE)
def test_a_profile_that_can_not_be_used_is_noted_and_leaves_the_colors(profile: bytes) -> None:
    picture = read(saved("RGB", COLOR, icc_profile=profile))
    assert (picture.pixels[0, 0].tolist(), picture.notes) == (list(COLOR), (PROFILE_UNREADABLE,))


@pytest.mark.parametrize("name", ["red \x1b[31m", "two\nlines", "n" * 5000], ids=["escape", "line feed", "length"])
def test_a_profiles_name_can_not_spoil_the_note(name: str) -> None:
    (note,) = read(saved("RGB", COLOR, icc_profile=adobe_rgb(name))).notes
    assert note.isprintable()
    assert len(note) < 300
