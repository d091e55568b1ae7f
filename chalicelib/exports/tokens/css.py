"""Custom properties on :root.

Source: CSS Custom Properties for Cascading Variables Module Level 1, https://www.w3.org/TR/css-variables-1/
"""

from chalicelib.exports.tokens.declarations import declarations
from chalicelib.exports.tokens.names import kebab, names
from chalicelib.exports.tokens.origin import ORIGIN
from chalicelib.exports.tokens.reading import Document, tokens


def write(document: Document) -> str:
    """Write a rule for :root; an alias refers to its property."""
    found = tokens(document)
    spelled = names([token.path for token in found], kebab)
    lines = declarations(found, spelled, "  --{}", "var(--{})")
    return f"/* {ORIGIN} */\n:root {{\n{lines}}}\n"
