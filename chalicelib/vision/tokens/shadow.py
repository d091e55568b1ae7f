"""The shadows that boxes cast on what is flat around them.

Of each rectangle the profile outward from the middle of its four sides is taken, as far as it is as smooth as a shadow
and the same along the side; where it fades into one color, a shadow is fitted to it (`shadow_fit`). Boxes with the same
profile have the same shadow.

A picture shows what a shadow makes of the color below it, not the shadow's own color and alpha: black at 0.1 and gray
at 0.2 look the same. Told is black where that will do, else the color with the least alpha that makes the same.

Limits: one layer is fitted; two whose sum is no single shadow aren't told, nor are inset shadows, those on gradients
and pictures, and those that are cut off within their blur.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.color.notation import Rgb
from chalicelib.vision.shadow_fit import FittedShadow, fit_shadow

REACH: Final = 72  # CSS px beside a box: a blur of 48 with an offset of 24 fades within it
PLACES: Final = np.linspace(0.4, 0.6, 5)  # of a side, where it is looked at
UNEVEN: Final = 2  # levels by which the places along a side may differ: rounding, and the ends of a short side
STEEP: Final = 24  # levels from one pixel to the next, beyond which it is the edge of something
LIGHTEST: Final = 255
BLACK: Final[Rgb] = (0, 0, 0)
LEFT, TOP, RIGHT, BOTTOM = range(4)
SETTLED: Final = 6  # pixels of one color at the end of a profile: what is far away
SIDES: Final = 3  # of a box that must show it, top and bottom among them: else the offset is unknown
SOFTEST_EDGE: Final = 1.5  # pixels of blur: less is a line and its anti-aliasing
FAINTEST: Final = 2.0  # levels: fainter ones are rounding
OFF_LINE: Final = 2.5  # Euclidean levels that a shadow's pixels may be off the line between two colors: rounding
MOST: Final = 120  # boxes, the largest ones
SMALLEST: Final = 16  # CSS px of a box's shorter side
OFF: Final = 0.08  # of its strongest level, that a fit may miss by on average
ROUNDED: Final = 0.5  # levels that it may miss by in any case
HIDDEN: Final = 3.0  # times the strongest level seen, that a shadow may have below its box: more is two layers' sum
DIGITS: Final = 3  # of alpha
ALIKE: Final = 1.5  # CSS px by which the lengths of one shadow come out differently
BLUR_ALIKE: Final = 0.25  # of a blur
ALPHA_ALIKE: Final = 0.03


@dataclass(frozen=True, slots=True)
class ObservedShadow:
    """A shadow: offsets, blur and spread in CSS pixels, the color and alpha that make what is seen, and its boxes."""

    right: float
    down: float
    blur: float
    spread: float
    color: Rgb
    alpha: float
    boxes: int


@dataclass(frozen=True, slots=True)
class Shadows:
    """The shadows of a picture, and which of the boxes looked at cast one."""

    observed: list[ObservedShadow]
    casting: list[int]


def observed_shadows(pixels: NDArray[np.uint8], boxes: NDArray[np.intp], scale: float) -> Shadows:
    """Find the shadows of boxes (left, top, right, bottom), borders included, in a picture (height, width, 3).

    The largest boxes come first. scale is in pixels a CSS pixel.
    """
    sides = boxes[:, 2:] - boxes[:, :2]
    looked_at = np.flatnonzero(sides.min(axis=1) >= SMALLEST * scale)[:MOST]
    large = boxes[looked_at]
    casting: list[int] = []
    of_look: defaultdict[tuple[object, ...], list[ObservedShadow]] = defaultdict(list)
    profiles = _profiles(pixels, large, round(REACH * scale))
    for number, box, profile in zip(looked_at.tolist(), large.tolist(), profiles, strict=True):
        beside = _Beside.of(*profile)
        if beside is None:
            continue
        key = (beside.key, box[2] - box[0], box[3] - box[1])
        if key not in of_look:
            of_look[key] = _fitted(beside, box[2] - box[0], box[3] - box[1], scale)
        elif of_look[key]:
            of_look[key].append(of_look[key][0])
        if of_look[key]:
            casting.append(number)
    return Shadows(_gathered([shadow for shadows in of_look.values() for shadow in shadows]), casting)


def _profiles(
    pixels: NDArray[np.uint8], boxes: NDArray[np.intp], depth: int
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.intp]]]:
    """Yield for each box the colors outward from its sides, (4, depth, 3), and how many of each side hold, (4,)."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = boxes.T[:, :, None, None]
    outward = np.arange(depth)[None, None]
    along = PLACES[None, :, None]
    across_x = np.rint(left + along * (right - left - 1)).astype(np.intp)
    across_y = np.rint(top + along * (bottom - top - 1)).astype(np.intp)
    x = np.stack(np.broadcast_arrays(left - 1 - outward, across_x, right + outward, across_x), axis=1)
    y = np.stack(np.broadcast_arrays(across_y, top - 1 - outward, across_y, bottom + outward), axis=1)
    inside = ((x >= 0) & (x < width) & (y >= 0) & (y < height)).all(axis=2)
    seen = pixels[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)].astype(np.int16)
    even = np.ptp(seen, axis=2).max(axis=3) <= UNEVEN
    middle = np.median(seen, axis=2)
    smooth = np.ones(even.shape, np.bool_)
    smooth[:, :, 1:] = np.abs(np.diff(middle, axis=2)).max(axis=3) <= STEEP
    lengths = np.cumprod(inside & even & smooth, axis=2).sum(axis=2)
    return zip(middle, lengths, strict=True)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is beside a box: the color far away, the one that the shadow turns it into, and how far on each side.

    darkness holds Euclidean levels from the far color toward the other, an array for each side that shows it.
    """

    far: Rgb
    toward: NDArray[np.float64]
    darkness: tuple[NDArray[np.float64], ...]

    @property
    def key(self) -> tuple[object, ...]:
        return self.far, *(side.tobytes() for side in self.darkness)

    @classmethod
    def of(cls, colors: NDArray[np.float64], lengths: NDArray[np.intp]) -> Self | None:
        """Return what is beside a box; None if nothing there fades into one color."""
        sides = [side[:length] for side, length in zip(colors, lengths.tolist(), strict=True)]
        plateaus = [plateau for side in sides for plateau in _plateaus(side)]
        if not plateaus:
            return None
        far = np.array(max(plateaus, key=lambda plateau: (plateau.pixels, plateau.color)).color)
        usable = [side[: _settled(side, far)] for side in sides]
        if sum(len(side) > 0 for side in usable) < SIDES or not len(usable[TOP]) or not len(usable[BOTTOM]):
            return None
        for side, opposite in ((LEFT, RIGHT), (RIGHT, LEFT)):
            usable[side] = usable[side] if len(usable[side]) else usable[opposite]  # few shadows fall aside
        off = np.concatenate([far - side for side in usable])
        strongest = off[np.square(off).sum(axis=1).argmax()]
        length = float(np.linalg.norm(strongest))
        if length < FAINTEST:
            return None
        toward = strongest / length
        darkness = tuple((far - side) @ toward for side in usable)
        astray = np.linalg.norm(off - np.concatenate(darkness)[:, None] * toward, axis=1)
        if astray.max() > OFF_LINE:
            return None
        red, green, blue = np.rint(far).astype(int).tolist()
        return cls((red, green, blue), toward, darkness)

    def darkest(self) -> tuple[Rgb, float]:
        """Return the color that least of must be laid over the far one, and how many levels away it is."""
        far = np.array(self.far, np.float64)
        length = float(np.linalg.norm(far))
        strongest = max(float(side.max(initial=0)) for side in self.darkness)
        if length and np.linalg.norm(strongest * (self.toward - far / length)) <= OFF_LINE:
            return BLACK, length
        return _farthest(self.far, self.toward)


@dataclass(frozen=True, slots=True)
class _Plateau:
    """Pixels of one color in a profile: the last of them (exclusive), and how many."""

    color: tuple[float, ...]
    end: int
    pixels: int


def _plateaus(side: NDArray[np.float64]) -> Iterator[_Plateau]:
    """Yield the stretches of a profile that are long enough for a color that nothing shades."""
    edges = np.flatnonzero(np.append(True, np.diff(side, axis=0).any(axis=1))) if len(side) else np.empty(0, np.intp)
    for start, end in pairwise([*edges.tolist(), len(side)]):
        if end - start >= SETTLED:
            yield _Plateau(tuple(side[start].tolist()), end, end - start)


def _settled(side: NDArray[np.float64], far: NDArray[np.float64]) -> int:
    """Return how far a profile goes until the end of what is far away, before something else begins; 0 if it isn't."""
    return next((each.end for each in _plateaus(side) if np.abs(np.array(each.color) - far).max() <= 1), 0)


def _fitted(beside: _Beside, width: int, height: int, scale: float) -> list[ObservedShadow]:
    """Return the shadow of a box of this size in pixels, nothing if what is beside it is none."""
    fit = fit_shadow(beside.darkness, width, height)
    strongest = max(side.max(initial=0) for side in beside.darkness)
    if fit is None or fit.residual > max(OFF * strongest, ROUNDED) or not 0 < fit.strength <= HIDDEN * strongest:
        return []
    color, most = beside.darkest()
    alpha = fit.strength / most
    longest = max(len(side) for side in beside.darkness)
    if alpha > 1 or not SOFTEST_EDGE <= fit.blur <= 2 * longest or abs(fit.spread) > longest:
        return []
    return [_in_css_pixels(fit, scale, color, alpha)]


def _in_css_pixels(fit: FittedShadow, scale: float, color: Rgb, alpha: float) -> ObservedShadow:
    right, down, blur, spread = (round(length / scale) for length in (fit.right, fit.down, fit.blur, fit.spread))
    return ObservedShadow(right, down, blur, spread, color, round(alpha, DIGITS), 1)


def _farthest(far: Rgb, toward: NDArray[np.float64]) -> tuple[Rgb, float]:
    """Return the last color of 8 bits from one on in a direction away from it, and how far that is in levels."""
    start = np.array(far, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(toward > 0, start / toward, np.where(toward < 0, (start - LIGHTEST) / toward, np.inf))
    distance = float(room.min())
    red, green, blue = np.rint(np.clip(start - distance * toward, 0, LIGHTEST)).astype(int).tolist()
    return (red, green, blue), distance


def _gathered(shadows: Sequence[ObservedShadow]) -> list[ObservedShadow]:
    """Return shadows that are about the same as one, the one that most boxes have exactly; the softest last."""
    usual = sorted(
        Counter(shadows).items(), key=lambda entry: (-entry[1], entry[0].blur, entry[0].down, entry[0].alpha)
    )
    gathered: list[ObservedShadow] = []
    for shadow, count in usual:
        for number, other in enumerate(gathered):
            if _are_alike(shadow, other):
                gathered[number] = replace(other, boxes=other.boxes + count)
                break
        else:
            gathered.append(replace(shadow, boxes=count))
    return sorted(gathered, key=lambda shadow: (shadow.blur, shadow.down, shadow.right, shadow.alpha))


def _are_alike(one: ObservedShadow, other: ObservedShadow) -> bool:
    lengths = abs(one.right - other.right), abs(one.down - other.down), abs(one.spread - other.spread)
    blur = abs(one.blur - other.blur) <= max(ALIKE, BLUR_ALIKE * other.blur)
    return max(lengths) <= ALIKE and blur and abs(one.alpha - other.alpha) <= ALPHA_ALIKE
