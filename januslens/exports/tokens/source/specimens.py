"""Specimens: the display of a token's value in the style guide."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from januslens.exports.html.elements import Html, element
from januslens.exports.tokens.source.css_values import css_value
from januslens.exports.tokens.source.document import Token
from januslens.exports.tokens.source.values import Color, Dimension, FontFamily, FontWeight, Gradient, Number, Shadows

PANGRAM: Final = "The quick brown fox jumps over the lazy dog"
PARAGRAPH: Final = f"{PANGRAM}. Pack my box with five dozen liquor jugs. How vexingly quick daft zebras jump!"


@dataclass(frozen=True, slots=True)
class Specimen:
    """The display of a token's value in the style guide: an element and the CSS declaration that gives it the value.

    declaration has `{}` for the value. class_ is a class of the element; text is its content, None for an empty
    element.
    """

    class_: str
    declaration: str
    text: str | None = None

    def rule(self, id_: str, token: Token) -> str:
        """Return the CSS rule that gives the token's value to the element with the given id."""
        return f"#{id_} {{ {self.declaration.format(css_value(token.value))}; }}"

    def show(self, id_: str) -> Html:
        """Return the HTML element of the specimen with the given id; `rule` gives it the value.

        Without text it is hidden from assistive technology, as its value is written beside it.
        """
        if self.text is not None:
            return element("p", self.text, class_="specimen", id=id_)
        return element("span", class_=f"specimen {self.class_}", id=id_, aria_hidden="true")


LENGTH: Final = Specimen("length", "inline-size: {}")
MEASURES: Final = MappingProxyType(
    {
        "fontSize": Specimen("text", "font-size: {}", PANGRAM),
        "letterSpacing": Specimen("text", "letter-spacing: {}", PANGRAM),
        "lineHeight": Specimen("text", "line-height: {}", PARAGRAPH),
        "radius": Specimen("box", "border-radius: {}"),
    }
)
"""Specimens of dimensions and numbers, by the part of their path that names the measure."""
SPECIMENS: Final = MappingProxyType(
    {
        Color: Specimen("swatch", "background: {}"),
        FontFamily: Specimen("text", "font-family: {}", PANGRAM),
        FontWeight: Specimen("text", "font-weight: {}", PANGRAM),
        Gradient: Specimen("swatch", "background: linear-gradient(90deg, {})"),
        Shadows: Specimen("box lifted", "box-shadow: {}"),
    }
)


def specimen(token: Token) -> Specimen | None:
    """Return the specimen that displays a token; None for a number of which the path does not tell the meaning."""
    measured = [MEASURES[name] for name in token.path if name in MEASURES]
    match token.value:
        case Dimension():
            return measured[-1] if measured else LENGTH
        case Number():
            return measured[-1] if measured else None
        case value:
            return SPECIMENS[type(value)]
