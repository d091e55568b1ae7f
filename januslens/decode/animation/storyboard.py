"""How a file holds an animation: pieces, each put on what the pieces before it have left.

Transparent pixels show white here, as on a page without a background. That is also why no alpha has to be kept of what
is already shown: putting a piece on it, and that on white, is putting the piece on both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PIL import Image

from januslens.decode.geometry import Box


class Disposal(Enum):
    """What becomes of a piece when its time is over."""

    KEEP = auto()
    CLEAR = auto()
    RESTORE = auto()


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece's pixels: sRGB colors, their alpha channel if not all are opaque, and its delay in seconds as stated."""

    color: Image.Image
    alpha: Image.Image | None
    delay: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece goes and what becomes of it; read decodes it.

    Unless it blends, what was in its place is gone, under its transparent pixels too.
    """

    box: Box
    blends: bool
    disposal: Disposal
    read: Callable[[], Patch]


@dataclass(frozen=True, slots=True)
class Storyboard:
    """An animation's width and height in pixels, how often it plays (None: forever), and its pieces.

    whole says that the file has all of the pieces that it should have.
    """

    width: int
    height: int
    plays: int | None
    pieces: Sequence[Piece]
    whole: bool
