"""Removal of the color fringes of subpixel (LCD) anti-aliasing.

A rasterizer that addresses the red, green and blue stripes of a pixel separately gives each its own coverage, so that
the left and right edges of a stroke are tinted in opposite hues. Averaged over the few pixels over which the filter
spreads them, the tints cancel and the text's own hue remains. Sources: D. Turner et al., FreeType's "Subpixel
rendering" (FT_LCD_FILTER_DEFAULT is five stripes wide); B. Stamm, "The raster tragedy", on ClearType.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.text.foreground.hue import are_fringed, summed
from januslens.text.foreground.line_fit import Line, fit_line

KERNEL: Final = (1 / 9, 2 / 9, 3 / 9, 2 / 9, 1 / 9)  # wider than the rasterizers' filters, narrower than a letter
PLAIN: Final = 0.9  # of the ink on one line of mixes: no fringes to speak of
GAIN: Final = 0.1  # of the ink that averaging must bring onto one line; it brings none of two colors' text there


def without_fringes(
    offsets: NDArray[np.float64],
    plain: Line,
    dense: NDArray[np.int16],
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    glyph: NDArray[np.intp],
    noise: int,
) -> tuple[NDArray[np.float64], Line]:
    """Return the offsets (n, 3) of a stretch's ink without subpixel (LCD) color fringes, and their line of mixes.

    Offsets are colors minus the background color; they are averaged over five pixels along the row if that brings
    clearly more of the ink onto one line. Otherwise offsets and plain are returned themselves. plain is the line of the
    offsets as they are; dense (height, width, 3) are the offsets of all pixels of the stretch, row and column (n,) the
    positions of the ink, glyph (n,) the numbers of its glyphs; noise is in levels of a channel.
    """
    if plain.support >= PLAIN or not are_fringed(offsets, glyph, summed(offsets, glyph, int(glyph.max()) + 1)):
        return offsets, plain
    reach = len(KERNEL) // 2
    padded = np.pad(dense.astype(np.float64), ((0, 0), (reach, reach), (0, 0)))
    averaged = np.sum([weight * padded[row, column + shift] for shift, weight in enumerate(KERNEL)], axis=0)
    fringed = fit_line(offsets, averaged, noise)
    return (averaged, fringed) if fringed.support >= plain.support + GAIN else (offsets, plain)
