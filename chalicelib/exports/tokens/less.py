"""Variables of Less.

Source: https://lesscss.org/features/#variables-feature
"""

from chalicelib.exports.tokens.declarations import declarations
from chalicelib.exports.tokens.names import kebab, names
from chalicelib.exports.tokens.origin import ORIGIN
from chalicelib.exports.tokens.reading import Document, tokens


def write(document: Document) -> str:
    """Write a variable a token; an alias refers to its variable."""
    found = tokens(document)
    spelled = names([token.path for token in found], kebab)
    lines = declarations(found, spelled, "@{}", "@{}")
    return f"// {ORIGIN}\n{lines}"
