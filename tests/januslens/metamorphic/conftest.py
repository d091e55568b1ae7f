"""The pages as Chromium draws them, what is found in them, and analyses of what is made of their pixels."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from PIL import Image

from januslens import analyze
from januslens.accessibility.check import Check
from januslens.decode.geometry import Box
from januslens.text.detector import detect_lines
from tests.januslens.conftest import Rendering
from tests.januslens.encoded import encoded
from tests.januslens.metamorphic.pages import ICON, PAGES, VARYING, WIDTH
from tests.januslens.metamorphic.relations import Cores, Pixels

Render = Callable[[str, int, float], Rendering]
Draw = Callable[[str, int], "Page"]

SCALES = (1, 2)
ESTIMATED = 3


def checks_of(pixels: Pixels, scale: int) -> tuple[Check, ...]:
    """What a report says of a picture."""
    data = encoded(Image.fromarray(pixels), "PNG", compress_level=1)
    report = analyze(data, scale=scale, quote=False).accessibility
    assert report is not None
    return report.checks


def pixels_of(rendering: Rendering) -> Pixels:
    """The pixels of what was drawn, shape (height, width, 3)."""
    return np.asarray(Image.open(io.BytesIO(rendering.png)).convert("RGB"))


@dataclass(frozen=True)
class Page:
    """A page as drawn at a scale; where the network finds text in it, and what the report says of it."""

    name: str
    scale: int
    rendering: Rendering
    pixels: Pixels
    cores: Cores
    checks: tuple[Check, ...]

    @property
    def levels(self) -> int:
        """By how many a color may differ, as estimates of what varies behind text do with where text is found."""
        return ESTIMATED if self.name == VARYING else 0

    @property
    def icons(self) -> list[Box]:
        """Where its icons are."""
        return [box for name in self.rendering.rectangles if name.startswith(ICON) for box in self.boxes(name)]

    def boxes(self, name: str) -> list[Box]:
        """Where an element is, if it is in the page."""
        if name not in self.rendering.rectangles:
            return []
        left, top, right, bottom = (round(edge) for edge in self.rendering.rectangles[name])
        return [Box(left, top, right - left, bottom - top)]


@pytest.fixture(scope="session")
def drawn(render: Render) -> Draw:
    """Draw one of the pages at a scale and analyze it, once."""

    @cache
    def draw(name: str, scale: int) -> Page:
        rendering = render(PAGES[name], WIDTH, scale)
        pixels = pixels_of(rendering)
        return Page(name, scale, rendering, pixels, detect_lines(pixels, scale), checks_of(pixels, scale))

    return draw


@pytest.fixture(params=[(name, scale) for name in PAGES for scale in SCALES], ids=lambda page: "{}@{}".format(*page))
def page(request: pytest.FixtureRequest, drawn: Draw) -> Page:
    """Each page at each scale."""
    return drawn(*request.param)


@pytest.fixture
def text_is_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Cores], None]:
    """Say where text is in the pictures that are analyzed, in place of the network."""

    def say(cores: Cores) -> None:
        monkeypatch.setattr("januslens.analysis.run.detect_lines", lambda pixels, scale: cores)

    return say
