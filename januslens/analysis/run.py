"""Analysis of one image.

The image is decoded once and its text is detected once, for both the accessibility report and the design tokens.
"""

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
from januslens.layout.control import NOTHING_OBSERVED, Observations
from januslens.layout.controls import find_controls
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
    """The accessibility report and the design tokens of one image.

    A result that failed is None, and `failures` maps its name (`accessibility` or `tokens`) to an error code. seconds
    holds the duration of each phase by name; it is not part of the written result.
    """

    image: ImageFacts
    accessibility: AccessibilityReport | None
    tokens: TokenDocument | None
    failures: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the analysis in the native result format as values that `json.dumps` accepts, without durations."""
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
    """Analyze the content of an image file: its accessibility and its design tokens.

    scale is in device pixels per CSS pixel; None takes it from the pixel density, the file name, or the size of the
    text. quote says whether to read the text of findings. A part that crashes is logged and recorded in `failures`.
    Raises ImageRejected if the file cannot be decoded or has more than max_pixels, and ValueError if scale is outside
    0.5 to 8.
    """
    seconds: dict[str, float] = {}
    with _timed("decode", seconds):
        image = decode(data, max_pixels=max_pixels)
    stated = stated_scale(scale, name, image.density)
    failures: dict[str, str] = {}
    with _timed("text_detection", seconds):
        cores = _attempt("accessibility", lambda: detect_lines(image.pixels, (stated or ASSUMED).value), failures)
    found_scale = stated or (ASSUMED if cores is None else estimate_scale(cores))
    with _timed("layout", seconds):
        indexed = IndexedImage.of(image.pixels, found_scale.value, lossy=image.lossy)
        areas = find_areas(indexed)
        observations = (
            None
            if cores is None
            else _attempt("accessibility", lambda: _observe(image, indexed, areas, cores, found_scale), failures)
        )

    def check(observations: Observations) -> AccessibilityReport:
        animation = open_animation(data, max_pixels=max_pixels) if image.animated else None
        return check_image(image, indexed, observations, animation, found_scale, quote=quote)

    with _timed("accessibility", seconds):
        accessibility = (
            None if observations is None else _attempt("accessibility", lambda: check(observations), failures)
        )
    with _timed("tokens", seconds):
        tokens = _attempt(
            "tokens",
            lambda: observe_tokens(image.pixels, indexed, areas, observations or NOTHING_OBSERVED, found_scale.value),
            failures,
        )
    return Analysis(_facts(image, found_scale), accessibility, tokens, failures, seconds)


@contextmanager
def _timed(phase: str, seconds: dict[str, float]) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[phase] = time.perf_counter() - started


def _facts(image: DecodedImage, scale: Scale) -> ImageFacts:
    return ImageFacts(
        format=image.format,
        width=image.width,
        height=image.height,
        scale=scale.value,
        scale_source=scale.source,
        scale_confidence=scale.confidence,
        notes=image.notes,
    )


def _attempt[T](name: str, make: Callable[[], T], failures: dict[str, str]) -> T | None:
    try:
        return make()
    except Exception:
        log.exception("the %s of an image failed", name)
        failures[name] = CRASHED
        return None


def _observe(
    image: DecodedImage, indexed: IndexedImage, areas: Areas | None, cores: NDArray[np.float64], scale: Scale
) -> Observations:
    runs = measure_text(image.pixels, cores, scale=scale.value, loss=image.loss)
    return Observations(runs, find_controls(indexed, areas, runs, scale.value))
