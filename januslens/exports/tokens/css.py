"""Custom properties on :root.

Source: CSS Custom Properties for Cascading Variables Module Level 1, https://www.w3.org/TR/css-variables-1/
"""

from januslens.exports.tokens.source.declarations import declarations
from januslens.exports.tokens.source.document import Document, tokens
from januslens.exports.tokens.source.names import kebab, names
from januslens.exports.tokens.source.origin import ORIGIN


def write(document: Document) -> str:
    """Write a rule for :root; an alias refers to its property."""
    found = tokens(document)
    spelled = names([token.path for token in found], kebab)
    lines = declarations(found, spelled, "  --{}", "var(--{})")
    return f"/* {ORIGIN} */\n:root {{\n{lines}}}\n"
