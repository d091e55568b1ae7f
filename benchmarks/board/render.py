"""Rendering of a board of text with known contrast: `python -m benchmarks.board.render [FOLDER]`.

Pages of forty texts each (see `snippets`) are drawn by the installed Chromium with grayscale and with subpixel
anti-aliasing, at scales 1, 2 and 3: NAME.png, and the truth about each text in NAME.json (see `known_text`). The first
pages of each set are also written as JPEG and WebP in the encodings of ENCODINGS, such as NAME.q75.jpg, as Pillow
encodes them by default (both with chroma at half the resolution, except for lossless WebP).

Each page is drawn three times: as it is, without text (NAME.bare.png), and in black on white (NAME.ink.png), which
shows the glyphs regardless of their color. So the truth comes from the pixels of the background and the CSS color of
the text, not from pixels of text.
"""

import argparse
import base64
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.board.known_text import LOOKS, BoardPage, behind, know
from benchmarks.board.snippets import Ground, Kind, Snippet, draw_snippet
from benchmarks.pages.render import BUILD, launch
from benchmarks.truth.css_color import to_hex
from benchmarks.truth.pages import Box

FOLDER: Final = BUILD / "board"
COLUMNS, ROWS = 2, 20
WIDTH: Final = 960  # CSS px of a page
GAP: Final = 8  # CSS px between the cells that texts stand in
INDENT: Final = 14
INSET: Final = 10  # CSS px above and below a line
LINE_HEIGHT: Final = 1.25
OCTAVES: Final = (64, 32, 16, 8, 4)  # CSS px between a photo's support points
STYLE: Final = """
body { margin: 0; background: white; position: relative }
div { position: absolute; overflow: hidden; background-size: 100% 100% }
p { position: absolute; margin: 0; isolation: isolate }
i { position: absolute; z-index: -1 }
span { white-space: nowrap; display: block }
.bare span { color: transparent !important }
.ink div { background: white !important }
.ink i { display: none }
.ink span { color: black !important }
"""
TEXT_BOXES: Final = """() => [...document.querySelectorAll("span")].map(span => {
    const { left, top, width, height } = span.getBoundingClientRect();
    return [left, top, width, height];
})"""
OVERFLOWING: Final = """() => [...document.querySelectorAll("div")].some(cell =>
    cell.querySelector("span").getBoundingClientRect().right > cell.getBoundingClientRect().right)"""


@dataclass(frozen=True, slots=True)
class Encoding:
    """The options with which Pillow encodes an image as JPEG or WebP; for lossless WebP, quality is only the effort."""

    quality: int
    lossless: bool = False


@dataclass(frozen=True, slots=True)
class Set:
    """A set of board pages that are drawn at one scale with one kind of anti-aliasing.

    encoded is the number of pages that are also written as JPEG and WebP; seed makes the pages reproducible. If split,
    every text lies across two colors.
    """

    name: str
    scale: int
    subpixel: bool
    pages: int
    encoded: int
    seed: int
    split: bool = False


SPLIT: Final = "split"  # that names of sets of split pages begin with
SETS: Final = (
    Set("gray-1x", scale=1, subpixel=False, pages=12, encoded=4, seed=1),
    Set("lcd-1x", scale=1, subpixel=True, pages=12, encoded=4, seed=2),
    Set("gray-2x", scale=2, subpixel=False, pages=12, encoded=3, seed=3),
    Set("gray-3x", scale=3, subpixel=False, pages=5, encoded=2, seed=4),
    Set(f"{SPLIT}-gray-1x", scale=1, subpixel=False, pages=6, encoded=3, seed=5, split=True),
    Set(f"{SPLIT}-lcd-1x", scale=1, subpixel=True, pages=6, encoded=3, seed=6, split=True),
    Set(f"{SPLIT}-gray-2x", scale=2, subpixel=False, pages=6, encoded=2, seed=7, split=True),
)
ENCODINGS: Final = {
    "q60.jpg": Encoding(60),
    "q75.jpg": Encoding(75),
    "q85.jpg": Encoding(85),
    "q95.jpg": Encoding(95),
    "q60.webp": Encoding(60),
    "q80.webp": Encoding(80),
    "q95.webp": Encoding(95),
    "lossless.webp": Encoding(20, lossless=True),
}


class TextCutOff(Exception):
    """A text is wider than its cell, so that its box differs from where it is visible."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Render all pages that do not exist yet, and return 0. Raises TextCutOff or NothingDrawn."""
    options = _parser().parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        for subpixel in (False, True):
            browser = launch(playwright, subpixel=subpixel)
            for kind in SETS:
                if kind.subpixel is subpixel:
                    _render_set(browser, kind, options.folder)
            browser.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.board.render", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="default: %(default)s")
    return parser


def _render_set(browser: Browser, kind: Set, folder: Path) -> None:
    for number in range(kind.pages):
        name = f"{kind.name}-{number:02}"
        if (folder / f"{name}.json").exists():
            continue
        snippets = draw_page(np.random.default_rng([kind.seed, number]), split=kind.split)
        page, screenshot, looks = _render(browser, name, snippets, kind.scale)
        screenshot.save(folder / f"{name}.png", compress_level=1)
        for look, image in zip(LOOKS, looks, strict=True):
            image.save(folder / f"{name}.{look}.png")
        for suffix, encoding in ENCODINGS.items() if number < kind.encoded else ():
            screenshot.save(folder / f"{name}.{suffix}", quality=encoding.quality, lossless=encoding.lossless)
        page.write(folder)
        sys.stdout.write(f"{name}: {len(snippets)} texts\n")
        sys.stdout.flush()


def draw_page(random: np.random.Generator, *, split: bool = False) -> list[Snippet]:
    """Draw the forty snippets of a page at random, row by row. If split, they lie across two colors."""
    widest = WIDTH / COLUMNS - GAP - 2 * INDENT
    return [draw_snippet(random, widest, split=split) for _ in range(COLUMNS * ROWS)]


def _render(
    browser: Browser, name: str, snippets: list[Snippet], scale: int
) -> tuple[BoardPage, Image.Image, tuple[Image.Image, ...]]:
    """Return the truth of a page, its screenshot, and its two other versions (bare and ink)."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 400}, device_scale_factor=scale)
    try:
        page = context.new_page()
        page.set_content(page_html(snippets, scale))
        page.evaluate("document.fonts.ready.then(() => null)")
        if page.evaluate(OVERFLOWING):
            raise TextCutOff(name)
        boxes: list[Box] = [_box(numbers) for numbers in page.evaluate(TEXT_BOXES)]
        seen, bare, ink = (_screenshot(page, look) for look in ("", *LOOKS))
    finally:
        context.close()
    ink = Image.fromarray(np.asarray(ink).min(axis=-1))  # of a subpixel's fringe, the channel that has most
    backing = behind(np.asarray(bare), np.asarray(ink), scale)
    texts = tuple(know(snippet, box, backing) for snippet, box in zip(snippets, boxes, strict=True))
    return BoardPage(name, scale, browser.version, texts), seen, (bare, ink)


def _box(numbers: list[float]) -> Box:
    left, top, width, height = numbers
    return left, top, width, height


def _screenshot(page: Page, look: str) -> Image.Image:
    page.evaluate("look => { document.body.className = look; }", look)
    return Image.open(io.BytesIO(page.screenshot(full_page=True, scale="device"))).convert("RGB")


def page_html(snippets: Sequence[Snippet], scale: int) -> str:
    """Return the HTML of a page that shows snippets in cells, row by row. scale is in device pixels per CSS px."""
    cells = "".join(_cells(snippets, scale))
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style><body>{cells}'


def _cells(snippets: Sequence[Snippet], scale: int) -> Iterator[str]:
    top, width = GAP, WIDTH // COLUMNS - GAP
    for row in range(0, len(snippets), COLUMNS):
        group = snippets[row : row + COLUMNS]
        height = round(LINE_HEIGHT * max(snippet.size for snippet in group)) + 2 * INSET
        for column, snippet in enumerate(group):
            left = GAP // 2 + column * (width + GAP)
            cell = f"left: {left}px; top: {top}px; width: {width}px; height: {height}px"
            place = f"left: {INDENT + snippet.shift}px; top: {INSET}px"
            span = (
                f"color: {to_hex(snippet.color)}; "
                f"font: {snippet.weight} {snippet.size}px/{LINE_HEIGHT} '{snippet.family}'"
            )
            ground = _ground_css(snippet.ground, width, height, scale)
            text = f'<span style="{span}">{escape(snippet.text)}</span>'
            yield f'<div style="{cell}; {ground}"><p style="{place}">{_patch_html(snippet.ground)}{text}</p></div>'
        top += height + GAP


def _patch_html(ground: Ground) -> str:
    patch = ground.patch
    if patch is None:
        return ""
    return (
        f'<i style="left: {patch.left:.2%}; top: {patch.top:.2%}; width: {patch.right - patch.left:.2%}; '
        f"height: {patch.bottom - patch.top:.2%}; border-radius: {patch.radius}px; "
        f'transform: skewX({-patch.slant}deg); background: {to_hex(ground.colors[1])}"></i>'
    )


def _ground_css(ground: Ground, width: int, height: int, scale: int) -> str:
    colors = ", ".join(to_hex(color) for color in ground.colors)
    if ground.kind in (Kind.SOLID, Kind.SPLIT):
        return f"background-color: {to_hex(ground.colors[0])}"
    if ground.kind is Kind.GRADIENT:
        return f"background-image: linear-gradient({ground.angle}deg, {colors})"
    file = io.BytesIO()
    Image.fromarray(photo(ground, width, height, scale)).save(file, "PNG", compress_level=1)
    return f"background-image: url(data:image/png;base64,{base64.b64encode(file.getvalue()).decode()})"


def photo(ground: Ground, width: int, height: int, scale: int) -> NDArray[np.uint8]:
    """Return a background like a photo: smooth noise of several octaves around a color.

    Half of the noise is equal in all channels. width and height are in CSS px; the shape is (height * scale, width *
    scale, 3).
    """
    random = np.random.default_rng(ground.seed)
    size = (width * scale, height * scale)
    noise = np.zeros((size[1], size[0], 4))
    for octave in OCTAVES:
        points = random.normal(size=(height // octave + 2, width // octave + 2, 4))
        for channel in range(4):
            layer = Image.fromarray(points[..., channel].astype(np.float32)).resize(size, Image.Resampling.BICUBIC)
            noise[..., channel] += np.asarray(layer) * octave
    noise /= noise.std()
    levels = np.asarray(ground.colors[0]) + ground.contrast * (noise[..., :1] + noise[..., 1:]) / np.sqrt(2)
    pixels: NDArray[np.uint8] = levels.round().clip(0, 255).astype(np.uint8)
    return pixels


if __name__ == "__main__":
    sys.exit(main())
