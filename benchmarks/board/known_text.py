"""The truth about each text on the board: NAME.json beside NAME.png, NAME.bare.png and NAME.ink.png.

Boxes are left, top, width, height in CSS px. The background of a text consists of the pixels covered by its glyphs,
those mixed with them and their neighbors, as NAME.bare.png shows them without the text. NAME.ink.png, in black on
white, shows the glyphs regardless of their color.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import ceil, floor
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.board.snippets import Kind, Snippet
from benchmarks.truth.css_color import Rgb, to_hex
from benchmarks.truth.pages import Box
from benchmarks.truth.wcag import contrast, luminance

WHITE: Final = 255
LOOKS: Final = ("bare", "ink")
AROUND: Final = 4.0  # CSS px around a text's box that its glyphs may reach: serifs, accents, subpixel fringes


class NothingDrawn(Exception):
    """No glyph of a text is visible on its page."""


class Verdict(StrEnum):
    """A true or claimed verdict on the contrast of a text; open is neither pass nor fail."""

    PASS = "pass"  # noqa: S105  no password
    FAIL = "fail"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text on the board and the truth about its contrast.

    lowest and highest are the contrast ratios of its color to the pixels of its background, required is the ratio of
    level AA. box and size are in CSS px; ground contains the colors of the background, for a photo its mean color.
    """

    text: str
    box: Box
    kind: Kind
    foreground: str
    ground: str
    family: str
    size: float
    weight: int
    lowest: float
    highest: float
    required: float

    @property
    def verdict(self) -> Verdict:
        """The true verdict on the whole text: open if only part of its background gives the required ratio."""
        return verdict_of((self.lowest, self.highest), self.required)

    @property
    def color(self) -> Rgb:
        """The color of the text in 8-bit sRGB."""
        red, green, blue = bytes.fromhex(self.foreground[1:])
        return red, green, blue


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A page of the board: its name, its scale in device pixels per CSS px, the browser's version and its texts."""

    name: str
    scale: int
    browser: str
    texts: tuple[KnownText, ...]

    def write(self, folder: Path) -> None:
        """Write the page to NAME.json in a folder, in the form that `read_board` reads."""
        (folder / f"{self.name}.json").write_text(json.dumps(asdict(self), indent=1))


def read_board(folder: Path) -> Iterator[BoardPage]:
    """Yield the pages of a folder, read from its NAME.json files, sorted by name."""
    for path in sorted(folder.glob("*.json")):
        page = json.loads(path.read_text())
        texts = (text | {"box": tuple(text["box"]), "kind": Kind(text["kind"])} for text in page.pop("texts"))
        yield BoardPage(**page, texts=tuple(KnownText(**text) for text in texts))


@dataclass(frozen=True, slots=True)
class Behind:
    """The background of a page's glyphs: its pixels without text, shape (height, width, 3), and a mask of the glyphs.

    reached, shape (height, width), selects the pixels with ink and their eight neighbors. scale is in device pixels per
    CSS px.
    """

    bare: NDArray[np.uint8]
    reached: NDArray[np.bool_]
    scale: float

    def bounds(self, color: Rgb, box: Box, left_out: float = 0.0) -> tuple[float, float] | None:
        """Return the lowest and highest contrast ratio of a color to the pixels behind the glyphs in a box.

        left_out is the share of these pixels, at either end, that do not count. Return None if the box contains no
        glyphs.
        """
        left, top = (max(0, floor(edge * self.scale)) for edge in box[:2])
        right, bottom = (ceil((box[axis] + box[axis + 2]) * self.scale) for axis in (0, 1))
        place = slice(top, bottom), slice(left, right)
        behind = self.bare[place][self.reached[place]]
        if not len(behind):
            return None
        ratios = np.sort(contrast(luminance(color), luminance(behind)))
        few = floor(left_out * len(ratios))
        return float(ratios[few]), float(ratios[-1 - few])


def read_behind(folder: Path, page: BoardPage) -> Behind:
    """Read the background of a page's glyphs from NAME.bare.png and NAME.ink.png in a folder."""
    bare, ink = (Image.open(folder / f"{page.name}.{look}.png") for look in LOOKS)
    return behind(np.asarray(bare), np.asarray(ink.convert("L")), page.scale)


def behind(bare: NDArray[np.uint8], ink: NDArray[np.uint8], scale: float) -> Behind:
    """Return the background of the glyphs in ink, an image of shape (height, width) which is 255 without ink."""
    padded = np.pad(ink < WHITE, 1)
    tall = padded[:-2] | padded[1:-1] | padded[2:]
    return Behind(bare, tall[:, :-2] | tall[:, 1:-1] | tall[:, 2:], scale)


def know(snippet: Snippet, box: Box, page: Behind) -> KnownText:
    """Return the truth about a snippet whose glyphs are within 4 CSS px of a box.

    Raises NothingDrawn if there are none.
    """
    left, top, width, height = box
    around = left - AROUND, top - AROUND, width + 2 * AROUND, height + 2 * AROUND
    bounds = page.bounds(snippet.color, around)
    if bounds is None:
        raise NothingDrawn(snippet.text)
    return KnownText(
        text=snippet.text,
        box=box,
        kind=snippet.ground.kind,
        foreground=to_hex(snippet.color),
        ground=" ".join(to_hex(color) for color in snippet.ground.colors),
        family=snippet.family,
        size=snippet.size,
        weight=snippet.weight,
        lowest=bounds[0],
        highest=bounds[1],
        required=snippet.required,
    )


def verdict_of(bounds: tuple[float, float], required: float) -> Verdict:
    """Return pass if the lowest ratio reaches the required one, fail if the highest does not, else open.

    bounds are the lowest and the highest ratio.
    """
    if bounds[0] >= required:
        return Verdict.PASS
    return Verdict.FAIL if bounds[1] < required else Verdict.OPEN
