"""The formats that a report can be had in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from chalicelib.exports import axe, csv, earl, html, junit, sarif
from chalicelib.exports.format import Format
from chalicelib.exports.subject import Subject

FORMATS: Final[Mapping[str, Format[Subject]]] = MappingProxyType(
    {
        written.name: written
        for written in (
            Format("axe", "application/json", ".axe.json", axe.write),
            Format("earl", "application/ld+json", ".earl.jsonld", earl.write),
            Format("sarif", "application/sarif+json", ".sarif", sarif.write),
            Format("junit", "application/xml", ".junit.xml", junit.write),
            Format("csv", "text/csv", ".csv", csv.write),
            Format("html", "text/html", ".html", html.write, shows_picture=True),
        )
    }
)
"""By their names."""
