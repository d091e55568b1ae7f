"""The way of an analysis: one decode and one reading of the text serve both results."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chalicelib.vision.accessibility.examination import examine
from chalicelib.vision.accessibility.report import AccessibilityReport
from chalicelib.vision.analysis import Analysis
from chalicelib.vision.animation.frames import open_animation
from chalicelib.vision.areas import Areas, find_areas
from chalicelib.vision.controls import find_controls
from chalicelib.vision.decode import Picture, decode
from chalicelib.vision.facts import ImageFacts
from chalicelib.vision.paletted import PalettedPicture
from chalicelib.vision.scale import Scale, stated_scale
from chalicelib.vision.scale_estimate import ASSUMED, estimate_scale
from chalicelib.vision.seen import NOTHING_SEEN, Seen
from chalicelib.vision.text.detector import detect_lines
from chalicelib.vision.text.reader import read_text
from chalicelib.vision.tokens.observing import observe_tokens

CRASHED: Final = "analysis_crashed"

log = logging.getLogger(__name__)


def run(data: bytes, *, scale: float | None, name: str, max_pixels: int, quote: bool) -> Analysis:
    """Analyze an image file; see `vision.analyze`."""
    seconds: dict[str, float] = {}
    with _timed("decode", seconds):
        picture = decode(data, max_pixels=max_pixels)
    stated = stated_scale(scale, name, picture.density)
    failures: dict[str, str] = {}
    with _timed("text_detection", seconds):
        cores = _part("accessibility", lambda: detect_lines(picture.pixels, (stated or ASSUMED).value), failures)
    found_scale = stated or (ASSUMED if cores is None else estimate_scale(cores))
    with _timed("looking", seconds):
        flat = PalettedPicture.of(picture.pixels, found_scale.value, lossy=picture.lossy)
        areas = find_areas(flat)
        seen = (
            None
            if cores is None
            else _part("accessibility", lambda: _look(picture, flat, areas, cores, found_scale), failures)
        )

    def examined(seen: Seen) -> AccessibilityReport:
        animation = open_animation(data, max_pixels=max_pixels) if picture.animated else None
        return examine(picture, flat, seen, animation, found_scale, quote=quote)

    with _timed("accessibility", seconds):
        accessibility = None if seen is None else _part("accessibility", lambda: examined(seen), failures)
    with _timed("tokens", seconds):
        tokens = _part(
            "tokens",
            lambda: observe_tokens(picture.pixels, flat, areas, seen or NOTHING_SEEN, found_scale.value),
            failures,
        )
    return Analysis(_facts(picture, found_scale), accessibility, tokens, failures, seconds)


@contextmanager
def _timed(phase: str, seconds: dict[str, float]) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[phase] = time.perf_counter() - started


def _facts(picture: Picture, scale: Scale) -> ImageFacts:
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
    picture: Picture, flat: PalettedPicture, areas: Areas | None, cores: NDArray[np.float64], scale: Scale
) -> Seen:
    runs = read_text(picture.pixels, cores, scale=scale.value, loss=picture.loss)
    return Seen(runs, find_controls(flat, areas, runs, scale.value))
