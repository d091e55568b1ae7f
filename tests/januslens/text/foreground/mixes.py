"""Mixes of a text color with its background, as anti-aliasing leaves them: rounded shares of one over the other."""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens.color.notation import Rgb

WHITE: Rgb = (255, 255, 255)

colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def mixes(foreground: Rgb, background: Rgb, shares: list[float]) -> NDArray[np.float64]:
    """Offsets from the background of the rounded mixes."""
    behind = np.array(background, np.float64)
    return (behind + np.outer(shares, np.array(foreground) - behind)).round() - behind
