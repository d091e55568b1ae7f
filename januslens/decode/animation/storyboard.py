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
    """The treatment of an animation frame's area after it was shown, before the next one is painted.

    KEEP leaves it as painted, CLEAR clears it to white, RESTORE restores what was there before the frame.
    """

    KEEP = auto()
    CLEAR = auto()
    RESTORE = auto()


@dataclass(frozen=True, slots=True)
class Patch:
    """The decoded pixels of one stored piece of an animation, before composition with the pieces before it.

    color has the size of the piece's area, in sRGB (mode RGB); alpha is its alpha channel, None if it is opaque. delay
    is the stated duration in seconds, not yet adjusted as browsers do.
    """

    color: Image.Image
    alpha: Image.Image | None
    delay: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One stored frame of an animation: its area of the canvas, its disposal, and `read`, which decodes its pixels.

    blends says that its transparent pixels show what was there before. A piece that does not blend first clears its
    whole area to white.
    """

    box: Box
    blends: bool
    disposal: Disposal
    read: Callable[[], Patch]


@dataclass(frozen=True, slots=True)
class Storyboard:
    """The stored frames of an animation in order, not yet decoded or composed.

    width and height are the size of the canvas in pixels; plays is the number of times that the animation plays, None
    for endless. whole is False if the file is damaged, or lacks pieces that it should have.
    """

    width: int
    height: int
    plays: int | None
    pieces: Sequence[Piece]
    whole: bool
