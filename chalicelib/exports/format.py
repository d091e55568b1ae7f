"""What a format is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

NO_CHARACTER: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What isn't in `Char` of XML 1.0, https://www.w3.org/TR/xml/#charsets: control characters and halves of surrogates."""
REPLACEMENT: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class Format[Source]:
    """A format by its name, as in `?format=`: its media type, what its files end with, whether it shows the picture."""

    name: str
    media_type: str
    extension: str
    writer: Callable[[Source], str]
    shows_picture: bool = False

    def write(self, source: Source) -> str:
        """Write a file. Everything in it can be encoded; what no format can hold is replaced by U+FFFD."""
        return NO_CHARACTER.sub(REPLACEMENT, self.writer(source))
