"""A theme for Tailwind CSS 4, which generates utilities from the namespaces of its variables.

Source: https://tailwindcss.com/docs/theme#theme-variable-namespaces
"""

from types import MappingProxyType
from typing import Final

from januslens.exports import TOKENS_ORIGIN
from januslens.exports.tokens.source.css_values import declarations
from januslens.exports.tokens.source.document import Document, Token, tokens
from januslens.exports.tokens.source.names import Words, kebab, unique, words
from januslens.exports.tokens.source.values import Color

COLOR: Final = "color"
NAMESPACES: Final = MappingProxyType(
    {
        "fontFamily": ("font",),
        "fontSize": ("text",),
        "fontWeight": ("font", "weight"),
        "letterSpacing": ("tracking",),
        "lineHeight": ("leading",),
    }
)
"""Namespaces that differ from the family's name; those of color, radius, spacing and shadow do not."""
WITH_TEXT: Final = MappingProxyType(
    {
        "fontSize": (),
        "fontWeight": ("-font-weight",),
        "letterSpacing": ("-letter-spacing",),
        "lineHeight": ("-line-height",),
    }
)
"""Parts of typography that one utility sets together, `--text-body` and `--text-body--line-height`:
https://tailwindcss.com/docs/font-size#customizing-your-theme"""


def write(document: Document) -> str:
    """Return a DTCG document as a theme for Tailwind CSS 4: a `@theme` rule with one variable per token.

    Variables are named by Tailwind's namespaces, such as `--text-` for font sizes, from which it generates utilities.
    An alias refers to the variable of its target.
    """
    found = tokens(document)
    spelled = unique(
        {token.path: _words(token) for token in found},
        {token.path: words(token.path, whole=True) for token in found},
        kebab,
    )
    lines = declarations(found, spelled, "  --{}", "var(--{})")
    return f"/* {TOKENS_ORIGIN} */\n@theme {{\n{lines}}}\n"


def _words(token: Token) -> Words:
    family, *names = token.path
    if isinstance(token.value, Color):
        return words((COLOR, *(names if family == COLOR else token.path)))
    if family in NAMESPACES:
        return (*NAMESPACES[family], *words(token.path)[len(words((family,))) :])
    if not names or names[-1] not in NAMESPACES:
        return words(token.path)
    composite, part = words(tuple(names[:-1]) or (family,)), names[-1]
    if part in WITH_TEXT:
        return (*NAMESPACES["fontSize"], *composite, *WITH_TEXT[part])
    return (*NAMESPACES[part], *composite)
