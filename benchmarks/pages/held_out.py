"""Lists of pages, such as `held_out.toml`.

A view is WIDTH@SCALE, in CSS px and device pixels per CSS px, and optionally words after it: `dark` for a dark theme,
`lcd` for subpixel anti-aliasing, and the language of `sentences.toml` that replaces the page's text.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

LIST: Final = Path(__file__).with_name("held_out.toml")
VIEW: Final = re.compile(r"(?P<width>\d+)@(?P<scale>\d+(\.\d+)?)(?P<words>( \w+)*)")
HEIGHTS: Final = {390: 844, 412: 915, 820: 1180, 1280: 800, 1440: 900, 1920: 1080}
"""Of a viewport by its width, all in CSS px: two phones, a tablet upright, two laptops, a desktop."""
DARK: Final = "dark"
LCD: Final = "lcd"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package that contains whole pages.

    base is the folder within it to which page paths are relative; styles are style sheets that its pages lack. own is a
    folder of `systems` with pages written for the package; then half says whether Janus was developed with it, and
    truth contains the values of its own variables, whose file is source. dark is the attribute of the root element, and
    its value, that select the dark theme, if the package needs one.
    """

    name: str
    version: str
    license: str
    integrity: str
    base: str
    pages: dict[str, list[str]]
    styles: list[str] = field(default_factory=list)
    own: str = ""
    half: str = ""
    source: str = ""
    truth: dict[str, Any] = field(default_factory=dict)
    dark: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shot:
    """A page in a viewport: width and height in CSS px, scale in device pixels per CSS px.

    words are those of the view: a theme, a kind of anti-aliasing, a language.
    """

    package: Package
    path: str
    width: int
    height: int
    scale: float
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the shot's files without their extension: PACKAGE--PAGE-WORDS-WIDTH@SCALE."""
        page = "-".join((slug(self.path.replace(".html", "")), *self.words))
        return f"{slug(self.package.name)}--{page}-{self.width}@{self.scale:g}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The language that replaces the text, if any."""
        return tuple(word for word in self.words if word not in (DARK, LCD))


def read_shots(path: Path = LIST) -> Iterator[Shot]:
    """Yield all shots of a list of pages, package by package.

    Raises ValueError for a view that the module does not describe, and KeyError for a width that is not in HEIGHTS.
    """
    document: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text())
    for entry in document["package"]:
        package = Package(**entry)
        for view, paths in package.pages.items():
            match = VIEW.fullmatch(view)
            if match is None:
                raise ValueError(f"{path.name}: {package.name}: {view} is not WIDTH@SCALE")
            width, scale, words = int(match["width"]), float(match["scale"]), tuple(match["words"].split())
            for page in paths:
                yield Shot(package, page, width, HEIGHTS[width], scale, words)


def slug(text: str) -> str:
    """Return a name in lowercase letters, digits, dots and hyphens; each run of other characters becomes a hyphen."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")
