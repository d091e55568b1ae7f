"""Pictures in every format, with all the metadata that Pillow writes, and what nobody else may learn of them."""

import struct
import zlib
from typing import Any, Final

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from januslens.decode.animation.frames import CutShort, open_animation
from januslens.decode.image import decode
from januslens.decode.rejection import ImageRejected
from tests.januslens.encoded import encoded
from tests.januslens.icc import adobe_rgb
from tests.januslens.png import SIGNATURE

SECRETS: Final = (b"48.8584", b"a comment", b"Camera of Ada", b"MakerNote", b"2026:11:30", b"trailer")
ORIENTATION: Final = 0x0112
BUDGET: Final = 100_000
EXIF_NOTE: Final = "The EXIF data is damaged; its orientation was ignored."

LEVELS = Image.linear_gradient("L").resize((24, 16))
PICTURE = Image.merge("RGB", (LEVELS, LEVELS.rotate(180), LEVELS))
OTHER = PICTURE.rotate(180)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>48.8584</exif:GPSLatitude></x:xmpmeta>'


def exif(orientation: int | None = 6) -> Image.Exif:
    data = Image.Exif()
    if orientation is not None:
        data[ORIENTATION] = orientation
    data[0x010F] = "Camera of Ada"
    data[0x0132] = "2026:11:30 12:00:00"
    data.get_ifd(0x8769)[0x927C] = b"MakerNote of the camera"
    data.get_ifd(0x8825)[0x1D] = "48.8584"  # a text of GPS
    return data


def described(file_format: str, orientation: int | None = 6, *, animated: bool = False, **options: Any) -> bytes:
    """Encode the picture in a format, with all the metadata that it may have, and a trailer where one may follow."""
    if animated:
        options |= {"save_all": True, "append_images": [OTHER], "duration": 100, "loop": 3}
    if file_format == "GIF":
        return encoded(PICTURE.quantize(16), "GIF", comment=b"a comment 48.8584", **options) + b"trailer"
    options |= {"exif": exif(orientation), "icc_profile": adobe_rgb()}
    match file_format:
        case "PNG":
            texts = PngInfo()
            texts.add_text("Comment", "a comment")
            texts.add_text("Description", "a comment", zip=True)
            texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
            texts.add(b"tIME", bytes([7, 0xEA, 11, 30, 12, 0, 0]))
            return encoded(PICTURE, "PNG", pnginfo=texts, dpi=(144, 144), **options) + b"trailer"
        case "JPEG":
            return encoded(PICTURE, "JPEG", comment=b"a comment", xmp=XMP, dpi=(144, 144), **options) + b"trailer"
        case "WEBP":
            return encoded(PICTURE, "WEBP", xmp=XMP, **options) + b"trailer"
        case _:
            return encoded(PICTURE, file_format, xmp=XMP, **options)


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + zlib.crc32(content, zlib.crc32(name)).to_bytes(4)


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The names and contents of the chunks of a PNG."""
    found: list[tuple[bytes, bytes]] = []
    position = len(SIGNATURE)
    while not found or found[-1][0] != b"IEND":
        length = int.from_bytes(data[position : position + 4])
        found.append((data[position + 4 : position + 8], data[position + 8 : position + 8 + length]))
        position += 12 + length
    return found


def exif_last(data: bytes) -> bytes:
    """Move a PNG's EXIF data behind its pixels, where they may be as well."""
    found = chunks(data)
    exif_data = next(content for name, content in found if name == b"eXIf")
    others = [(name, content) for name, content in found if name != b"eXIf"]
    return SIGNATURE + b"".join(chunk(*each) for each in [*others[:-1], (b"eXIf", exif_data), others[-1]])


FILES: Final = {
    "PNG": described("PNG"),
    "PNG, EXIF after its pixels": exif_last(described("PNG")),
    "animated PNG": described("PNG", animated=True),
    "JPEG": described("JPEG"),
    "progressive JPEG": described("JPEG", progressive=True),
    "JPEG of halved chroma": described("JPEG", subsampling="4:2:0", quality=80),
    "multi-picture JPEG": encoded(
        PICTURE, "MPO", save_all=True, append_images=[OTHER], exif=exif(), comment=b"a comment"
    ),
    "WebP": described("WEBP"),
    "lossless WebP": described("WEBP", lossless=True),
    "animated WebP": described("WEBP", animated=True),
    "GIF": described("GIF"),
    "animated GIF": described("GIF", animated=True),
    "AVIF": described("AVIF"),
    "animated AVIF": described("AVIF", None, animated=True),  # Pillow crashes on one that is turned
}


def shown(data: bytes) -> Any:
    """What the analysis sees of a file: its picture, the facts on it, its frames and why they end; None if rejected."""
    try:
        image = decode(data, max_pixels=BUDGET)
        animation = open_animation(data, max_pixels=BUDGET)
    except ImageRejected:
        return None
    frames: list[Any] = [] if animation is None else [animation.plays]
    try:
        frames += [(frame.pixels.tobytes(), frame.duration) for frame in (animation.frames if animation else ())]
    except CutShort as error:
        frames.append(str(error))
    notes = [note for note in image.notes if note != EXIF_NOTE]
    pixels = np.ascontiguousarray(image.pixels)
    return pixels.shape, pixels.tobytes(), image.format, image.density, image.loss, image.animated, notes, frames
