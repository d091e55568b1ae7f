"""The list of held-out pages, `held_out.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

LIST: Final = Path(__file__).with_name("held_out.toml")
VIEW: Final = re.compile(r"(?P<width>\d+)@(?P<scale>\d+)")
HEIGHTS: Final = {390: 844, 820: 1180, 1280: 800, 1440: 900}
"""Of a viewport by its width, all in CSS px: a phone, a tablet upright, two laptops."""


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package that contains whole pages.

    base is the folder within it to which page paths are relative; styles are style sheets that its pages lack. own is a
    folder of `systems` with pages written for the package; then half says whether Janus was developed with it, and
    truth contains the values of its own variables, whose file is source.
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


@dataclass(frozen=True, slots=True)
class Shot:
    """A page in a viewport: width and height in CSS px, scale in device pixels per CSS px."""

    package: Package
    path: str
    width: int
    height: int
    scale: int

    @property
    def name(self) -> str:
        """The name of the shot's files without their extension: PACKAGE--PAGE-WIDTH@SCALE."""
        return f"{slug(self.package.name)}--{slug(self.path.replace('.html', ''))}-{self.width}@{self.scale}"


def read_shots(path: Path = LIST) -> Iterator[Shot]:
    """Yield all shots of a list of pages, package by package.

    Raises ValueError for a view that is not WIDTH@SCALE, and KeyError for a width that is not in HEIGHTS.
    """
    document: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text())
    for entry in document["package"]:
        package = Package(**entry)
        for view, paths in package.pages.items():
            match = VIEW.fullmatch(view)
            if match is None:
                raise ValueError(f"{path.name}: {package.name}: {view} is not WIDTH@SCALE")
            width, scale = int(match["width"]), int(match["scale"])
            for page in paths:
                yield Shot(package, page, width, HEIGHTS[width], scale)


def slug(text: str) -> str:
    """Return a name in lowercase letters, digits, dots and hyphens; each run of other characters becomes a hyphen."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")
