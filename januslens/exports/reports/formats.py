"""The formats in which a report can be exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from januslens.exports.format import Format, by_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from januslens.exports.reports.subject import Subject

FORMATS: Final[Mapping[str, Format[Subject]]] = by_name(
    Format("axe", "application/json", ".axe.json", "reports.axe"),
    Format("earl", "application/ld+json", ".earl.jsonld", "reports.earl"),
    Format("sarif", "application/sarif+json", ".sarif", "reports.sarif"),
    Format("junit", "application/xml", ".junit.xml", "reports.junit"),
    Format("csv", "text/csv", ".csv", "reports.csv"),
    Format("html", "text/html", ".html", "html", embeds_image=True),
)
"""By their names."""
