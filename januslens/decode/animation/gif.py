"""The frames of a GIF, as stored in the file.

Source: GIF89a, https://www.w3.org/Graphics/GIF/spec-gif89a.txt; the number of repetitions is in Netscape's application
extension, which is not part of the specification. Pillow decompresses the pixels but does not compose the frames: it
clears to the background color, while browsers clear to transparency.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from PIL import Image

from januslens.decode.animation.storyboard import Disposal, Patch, Piece, Storyboard
from januslens.decode.geometry import Box

HEADER_SIZE: Final = 13
EXTENSION: Final = 0x21
GRAPHIC_CONTROL: Final = 0xF9
APPLICATION: Final = 0xFF
IMAGE: Final = 0x2C
TRAILER: Final = 0x3B

HAS_COLOR_TABLE: Final = 0x80
INTERLACED: Final = 0x40
HAS_TRANSPARENT_INDEX: Final = 0x01
DISPOSALS: Final = {
    2: Disposal.CLEAR,
    3: Disposal.RESTORE,
    4: Disposal.RESTORE,
}  # browsers take 4 for 3, as old files do
LOOPING: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
ENTRIES: Final = 256
GRAYS: Final = bytes(level for level in range(ENTRIES) for _ in range(3))  # where a file has no colors at all


@dataclass(frozen=True, slots=True)
class _Control:
    """A graphic control extension: the disposal, delay in seconds and transparent index of the next image."""

    disposal: Disposal = Disposal.KEEP
    delay: float = 0.0
    transparent: int | None = None


class _Reader:
    """A reader that passes once through the blocks of a file."""

    def __init__(self, data: bytes) -> None:
        self.width, self.height, flags = struct.unpack_from("<HHB", data, 6)
        self.plays: int | None = 1
        self.whole = True
        self._data = data
        self._position = HEADER_SIZE
        self._control = _Control()
        self._colors = self._color_table(flags) or GRAYS

    def pieces(self) -> Iterator[Piece]:
        try:
            while self._position < len(self._data) and (kind := self._byte()) != TRAILER:
                if kind == EXTENSION:
                    self._extension()
                elif kind == IMAGE:
                    yield self._image()
                else:
                    self.whole = False
                    return
        except (IndexError, struct.error):
            self.whole = False

    def _byte(self) -> int:
        self._position += 1
        return self._data[self._position - 1]

    def _color_table(self, flags: int) -> bytes:
        start = self._position
        if flags & HAS_COLOR_TABLE:
            self._position += 3 << ((flags & 7) + 1)
        return self._data[start : self._position]

    def _blocks(self) -> int:
        """Skip the data sub-blocks and return the position of the first."""
        start = self._position
        while size := self._byte():
            self._position += size
        return start

    def _extension(self) -> None:
        label = self._byte()
        start = self._blocks()
        if label == GRAPHIC_CONTROL:
            flags, hundredths, transparent = struct.unpack_from("<BHB", self._data, start + 1)
            self._control = _Control(
                disposal=DISPOSALS.get(flags >> 2 & 7, Disposal.KEEP),
                delay=hundredths / 100,
                transparent=transparent if flags & HAS_TRANSPARENT_INDEX else None,
            )
        elif label == APPLICATION and self._data[start + 1 : start + 12] in LOOPING:
            size, kind, repetitions = struct.unpack_from("<BBH", self._data, start + 12)
            if (size, kind) == (3, 1):
                self.plays = repetitions + 1 if repetitions else None

    def _image(self) -> Piece:
        left, top, width, height, flags = struct.unpack_from("<HHHHB", self._data, self._position)
        self._position += 9
        colors = self._color_table(flags) or self._colors
        start = self._position
        self._position += 1  # the code size, which precedes the blocks
        self._blocks()
        control, self._control = self._control, _Control()
        # a file of its own, without colors: Pillow then returns the indices of colors as gray levels
        header = struct.pack("<6sHH3x", b"GIF89a", width, height)
        descriptor = struct.pack("<BHHHHB", IMAGE, 0, 0, width, height, flags & INTERLACED)
        indices = (header, descriptor, self._data[start : self._position], bytes([TRAILER]))
        return Piece(
            box=Box(left, top, width, height),
            blends=True,
            disposal=control.disposal,
            read=partial(_read, indices, colors, control),
        )


def read_gif(data: bytes) -> Storyboard:
    """Parse a GIF file into a storyboard of its frames, without decoding their pixels.

    A still GIF has one piece. Of a damaged or truncated file, the storyboard has the frames before the damage and is
    not whole. Raises IndexError if it has no frame, and struct.error if it is shorter than its header.
    """
    reader = _Reader(data)
    pieces = list(reader.pieces())
    first = pieces[0].box
    return Storyboard(  # browsers enlarge the canvas for a first image that is larger
        width=max(reader.width, first.x + first.width),
        height=max(reader.height, first.y + first.height),
        plays=reader.plays,
        pieces=pieces,
        whole=reader.whole,
    )


def _read(indices: tuple[bytes, ...], colors: bytes, control: _Control) -> Patch:
    with Image.open(io.BytesIO(b"".join(indices)), formats=("GIF",)) as image:
        image.load()
        alpha = None
        if control.transparent is not None:
            alpha = image.point([0 if index == control.transparent else 255 for index in range(ENTRIES)])
        image.putpalette(colors.ljust(3 * ENTRIES, b"\0"))
        return Patch(image.convert("RGB"), alpha, control.delay)
