"""CIE XYZ, the space by which the other color spaces are defined.

Source: CSS Color 4, "Sample code for Color Conversions", https://www.w3.org/TR/css-color-4/#color-conversion-code,
which gives the matrices as fractions: they follow from sRGB's primaries and its white point, D65 at x = 0.3127, y =
0.3290.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from januslens.color.luminance import linear

LINEAR_SRGB_TO_XYZ: Final = np.array(
    [
        [506752 / 1228815, 87881 / 245763, 12673 / 70218],
        [87098 / 409605, 175762 / 245763, 12673 / 175545],
        [7918 / 409605, 87881 / 737289, 1001167 / 1053270],
    ]
)
XYZ_TO_LINEAR_SRGB: Final = np.array(
    [
        [12831 / 3959, -329 / 214, -1974 / 3959],
        [-851781 / 878810, 1648619 / 878810, 36519 / 878810],
        [705 / 12673, -2585 / 12673, 705 / 667],
    ]
)
D65: Final = np.array([0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290])


def to_xyz(srgb: ArrayLike) -> NDArray[np.float64]:
    """Convert sRGB colors on the 8-bit scale to CIE XYZ, the Y of white being 1; both have shape (..., 3)."""
    xyz: NDArray[np.float64] = linear(srgb) @ LINEAR_SRGB_TO_XYZ.T
    return xyz
