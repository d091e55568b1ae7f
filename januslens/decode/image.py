"""Decoding of an image file to 8-bit sRGB pixels, as a browser shows them except for a JPEG's chroma (see `chroma`).

Sources: PNG (third edition) for transparency and 16 bits; EXIF 2.32 for orientation; ICC.1 for color profiles. Decoding
is bounded: the format is checked against an allowlist before and after opening, and the number of pixels before any is
decoded.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from januslens.decode.chroma import decode_chroma, has_halved_chroma
from januslens.decode.lossy import NO_LOSS, Loss, compression_loss
from januslens.decode.rejection import FormatUnsupported, ImageCorrupt, ImageTooLarge

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
SIGNATURES: Final = (
    (0, b"\x89PNG"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF8"),
    (8, b"WEBP"),
    (4, b"ftypavif"),
    (4, b"ftypavis"),
)
"""Signatures of these formats, and the byte at which they begin."""
DECODE_ERRORS: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    RuntimeError,
    struct.error,
)
"""Errors that Pillow's decoders raise on damaged files, besides its own DecompressionBombError."""

SIXTEEN_TO_EIGHT_BITS: Final = 257  # 65535 / 255
SRGB: Final = ImageCms.createProfile("sRGB")
SRGB_ROUNDING: Final = 2  # levels that converting from sRGB to sRGB changes at most
PROBE_LEVELS: Final = range(0, 256, 51)
MAX_PROFILE_NAME_CHARACTERS: Final = 80
ORIENTATION: Final = 0x0112  # EXIF 2.32
TURNS: Final = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
OTHER_ORIENTATIONS: Final = ("xmp", "XML:com.adobe.xmp", "Raw profile type exif")
"""Where Pillow also looks for an orientation, and browsers don't."""


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """The first or only frame of a decoded image file.

    pixels are 8-bit sRGB, shape (height, width, 3), upright and composited on white. format is the file format by its
    content, such as PNG. density is in pixels per inch, None unless the file is a PNG that states it. loss describes
    the effect of the format's compression on colors. animated says that the file has more frames. notes are sentences
    for people on how the file was decoded.
    """

    pixels: NDArray[np.uint8]
    format: str
    density: float | None
    loss: Loss
    animated: bool
    notes: tuple[str, ...]

    @property
    def lossy(self) -> bool:
        """Whether the file's compression may have changed colors: a JPEG, an AVIF, or a WebP that is not lossless."""
        return self.loss != NO_LOSS

    @property
    def width(self) -> int:
        """The width in pixels, after rotation by EXIF."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """The height in pixels, after rotation by EXIF."""
        return int(self.pixels.shape[0])


def decode(data: bytes, *, max_pixels: int) -> DecodedImage:
    """Decode the first frame of an image file to 8-bit sRGB, upright and composited on white.

    Colors are converted from an embedded ICC profile, and the chroma of a 4:2:0 JPEG is restored to full resolution
    (see `decode_chroma`); otherwise the pixels are those that a browser shows. Raises FormatUnsupported, ImageTooLarge
    (more than max_pixels, checked before decoding) or ImageCorrupt.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of damaged metadata in files that it decodes all the same
        try:
            with open_image(data) as image:
                if image.width * image.height > max_pixels:
                    raise too_large(max_pixels)
                return _decoded(image, data)
        except Image.DecompressionBombError as error:
            raise too_large(max_pixels) from error
        except DECODE_ERRORS as error:
            raise ImageCorrupt("The file is damaged or cut short: its pixels cannot be decoded.") from error


def open_image(data: bytes) -> Image.Image:
    """Open the content of an image file with Pillow, without decoding its pixels.

    Raises FormatUnsupported if it is not a PNG, JPEG, WebP, GIF or AVIF, and ImageCorrupt if it has the signature of
    one of them but its header is damaged. Pillow's own errors on damaged files pass through.
    """
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        if any(data.startswith(signature, start) for start, signature in SIGNATURES):
            raise ImageCorrupt("The file begins like an image, but its header is damaged.") from error
        raise FormatUnsupported("The file is not a PNG, JPEG, WebP, GIF or AVIF image.") from error
    if image.format == "MPO":  # Pillow's JPEG opener may return it; its first image is a plain JPEG
        image = JpegImageFile(io.BytesIO(data))
    if image.format not in FORMATS:
        raise FormatUnsupported(f"The file is a {image.format} image, not PNG, JPEG, WebP, GIF or AVIF.")
    return image


def too_large(max_pixels: int) -> ImageTooLarge:
    """Return, without raising it, the error for an image of more than max_pixels; its message names the limit."""
    return ImageTooLarge(f"The image has more than the {max_pixels / 1e6:g} megapixels that can be analyzed.")


def _decoded(image: Image.Image, data: bytes) -> DecodedImage:
    notes: list[str] = []
    format_name = str(image.format)
    dpi = image.info.get("dpi")
    density = float(dpi[0]) if format_name == "PNG" and dpi else None
    animated = bool(getattr(image, "is_animated", False))
    if animated:
        notes.append("The first frame of the animation was analyzed, and all frames for flashes.")
    lossy = format_name in ("JPEG", "AVIF") or (format_name == "WEBP" and not _is_lossless_webp(data))
    loss = compression_loss(image) if lossy else NO_LOSS
    if has_halved_chroma(image):
        image = decode_chroma(image)
    image.load()
    upright = _upright(image, notes)
    opaque, alpha = split_alpha(upright)
    color = convert_to_srgb(opaque, image.info.get("icc_profile"), notes)
    if alpha is not None and alpha.getextrema() != (255, 255):
        notes.append("Transparent areas were composited on white.")
        color = Image.composite(color, Image.new("RGB", color.size, "white"), alpha)
    return DecodedImage(np.asarray(color), format_name, density, loss, animated, tuple(notes))


def _is_lossless_webp(data: bytes) -> bool:
    """Return whether the first pixels are in a VP8L chunk (RFC 9649, section 2), of an animation frame or not."""
    position = 12
    while position + 8 <= len(data):
        name = data[position : position + 4]
        if name in (b"VP8 ", b"VP8L"):
            return name == b"VP8L"
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        position += 8 + (16 if name == b"ANMF" else size + size % 2)  # a frame's own chunks follow its 16 bytes
    return False


def _upright(image: Image.Image, notes: list[str]) -> Image.Image:
    try:
        turn = turn_of(image)
    except DECODE_ERRORS:
        notes.append("The EXIF data is damaged; its orientation was ignored.")
        return image
    if turn is None:
        return image
    notes.append("The image was rotated according to its EXIF orientation.")
    return image.transpose(turn)


def turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return what makes an image that was opened with Pillow upright by its EXIF orientation; None if it is upright.

    Pillow's own errors on damaged files pass through.
    """
    image.load()  # a PNG may state it after its pixels
    for name in OTHER_ORIENTATIONS:
        image.info.pop(name, None)
    return TURNS.get(image.getexif().get(ORIENTATION, 1))


def split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Split a Pillow image into its 8-bit color channels and its alpha channel, None if it has none.

    The colors are in mode L, RGB or CMYK, with palettes resolved and 16-bit gray scaled to 8 bits; a single transparent
    color becomes an alpha channel. Colors are not composited and not converted between color profiles.
    """
    if image.mode.startswith("I"):
        return _eight_bits(image)
    if image.mode in ("LA", "La") or (image.mode == "L" and "transparency" in image.info):
        gray = image.convert("LA")
        return gray.getchannel("L"), gray.getchannel("A")
    if image.mode == "P" or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in ("RGBA", "PA", "RGBa"):
        image = image.convert("RGBA")
        return image.convert("RGB"), image.getchannel("A")
    return (image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")), None


def _eight_bits(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Scale 16-bit gray to 8 bits, which Pillow's own conversion would clip, and split off its transparent value."""
    values = np.asarray(image).astype(np.int64)
    gray = Image.fromarray(np.clip(np.round(values / SIXTEEN_TO_EIGHT_BITS), 0, 255).astype(np.uint8))
    transparent = image.info.get("transparency")
    if transparent is None:
        return gray, None
    return gray, Image.fromarray(np.where(values == transparent, 0, 255).astype(np.uint8))


def convert_to_srgb(image: Image.Image, icc_profile: bytes | None, notes: list[str]) -> Image.Image:
    """Convert colors from an embedded ICC profile to 8-bit sRGB, mode RGB; append what was done to notes.

    notes get sentences for people; nothing is appended if the colors are sRGB already or there is no profile. Colors
    without a profile, or with an unreadable one, are interpreted as sRGB. Raises ImageCorrupt if a readable profile
    cannot be applied.
    """
    if not icc_profile:
        return image if image.mode == "RGB" else image.convert("RGB")
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile))
        if _is_srgb(profile):  # the conversion would only round
            return image.convert("RGB")
        name = "".join(filter(str.isprintable, ImageCms.getProfileDescription(profile).strip()))[
            :MAX_PROFILE_NAME_CHARACTERS
        ]
        converted = ImageCms.profileToProfile(image, profile, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, *DECODE_ERRORS):
        notes.append("The embedded color profile cannot be read; the colors were interpreted as sRGB.")
        return image.convert("RGB")
    if converted is None:
        raise ImageCorrupt("The embedded color profile cannot be applied to the image.")
    notes.append(f"Colors were converted from the embedded profile “{name}” to sRGB.")
    return converted


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    """Return whether a profile leaves sRGB colors unchanged; its name proves nothing."""
    if profile.profile.xcolor_space.strip() != "RGB":
        return False
    colors = np.array(np.meshgrid(PROBE_LEVELS, PROBE_LEVELS, PROBE_LEVELS), np.uint8).reshape(1, -1, 3)
    converted = ImageCms.profileToProfile(Image.fromarray(colors), profile, SRGB)
    return bool(np.abs(np.asarray(converted, np.int16) - colors).max() <= SRGB_ROUNDING)
