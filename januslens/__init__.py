"""Janus's core: the bytes of an image to its accessibility report and its design tokens, from the pixels alone.

Importing this package loads neither NumPy nor Pillow nor ONNX Runtime; the first analysis does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from januslens.decode.rejection import FormatUnsupported, ImageCorrupt, ImageRejected, ImageTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from januslens.analysis.run import Analysis

__all__ = ["MAX_PIXELS", "FormatUnsupported", "ImageCorrupt", "ImageRejected", "ImageTooLarge", "analyze", "draw_views"]

MAX_PIXELS: Final = 40_000_000  # a full-page screenshot of 2560 x 15600; twelve seconds on four cores


def analyze(
    data: bytes, *, scale: float | None = None, name: str = "", max_pixels: int = MAX_PIXELS, quote: bool = True
) -> Analysis:
    """Analyze an image file.

    scale is in device pixels a CSS pixel; without it the file's pixel density or its name (`card@2x.png`) says it.
    quote says whether text is read where something is found, which takes a second or two on a page of many findings.
    One of the two results failing doesn't lose the other: it is None, and `failures` holds its code.
    Raises ImageRejected for a file that can't be analyzed, ValueError for a scale outside 0.5 to 8.
    """
    from januslens.analysis.run import run  # noqa: PLC0415  keeps NumPy out of the functions that answer HTTP

    return run(data, scale=scale, name=name, max_pixels=max_pixels, quote=quote)


def draw_views(data: bytes, analysis: Analysis, *, max_pixels: int = MAX_PIXELS) -> Iterator[tuple[str, bytes]]:
    """Draw what an analyzed image file is seen as: pairs of a view's name and its PNG, each drawn when it is asked for.

    `protan`, `deutan`, `tritan` and `achromatopsia` show the picture as seen with a color vision deficiency, `overlay`,
    which comes last and only with an accessibility report, the places of its issues with their numbers.
    Raises ImageRejected for a file that couldn't be analyzed either.
    """
    from januslens.views.drawing import draw  # noqa: PLC0415  as above

    return draw(data, analysis.accessibility, scale=analysis.image.scale, max_pixels=max_pixels)
