"""Accuracy of scale estimates: `python -m benchmarks.accuracy.scales FOLDER… [--show]`.

The folders contain NAME@SCALE.png; the name is hidden from the estimate. Prints how often the estimate is right,
overall and by confidence: a calibrated estimate is right as often as its confidence says.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from januslens.decode.image import decode
from januslens.decode.scale import Scale, stated_scale
from januslens.decode.scale_estimate import ASSUMED, estimate_scale
from januslens.text.detector import detect_lines

MAX_PIXELS: Final = 100_000_000
CONFIDENCES: Final = (0.0, 0.6, 0.8, 0.95, 1.01)

Estimate = tuple[str, float, Scale]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how often the estimates are right and, on request, the wrong ones; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy.scales", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="also list wrong estimates")
    options = parser.parse_args(arguments)
    estimates = [estimate for folder in options.folders for estimate in estimated(folder)]
    if options.show:
        sys.stdout.writelines(
            f"{name}\t{true:g}\t{found.value:g}, {found.confidence:.2f} sure\n"
            for name, true, found in estimates
            if found.value != true
        )
    sys.stdout.writelines(f"{row}\n" for row in rows(estimates))
    return 0


def estimated(folder: Path) -> Iterator[Estimate]:
    """Yield the name, the true scale and the estimated scale of each PNG image in a folder.

    Images whose names do not state a scale are skipped.
    """
    for path in sorted(folder.glob("*.png")):
        image = decode(path.read_bytes(), max_pixels=MAX_PIXELS)
        true = stated_scale(None, path.name, None)
        if true is not None:
            yield path.name, true.value, estimate_scale(detect_lines(image.pixels, ASSUMED.value))


def rows(estimates: Sequence[Estimate]) -> Iterator[str]:
    """Yield the counts by true and estimated scale, then the share of right estimates by confidence."""
    pairs = Counter((true, found.value) for _, true, found in estimates)
    for (true, found), count in sorted(pairs.items()):
        yield f"{count:4} at {true:g} estimated as {found:g}"
    for low, high in pairwise(CONFIDENCES):
        within = [(true, found) for _, true, found in estimates if low <= found.confidence < high]
        if within:
            right = sum(true == found.value for true, found in within)
            yield f"{low:.2f} to {min(high, 1):.2f} sure: right {right} of {len(within)}"


if __name__ == "__main__":
    sys.exit(main())
