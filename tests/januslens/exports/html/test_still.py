"""Which files can stand in a page, with files that Pillow wrote."""

import base64
import io
from typing import Any

import pytest
from PIL import Image, ImageSequence

from januslens.exports.html.still import data_uri, media_type_of

FORMATS = [
    ("PNG", "image/png"),
    ("JPEG", "image/jpeg"),
    ("GIF", "image/gif"),
    ("WEBP", "image/webp"),
    ("AVIF", "image/avif"),
]


def file(format_name: str, frames: int = 1, **options: Any) -> bytes:
    first, *others = (
        Image.linear_gradient("L").resize((40, 30)).rotate(90 * n, expand=True).resize((40, 30)) for n in range(frames)
    )
    written = io.BytesIO()
    more = {"save_all": True, "append_images": others, "duration": 100} if others else {}
    first.save(written, format_name, **more, **options)
    return written.getvalue()


@pytest.mark.parametrize(("format_name", "media_type"), FORMATS)
def test_a_still_image_is_a_data_url(format_name: str, media_type: str) -> None:
    data = file(format_name)
    head, _, content = str(data_uri(data)).partition(",")
    assert head == f"data:{media_type};base64"
    assert base64.b64decode(content, validate=True) == data


@pytest.mark.parametrize("format_name", ["PNG", "GIF", "WEBP", "AVIF"])
def test_an_image_that_moves_is_left_out(format_name: str) -> None:
    data = file(format_name, frames=3)
    assert len(list(ImageSequence.Iterator(Image.open(io.BytesIO(data))))) == 3
    assert data_uri(data) is None


def test_a_gif_with_a_comment_and_a_palette_of_any_size_is_still() -> None:
    image = Image.linear_gradient("L").resize((40, 30))
    for colors in (2, 7, 256):
        written = io.BytesIO()
        image.quantize(colors).save(written, "GIF", comment=b",!," * 200, transparency=0)
        assert data_uri(written.getvalue()) is not None


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "PNG"])
def test_a_file_that_ends_early_breaks_nothing(format_name: str) -> None:
    data = file(format_name)
    for length in range(0, len(data), 7):
        data_uri(data[:length])


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"BM" + bytes(60), b"II*\0"])
def test_other_files_are_left_out(data: bytes) -> None:
    assert media_type_of(data) is None
    assert data_uri(data) is None
