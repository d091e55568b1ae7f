"""The document with its theme as a choice: a resolver document of the Design Tokens Community Group.

Source: Design Tokens Resolver Module 2025.10, https://www.designtokens.org/TR/2025.10/resolver/. All that doesn't
depend on the scheme is a set; a modifier puts the light or the dark theme's colors at `color.theme`.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from januslens.exports.tokens.source.document import Document
from januslens.exports.tokens.source.origin import ORIGIN

VERSION: Final = "2025.10"
SCHEMES: Final = ("light", "dark")


def write(document: Document) -> str:
    """Write the resolver document; without a theme it has no modifier."""
    color = document.get("color", {})
    theme = color.get("theme", {}) if isinstance(color, Mapping) else {}
    base: dict[str, Any] = dict(document)
    if "theme" in color:
        base["color"] = {name: member for name, member in color.items() if name != "theme"}
    resolver: dict[str, Any] = {
        "version": VERSION,
        "description": ORIGIN,
        "sets": {"observed": {"sources": [base]}},
        "resolutionOrder": [{"$ref": "#/sets/observed"}],
    }
    if all(scheme in theme for scheme in SCHEMES):
        contexts = {scheme: [{"color": {"$type": "color", "theme": theme[scheme]}}] for scheme in SCHEMES}
        resolver["modifiers"] = {"theme": {"contexts": contexts, "default": SCHEMES[0]}}
        resolver["resolutionOrder"].append({"$ref": "#/modifiers/theme"})
    return json.dumps(resolver, ensure_ascii=False, indent=2) + "\n"
