"""JPEG versions of pages: `python -m benchmarks.pages.jpegs PAGES FOLDER [--quality 90]`.

For each NAME.png in PAGES, NAME.jpg is written into FOLDER, with chroma halved (4:2:0) as most encoders do by default.
Compare Janus's results for them with PAGES, which has the truth, by `benchmarks.accuracy.pages`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image


def main(arguments: Sequence[str] | None = None) -> int:
    """Encode all PNG images of a folder as JPEG into another folder, and return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages.jpegs", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quality", type=int, default=90)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    for page in sorted(options.pages.glob("*.png")):
        with Image.open(page) as image:
            file = options.folder / f"{page.stem}.jpg"
            image.convert("RGB").save(file, quality=options.quality, subsampling="4:2:0")
    return 0


if __name__ == "__main__":
    sys.exit(main())
