"""The whole analysis: what it makes of a picture, and what is left when a part of it fails."""

import json
import logging
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from januslens import FormatUnsupported, ImageCorrupt, ImageRejected, ImageTooLarge, analyze
from januslens.accessibility.check import Outcome
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.analysis.run import Analysis
from tests.januslens.drawn import draw
from tests.januslens.encoded import encoded
from tests.januslens.png import RGB, png

PROJECT = Path(__file__).parents[3]
GRAY, WHITE = (0x77, 0x77, 0x77), (255, 255, 255)
CRASHED = "analysis_crashed"


def as_png(pixels: NDArray[np.uint8]) -> bytes:
    return encoded(Image.fromarray(pixels), "PNG")


def plain(width: int, height: int) -> bytes:
    return encoded(Image.new("RGB", (width, height), (200, 30, 40)), "PNG")


TEXT = as_png(draw("Sign in to continue", GRAY, WHITE, 16).pixels)


def break_part(monkeypatch: pytest.MonkeyPatch, name: str, error: type[Exception] = ZeroDivisionError) -> None:
    def crash(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(f"januslens.analysis.run.{name}", crash)


def roles(analysis: Analysis) -> dict[tuple[int, int, int], tuple[str, ...]]:
    assert analysis.tokens is not None
    return {color.rgb: color.observed_as for color in analysis.tokens.colors}


def test_one_image_gives_its_contrast_and_its_colors() -> None:
    analysis = analyze(TEXT)
    (check,) = analysis.accessibility.of(TEXT_CONTRAST) if analysis.accessibility else ()
    assert (check.foreground, check.background, check.outcome) == (GRAY, WHITE, Outcome.FAILED)
    assert check.ratio == pytest.approx(4.48, abs=0.005)
    assert roles(analysis).keys() == {WHITE, GRAY}
    assert analysis.failures == {}


@pytest.mark.parametrize("broken", ["detect_lines", "measure_text", "check_image"])
def test_the_colors_are_there_when_the_accessibility_report_fails(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    break_part(monkeypatch, broken)
    analysis = analyze(TEXT)
    assert WHITE in roles(analysis)
    assert (analysis.accessibility, analysis.failures) == (None, {"accessibility": CRASHED})


def test_the_colors_of_text_are_known_when_only_its_judgment_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    break_part(monkeypatch, "check_image")
    assert "text" in roles(analyze(TEXT))[GRAY]


@pytest.mark.parametrize("error", [ZeroDivisionError, MemoryError, RuntimeError])
def test_the_accessibility_report_is_there_when_the_tokens_fail(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    break_part(monkeypatch, "observe_tokens", error)
    analysis = analyze(TEXT)
    assert analysis.accessibility is not None
    assert analysis.accessibility.outcomes()["failed"] == 1
    assert (analysis.tokens, analysis.failures) == (None, {"tokens": CRASHED})


def test_the_facts_of_the_image_are_there_when_all_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    break_part(monkeypatch, "detect_lines")
    break_part(monkeypatch, "observe_tokens")
    analysis = analyze(plain(40, 30))
    assert (analysis.image.format, analysis.image.width, analysis.image.height) == ("PNG", 40, 30)
    assert analysis.failures == {"accessibility": CRASHED, "tokens": CRASHED}


@pytest.mark.parametrize(("broken", "part"), [("detect_lines", "accessibility"), ("observe_tokens", "tokens")])
def test_a_crash_is_logged_with_its_cause(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: str, part: str
) -> None:
    break_part(monkeypatch, broken)
    analyze(plain(40, 30))
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert part in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_an_analysis_that_ends_well_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    analyze(TEXT)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1, 1, 1.0), (1, 1, 0.5), (2, 2, 3.0), (40, 1, 1.0), (1, 40, 1.0), (40, 30, 8.0)],
)
def test_the_smallest_images_are_analyzed(width: int, height: int, scale: float) -> None:
    assert analyze(plain(width, height), scale=scale).failures == {}


@pytest.mark.parametrize(("width", "height", "scale"), [(1, 1, 2.0), (1, 40, 2.0), (40, 4, 8.0)])
def test_images_of_less_than_a_css_pixel_are_analyzed(width: int, height: int, scale: float) -> None:
    assert analyze(plain(width, height), scale=scale).failures == {}


@pytest.mark.parametrize(
    ("data", "max_pixels", "rejection"),
    [
        (b"hello", 1200, FormatUnsupported),
        (plain(40, 30)[:50], 1200, ImageCorrupt),
        (plain(40, 30), 1199, ImageTooLarge),
    ],
)
def test_a_file_that_can_not_be_analyzed_is_rejected(
    data: bytes, max_pixels: int, rejection: type[ImageRejected]
) -> None:
    with pytest.raises(rejection):
        analyze(data, max_pixels=max_pixels)


@pytest.mark.parametrize(
    ("rejection", "code"),
    [(FormatUnsupported, "format_unsupported"), (ImageCorrupt, "image_corrupt"), (ImageTooLarge, "image_too_large")],
)
def test_a_rejection_has_a_code_for_programs_and_a_sentence_for_people(
    rejection: type[ImageRejected], code: str
) -> None:
    error = rejection("The reason.")
    assert (error.code, error.detail, str(error)) == (code, "The reason.", "The reason.")


RETINA = png((1, 1), 8, RGB, [bytes(3)], (b"pHYs", struct.pack(">IIB", 5669, 5669, 1)))


@pytest.mark.parametrize(
    ("scale", "name", "found", "source"),
    [
        (None, "card@3x.png", 2.0, "density"),
        (1.5, "card@3x.png", 1.5, "given"),
    ],
)
def test_the_scale_comes_from_the_caller_or_the_density(
    scale: float | None, name: str, found: float, source: str
) -> None:
    image = analyze(RETINA, scale=scale, name=name).image
    assert (image.scale, image.scale_source) == (found, source)


@pytest.mark.parametrize("scale", [0.49, 8.01, float("nan")])
def test_a_scale_out_of_bounds_is_an_error_of_the_caller(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        analyze(plain(40, 30), scale=scale)


def test_text_is_measured_in_css_pixels() -> None:
    once, twice = (analyze(TEXT, scale=scale).accessibility for scale in (1.0, 2.0))
    assert once is not None
    assert twice is not None
    sizes = [check.size.value for report in (once, twice) for check in report.of(TEXT_CONTRAST) if check.size]
    assert sizes[1] == pytest.approx(sizes[0] / 2, rel=0.2)


@pytest.mark.parametrize("broken", [(), ("detect_lines", "observe_tokens")])
def test_the_native_form_is_json_with_the_same_members_whatever_failed(
    monkeypatch: pytest.MonkeyPatch, broken: tuple[str, ...]
) -> None:
    for name in broken:
        break_part(monkeypatch, name)
    document = analyze(TEXT).to_json()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document.keys() == {"schema", "scale", "image", "accessibility", "tokens", "failures"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, januslens; print(*sys.modules)"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "januslens" in loaded
    assert loaded & {"numpy", "PIL", "onnxruntime"} == set()
