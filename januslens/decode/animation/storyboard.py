"""The stored form of an animation: pieces, each painted over the result of the pieces before it.

Transparent pixels show white, as on a page without a background. Therefore the alpha of the painted result need not be
kept: painting a piece over the composition with white equals composing with white afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PIL import Image

from januslens.decode.geometry import Box


class Disposal(Enum):
    """The treatment of a piece after it was shown: keep it, clear its area, or restore what was there before."""

    KEEP = auto()
    CLEAR = auto()
    RESTORE = auto()


@dataclass(frozen=True, slots=True)
class Patch:
    """The decoded pixels of a piece: sRGB colors, an alpha channel unless opaque, and its stated delay in seconds."""

    color: Image.Image
    alpha: Image.Image | None
    delay: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stored part of an animation: its area, its disposal, and `read`, which decodes its pixels.

    blends says that its transparent pixels show what was there before. A piece that does not blend replaces its whole
    area.
    """

    box: Box
    blends: bool
    disposal: Disposal
    read: Callable[[], Patch]


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The stored pieces of an animation, its size in pixels, and the number of times that it plays, None for endless.

    whole is False if the file is damaged, or lacks pieces that it should have.
    """

    width: int
    height: int
    plays: int | None
    pieces: Sequence[Piece]
    whole: bool
