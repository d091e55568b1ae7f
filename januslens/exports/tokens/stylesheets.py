"""Variables of style sheet languages: CSS custom properties, Sass and Less.

Sources: CSS Custom Properties for Cascading Variables Module Level 1, https://www.w3.org/TR/css-variables-1/;
https://sass-lang.com/documentation/variables/; https://lesscss.org/features/#variables-feature
"""

from januslens.exports import TOKENS_ORIGIN
from januslens.exports.tokens.source.css_values import declarations
from januslens.exports.tokens.source.document import Document, tokens
from januslens.exports.tokens.source.names import kebab, names


def write_css(document: Document) -> str:
    """Return a DTCG document as one `:root` rule in CSS, with one custom property per token.

    An alias becomes a `var()` of its target. A gradient is written as its stops only.
    """
    return f"/* {TOKENS_ORIGIN} */\n:root {{\n{_declarations(document, '  --{}', 'var(--{})')}}}\n"


def write_scss(document: Document) -> str:
    """Return a DTCG document as Sass variables (SCSS), one per token; an alias refers to the variable of its target."""
    return f"// {TOKENS_ORIGIN}\n{_declarations(document, '${}', '${}')}"


def write_less(document: Document) -> str:
    """Return a DTCG document as Less variables, one per token; an alias refers to the variable of its target."""
    return f"// {TOKENS_ORIGIN}\n{_declarations(document, '@{}', '@{}')}"


def _declarations(document: Document, form: str, reference: str) -> str:
    found = tokens(document)
    return declarations(found, names([token.path for token in found], kebab), form, reference)
