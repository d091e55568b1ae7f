"""Simulation of color vision deficiencies.

Source: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for simulation of color vision
deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009; its matrices at severity 1.0 from
https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html, applied to linear light. For tritan
deficiencies the authors call their model an approximation. Achromatopsia, which the model does not cover, is simulated
by relative luminance (WCAG 2.2); the spectral sensitivity of the rods, with which achromats see, is ignored.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from januslens.color.luminance import LUMINANCE_WEIGHTS, encoded, linear


class Deficiency(StrEnum):
    """The simulated color vision deficiencies, each at full severity.

    The first three lack one kind of cone (long, middle and short wavelengths); achromatopsia is the absence of color
    vision.
    """

    PROTAN = "protan"
    DEUTAN = "deutan"
    TRITAN = "tritan"
    ACHROMATOPSIA = "achromatopsia"


MATRICES: Final[Mapping[Deficiency, NDArray[np.float64]]] = {
    Deficiency.PROTAN: np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    Deficiency.DEUTAN: np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    Deficiency.TRITAN: np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    Deficiency.ACHROMATOPSIA: np.tile(LUMINANCE_WEIGHTS, (3, 1)),
}

LINEAR: Final = linear(np.arange(256)).astype(np.float32)
ENCODED: Final = np.rint(encoded(np.linspace(0, 1, 1 << 16))).astype(np.uint8)  # 20 entries to the darkest level
BLOCK: Final = 1 << 14  # pixels at once: their linear light stays in the processor's cache


def simulate(pixels: NDArray[np.uint8], deficiency: Deficiency) -> NDArray[np.uint8]:
    """Return 8-bit sRGB pixels, shape (..., 3), as they look with a color vision deficiency; the shape is the same.

    Uses lookup tables, for whole images: 1 value in 700 is one level away from the rounded one of `simulate_colors`,
    none is further.
    """
    flat = pixels.reshape(-1, 3)
    simulated = np.empty(flat.shape, np.uint8)
    to_entries = (MATRICES[deficiency].T * (len(ENCODED) - 1)).astype(np.float32)
    for start in range(0, len(flat), BLOCK):
        block = slice(start, start + BLOCK)
        entries = LINEAR.take(flat[block]) @ to_entries + np.float32(0.5)
        ENCODED.take(
            entries.astype(np.int32), out=simulated[block], mode="clip"
        )  # what sRGB lacks becomes its nearest value
    return simulated.reshape(pixels.shape)


def simulate_colors(srgb: ArrayLike, deficiency: Deficiency) -> NDArray[np.float64]:
    """Return sRGB colors on the 8-bit scale, shape (..., 3), as they look with a color vision deficiency, not rounded.

    The result has the same shape and is clipped to 0 to 255.
    """
    return encoded(np.clip(linear(srgb) @ MATRICES[deficiency].T, 0, 1))
