"""The document itself, as the Design Tokens Community Group's tools read it.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/
"""

import json

from januslens.exports.tokens.source.document import Document


def write(document: Document) -> str:
    """Write the document for people to read."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
