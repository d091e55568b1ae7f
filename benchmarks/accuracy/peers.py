"""Palettes by other libraries: `python -m benchmarks.accuracy.peers RESULTS.jsonl IMAGE… > peers.json`.

Compared are Pylette, extcolors, Material's own color utilities and a port of Color Thief, which `peers.txt` pins and
nothing else here needs: install them into a separate environment. Each is asked for as many colors of an image as
RESULTS, the output of `python -m januslens.cli.analyze --jsonl`, contains for it.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import batched
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

type Palette = Sequence[tuple[int, int, int]]


def main(arguments: Sequence[str]) -> int:
    """Print the palettes as JSON, colors in CSS notation by library and image name, and return 0.

    Raises KeyError for an image that RESULTS does not contain.
    """
    results, *images = (Path(argument) for argument in arguments)
    counts = {}
    for line in results.read_text().splitlines():
        document = json.loads(line)
        counts[Path(document["file"]).stem] = len(document["tokens"]["color"]["observed"])
    palettes = {
        name: {path.stem: [_hex(color) for color in taken(path, counts[path.stem])] for path in images}
        for name, taken in PEERS.items()
    }
    sys.stdout.write(json.dumps(palettes) + "\n")
    return 0


def _hex(color: Sequence[int]) -> str:
    red, green, blue = color
    return f"#{red:02x}{green:02x}{blue:02x}"


def _pylette(path: Path, count: int) -> Palette:
    palette: Any = import_module("pylette").extract_colors(str(path), palette_size=count)
    return [(int(red), int(green), int(blue)) for red, green, blue in (color.rgb for color in palette)]


def _extcolors(path: Path, count: int) -> Palette:
    colors, _ = import_module("extcolors").extract_from_path(str(path), limit=count)
    return [color for color, _ in colors]


def _material(path: Path, count: int) -> Palette:
    """Return the quantizer's colors, before they are scored as sources of a theme."""
    image = import_module("PIL.Image").open(path).convert("RGB")
    pixels = [(red, green, blue, 255) for red, green, blue in batched(image.tobytes(), 3, strict=True)]
    colors = import_module("materialyoucolor.quantize").QuantizeCelebi(pixels, count)
    return [((code >> 16) & 255, (code >> 8) & 255, code & 255) for code in colors]


def _thief(path: Path, count: int) -> Palette:
    palette: Any = import_module("modern_colorthief").get_palette(str(path), count, 1)
    return [tuple(color) for color in palette]


PEERS: Final[Mapping[str, Callable[[Path, int], Palette]]] = MappingProxyType(
    {"Pylette": _pylette, "extcolors": _extcolors, "materialyoucolor": _material, "modern_colorthief": _thief}
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
