"""The formats that a report can be had in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from chalicelib.exports import axe, csv, earl, html, junit, sarif
from chalicelib.exports.subject import Subject

NO_CHARACTER: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What isn't in `Char` of XML 1.0, https://www.w3.org/TR/xml/#charsets: control characters and halves of surrogates."""
REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name, as in `?format=`: its media type, what its files end with, whether it shows the picture."""

    name: str
    media_type: str
    extension: str
    writer: Callable[[Subject], str]
    shows_picture: bool = False

    def write(self, subject: Subject) -> str:
        """Write a report. Everything in it can be encoded; what no format can hold is replaced by U+FFFD."""
        return NO_CHARACTER.sub(REPLACEMENT, self.writer(subject))


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
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
