"""What a format is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NO_CHARACTER: Final = "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What isn't in `Char` of XML 1.0, https://www.w3.org/TR/xml/#charsets: control characters and halves of surrogates."""
REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Format[Source]:
    """A format by its name, as in `?format=`: its media type, what its files end with, whether it shows the picture.

    module is the one in `januslens.exports` whose `write` writes it. It is loaded when a file is: who only lists the
    formats, as a function that starts, does without.
    """

    name: str
    media_type: str
    extension: str
    module: str
    function: str = "write"
    shows_picture: bool = False

    def write(self, source: Source) -> str:
        """Write a file. Everything in it can be encoded; what no format can hold is replaced by U+FFFD."""
        writer: Callable[[Source], str] = getattr(import_module(f"januslens.exports.{self.module}"), self.function)
        return re.sub(NO_CHARACTER, REPLACEMENT, writer(source))


def by_name[Source](*formats: Format[Source]) -> Mapping[str, Format[Source]]:
    """Return formats by their names, in their order."""
    return MappingProxyType({written.name: written for written in formats})
