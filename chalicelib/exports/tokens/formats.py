"""The formats that design tokens can be had in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from chalicelib.exports.format import Format
from chalicelib.exports.tokens import (
    android,
    compose,
    css,
    dtcg,
    flutter,
    less,
    resolver,
    scss,
    style_dictionary,
    styleguide,
    swiftui,
    tailwind,
    tokens_studio,
)
from chalicelib.exports.tokens.reading import Document

TOKEN_FORMATS: Final[Mapping[str, Format[Document]]] = MappingProxyType(
    {
        written.name: written
        for written in (
            Format("dtcg", "application/design-tokens+json", ".tokens.json", dtcg.write),
            Format("resolver", "application/json", ".resolver.json", resolver.write),
            Format("css", "text/css", ".css", css.write),
            Format("scss", "text/x-scss", ".scss", scss.write),
            Format("less", "text/x-less", ".less", less.write),
            Format("tailwind", "text/css", ".tailwind.css", tailwind.write),
            Format("style-dictionary", "application/json", ".style-dictionary.json", style_dictionary.write),
            Format("tokens-studio", "application/json", ".tokens-studio.json", tokens_studio.write),
            Format("android", "application/xml", ".xml", android.write),
            Format("compose", "text/x-kotlin", ".kt", compose.write),
            Format("swiftui", "text/x-swift", ".swift", swiftui.write),
            Format("flutter", "application/vnd.dart", ".dart", flutter.write),
            Format("styleguide", "text/html", ".html", styleguide.write),
        )
    }
)
"""By their names. Of those with one media type, `Accept` chooses the first."""
