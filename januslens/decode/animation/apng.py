"""The frames of an animated PNG, as stored in the file.

Source: PNG (third edition), sections 11.3.6 and 13, https://www.w3.org/TR/png-3/#apng-frame-based-animation. Each frame
is rewritten as a PNG file of its own for Pillow to decode. Pillow does not compose them: where pixels have no alpha
channel it clears to black, while browsers clear to transparency.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from PIL import Image

from januslens.decode.animation.storyboard import Disposal, Patch, Piece, Storyboard
from januslens.decode.geometry import Box
from januslens.decode.image import convert_to_srgb, split_alpha

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
CHUNK_FRAME: Final = 12  # length, name and checksum
OF_ALL_PIECES: Final = (b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP")  # how samples become colors
DISPOSALS: Final = (Disposal.KEEP, Disposal.CLEAR, Disposal.RESTORE)
BLENDS_OVER: Final = 1
USUAL_DENOMINATOR: Final = 100  # of a delay whose denominator is 0

Chunk = tuple[bytes, bytes]


class _Misplaced(ValueError):
    """A chunk is in the wrong position or has an invalid content."""


@dataclass(frozen=True, slots=True)
class _Control:
    """A frame control chunk (fcTL): the area, delay in seconds, disposal and blending of the frame that follows."""

    box: Box
    delay: float
    disposal: Disposal
    blends: bool


class _Reader:
    """A reader that passes once through the chunks of a file."""

    def __init__(self, data: bytes) -> None:
        self.width = self.height = 0
        self.plays: int | None = None
        self.whole = False
        self._chunks = _chunks(data)
        self._frames = 0
        self._sequence = 0
        self._header = b""
        self._of_all: list[Chunk] = []
        self._control: _Control | None = None
        self._parts: list[bytes] = []

    def pieces(self) -> Iterator[Piece]:
        try:
            found = 0
            for name, content in self._chunks:
                if name in (b"fcTL", b"IEND") and self._control:
                    yield self._piece(self._control)
                    found += 1
                if name == b"IEND" or (name == b"IDAT" and not self._frames):  # no animation
                    self.whole = found == self._frames
                    return
                self._take(name, content)
        except (ValueError, IndexError, struct.error):
            self.whole = False

    def _take(self, name: bytes, content: bytes) -> None:
        match name:
            case b"IHDR":
                self.width, self.height = struct.unpack_from(">II", content)
                self._header = content[8:]
            case b"acTL":
                self._frames, plays = struct.unpack_from(">II", content)
                self.plays = plays or None
            case b"fcTL":
                self._in_sequence(content)
                self._control = self._frame_control(content)
                self._parts = []
            case b"fdAT":
                self._in_sequence(content)
                self._parts.append(content[4:])
            case b"IDAT" if self._control:  # else it is a still image for viewers without support for animations
                self._parts.append(content)
            case _ if name in OF_ALL_PIECES:
                self._of_all.append((name, content))

    def _in_sequence(self, content: bytes) -> None:
        if struct.unpack_from(">I", content)[0] != self._sequence:
            raise _Misplaced
        self._sequence += 1

    def _frame_control(self, content: bytes) -> _Control:
        width, height, left, top, numerator, denominator, disposal, blending = struct.unpack_from(">4I2H2B", content, 4)
        if not (0 < width <= self.width - left and 0 < height <= self.height - top):
            raise _Misplaced
        return _Control(
            box=Box(left, top, width, height),
            delay=numerator / (denominator or USUAL_DENOMINATOR),
            disposal=DISPOSALS[disposal],
            blends=blending == BLENDS_OVER,
        )

    def _piece(self, control: _Control) -> Piece:
        if not self._parts:
            raise _Misplaced
        header = struct.pack(">II", control.box.width, control.box.height) + self._header
        chunks = [(b"IHDR", header), *self._of_all, *((b"IDAT", part) for part in self._parts), (b"IEND", b"")]
        return Piece(
            box=control.box,
            blends=control.blends,
            disposal=control.disposal,
            read=partial(_read, chunks, control.delay),
        )


def read_apng(data: bytes) -> Storyboard:
    """Parse a PNG file into a storyboard of its animation frames, without decoding their pixels.

    A PNG that is not animated has no pieces. A still image that only viewers without support for animations show is not
    a frame. Of a damaged or truncated file, the storyboard has the frames before the damage and is not whole.
    """
    reader = _Reader(data)
    pieces = list(reader.pieces())
    return Storyboard(reader.width, reader.height, reader.plays, pieces, reader.whole)


def _chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the names and contents of chunks. Raises ValueError or struct.error if the file is damaged or truncated."""
    position = len(SIGNATURE)
    while True:
        length, name = struct.unpack_from(">I4s", data, position)
        content = data[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + length)
        if zlib.crc32(content, zlib.crc32(name)) != checksum:
            raise _Misplaced
        yield name, content
        position += CHUNK_FRAME + length


def _read(chunks: list[Chunk], delay: float) -> Patch:
    file = io.BytesIO(SIGNATURE + b"".join(_chunk(name, content) for name, content in chunks))
    with Image.open(file, formats=("PNG",)) as image:
        image.load()
        opaque, alpha = split_alpha(image)
        return Patch(convert_to_srgb(opaque, image.info.get("icc_profile"), []), alpha, delay)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))
