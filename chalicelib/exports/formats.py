"""The formats that a report can be had in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chalicelib.exports.format import Format, by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.exports.subject import Subject

FORMATS: Final[Mapping[str, Format[Subject]]] = by_name(
    Format("axe", "application/json", ".axe.json", "axe"),
    Format("earl", "application/ld+json", ".earl.jsonld", "earl"),
    Format("sarif", "application/sarif+json", ".sarif", "sarif"),
    Format("junit", "application/xml", ".junit.xml", "junit"),
    Format("csv", "text/csv", ".csv", "csv"),
    Format("html", "text/html", ".html", "html", shows_picture=True),
)
"""By their names."""
