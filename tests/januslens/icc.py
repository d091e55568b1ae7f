"""Color profiles made by hand, from ICC.1:2001-04; the colors of their primaries are coloraide's."""

import struct
from collections.abc import Sequence
from typing import Final

from coloraide import Color

D50: Final = (0.9642, 1.0, 0.8249)  # section 6.1.2.9, the white of the profile connection space
ADOBE_GAMMA: Final = 563 / 256  # Adobe RGB (1998) Color Image Encoding, 4.3.1.2

Tag = tuple[bytes, bytes]


def adobe_rgb(name: str = "Adobe RGB by hand") -> bytes:
    """Make a profile of Adobe RGB (1998)."""
    return _rgb_profile("a98-rgb", ADOBE_GAMMA, name)


def linear_srgb(name: str) -> bytes:
    """Make a profile of sRGB's primaries with linear light."""
    return _rgb_profile("srgb-linear", 1.0, name)


def linear_gray(name: str = "Linear gray by hand") -> bytes:
    """Make a profile of gray with linear light."""
    return _profile(b"GRAY", name, [(b"kTRC", _curve(1.0))])


def _rgb_profile(space: str, gamma: float, name: str) -> bytes:
    primaries = [Color(space, primary).convert("xyz-d50")[:3] for primary in ([1, 0, 0], [0, 1, 0], [0, 0, 1])]
    colorants = [(tag, _xyz(primary)) for tag, primary in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)]
    return _profile(b"RGB ", name, [*colorants, *((tag, _curve(gamma)) for tag in (b"rTRC", b"gTRC", b"bTRC"))])


def _profile(space: bytes, name: str, tags: Sequence[Tag]) -> bytes:
    tags = [(b"desc", _description(name)), (b"cprt", b"text\0\0\0\0none\0\0\0\0"), (b"wtpt", _xyz(D50)), *tags]
    start = 128 + 4 + 12 * len(tags)
    table, contents = struct.pack(">I", len(tags)), b""
    for signature, content in tags:
        table += signature + struct.pack(">II", start + len(contents), len(content))
        contents += content
    size = struct.pack(">I", start + len(contents))
    header = size + bytes(4) + b"\x02\x40\0\0" + b"mntr" + space + b"XYZ " + bytes(12) + b"acsp" + bytes(28)
    return (header + _numbers(D50)).ljust(128, b"\0") + table + contents


def _numbers(values: Sequence[float]) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _xyz(color: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _numbers(color)


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(gamma * 256))


def _description(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    content = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    return content + bytes(-len(content) % 4)
