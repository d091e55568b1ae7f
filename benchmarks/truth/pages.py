"""The browser's truth about a page: a JSON file beside its image, NAME.json beside NAME.png.

Keys that are read: `scale` (device pixels per CSS px) and `viewport` (CSS px); `texts`, each with a text node's element
`el`, its `text`, font `size` in CSS px and the boxes `rects` of its lines that are wholly visible; `others`, boxes of
text that is cut off, covered or generated; `inputs`, the form controls; `paints`, elements with a background `bg`, a
background image `img`, a `border` (`w`idths and `c`olors of its four sides), the `radius` of four corners or a
`shadow`, or that are images by `tag`, and whether a pointer at their center `hit`s them; `axe`, axe-core's verdicts on
the elements. Boxes are left, top, width, height in CSS px relative to the viewport.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.truth.css_color import Rgb, parse

Box = tuple[float, float, float, float]
"""Left, top, width and height in CSS px, as the browser gives them."""

CONTRAST: Final = "color-contrast"  # axe-core's rule for WCAG 2, success criterion 1.4.3
DECIDED: Final = ("passes", "violations")
MIN_LETTERS: Final = 12  # of a font size
MIN_SIDE_PX: Final = 16  # CSS px of an element with round corners
MIN_RADIUS_PX: Final = 1.5  # CSS px
PILL: Final = 0.5  # CSS px less than half of the shorter side
IMAGE_TAGS: Final = frozenset({"IMG", "SVG", "CANVAS", "VIDEO"})


def area(box: Box) -> float:
    """Return the area of a box in CSS px²."""
    return box[2] * box[3]


def shared_area(one: Box, other: Box) -> float:
    """Return the area of the intersection of two boxes in CSS px², 0 if they do not overlap."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text node judged by axe-core, and the colors, the contrast ratio and the required ratio it reports.

    box is in CSS px; violates is whether axe-core reports a violation.
    """

    box: Box
    violates: bool
    ratio: float
    foreground: str
    background: str
    required: str


@dataclass(frozen=True, slots=True)
class Paint:
    """A painted element. borders are the width in CSS px and the color of each side: top, right, bottom, left.

    Colors are CSS texts; background is empty if there is none. opacity is from 0 to 1.
    """

    box: Box
    background: str
    borders: tuple[tuple[float, str], ...]
    opacity: float
    is_image: bool
    has_shadow: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """The browser's truth about a page.

    lines were judged by axe-core; unjudged_lines are the other lines of text, other_text the boxes of other possible
    text. text_colors are the colors that axe-core found for visible text, stated_colors those that styles state for any
    visible element. Boxes, font sizes and radii are in CSS px, scale in device pixels per CSS px.
    """

    name: str
    image: Path
    scale: float
    viewport: Box
    lines: tuple[Line, ...]
    unjudged_lines: tuple[Box, ...]
    other_text: tuple[Box, ...]
    paints: tuple[Paint, ...]
    text_colors: tuple[Rgb, ...]
    stated_colors: frozenset[Rgb]
    font_sizes: tuple[float, ...]
    radii: tuple[float, ...]

    def pixels(self) -> NDArray[np.uint8]:
        """Return the pixels of the page's image in 8-bit sRGB, shape (height, width, 3)."""
        return np.asarray(Image.open(self.image).convert("RGB"))


def read_folder(folder: Path) -> Iterator[Truth]:
    """Yield the truth about each page of a folder, read from its NAME.json files, sorted by name."""
    for path in sorted(folder.glob("*.json")):
        yield _truth(path, json.loads(path.read_text()))


def _truth(path: Path, page: dict[str, Any]) -> Truth:
    boxes: defaultdict[int, list[Box]] = defaultdict(list)
    for text in page["texts"]:
        boxes[text["el"]] += [_box(rect) for rect in text["rects"]]
    known = [entry for entry in page["axe"] if _has_colors(entry) and entry["el"] in boxes]
    verdicts = [entry for entry in known if entry["kind"] in DECIDED]
    lines = tuple(_line(box, verdict) for verdict in verdicts for box in boxes[verdict["el"]])
    judged = {verdict["el"] for verdict in verdicts}
    paints = tuple(_paint(paint) for paint in page["paints"])
    return Truth(
        name=path.stem,
        image=path.with_suffix(".png"),
        scale=float(page["scale"]),
        viewport=(0.0, 0.0, *page["viewport"]),
        lines=lines,
        unjudged_lines=tuple(box for element, group in boxes.items() if element not in judged for box in group),
        other_text=tuple(_box(rect) for rect in [*(control["rect"] for control in page["inputs"]), *page["others"]]),
        paints=paints,
        text_colors=tuple(_opaque(entry["data"]["fg"] for entry in known)),
        stated_colors=frozenset(_opaque(_stated(page, paints))),
        font_sizes=tuple(sorted(_font_sizes(page["texts"]))),
        radii=tuple(sorted(set(_radii(page["paints"], page["viewport"])))),
    )


def _font_sizes(texts: Iterable[dict[str, Any]]) -> Iterator[float]:
    letters: Counter[float] = Counter()
    for text in texts:
        letters[float(text["size"])] += len(text["text"])
    return (size for size, count in letters.items() if count >= MIN_LETTERS)


def _radii(paints: Iterable[dict[str, Any]], viewport: list[float]) -> Iterator[float]:
    for paint in paints:
        left, top, width, height = paint["rect"]
        whole = left >= 0 and top >= 0 and left + width <= viewport[0] and top + height <= viewport[1]
        painted = paint["hit"] and (paint["bg"] or paint["border"])
        stated = re.fullmatch(r"([\d.]+)px", paint["radius"][0])
        if whole and painted and min(width, height) >= MIN_SIDE_PX and len(set(paint["radius"])) == 1 and stated:
            radius = float(stated[1])
            if MIN_RADIUS_PX <= radius < min(width, height) / 2 - PILL:
                yield radius


def _stated(page: dict[str, Any], paints: Iterable[Paint]) -> Iterator[str]:
    yield from (text["color"] for text in page["texts"])
    for control in page["inputs"]:
        yield from (control["color"], control["ph"])
    for paint in paints:
        yield paint.background
        yield from (color for _, color in paint.borders)


def _opaque(texts: Iterable[str]) -> Iterator[Rgb]:
    for text in texts:
        color = parse(text)
        if color and color[1] == 1:
            yield color[0]


def _has_colors(entry: dict[str, Any]) -> bool:
    return entry["rule"] == CONTRAST and bool((entry["data"] or {}).get("fg"))


def _line(box: Box, verdict: dict[str, Any]) -> Line:
    data = verdict["data"]
    return Line(box, verdict["kind"] == "violations", float(data["ratio"]), data["fg"], data["bg"], data["need"])


def _paint(paint: dict[str, Any]) -> Paint:
    border = paint["border"] or {"w": [], "c": []}
    return Paint(
        box=_box(paint["rect"]),
        background=paint["bg"],
        borders=tuple(zip(border["w"], border["c"], strict=True)),
        opacity=float(paint["opacity"]),
        is_image=bool(paint["img"]) or paint["tag"].upper() in IMAGE_TAGS,
        has_shadow=bool(paint["shadow"]),
    )


def _box(numbers: list[float]) -> Box:
    left, top, width, height = numbers
    return left, top, width, height
