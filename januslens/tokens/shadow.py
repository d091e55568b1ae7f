"""Shadow tokens: the shadows that boxes cast on flat surroundings, and those inside of boxes.

For each rectangle, the profile outward from the middle of its four sides is read, as far as it is as smooth as a shadow
and constant along the side. If it fades into one color, a shadow is fitted to it (`fitting.shadow`). Boxes with the
same profile have the same shadow.

An image shows the result of a shadow on the color below it, not the shadow's own color and alpha: black at 0.1 and gray
at 0.2 look the same. Black is reported if it can explain the result, else the color with the lowest alpha that does.

If the fill color fades outward on its sides before the box ends, an inset shadow is fitted in the same way to the
profile inward from there.

Limits: one layer is fitted, and none around a box with an inset shadow. Two layers whose sum is not a single shadow are
not reported, nor are shadows on gradients and images, or those cut off within their blur.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from januslens.color.notation import Rgb
from januslens.fitting.shadow import fit_shadow

REACH: Final = 72  # CSS px beside a box: a blur of 48 with an offset of 24 fades within it
POSITIONS: Final = np.linspace(0.4, 0.6, 5)  # along a side, where it is examined
UNEVEN: Final = 2  # levels by which the positions along a side may differ: rounding, and the ends of a short side
STEEP: Final = 24  # levels from one pixel to the next, beyond which it is the edge of something
MAX_LEVEL: Final = 255
BLACK: Final[Rgb] = (0, 0, 0)
LEFT, TOP, RIGHT, BOTTOM = range(4)
SETTLED: Final = 6  # pixels of one color at the end of a profile: what is far away
OUTWARD: Final = np.array([-1, -1, 1, 1])
FADING: Final = 2  # pixels of a side that an inset shadow falls on, at least
FIRST_STEP: Final = 6.0  # Euclidean levels from a fill to the first pixel that an inset shadow falls on
FASTER: Final = 2.0  # times the steps before, that the next one is larger: more is the box's edge
FAR_APART: Final = 4  # multiple of a shadow's reach from which opposite sides of a box do not affect each other
ENOUGH: Final = 12  # of these that are compared with nothing: a shadow that fades later isn't one
SIDES: Final = 3  # of a box that must show it, including top and bottom: otherwise the offset is unknown
MIN_BLUR_PX: Final = 1.5  # pixels of blur: less is a line and its anti-aliasing
MIN_LEVELS: Final = 2.0  # levels: fainter ones are rounding
OFF_LINE: Final = 2.5  # Euclidean levels that a shadow's pixels may be off the line between two colors: rounding
MAX_BOXES: Final = 120  # boxes, the largest ones
MIN_SIDE_PX: Final = 16  # CSS px of a box's shorter side
OFF: Final = 0.08  # of its strongest level, the accepted average deviation of a fit
ROUNDED: Final = 0.5  # levels of deviation that are always accepted
HIDDEN: Final = 3.0  # maximum strength relative to the strongest visible level: more is the sum of two layers
DIGITS: Final = 3  # of alpha
ALIKE: Final = 1.5  # CSS px by which the lengths of one shadow come out differently
BLUR_ALIKE: Final = 0.25  # of a blur
ALPHA_ALIKE: Final = 0.03


@dataclass(frozen=True, slots=True)
class ObservedShadow:
    """A box shadow of one layer, as in CSS: offsets to the right and down, blur and spread in CSS pixels, and a color.

    color and alpha explain the pixels but need not be the author's: an image shows only their result, and black is
    preferred. boxes is the number of boxes in the image that have it; inset says that it is inside of them.
    """

    right: float
    down: float
    blur: float
    spread: float
    color: Rgb
    alpha: float
    boxes: int
    inset: bool = False


@dataclass(frozen=True, slots=True)
class Shadows:
    """The shadows of an image, and the indices of the boxes that cast one outward.

    observed has each different shadow once, ordered by blur. The indices in casting are those of the boxes given to
    `observed_shadows`.
    """

    observed: list[ObservedShadow]
    casting: list[int]


def observed_shadows(
    pixels: NDArray[np.uint8], outer: NDArray[np.intp], inner: NDArray[np.intp], scale: float
) -> Shadows:
    """Find the shadows that boxes cast on flat surroundings in an image, and the inset shadows inside of boxes.

    pixels has shape (height, width, 3). outer are the boxes (left, top, right, bottom) including their borders, inner
    their fills, both in image pixels and with the largest first; at most 120 are examined. Two layers that do not look
    like one are not found. scale is in image pixels per CSS pixel.
    """
    depth = round(REACH * scale)
    shaded = _shaded_boxes(pixels, inner, _large(inner, scale), depth)
    fallen = _of_boxes(pixels, shaded, depth, scale, inset=True)
    around = {number: outer[number] for number in _large(outer, scale) if number not in fallen}
    cast = _of_boxes(pixels, around, depth, scale, inset=False)
    return Shadows(_gathered([*cast.values(), *fallen.values()]), list(cast))


def _large(boxes: NDArray[np.intp], scale: float) -> list[int]:
    """Return the indices of boxes large enough to be examined."""
    large: list[int] = np.flatnonzero((boxes[:, 2:] - boxes[:, :2]).min(axis=1) >= MIN_SIDE_PX * scale)[
        :MAX_BOXES
    ].tolist()
    return large


def _of_boxes(
    pixels: NDArray[np.uint8], boxes: Mapping[int, NDArray[np.intp]], depth: int, scale: float, *, inset: bool
) -> dict[int, ObservedShadow]:
    """Return the shadow outside, or inside, of each box that has one."""
    by_profile: dict[tuple[object, ...], ObservedShadow | None] = {}
    found = {}
    profiles = _profiles(pixels, np.array([*boxes.values()], np.intp).reshape(-1, 4), depth, inward=inset)
    for (number, (left, top, right, bottom)), colors, lengths in zip(boxes.items(), *profiles, strict=True):
        beside = _Beside.of(colors, lengths)
        if beside is None:
            continue
        width, height = (min(int(side), FAR_APART * beside.longest) for side in (right - left, bottom - top))
        key = (beside.key, width, height)
        if key not in by_profile:
            by_profile[key] = _fitted(beside, width, height, scale, inset=inset)
        shadow = by_profile[key]
        if shadow is not None:
            found[number] = shadow
    return found


def _shaded_boxes(
    pixels: NDArray[np.uint8], fills: NDArray[np.intp], which: Sequence[int], depth: int
) -> dict[int, NDArray[np.intp]]:
    """Return the boxes whose fill fades outward before their edge, as an inset shadow does, extended to that edge.

    Boxes that fade on two sides or fewer are omitted.
    """
    left, top, _, bottom = fills[which].T
    beside, lengths = _profiles(pixels, fills[which], depth, inward=False)
    away = np.linalg.norm(beside - pixels[(top + bottom) // 2, left][:, None, None], axis=3)
    fading = (away[:, :, 0] > 0) & (away[:, :, 0] <= FIRST_STEP) & (lengths >= FADING)
    shaded = {}
    for position in np.flatnonzero(fading.sum(axis=1) >= SIDES).tolist():
        reach = np.array([_fading(away[position, side, : lengths[position, side]]) for side in range(4)])
        if (reach >= FADING).sum() >= SIDES:
            shaded[which[position]] = fills[which[position]] + OUTWARD * reach
    return shaded


def _fading(away: NDArray[np.float64]) -> int:
    """Return for how many pixels outward a color continues to fade, given their distances from it in levels."""
    steps = np.diff(away, prepend=0.0)
    most = np.maximum.accumulate(np.append(0.0, np.maximum(steps, 0)))[:-1]
    stops = (steps < -UNEVEN) | (steps > FASTER * most + FIRST_STEP)
    fading = steps[: int(stops.argmax()) if stops.any() else len(steps)]
    return int(np.flatnonzero(fading > 0).max(initial=-1)) + 1


def _profiles(
    pixels: NDArray[np.uint8], boxes: NDArray[np.intp], depth: int, *, inward: bool
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the colors outward or inward from each box's sides (n, 4, depth, 3), and how many are valid (n, 4)."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = boxes.T[:, :, None, None]
    outward = (-1 - np.arange(depth) if inward else np.arange(depth))[None, None]
    along = POSITIONS[None, :, None]
    across_x = np.rint(left + along * (right - left - 1)).astype(np.intp)
    across_y = np.rint(top + along * (bottom - top - 1)).astype(np.intp)
    x = np.stack(np.broadcast_arrays(left - 1 - outward, across_x, right + outward, across_x), axis=1)
    y = np.stack(np.broadcast_arrays(across_y, top - 1 - outward, across_y, bottom + outward), axis=1)
    inside = ((x >= 0) & (x < width) & (y >= 0) & (y < height)).all(axis=2)
    observed = pixels[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)].astype(np.int16)
    even = np.ptp(observed, axis=2).max(axis=3) <= UNEVEN
    middle = np.median(observed, axis=2)
    smooth = np.ones(even.shape, np.bool_)
    smooth[:, :, 1:] = np.abs(np.diff(middle, axis=2)).max(axis=3) <= STEEP
    lengths = np.cumprod(inside & even & smooth, axis=2).sum(axis=2)
    return middle, lengths


@dataclass(frozen=True, slots=True)
class _Beside:
    """The surroundings of a box: the distant color, the direction toward the shadow's color, and the profiles.

    darkness holds, per side, the Euclidean levels from the distant color in that direction.
    """

    far: Rgb
    toward: NDArray[np.float64]
    darkness: tuple[NDArray[np.float64], ...]

    @property
    def key(self) -> tuple[object, ...]:
        return self.far, *(side.tobytes() for side in self.darkness)

    @property
    def longest(self) -> int:
        return max(len(side) for side in self.darkness)

    @classmethod
    def of(cls, colors: NDArray[np.float64], lengths: NDArray[np.intp]) -> Self | None:
        """Return the surroundings of a box; None if they do not fade into one color."""
        sides = [side[:length] for side, length in zip(colors, lengths.tolist(), strict=True)]
        plateaus = [list(_plateaus(side)) for side in sides]
        if not any(plateaus):
            return None
        far = np.array(max(chain(*plateaus), key=lambda plateau: (plateau.pixels, plateau.color)).color)
        usable = [side[: _settled(of_side, far)] for side, of_side in zip(sides, plateaus, strict=True)]
        if sum(len(side) > 0 for side in usable) < SIDES or not len(usable[TOP]) or not len(usable[BOTTOM]):
            return None
        for side, opposite in ((LEFT, RIGHT), (RIGHT, LEFT)):
            usable[side] = usable[side] if len(usable[side]) else usable[opposite]  # few shadows fall aside
        off = np.concatenate([far - side for side in usable])
        strongest = off[np.square(off).sum(axis=1).argmax()]
        length = float(np.linalg.norm(strongest))
        if length < MIN_LEVELS:
            return None
        toward = strongest / length
        darkness = tuple((far - side) @ toward for side in usable)
        astray = np.linalg.norm(off - np.concatenate(darkness)[:, None] * toward, axis=1)
        if astray.max() > OFF_LINE:
            return None
        red, green, blue = np.rint(far).astype(int).tolist()
        return cls((red, green, blue), toward, darkness)

    def darkest(self) -> tuple[Rgb, float]:
        """Return the shadow color with the lowest alpha, and its distance in levels from the distant color."""
        far = np.array(self.far, np.float64)
        length = float(np.linalg.norm(far))
        strongest = max(float(side.max(initial=0)) for side in self.darkness)
        if length and np.linalg.norm(strongest * (self.toward - far / length)) <= OFF_LINE:
            return BLACK, length
        return _last_color(self.far, self.toward)


@dataclass(frozen=True, slots=True)
class _Plateau:
    """A stretch of one color in a profile: its end (exclusive) and its number of pixels."""

    color: tuple[float, ...]
    end: int
    pixels: int


def _plateaus(side: NDArray[np.float64]) -> Iterator[_Plateau]:
    """Yield the stretches of a profile that are long enough for an unshaded color."""
    edges = np.flatnonzero(np.append(True, np.diff(side, axis=0).any(axis=1))) if len(side) else np.empty(0, np.intp)
    for start, end in pairwise([*edges.tolist(), len(side)]):
        if end - start >= SETTLED:
            yield _Plateau(tuple(side[start].tolist()), end, end - start)


def _settled(plateaus: Sequence[_Plateau], far: NDArray[np.float64]) -> int:
    """Return the length of a profile up to a stretch of the distant color; 0 if it has none."""
    settled = (each for each in plateaus if np.abs(np.array(each.color) - far).max() <= 1)
    return next((each.end - max(0, each.pixels - ENOUGH) for each in settled), 0)


def _fitted(beside: _Beside, width: int, height: int, scale: float, *, inset: bool) -> ObservedShadow | None:
    """Return the shadow of a box of this size in pixels, None if its surroundings are not explained by one."""
    fit = fit_shadow(beside.darkness, width, height, inset=inset)
    strongest = max(side.max(initial=0) for side in beside.darkness)
    if fit is None or fit.residual > max(OFF * strongest, ROUNDED) or not 0 < fit.strength <= HIDDEN * strongest:
        return None
    color, most = beside.darkest()
    alpha = fit.strength / most
    if alpha > 1 or not MIN_BLUR_PX <= fit.blur <= 2 * beside.longest or abs(fit.spread) > beside.longest:
        return None
    right, down, blur, spread = (round(length / scale) for length in (fit.right, fit.down, fit.blur, fit.spread))
    return ObservedShadow(right, down, blur, spread, color, round(alpha, DIGITS), 1, inset)


def _last_color(far: Rgb, toward: NDArray[np.float64]) -> tuple[Rgb, float]:
    """Return the last 8-bit color in a direction away from a color, and its distance in levels."""
    start = np.array(far, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(toward > 0, start / toward, np.where(toward < 0, (start - MAX_LEVEL) / toward, np.inf))
    distance = float(room.min())
    red, green, blue = np.rint(np.clip(start - distance * toward, 0, MAX_LEVEL)).astype(int).tolist()
    return (red, green, blue), distance


def _gathered(shadows: Sequence[ObservedShadow]) -> list[ObservedShadow]:
    """Merge similar shadows into the most frequent one; sort them by blur."""
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
    if one.inset != other.inset:
        return False
    return max(lengths) <= ALIKE and blur and abs(one.alpha - other.alpha) <= ALPHA_ALIKE
