"""Transitions of places in an image between light and dark, and to and from saturated red.

Sources: WCAG 2.2, "general flash and red flash thresholds",
https://www.w3.org/TR/WCAG22/#dfn-general-flash-and-red-flash-thresholds: a general flash is a pair of opposing changes
in relative luminance of 10 % or more of the maximum, 1.0, where the darker image's is below 0.80; in a red flash one
transition is to or from a state whose R/(R + G + B) is at least 0.8, and the states differ by more than 0.2 in the CIE
1976 UCS chromaticity diagram, after ISO 9241-391. Understanding SC 2.3.1 has the formulas of its coordinates:
https://www.w3.org/WAI/WCAG22/Understanding/three-flashes-or-below-threshold.html. WCAG 2.0's (R - G - B) × 320 > 20 is
no longer in it.

A transition leads from a peak to a valley, or back. So small steps in one direction add up, and wavering by less than a
threshold doesn't part them. It is counted at the moment in which it reaches the threshold.

Black has no chromaticity (https://github.com/w3c/wcag/issues/4285); here it has that of white, which is what a screen's
black shows, so that flashing between red and black counts.
"""

from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from januslens.color.luminance import LUMINANCE_WEIGHTS, linear
from januslens.color.xyz import LINEAR_SRGB_TO_XYZ

GENERAL_CHANGE: Final = 0.1  # of relative luminance
GENERAL_DARKER: Final = 0.8
SATURATED_RED: Final = 0.8
RED_CHANGE: Final = 0.2

TO_UCS: Final = (
    np.array([[4, 0, 0], [0, 9, 0], [1, 15, 3]]) @ LINEAR_SRGB_TO_XYZ
)  # both coordinates' numerators, their denominator
DARKEST_RED: Final = float(linear(8))
"""Of R + G + B. At 8 levels of red, rounding up to one level each of green and blue makes R/(R + G + B) 0.8."""

LIGHTER: Final = 1  # or into red
DARKER: Final = -1  # or out of red

Turns = NDArray[np.int8]
"""Of each place the transition that it made, LIGHTER or DARKER, or 0."""


class Transitions(Protocol):
    """The interface of a detector of one kind of transition (general or red), fed with one frame after the other.

    A transition is half of a flash: a change of a place between a peak and a valley, large enough to count.
    """

    def step(self, light: NDArray[np.float32], /) -> Turns:
        """Take the linear RGB light of the next frame and return the transitions that reach their threshold in it.

        light has shape (3, ...) and values from 0 to 1. The result has shape (...): LIGHTER (1, or into red) or DARKER
        (-1, or out of red) where a transition reaches its threshold, 0 elsewhere.
        """


class Swings:
    """A detector of alternating rises and falls of one quantity at many places.

    A rise or fall is by at least `change` from the last valley or peak, and its lower end is below `darker`. Small
    changes in one direction add up. start holds the quantity in the first frame.
    """

    def __init__(self, start: NDArray[np.float32], change: float, darker: float = np.inf) -> None:
        self._change = np.float32(change)
        self._darker = np.float32(darker)
        self._peak = start.copy()
        self._valley = start.copy()
        self._last = np.zeros(start.shape, np.int8)

    def step(self, values: NDArray[np.float32]) -> Turns:
        """Take the next values of the quantity, and return the transitions that reach their threshold in them.

        The values have the shape of the first ones, and so has the result: LIGHTER (1) where a rise reaches its
        threshold, DARKER (-1) where a fall does, and 0 elsewhere. Rises and falls alternate at each place.
        """
        peak, valley, last = self._peak, self._valley, self._last
        np.maximum(peak, values, out=peak)
        np.minimum(valley, values, out=valley)
        lighter = (values - valley >= self._change) & (valley < self._darker) & (last != LIGHTER)
        darker = (peak - values >= self._change) & (values < self._darker) & (last != DARKER)
        np.copyto(peak, values, where=lighter)
        np.copyto(valley, values, where=darker)
        return _turned(last, lighter, darker)


class GeneralTransitions:
    """A detector of the transitions of a general flash: changes of relative luminance by at least 0.1.

    The darker state of a place is below 0.80. light is the first frame, linear RGB of shape (3, ...), from 0 to 1.
    """

    def __init__(self, light: NDArray[np.float32]) -> None:
        self._swings = Swings(_luminance(light), GENERAL_CHANGE, GENERAL_DARKER)

    def step(self, light: NDArray[np.float32]) -> Turns:
        """Return the changes of relative luminance that reach the threshold in the next frame.

        See `Transitions.step` for light and the result.
        """
        return self._swings.step(_luminance(light))


class _Chromaticity(NamedTuple):
    """Coordinates in the UCS diagram, and the squared distance there from sRGB's red."""

    u: NDArray[np.float32]
    v: NDArray[np.float32]
    from_red: NDArray[np.float32]


class RedTransitions:
    """A detector of the transitions of a red flash: changes between a saturated red and a state that is less red.

    A saturated red has R / (R + G + B) of at least 0.8. The chromaticities of the two states are more than 0.2 apart in
    the CIE 1976 UCS diagram; black counts as white. light is the first frame, linear RGB of shape (3, ...), from 0 to
    1.
    """

    def __init__(self, light: NDArray[np.float32]) -> None:
        color, red = _chromaticity(light)
        self._least = _Chromaticity(*(part.copy() for part in color))
        self._reddest = _Chromaticity(*(np.where(red, part, np.float32(np.inf)) for part in color))
        self._last = np.zeros(red.shape, np.int8)

    def step(self, light: NDArray[np.float32]) -> Turns:
        """Return where the next frame completes a change to saturated red (LIGHTER, 1) or from it (DARKER, -1).

        light is linear RGB of shape (3, ...); the result has shape (...) and is 0 elsewhere.
        """
        color, red = _chromaticity(light)
        _keep(self._least, color, color.from_red > self._least.from_red)
        _keep(self._reddest, color, red & (color.from_red < self._reddest.from_red))
        into = red & (self._last != LIGHTER) & _differs(color, self._least)
        out = (self._last != DARKER) & np.isfinite(self._reddest.from_red) & _differs(color, self._reddest)
        _keep(self._reddest, color, into)
        _keep(self._least, color, out)
        return _turned(self._last, into, out)


def _turned(last: Turns, lighter: NDArray[np.bool_], darker: NDArray[np.bool_]) -> Turns:
    turns = lighter.astype(np.int8) - darker.astype(np.int8)
    np.copyto(last, turns, where=turns != 0)
    return turns


def _luminance(light: NDArray[np.float32]) -> NDArray[np.float32]:
    return _mixed(LUMINANCE_WEIGHTS, light)


def _mixed(weights: NDArray[np.float64], light: NDArray[np.float32]) -> NDArray[np.float32]:
    red, green, blue = weights.astype(np.float32)
    mixed: NDArray[np.float32] = red * light[0] + green * light[1] + blue * light[2]
    return mixed


def _ucs(light: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    u, v, denominator = (_mixed(weights, light) for weights in TO_UCS)
    return u / denominator, v / denominator


def _chromaticity(light: NDArray[np.float32]) -> tuple[_Chromaticity, NDArray[np.bool_]]:
    """Return places' chromaticity, and where they are a saturated red."""
    total = light[0] + light[1] + light[2]
    black = total < DARKEST_RED
    u, v = _ucs(np.where(black, np.float32(1), light) if black.any() else light)
    red_u, red_v = _ucs(np.array([1, 0, 0], np.float32))
    return _Chromaticity(u, v, _squared(u - red_u, v - red_v)), (light[0] >= np.float32(SATURATED_RED) * total) & ~black


def _differs(one: _Chromaticity, other: _Chromaticity) -> NDArray[np.bool_]:
    return _squared(one.u - other.u, one.v - other.v) > np.float32(RED_CHANGE**2)


def _squared(u: NDArray[np.float32], v: NDArray[np.float32]) -> NDArray[np.float32]:
    return u * u + v * v


def _keep(kept: _Chromaticity, color: _Chromaticity, where: NDArray[np.bool_]) -> None:
    for part, value in zip(kept, color, strict=True):
        np.copyto(part, value, where=where)
