"""Registration of export formats."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

NO_CHARACTER: Final = "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""The complement of `Char` in XML 1.0, https://www.w3.org/TR/xml/#charsets: control characters and surrogates."""
REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Format[Source]:
    """An export format of accessibility reports or design tokens: its media type, its file extension, and its writer.

    name identifies it, as in `?format=`. extension begins with a dot. module and function name the writer within
    `januslens.exports`. The module is imported when a file is written, so that listing formats stays cheap.
    embeds_image says that the file embeds the image.
    """

    name: str
    media_type: str
    extension: str
    module: str
    function: str = "write"
    embeds_image: bool = False

    def write(self, source: Source) -> str:
        """Return the source, a report's `Subject` or a DTCG document, in this format.

        The text can be encoded in UTF-8. Characters that XML does not allow, such as control characters, become U+FFFD.
        """
        writer: Callable[[Source], str] = getattr(import_module(f"januslens.exports.{self.module}"), self.function)
        return re.sub(NO_CHARACTER, REPLACEMENT, writer(source))


def by_name[Source](*formats: Format[Source]) -> Mapping[str, Format[Source]]:
    """Return a read-only mapping of export formats by name, in the given order."""
    return MappingProxyType({written.name: written for written in formats})
