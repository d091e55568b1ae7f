"""Animations made by hand, from the specifications of GIF89a and PNG (third edition)."""

import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

from tests.januslens.png import SIGNATURE, Chunk

WHITE: Final = (255, 255, 255)
COLORS: Final = {"k": (0, 0, 0), "w": WHITE, "r": (255, 0, 0), "g": (0, 160, 0), "b": (0, 0, 255)}
"""Of letters that pixels are drawn with; a dot is a transparent pixel."""
TRANSPARENT: Final = 5  # index in a GIF's color table, after the colors

KEEP, CLEAR, RESTORE = 0, 1, 2  # dispose_op of a PNG; a GIF's is one more
SOURCE, OVER = 0, 1  # blend_op

GIF_CLEAR, GIF_END = b"\x80", b"\x81"  # LZW codes beside 7 bits of data
FOREVER: Final = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"


@dataclass(frozen=True)
class Drawn:
    """A frame: its rows of letters, where its upper left corner is, and how it is shown."""

    rows: list[str]
    x: int = 0
    y: int = 0
    delay: int = 10  # hundredths of a second
    disposal: int = KEEP
    blend: int = OVER
    stated: bool = True  # whether anything but its place and pixels is said of it
    extra: bytes = field(default=b"")  # before it


def gif(size: tuple[int, int], frames: list[Drawn], *, loop: bytes = FOREVER, background: int = 0) -> bytes:
    table = b"".join(bytes(color) for color in COLORS.values()).ljust(3 * 8, b"\0")
    screen = struct.pack("<6sHHBBB", b"GIF89a", *size, 0x80 | 2, background, 0)
    return screen + table + loop + b"".join(gif_frame(frame) for frame in frames) + b";"


def gif_frame(frame: Drawn) -> bytes:
    control = struct.pack("<BBBBHBB", 0x21, 0xF9, 4, frame.disposal + 1 << 2 | 1, frame.delay, TRANSPARENT, 0)
    place = struct.pack("<BHHHHB", 0x2C, frame.x, frame.y, len(frame.rows[0]), len(frame.rows), 0)
    indices = bytes((*COLORS, ".").index(letter) for row in frame.rows for letter in row)
    codes = b"".join(GIF_CLEAR + indices[start : start + 100] for start in range(0, len(indices), 100)) + GIF_END
    blocks = [codes[start : start + 255] for start in range(0, len(codes), 255)]
    data = b"\x07" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
    return frame.extra + (control if frame.stated else b"") + place + data


def chunks(*contents: Chunk) -> bytes:
    return SIGNATURE + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in contents
    )


def apng(
    size: tuple[int, int], frames: list[Drawn], *, plays: int = 0, default: Drawn | None = None, alpha: bool = True
) -> bytes:
    """Make a file of RGBA pixels, or RGB ones; default is a picture that isn't part of the animation."""
    contents = [(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 6 if alpha else 2, 0, 0, 0))]
    contents.append((b"acTL", struct.pack(">II", len(frames), plays)))
    if default:
        contents.append((b"IDAT", _pixels(default, alpha)))
    sequence = 0
    for number, frame in enumerate(frames):
        contents.append((b"fcTL", frame_control(sequence, frame)))
        sequence += 1
        if number == 0 and not default:
            contents.append((b"IDAT", _pixels(frame, alpha)))
        else:
            contents.append((b"fdAT", struct.pack(">I", sequence) + _pixels(frame, alpha)))
            sequence += 1
    return chunks(*contents, (b"IEND", b""))


def frame_control(sequence: int, frame: Drawn) -> bytes:
    box = (len(frame.rows[0]), len(frame.rows), frame.x, frame.y)
    return struct.pack(">5IHHBB", sequence, *box, frame.delay, 100, frame.disposal, frame.blend)


def _pixels(frame: Drawn, alpha: bool) -> bytes:
    samples = {letter: bytes(color) + (b"\xff" if alpha else b"") for letter, color in COLORS.items()}
    samples["."] = bytes(4 if alpha else 3)
    samples["?"] = b"\0\0\0\x80"  # half of black
    return zlib.compress(b"".join(b"\0" + b"".join(samples[letter] for letter in row) for row in frame.rows))
