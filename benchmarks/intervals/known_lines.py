"""The truth about each line of a page of the intervals benchmark: NAME.json beside NAME.png.

Everything is read from the browser's DOM: the computed color of the text, that of the background behind it, the
computed font size and weight. The contrast ratio is computed from both colors.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.truth.pages import Box
from benchmarks.truth.wcag import required_ratio


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line of text in one color on one color; its box and size are in CSS px, its weight is CSS's."""

    text: str
    box: Box
    foreground: str
    background: str
    size: float
    weight: int
    ratio: float

    @property
    def required(self) -> float:
        """The contrast ratio that WCAG level AA requires of the line: 3 for large text, otherwise 4.5."""
        return required_ratio(self.size, self.weight)


@dataclass(frozen=True, slots=True)
class LinesPage:
    """A page of lines in one script and one font family.

    scale is in device pixels per CSS px; antialiasing is "gray" or "lcd".
    """

    name: str
    script: str
    family: str
    scale: float
    antialiasing: str
    browser: str
    lines: tuple[KnownLine, ...]

    def write(self, folder: Path) -> None:
        """Write the page to NAME.json in a folder, in the form that `read_lines` reads."""
        (folder / f"{self.name}.json").write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False))


def read_lines(folder: Path) -> Iterator[LinesPage]:
    """Yield the pages of a folder, read from its NAME.json files, sorted by name."""
    for path in sorted(folder.glob("*.json")):
        page = json.loads(path.read_text())
        lines = tuple(KnownLine(**line | {"box": tuple(line["box"])}) for line in page.pop("lines"))
        yield LinesPage(**page, lines=lines)
