"""Colors as small images: SVG, whose attributes may color where the page's policy allows no `style` of an element."""

from typing import Final

from januslens.color.notation import Rgb, hex_color
from januslens.exports.html.elements import Html, element, join

SIDE: Final = 20
PAIR: Final = 28
LETTER: Final = "M8.4 20.5 12.9 7.5h2.3l4.4 13h-2.5l-1-3.2h-4.3l-1 3.2zm3.9-5.2h3.2l-1.6-5.1z"
"""A capital A in a square of 28, drawn: text of a failing color would fail, and no font is needed."""


def swatch(color: Rgb) -> Html:
    """Return a small square filled with a color, as SVG, followed by its hex code."""
    square = element("rect", width="100%", height="100%", fill=hex_color(color))
    return element("span", _svg(SIDE, square), element("code", hex_color(color)), class_="color")


def pair(foreground: Rgb, background: Rgb) -> Html:
    """Return a letter A of the foreground color on the background color, as SVG hidden from assistive technology."""
    ground = element("rect", width="100%", height="100%", fill=hex_color(background))
    return _svg(PAIR, join(ground, element("path", d=LETTER, fill=hex_color(foreground))))


def _svg(side: int, content: Html) -> Html:
    return element(
        "svg", content, class_="chip", viewBox=f"0 0 {side} {side}", width=side, height=side, aria_hidden="true"
    )
