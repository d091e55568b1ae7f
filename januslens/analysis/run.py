"""One analysis: one decode and one text detection serve both the accessibility report and the design tokens."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.engine import check_image
from januslens.accessibility.report import AccessibilityReport
from januslens.analysis.native import Image, Result
from januslens.analysis.stored import SCHEMA
from januslens.decode.animation.frames import open_animation
from januslens.decode.facts import ImageFacts
from januslens.decode.image import DecodedImage, decode
from januslens.decode.scale import Scale, stated_scale
from januslens.decode.scale_estimate import ASSUMED, estimate_scale
from januslens.layout.controls import find_controls
from januslens.layout.observations import NOTHING_OBSERVED, Observations
from januslens.raster.areas import Areas, find_areas
from januslens.raster.indexed_image import IndexedImage
from januslens.text.detector import detect_lines
from januslens.text.measure_text import measure_text
from januslens.tokens.document import TokenDocument
from januslens.tokens.observe import observe_tokens

CRASHED: Final = "analysis_crashed"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Analysis:
    """An accessibility report and design tokens; None for the one that failed, with its code in failures.

    seconds says how long each phase took, which is no part of the result.
    """

    image: ImageFacts
    accessibility: AccessibilityReport | None
    tokens: TokenDocument | None
    failures: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the native form as values that `json.dumps` takes."""
        image = self.image
        result = Result(
            schema=SCHEMA,
            scale=image.scale,
            image=Image(
                format=image.format,
                width=image.width,
                height=image.height,
                scale=image.scale,
                scale_source=image.scale_source,
                scale_confidence=round(image.scale_confidence, 3),
                notes=list(image.notes),
            ),
            accessibility=None if self.accessibility is None else self.accessibility.native(),
            tokens=None if self.tokens is None else self.tokens.to_json(),
            failures=self.failures,
        )
        builtins: dict[str, Any] = msgspec.to_builtins(result)
        return builtins


def run(data: bytes, *, scale: float | None, name: str, max_pixels: int, quote: bool) -> Analysis:
    """Analyze an image file; see `januslens.analyze`."""
    seconds: dict[str, float] = {}
    with _timed("decode", seconds):
        picture = decode(data, max_pixels=max_pixels)
    stated = stated_scale(scale, name, picture.density)
    failures: dict[str, str] = {}
    with _timed("text_detection", seconds):
        cores = _part("accessibility", lambda: detect_lines(picture.pixels, (stated or ASSUMED).value), failures)
    found_scale = stated or (ASSUMED if cores is None else estimate_scale(cores))
    with _timed("looking", seconds):
        flat = IndexedImage.of(picture.pixels, found_scale.value, lossy=picture.lossy)
        areas = find_areas(flat)
        seen = (
            None
            if cores is None
            else _part("accessibility", lambda: _look(picture, flat, areas, cores, found_scale), failures)
        )

    def examined(seen: Observations) -> AccessibilityReport:
        animation = open_animation(data, max_pixels=max_pixels) if picture.animated else None
        return check_image(picture, flat, seen, animation, found_scale, quote=quote)

    with _timed("accessibility", seconds):
        accessibility = None if seen is None else _part("accessibility", lambda: examined(seen), failures)
    with _timed("tokens", seconds):
        tokens = _part(
            "tokens",
            lambda: observe_tokens(picture.pixels, flat, areas, seen or NOTHING_OBSERVED, found_scale.value),
            failures,
        )
    return Analysis(_facts(picture, found_scale), accessibility, tokens, failures, seconds)


@contextmanager
def _timed(phase: str, seconds: dict[str, float]) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[phase] = time.perf_counter() - started


def _facts(picture: DecodedImage, scale: Scale) -> ImageFacts:
    return ImageFacts(
        format=picture.format,
        width=picture.width,
        height=picture.height,
        scale=scale.value,
        scale_source=scale.source,
        scale_confidence=scale.confidence,
        notes=picture.notes,
    )


def _part[T](name: str, make: Callable[[], T], failures: dict[str, str]) -> T | None:
    try:
        return make()
    except Exception:
        log.exception("the %s of an image could not be made", name)
        failures[name] = CRASHED
        return None


def _look(
    picture: DecodedImage, flat: IndexedImage, areas: Areas | None, cores: NDArray[np.float64], scale: Scale
) -> Observations:
    runs = measure_text(picture.pixels, cores, scale=scale.value, loss=picture.loss)
    return Observations(runs, find_controls(flat, areas, runs, scale.value))
