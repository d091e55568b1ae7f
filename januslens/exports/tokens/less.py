"""Variables of Less.

Source: https://lesscss.org/features/#variables-feature
"""

from januslens.exports.tokens.source.declarations import declarations
from januslens.exports.tokens.source.document import Document, tokens
from januslens.exports.tokens.source.names import kebab, names
from januslens.exports.tokens.source.origin import ORIGIN


def write(document: Document) -> str:
    """Write a variable a token; an alias refers to its variable."""
    found = tokens(document)
    spelled = names([token.path for token in found], kebab)
    lines = declarations(found, spelled, "@{}", "@{}")
    return f"// {ORIGIN}\n{lines}"
