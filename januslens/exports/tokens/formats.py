"""Formats in which design tokens can be exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from januslens.exports.format import Format, by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from januslens.exports.tokens.source.document import Document

TOKEN_FORMATS: Final[Mapping[str, Format[Document]]] = by_name(
    Format("dtcg", "application/design-tokens+json", ".tokens.json", "tokens.dtcg"),
    Format("resolver", "application/json", ".resolver.json", "tokens.dtcg", "write_resolver"),
    Format("css", "text/css", ".css", "tokens.stylesheets", "write_css"),
    Format("scss", "text/x-scss", ".scss", "tokens.stylesheets", "write_scss"),
    Format("less", "text/x-less", ".less", "tokens.stylesheets", "write_less"),
    Format("tailwind", "text/css", ".tailwind.css", "tokens.tailwind"),
    Format("style-dictionary", "application/json", ".style-dictionary.json", "tokens.style_dictionary"),
    Format("tokens-studio", "application/json", ".tokens-studio.json", "tokens.tokens_studio"),
    Format("android", "application/xml", ".xml", "tokens.android"),
    Format("compose", "text/x-kotlin", ".kt", "tokens.compose"),
    Format("swiftui", "text/x-swift", ".swift", "tokens.swiftui"),
    Format("flutter", "application/vnd.dart", ".dart", "tokens.flutter"),
    Format("styleguide", "text/html", ".html", "tokens.styleguide"),
)
"""By name. Among formats of the same media type, `Accept` selects the first."""
