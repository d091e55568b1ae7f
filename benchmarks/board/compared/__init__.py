"""Other algorithms for the contrast of text from pixels, each reimplemented from its published description.

All of them need the position of the text, which the tools that use them know from a tree of elements. Here they get the
true box, size and weight of each text, which is more than a screenshot gives. None of them expresses doubt: the
computed ratio either reaches the required one or does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.board.compared.axe_windows import axe_windows_ratio
from benchmarks.board.compared.histogram_ratios import android_ratio, flutter_ratio, most_contrasting_ratio


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A contrast algorithm that is compared with Janus.

    compute returns the contrast ratio from the pixels, shape (height, width, 3), in and around a text's box, or None if
    it finds no second color. margin is what the tool adds to the box on each side, in CSS px; tolerance is how far
    below the required ratio it accepts.
    """

    name: str
    compute: Callable[[NDArray[np.uint8]], float | None]
    margin: float = 0.0
    tolerance: float = 0.0


ALGORITHMS: Final = (
    Algorithm("axe-windows V2", axe_windows_ratio),
    Algorithm("Android light/dark", android_ratio, tolerance=0.01),  # TextContrastCheck.CONTRAST_TOLERANCE
    Algorithm("Flutter light/dark", flutter_ratio, margin=4.0, tolerance=0.01),  # _evaluateElement, _tolerance
    Algorithm("most contrasting pixel", most_contrasting_ratio),
)
