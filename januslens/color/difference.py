"""CIEDE2000 color difference; a difference of about 1 is just noticeable side by side.

Sources

- CIE Lab: CIE 15:2004, with the constants of CSS Color 4, https://www.w3.org/TR/css-color-4/#color-conversion-code.
  CSS's `lab()` is relative to the white point D50. Here it is D65, that of sRGB, so that no chromatic adaptation is
  needed.
- CIEDE2000: G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula: implementation notes, supplementary
  test data, and mathematical observations", Color Research & Application 30 (1), 2005. A number at the end of a line is
  that of the equation in this paper. The parametric factors k_L, k_C and k_H are 1, CIE's reference conditions.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from januslens.color.xyz import D65, to_xyz

EPSILON: Final = 216 / 24389  # (6/29)³, where CIE Lab's cube root begins
KAPPA: Final = 24389 / 27  # (29/3)³, the slope below it
CHROMA_CONSTANT: Final = 25.0**7
HALF_TURN: Final = 180  # degrees
FULL_TURN: Final = 360


def to_lab(srgb: ArrayLike) -> NDArray[np.float64]:
    """Convert sRGB colors on the 8-bit scale to CIE Lab relative to D65, L* from 0 to 100; both have shape (..., 3)."""
    xyz = to_xyz(srgb) / D65
    f = np.where(xyz > EPSILON, np.cbrt(xyz), (KAPPA * xyz + 16) / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def color_difference(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """Return the CIEDE2000 differences between sRGB colors on the 8-bit scale, shape (..., 3) each.

    About 1 is just noticeable side by side. Shapes broadcast; the result has shape (...).
    """
    return lab_difference(to_lab(one), to_lab(other))


def lab_difference(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """Return the CIEDE2000 differences between CIE Lab colors, shape (..., 3) each, as returned by `to_lab`.

    About 1 is just noticeable side by side. Shapes broadcast; the result has shape (...).
    """
    lab_1, lab_2 = np.broadcast_arrays(np.asarray(one, np.float64), np.asarray(other, np.float64))
    mean_chroma = (np.hypot(lab_1[..., 1], lab_1[..., 2]) + np.hypot(lab_2[..., 1], lab_2[..., 2])) / 2
    stretch = 1 + 0.5 * (1 - _saturation(mean_chroma))  # 4, 5: of a*, for greys to weigh right
    chroma_1, hue_1 = _chroma_and_hue(lab_1, stretch)
    chroma_2, hue_2 = _chroma_and_hue(lab_2, stretch)
    turn = hue_2 - hue_1
    passes_zero = np.abs(turn) > HALF_TURN  # the shorter way round
    both_have_hue = chroma_1 * chroma_2 != 0

    lightness_difference = lab_2[..., 0] - lab_1[..., 0]  # 8
    chroma_difference = chroma_2 - chroma_1  # 9
    turn = np.where(both_have_hue, turn - passes_zero * np.copysign(FULL_TURN, turn), 0)  # 10
    hue_difference = 2 * np.sqrt(chroma_1 * chroma_2) * np.sin(np.radians(turn / 2))  # 11

    lightness = (lab_1[..., 0] + lab_2[..., 0]) / 2  # 12
    chroma = (chroma_1 + chroma_2) / 2  # 13
    hues = hue_1 + hue_2
    hues_apart = hues + passes_zero * np.where(hues < FULL_TURN, FULL_TURN, -FULL_TURN)
    hue = np.where(both_have_hue, hues_apart / 2, hues)  # 14

    from_middle = (lightness - 50) ** 2
    lightness_weight = 1 + 0.015 * from_middle / np.sqrt(20 + from_middle)  # 18
    chroma_weight = 1 + 0.045 * chroma  # 19
    hue_weight = 1 + 0.015 * chroma * _hue_dependence(hue)  # 20
    rotation = -2 * _saturation(chroma) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))  # 16, 17, 21

    lightness_part = lightness_difference / lightness_weight
    chroma_part = chroma_difference / chroma_weight
    hue_part = hue_difference / hue_weight
    squares = lightness_part**2 + chroma_part**2 + hue_part**2 + rotation * chroma_part * hue_part
    difference: NDArray[np.float64] = np.sqrt(np.maximum(squares, 0))  # 22
    return difference


def _saturation(chroma: NDArray[np.float64]) -> NDArray[np.float64]:
    seventh = chroma**7
    share: NDArray[np.float64] = np.sqrt(seventh / (seventh + CHROMA_CONSTANT))
    return share


def _chroma_and_hue(
    lab: NDArray[np.float64], stretch: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return C' and h' in degrees (equations 5 to 7); the hue of an achromatic color is 0."""
    a, b = stretch * lab[..., 1], lab[..., 2]
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % FULL_TURN


def _hue_dependence(hue: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return T (equation 15) for mean hues in degrees."""
    dependence: NDArray[np.float64] = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    return dependence
