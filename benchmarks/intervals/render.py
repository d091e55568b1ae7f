"""Rendering of lines of text with known contrast and size: `python -m benchmarks.intervals.render [FOLDER]`.

One page per script, scale and kind of anti-aliasing (see VIEWS) is drawn by the installed Chromium in the variable
fonts of `fonts.toml`: NAME@SCALE.png, and the truth about each line in NAME@SCALE.json (see `known_lines`). With
`--held-out` the pages have other fonts, other lines and another seed than those with which Janus is developed.

A page at half a device pixel per CSS px is drawn at scale 1 and reduced by Pillow, with one of FILTERS.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.intervals.drawn_lines import Card, DrawnLine, Font, draw_card, read_fonts
from benchmarks.intervals.known_lines import KnownLine, LinesPage
from benchmarks.pages.packages import fetch
from benchmarks.pages.render import BUILD, ORIGIN, launch, serve
from benchmarks.pages.sentences import Script, read_scripts
from benchmarks.truth.css_color import rgb, to_hex
from benchmarks.truth.wcag import contrast, luminance

KNOWN, HELD_OUT = "known", "held-out"
SEEDS: Final = {KNOWN: 17, HELD_OUT: 71}
COLUMNS, ROWS = 2, 6  # of cards
WIDTH: Final = 960  # CSS px of a page
GAP: Final = 8  # CSS px between cards
PADDING: Final = 14  # CSS px within a card
HALF: Final = 0.5
FILTERS: Final = (Image.Resampling.LANCZOS, Image.Resampling.BOX, Image.Resampling.BICUBIC)
STYLE: Final = f"""
body {{ margin: 0 }}
main {{ display: grid; grid-template-columns: repeat({COLUMNS}, 1fr); gap: {GAP}px; padding: {GAP}px }}
section {{ padding: {PADDING}px; min-width: 0 }}
p {{ margin: 0 0 8px; white-space: nowrap; line-height: 1.4 }}
"""
TRUTH: Final = """() => [...document.querySelectorAll("span")].map(span => {
    const { left, top, width, height } = span.getBoundingClientRect();
    const style = getComputedStyle(span), card = span.closest("section");
    return {
        text: span.textContent, box: [left, top, width, height], size: parseFloat(style.fontSize),
        weight: Number(style.fontWeight), foreground: style.color, background: getComputedStyle(card).backgroundColor,
        cutOff: width > card.clientWidth - 20,
    };
})"""


@dataclass(frozen=True, slots=True)
class View:
    """A scale in device pixels per CSS px and a kind of anti-aliasing, gray or by subpixels."""

    scale: float
    subpixel: bool

    @property
    def antialiasing(self) -> str:
        """The name of the kind of anti-aliasing."""
        return "lcd" if self.subpixel else "gray"


VIEWS: Final = (
    *(View(scale, subpixel=False) for scale in (HALF, 1, 1.25, 1.5, 2, 2.625, 3)),
    *(View(scale, subpixel=True) for scale in (1, 1.25, 1.5)),
)


class TextCutOff(Exception):
    """A line is wider than its card."""


class WrongFont(Exception):
    """A line is drawn in another font than that of its page."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Render all pages that do not exist yet, and return 0. Raises TextCutOff or WrongFont."""
    options = _parser().parse_args(arguments)
    list_ = HELD_OUT if options.held_out else KNOWN
    folder = options.folder or BUILD / f"intervals-{list_}"
    folder.mkdir(parents=True, exist_ok=True)
    fonts, scripts = [font for font in read_fonts() if font.list == list_], read_scripts()
    with sync_playwright() as playwright:
        for subpixel in (False, True):
            browser = launch(playwright, subpixel=subpixel)
            for number, (script, view) in enumerate(_pages(scripts.values())):
                own = [font for font in fonts if script.name in font.scripts]
                if view.subpixel is subpixel:
                    _render(browser, script, view, own[number % len(own)], [SEEDS[list_], number], folder)
            browser.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intervals.render", description=(__doc__ or "").partition(":")[0]
    )
    parser.add_argument("folder", nargs="?", type=Path, help="default: build/intervals-known or -held-out")
    parser.add_argument("--held-out", action="store_true", help="the fonts and lines of the held-out list")
    return parser


def _pages(scripts: Iterable[Script]) -> Iterator[tuple[Script, View]]:
    return ((script, view) for script in scripts for view in VIEWS)


def _render(browser: Browser, script: Script, view: View, font: Font, seed: Sequence[int], folder: Path) -> None:
    name = f"{script.name}-{view.antialiasing}@{view.scale:g}"
    if (folder / f"{name}.json").exists():
        return
    random = np.random.default_rng(seed)
    width = (WIDTH - GAP) / COLUMNS - GAP - 2 * PADDING - 1
    cards = [draw_card(random, script, font, width) for _ in range(COLUMNS * ROWS)]
    image, lines = _draw(browser, script, font, cards, max(1.0, view.scale))
    if view.scale == HALF:
        size = image.width // 2, image.height // 2
        image = image.resize(size, FILTERS[int(random.integers(len(FILTERS)))])
    image.save(folder / f"{name}.png", compress_level=1)
    page = LinesPage(name, script.name, font.family, view.scale, view.antialiasing, browser.version, tuple(lines))
    page.write(folder)
    sys.stdout.write(f"{name}: {len(lines)} lines\n")
    sys.stdout.flush()


def _draw(
    browser: Browser, script: Script, font: Font, cards: Sequence[Card], scale: float
) -> tuple[Image.Image, list[KnownLine]]:
    """Return the screenshot of a page and the truth about its lines."""
    root = fetch(font.name, font.version, font.integrity, BUILD / "packages")
    context = browser.new_context(viewport={"width": WIDTH, "height": 400}, device_scale_factor=scale)
    try:
        page = context.new_page()
        page.route("**/*", lambda route: serve(route, (root,)))
        page.goto(f"{ORIGIN}/package.json")
        page.set_content(page_html(script, font, cards))
        page.evaluate("document.fonts.ready.then(() => null)")
        if others := _installed_fonts(page):
            raise WrongFont(f"{script.name}: {others}")
        lines = [known_line(**line) for line in page.evaluate(TRUTH)]
        return Image.open(io.BytesIO(page.screenshot(full_page=True, scale="device"))).convert("RGB"), lines
    finally:
        context.close()


def known_line(*, foreground: str, background: str, cutOff: bool, box: list[float], **rest: Any) -> KnownLine:  # noqa: N803
    """Return the truth about a line from its computed style. Raises TextCutOff."""
    if cutOff:
        raise TextCutOff(rest["text"])
    left, top, width, height = box
    text, ground = rgb(foreground), rgb(background)
    ratio = float(contrast(luminance(text), luminance(ground)))
    return KnownLine(
        **rest, box=(left, top, width, height), foreground=to_hex(text), background=to_hex(ground), ratio=ratio
    )


def _installed_fonts(page: Page) -> set[str]:
    """Return the names of the fonts, other than those loaded by the page, in which glyphs of its lines are drawn."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "span"})["nodeIds"]
    used = (session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes)
    return {font["familyName"] for fonts in used for font in fonts if not font["isCustomFont"]}


def page_html(script: Script, font: Font, cards: Sequence[Card]) -> str:
    """Return the HTML of a page that shows cards, row by row, in a font whose package is served at the root."""
    body = "".join(
        f'<section style="background: {to_hex(card.ground)}">{"".join(_line_html(line, font) for line in card.lines)}'
        "</section>"
        for card in cards
    )
    return (
        f'<!doctype html><html lang="{script.language}" dir="{script.direction}"><meta charset="utf-8">'
        f'<link rel="stylesheet" href="{ORIGIN}/index.css"><style>{STYLE}</style><main>{body}</main>'
    )


def _line_html(line: DrawnLine, font: Font) -> str:
    style = (
        f"margin-inline-start: {line.shift}px; color: {to_hex(line.color)}; "
        f"font-family: '{font.family}'; font-size: {line.size}px; font-weight: {line.weight}"
    )
    return f'<p><span style="{style}">{escape(line.text)}</span></p>'


if __name__ == "__main__":
    sys.exit(main())
