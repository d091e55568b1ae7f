"""Analysis of one image.

The image is decoded once and its text is detected once, for both the accessibility report and the design tokens.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from januslens.accessibility.engine import check_image
from januslens.accessibility.report import AccessibilityReport
from januslens.analysis.native import Image, Result
from januslens.analysis.stored import SCHEMA
from januslens.decode.animation.frames import open_animation
from januslens.decode.facts import ImageFacts
from januslens.decode.image import DecodedImage, decode
from januslens.decode.lines import NO_LINES, find_lines
from januslens.decode.scale import AS_ANIMATED, Scale, stated_scale
from januslens.decode.scale_estimate import estimate_scale, scale_bounds
from januslens.decode.scale_lines import TWO_PIXELS
from januslens.decode.scale_prior import Probabilities, scale_prior
from januslens.layout.control import NOTHING_OBSERVED, Observations
from januslens.layout.controls import find_controls
from januslens.raster.areas import Areas, find_areas
from januslens.raster.indexed_image import IndexedImage
from januslens.text.detector import detect_lines
from januslens.text.measure_text import measure_text
from januslens.text.run import TextRun
from januslens.tokens.document import TokenDocument
from januslens.tokens.observe import observe_tokens

CRASHED: Final = "analysis_crashed"
_SCALE: Final = "The scale (pixels of the image per CSS pixel)"

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
                scale_interval=None if image.scale_interval is None else list(image.scale_interval),
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

    scale is in device pixels per CSS pixel; None takes it from the pixel density or the file name, or estimates it from
    the size of the image and of its text; an animation is taken to be shown at its own pixel size. quote says whether
    to read the text of findings. A part that crashes is logged and recorded in `failures`. Raises ImageRejected if the
    file cannot be decoded or has more than max_pixels, and ValueError if scale is outside 0.5 to 8.
    """
    seconds: dict[str, float] = {}
    with _timed("decode", seconds):
        image = decode(data, max_pixels=max_pixels)
    stated = stated_scale(scale, name, image.density) or (AS_ANIMATED if image.animated else None)
    prior = scale_prior(image.width, image.height)
    failures: dict[str, str] = {}
    with _timed("text_detection", seconds):
        searched_at = max(1.0, scale_bounds(prior)[0]) if stated is None else stated.value
        cores = _attempt("accessibility", lambda: detect_lines(image.pixels, searched_at), failures)
    with _timed("layout", seconds):
        runs = (
            None
            if cores is None
            else _attempt(
                "accessibility", lambda: measure_text(image.pixels, cores, scale=1.0, loss=image.loss), failures
            )
        )
        found_scale = stated or _estimate(image, prior, runs or ())
        indexed = IndexedImage.of(image.pixels, found_scale.value, lossy=image.lossy)
        areas = find_areas(indexed)
        observations = (
            None
            if runs is None
            else _attempt("accessibility", lambda: _observe(indexed, areas, runs, found_scale), failures)
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
        scale_interval=(scale.low, scale.high),
        notes=(*image.notes, *_scale_notes(scale)),
    )


def _scale_notes(scale: Scale) -> Iterator[str]:
    """Yield the sentences on a scale that is not stated: what it is taken for, and what else it may be."""
    span = f", possibly {scale.low:g}× to {scale.high:g}×" if scale.others else ""
    doubt = " Checks hold for the whole range; more are decided if you state the scale." if scale.others else ""
    if scale.source == "estimated":
        yield f"{_SCALE} was estimated: {scale.value:g}×{span}.{doubt}"
    elif scale.source == "assumed":
        yield f"{_SCALE} is unknown: {scale.value:g}× was assumed{span}.{doubt}"
    elif scale.source == "animation":
        yield "The animation was analyzed at its own size, as pages show it: scale 1×."


def _attempt[T](name: str, make: Callable[[], T], failures: dict[str, str]) -> T | None:
    try:
        return make()
    except Exception:
        log.exception("the %s of an image failed", name)
        failures[name] = CRASHED
        return None


def _estimate(image: DecodedImage, prior: Probabilities, runs: Sequence[TextRun]) -> Scale:
    text = [run for run in runs if run.letters > 1]  # a single shape is often a symbol
    sizes, widths = [run.size.value for run in text], [float(run.box.width) for run in text]
    lowest, highest = scale_bounds(prior)
    tells = lowest < min(TWO_PIXELS, highest) and not image.lossy  # compression smears every edge
    lines = find_lines(image.pixels) if tells else NO_LINES
    return estimate_scale(prior, sizes, widths, lines)


def _observe(indexed: IndexedImage, areas: Areas | None, runs: Sequence[TextRun], scale: Scale) -> Observations:
    runs = [run.at(scale.value) for run in runs]
    return Observations(runs, find_controls(indexed, areas, runs, scale.value))
