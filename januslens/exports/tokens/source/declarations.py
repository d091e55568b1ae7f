"""Declarations of variables, as CSS and the languages that compile to it have them: `--name: value;`."""

from collections.abc import Iterable, Mapping

from januslens.exports.tokens.source.css_values import css_value
from januslens.exports.tokens.source.document import Path, Token


def declarations(tokens: Iterable[Token], names: Mapping[Path, str], form: str, reference: str) -> str:
    """Write a declaration a token; form and reference say where the name stands in it and in an alias to it."""
    return "".join(
        f"{form.format(names[token.path])}: "
        f"{reference.format(names[token.alias]) if token.alias else css_value(token.value)};\n"
        for token in tokens
    )
