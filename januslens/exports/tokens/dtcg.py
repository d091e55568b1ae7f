"""JSON files of the Design Tokens Community Group: the token document itself, and a resolver document for its theme.

Sources: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/; Design Tokens Resolver
Module 2025.10, https://www.designtokens.org/TR/2025.10/resolver/.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from januslens.exports import TOKENS_ORIGIN
from januslens.exports.tokens.source.document import Document

RESOLVER_VERSION: Final = "2025.10"
SCHEMES: Final = ("light", "dark")


def write(document: Document) -> str:
    """Return the DTCG document itself, unchanged, as indented JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write_resolver(document: Document) -> str:
    """Return a DTCG resolver document in JSON, which selects the light or the dark theme.

    Everything that does not depend on the color scheme is one set; a modifier puts the light or the dark theme's colors
    at `color.theme`. A document without both themes gets no modifier.
    """
    color = document.get("color", {})
    theme = color.get("theme", {}) if isinstance(color, Mapping) else {}
    base: dict[str, Any] = dict(document)
    if "theme" in color:
        base["color"] = {name: member for name, member in color.items() if name != "theme"}
    resolver: dict[str, Any] = {
        "version": RESOLVER_VERSION,
        "description": TOKENS_ORIGIN,
        "sets": {"observed": {"sources": [base]}},
        "resolutionOrder": [{"$ref": "#/sets/observed"}],
    }
    if all(scheme in theme for scheme in SCHEMES):
        contexts = {scheme: [{"color": {"$type": "color", "theme": theme[scheme]}}] for scheme in SCHEMES}
        resolver["modifiers"] = {"theme": {"contexts": contexts, "default": SCHEMES[0]}}
        resolver["resolutionOrder"].append({"$ref": "#/modifiers/theme"})
    return json.dumps(resolver, ensure_ascii=False, indent=2) + "\n"
