"""Cost of the tokens: `python -m benchmarks.cost.tokens IMAGE…`, relative to decoding the same PNG in the same run.

Measured is the minimum of five rounds, on one core, for finding the areas and all token families, after decoding and
measuring the text; and likewise for Pillow's decoding of the file.
"""

import io
import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy is there

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from januslens.decode.image import decode
from januslens.decode.scale import stated_scale
from januslens.layout.control import Observations
from januslens.layout.controls import find_controls
from januslens.raster.areas import find_areas
from januslens.raster.indexed_image import IndexedImage
from januslens.text.detector import detect_lines
from januslens.text.measure_text import measure_text
from januslens.tokens.observe import observe_tokens

ROUNDS: Final = 5
MAX_PIXELS: Final = 40_000_000


def main(paths: Sequence[str]) -> int:
    """Print the time of the tokens per image and its ratio to decoding, then the median and maximum; return 0."""
    rows = [_timed(Path(path)) for path in paths]
    for path, (tokens, decoding) in zip(paths, rows, strict=True):
        sys.stdout.write(f"{Path(path).stem}\t{tokens * 1e3:.0f} ms\t{tokens / decoding:.1f} x\n")
    times, ratios = [tokens for tokens, _ in rows], [tokens / decoding for tokens, decoding in rows]
    for name, of in (("median", statistics.median), ("largest", max)):
        sys.stdout.write(f"{name}\t{of(times) * 1e3:.0f} ms\t{of(ratios):.1f} x\n")
    return 0


def _timed(path: Path) -> tuple[float, float]:
    """Return the seconds for the tokens, and for decoding."""
    data = path.read_bytes()
    image = decode(data, max_pixels=MAX_PIXELS)
    stated = stated_scale(None, path.name, image.density)
    scale = stated.value if stated else 1.0
    runs = measure_text(image.pixels, detect_lines(image.pixels, scale), scale=scale, loss=image.loss)
    indexed = IndexedImage.of(image.pixels, scale)
    observations = Observations(runs, find_controls(indexed, find_areas(indexed), runs, scale))

    def tokens() -> float:
        fresh = IndexedImage.of(image.pixels, scale)
        return _seconds(lambda: observe_tokens(image.pixels, fresh, find_areas(fresh), observations, scale))

    def decoding() -> float:
        return _seconds(lambda: Image.open(io.BytesIO(data)).convert("RGB"))

    return min(tokens() for _ in range(ROUNDS)), min(decoding() for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
