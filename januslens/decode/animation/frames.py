"""The frames of an animated image as a browser shows them, one after the other.

Source for the replacement of very short delays: Chromium, DeferredImageDecoder::FrameDurationAtIndex, which follows
Firefox and Safari, https://webkit.org/b/36082. Only one frame is in memory at a time, and the total work is bounded.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from januslens.decode.animation.apng import read_apng
from januslens.decode.animation.gif import read_gif
from januslens.decode.animation.storyboard import Disposal, Patch, Piece, Storyboard
from januslens.decode.geometry import Box
from januslens.decode.image import DECODE_ERRORS, convert_to_srgb, open_image, split_alpha, too_large, turn_of
from januslens.decode.rejection import ImageCorrupt

MAX_REPLACED_DELAY_SECONDS: Final = 0.010
REPLACEMENT_DELAY_SECONDS: Final = 0.100

MAX_PIXELS: Final = 400_000_000  # of all frames together: 833 frames of 800 × 600
MAX_FRAMES: Final = 2_000


class CutShort(Exception):
    """The animation has more frames than were read: the file is damaged there, or they exceed the limit on work.

    The limits are 2,000 frames and 400 million pixels of all frames together. The message is a sentence for people.
    """


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of an animation as a browser shows it, composited with those before it and on white.

    pixels are read-only 8-bit sRGB, shape (height, width, 3), upright; duration is in seconds, with stated delays of 10
    ms or less replaced by 100 ms, as browsers do.
    """

    pixels: NDArray[np.uint8]
    duration: float


@dataclass(frozen=True, slots=True)
class Animation:
    """An animation: the number of times that it plays, None for endless, and an iterator of its frames.

    The frames are decoded while they are iterated, which can be done once. The iterator raises CutShort after the last
    frame that can be shown if more frames follow.
    """

    plays: int | None
    frames: Iterator[Frame]


def open_animation(data: bytes, *, max_pixels: int) -> Animation | None:
    """Open an animated GIF, PNG, WebP or AVIF; return None for a still image: any JPEG, or a file with a single frame.

    Raises FormatUnsupported, ImageCorrupt, or ImageTooLarge if one frame of the animation has more than max_pixels.
    Damage in the frames themselves is found only when they are iterated (see `Animation`).
    """
    try:
        return _quietly(partial(_animation, data, max_pixels))
    except Image.DecompressionBombError as error:
        raise too_large(max_pixels) from error
    except DECODE_ERRORS as error:
        raise ImageCorrupt("The animation can't be read.") from error


def _quietly[T](read: Callable[[], T]) -> T:
    """Call a function with Pillow's warnings about damaged metadata in readable files silenced."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read()


def _animation(data: bytes, max_pixels: int) -> Animation | None:
    image = open_image(data)
    match image.format:
        case "GIF":
            storyboard = read_gif(data)
        case "PNG":
            storyboard = read_apng(data)
        case "WEBP" | "AVIF":
            storyboard = _whole_frames(image)
        case _:
            return None
    if storyboard.width * storyboard.height > max_pixels:
        raise too_large(max_pixels)
    if len(storyboard.pieces) <= 1:
        return None
    turn = None if image.format == "GIF" else _turn_of(image)
    return Animation(storyboard.plays, _frames(storyboard, turn, max_pixels))


def _whole_frames(image: Image.Image) -> Storyboard:
    """Return the storyboard of a file whose frames Pillow's decoder composes as browsers do."""
    width, height = image.size
    pieces = [
        Piece(Box(0, 0, width, height), blends=False, disposal=Disposal.KEEP, read=partial(_read, image, number))
        for number in range(getattr(image, "n_frames", 1))
    ]
    return Storyboard(width, height, image.info.get("loop", 0) or None, pieces, whole=True)


def _read(image: Image.Image, number: int) -> Patch:
    image.seek(number)
    image.load()
    opaque, alpha = split_alpha(image)
    color = convert_to_srgb(opaque, image.info.get("icc_profile"), [])
    return Patch(color, alpha, image.info.get("duration", 0) / 1000)


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    try:
        return turn_of(image)
    except DECODE_ERRORS:
        return None


def _frames(storyboard: Storyboard, turn: Image.Transpose | None, max_pixels: int) -> Iterator[Frame]:
    canvas = Image.new("RGB", (storyboard.width, storyboard.height), "white")
    work = 0
    for number, piece in enumerate(storyboard.pieces):
        size = max(storyboard.width * storyboard.height, piece.box.width * piece.box.height)
        work += size
        if number >= MAX_FRAMES or work > MAX_PIXELS or size > max_pixels:
            raise CutShort(f"Only the first {number} frames of the animation were analyzed.")
        try:
            patch = _quietly(piece.read)
        except (Image.DecompressionBombError, *DECODE_ERRORS) as error:
            raise CutShort(f"The animation is damaged after frame {number}.") from error
        before = canvas.copy() if piece.disposal is Disposal.RESTORE else canvas
        _paint(canvas, piece, patch)
        shown = canvas if turn is None else canvas.transpose(turn)
        yield Frame(
            np.asarray(shown), REPLACEMENT_DELAY_SECONDS if patch.delay <= MAX_REPLACED_DELAY_SECONDS else patch.delay
        )
        canvas = before
        if piece.disposal is Disposal.CLEAR:
            canvas.paste("white", _corners(piece.box))
    if not storyboard.whole:
        raise CutShort(f"The animation is damaged after frame {len(storyboard.pieces)}.")


def _paint(canvas: Image.Image, piece: Piece, patch: Patch) -> None:
    if not piece.blends:
        canvas.paste("white", _corners(piece.box))
    canvas.paste(patch.color, (piece.box.x, piece.box.y), patch.alpha)


def _corners(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height
