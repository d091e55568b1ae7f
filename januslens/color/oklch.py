"""OKLCH, a perceptual color space of lightness, chroma and hue.

Source: Björn Ottosson, "A perceptual color space for image processing", 2020, https://bottosson.github.io/posts/oklab/,
with the matrices of CSS Color 4, recomputed for its white point and to double precision,
https://www.w3.org/TR/css-color-4/#color-conversion-code; both conversions are printed there.

An OKLCH color is an array (..., 3): lightness from 0 (black) to 1 (white), chroma from 0 (gray; no sRGB color reaches
0.33), and hue in degrees from 0 to below 360. A gray has no hue; its chroma and hue are 0 here.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from januslens.color.luminance import encoded, linear
from januslens.color.notation import Rgb
from januslens.color.xyz import LINEAR_SRGB_TO_XYZ, XYZ_TO_LINEAR_SRGB

XYZ_TO_LMS: Final = np.array(
    [
        [0.8190224379967030, 0.3619062600528904, -0.1288737815209879],
        [0.0329836539323885, 0.9292868615863434, 0.0361446663506424],
        [0.0481771893596242, 0.2642395317527308, 0.6335478284694309],
    ]
)
LMS_TO_XYZ: Final = np.array(
    [
        [1.2268798758459243, -0.5578149944602171, 0.2813910456659647],
        [-0.0405757452148008, 1.1122868032803170, -0.0717110580655164],
        [-0.0763729366746601, -0.4214933324022432, 1.5869240198367816],
    ]
)
LMS_ROOTS_TO_OKLAB: Final = np.array(
    [
        [0.2104542683093140, 0.7936177747023054, -0.0040720430116193],
        [1.9779985324311684, -2.4285922420485799, 0.4505937096174110],
        [0.0259040424655478, 0.7827717124575296, -0.8086757549230774],
    ]
)
OKLAB_TO_LMS_ROOTS: Final = np.array(
    [
        [1.0, 0.3963377773761749, 0.2158037573099136],
        [1.0, -0.1055613458156586, -0.0638541728258133],
        [1.0, -0.0894841775298119, -1.2914855480194092],
    ]
)
LINEAR_SRGB_TO_LMS: Final = XYZ_TO_LMS @ LINEAR_SRGB_TO_XYZ
LMS_TO_LINEAR_SRGB: Final = XYZ_TO_LINEAR_SRGB @ LMS_TO_XYZ

MIN_CHROMA: Final = 1e-5  # of rounding, grays have 1e-15; no other color of 8 bits less than 1e-3
GAMUT_TOLERANCE: Final = 1e-12  # of linear light: conversions there and back move the gamut's own corners by 1e-14
SATURATIONS: Final = np.linspace(
    0, 1, 4097
)  # chroma / lightness, for chroma to 1e-5; the maximum in sRGB is 0.69, of blue
SATURATION_STEP: Final = SATURATIONS[1]
VIVID: Final = 0.09  # chroma from which a color is more than a tinted gray: navy text has up to 0.07
OTHER_HUE: Final = 25.0  # degrees between two unrelated colors: a hover color keeps the hue
MIN_LIGHTNESS: Final = 1e-9  # replaces a lightness of 0, which has no saturation


def to_oklch(srgb: ArrayLike) -> NDArray[np.float64]:
    """Convert sRGB colors on the 8-bit scale, which need not be integers, to OKLCH; both have shape (..., 3).

    OKLCH is lightness from 0 to 1, chroma, and hue in degrees from 0 to below 360; chroma and hue of a gray are 0.
    """
    oklab = np.cbrt(linear(srgb) @ LINEAR_SRGB_TO_LMS.T) @ LMS_ROOTS_TO_OKLAB.T
    lightness, a, b = oklab[..., 0], oklab[..., 1], oklab[..., 2]
    chroma = np.hypot(a, b)
    hue = np.degrees(np.arctan2(b, a)) % 360
    is_gray = chroma < MIN_CHROMA
    return np.stack([lightness, np.where(is_gray, 0.0, chroma), np.where(is_gray, 0.0, hue)], axis=-1)


def to_linear_srgb(oklch: ArrayLike) -> NDArray[np.float64]:
    """Convert OKLCH colors to linear-light sRGB, 0 to 1 inside sRGB's gamut; both have shape (..., 3).

    OKLCH is lightness from 0 to 1, chroma, and hue in degrees. Values outside the gamut are not clipped.
    """
    colors = np.asarray(oklch, np.float64)
    roots = colors[..., :1] + colors[..., 1:2] * _opponents(colors[..., 2])
    values: NDArray[np.float64] = (roots * roots * roots) @ LMS_TO_LINEAR_SRGB.T
    return values


def to_srgb(oklch: ArrayLike) -> NDArray[np.float64]:
    """Convert OKLCH colors to sRGB values on the 8-bit scale, not rounded; both have shape (..., 3).

    OKLCH is lightness from 0 to 1, chroma, and hue in degrees. A color outside sRGB's gamut has values below 0 or above
    255.
    """
    return encoded(to_linear_srgb(oklch))


def in_gamut(oklch: ArrayLike) -> NDArray[np.bool_]:
    """Return whether OKLCH colors, shape (..., 3), are in sRGB's gamut, edge included; the result has shape (...)."""
    light = to_linear_srgb(oklch)
    inside: NDArray[np.bool_] = np.all((light >= -GAMUT_TOLERANCE) & (light <= 1 + GAMUT_TOLERANCE), axis=-1)
    return inside


def chroma_limit(lightness: ArrayLike, hue: float) -> NDArray[np.float64]:
    """Return the highest OKLCH chroma in sRGB's gamut for lightnesses (n,), 0 to 1, at one hue in degrees; shape (n,).

    The linear-light values of a color are its lightness³ times cubics of its saturation, chroma / lightness. One table
    of saturations therefore serves all lightnesses: a color leaves the gamut where a cubic falls below 0 or exceeds 1 /
    lightness³.
    """
    roots = 1 + np.outer(_opponents(np.asarray(hue)), SATURATIONS)
    values = LMS_TO_LINEAR_SRGB @ (roots * roots * roots)
    least, greatest = values.min(axis=0), np.maximum.accumulate(values.max(axis=0))
    end = int(np.argmax(least < 0))
    most = SATURATIONS[end - 1] + SATURATION_STEP * least[end - 1] / (least[end - 1] - least[end])
    levels = np.asarray(lightness, np.float64)
    brightest = 1 / np.maximum(levels, MIN_LIGHTNESS) ** 3
    limit: NDArray[np.float64] = levels * np.minimum(most, np.interp(brightest, greatest, SATURATIONS))
    return limit


def is_vivid(color: Rgb) -> bool:
    """Return whether an 8-bit sRGB color is more than a tinted gray: its OKLCH chroma is at least 0.09."""
    return bool(to_oklch(color)[1] >= VIVID)


def hue_of(color: Rgb) -> float:
    """Return the OKLCH hue of an 8-bit sRGB color in degrees, 0 to below 360; 0 for a gray."""
    return float(to_oklch(color)[2])


def degrees_apart(one: float, other: float) -> float:
    """Return the smaller angle between two hues in degrees, 0 to 180, in either order."""
    return abs((one - other + 180) % 360 - 180)


def _opponents(hue: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how much one unit of chroma changes the cube roots of LMS, (..., 3), at hues in degrees, (...)."""
    angle = np.radians(hue)
    opponents: NDArray[np.float64] = np.stack([np.cos(angle), np.sin(angle)], axis=-1) @ OKLAB_TO_LMS_ROOTS[:, 1:].T
    return opponents
