"""The bounds of a text's color on a flat ground with noise, as rescaling and compression leave it.

What leaves noise also lets the edges of strokes overshoot, and covers no pixel of thin strokes.
"""

from dataclasses import replace
from functools import partial
from math import dist
from typing import Final

import numpy as np

from januslens.color.notation import Rgb
from januslens.decode.lossy import USUAL_LOSS, Loss
from januslens.text.foreground.coverage import least_in_noise
from januslens.text.foreground.line_fit import rgb
from januslens.text.run import Foreground
from januslens.text.shape.strokes import RunPixels
from januslens.text.tone import covered_widths

RINGING: Final = 0.15
"""Of a color's contrast, by which strokes seem stronger after rescaling by a filter with negative lobes: those of 360
lines reduced to 0.8 by Lanczos's do. The other way half as much holds for 186 of 200 lines of weights 500 to 900 that
JPEG of quality 92 has weakened."""
COVERED_PX: Final = 2.0  # width of strokes that cover a pixel wholly after rescaling


def with_noise(loss: Loss, levels: int) -> Loss:
    """Return a loss of more levels; what has made a ground uneven overshoots at edges, too."""
    if not levels:
        return loss
    return replace(loss, levels=loss.levels + levels, overshoot=max(loss.overshoot, USUAL_LOSS.overshoot))


def on_uneven_ground(foreground: Foreground, painted: RunPixels, ground: Rgb, levels: int) -> Foreground:
    """Return a run's foreground with wider bounds, given its pixels, its ground and the ground's noise in levels."""
    origin = np.array(ground)
    nearest, farthest = (np.subtract(color, ground) for color in (foreground.nearest, foreground.farthest))
    toward = levels * np.sign(nearest)
    if np.percentile(covered_widths(painted.row, painted.column, painted.coverage), 75) < COVERED_PX:
        least = least_in_noise(painted.row, painted.column, painted.coverage)
        farthest = max(farthest, nearest / least, key=lambda end: float(np.linalg.norm(end)))
    widened = replace(
        foreground,
        nearest=rgb(origin + nearest * (1 - RINGING) - toward),
        farthest=rgb(origin + farthest * (1 + RINGING / 2) + toward),
        unmixed=False,
    )
    if widened.if_reduced is None:
        return widened
    near, far = widened.if_reduced
    return replace(widened, if_reduced=(near, max(far, widened.farthest, key=partial(dist, ground))))


def ground_within(ground: Rgb, levels: int) -> tuple[Rgb, Rgb]:
    """Return the darkest and the lightest color that a ground may have which is off by some levels."""
    color = np.array(ground)
    return rgb(color - levels), rgb(color + levels)
