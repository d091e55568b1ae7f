"""The whole analysis: what it makes of a picture, and what is left when a part of it fails."""

import io
import json
import logging
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from januslens import FormatUnsupported, ImageCorrupt, ImageRejected, ImageTooLarge, analyze
from januslens.accessibility.check import Outcome
from januslens.accessibility.rules.flashing import FLASHING
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.analysis.run import Analysis
from januslens.decode.scale import Scale
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


def gif(*frames: Image.Image, milliseconds: int = 100) -> bytes:
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=milliseconds, loop=0)
    return written.getvalue()


BLACK, HALF_WHITE = Image.new("L", (400, 300)), Image.new("L", (400, 300))
HALF_WHITE.paste(255, (0, 0, 400, 150))


@pytest.mark.parametrize(("name", "scale", "source"), [("", 1.0, "animation"), ("a@2x.gif", 2.0, "file name")])
def test_an_animation_is_shown_at_its_own_size_unless_its_name_says_otherwise(
    name: str, scale: float, source: str
) -> None:
    image = analyze(gif(BLACK, HALF_WHITE), name=name).image
    assert (image.scale, image.scale_source, image.scale_interval) == (scale, source, (scale, scale))


def test_an_animation_that_flashes_over_half_of_a_field_fails() -> None:
    report = analyze(gif(*[BLACK, HALF_WHITE] * 5)).accessibility
    assert report is not None
    assert [check.outcome for check in report.of(FLASHING)] == [Outcome.FAILED]


def test_a_still_image_of_an_animations_format_has_no_size_of_its_own() -> None:
    assert analyze(encoded(BLACK, "GIF")).image.scale_source == "assumed"


def test_a_ring_is_no_text_and_tells_no_scale() -> None:
    logo = Image.new("RGB", (160, 160), "white")
    ImageDraw.Draw(logo).ellipse((30, 30, 130, 130), outline=(200, 30, 40), width=14)
    image = analyze(encoded(logo, "PNG")).image
    assert (image.scale, image.scale_source, image.scale_confidence) == (1, "assumed", 0)


def sought_at(monkeypatch: pytest.MonkeyPatch, data: bytes, **options: Any) -> float:
    """Return the scale at which an analysis looks for text."""
    scales: list[float] = []

    def detect(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.float64]:
        scales.append(scale)
        return np.empty((0, 4))

    monkeypatch.setattr("januslens.analysis.run.detect_lines", detect)
    analyze(data, **options)
    (scale,) = scales
    return scale


def test_text_is_sought_at_the_scale_of_a_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sought_at(monkeypatch, plain(750, 1334)) == 2


def test_text_is_sought_at_the_scale_that_is_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sought_at(monkeypatch, plain(750, 1334), scale=1.5) == 1.5


@pytest.mark.parametrize(
    ("size", "form", "looked_at"),
    [
        ((750, 1334), "PNG", False),  # a phone at 2
        ((1080, 2400), "PNG", False),  # from 2.625 to 3
        ((1366, 768), "PNG", True),  # from 0.92 to 2
        ((720, 1600), "PNG", False),  # at 2 or 2.25
        ((480, 800), "PNG", True),  # at most at 1.5
        ((400, 300), "PNG", True),
        ((400, 300), "JPEG", False),  # compression smears edges
    ],
)
def test_lines_are_looked_at_where_they_may_tell_the_scale(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], form: str, *, looked_at: bool
) -> None:
    seen: list[Any] = []

    def estimate(*arguments: Any) -> Scale:
        seen.append(arguments[-1])
        return Scale(1.0, "assumed", 0.0)

    image = Image.new("RGB", size, "white")
    image.paste((100, 100, 100), (0, 104, size[0], 105))
    monkeypatch.setattr("januslens.analysis.run.estimate_scale", estimate)
    analyze(encoded(image, form))
    (lines,) = seen
    assert lines.widths.tolist() == ([1.0] if looked_at else [])


SCALE = "The scale (pixels of the image per CSS pixel)"
DOUBT = "Checks hold for the whole range; more are decided if you state the scale."


@pytest.mark.parametrize(
    ("image", "scale", "notes"),
    [
        (plain(750, 1334), None, (f"{SCALE} was estimated: 2×.",)),
        (
            plain(1080, 2400),
            None,
            (f"{SCALE} was estimated: 2.75×, possibly 2.625× to 3×. {DOUBT}",),
        ),
        (
            plain(160, 160),
            None,
            (f"{SCALE} is unknown: 1× was assumed, possibly 1× to 3.5×. {DOUBT}",),
        ),
        (plain(750, 1334), 2.0, ()),
    ],
)
def test_a_note_says_what_the_scale_is_unless_it_is_stated(
    image: bytes, scale: float | None, notes: tuple[str, ...]
) -> None:
    assert analyze(image, scale=scale).image.notes == notes


def test_the_note_on_an_animations_scale_follows_those_on_its_decoding() -> None:
    notes = analyze(gif(BLACK, HALF_WHITE)).image.notes
    assert notes[:-1] == analyze(gif(BLACK, HALF_WHITE), scale=1.0).image.notes
    assert notes[-1] == "The animation was analyzed at its own size, as pages show it: scale 1×."


def test_the_native_form_has_the_bounds_of_the_scale() -> None:
    assert analyze(plain(1080, 2400)).to_json()["image"]["scale_interval"] == [2.625, 3.0]


def test_an_estimated_scale_gives_the_sizes_that_a_stated_one_does() -> None:
    phone = Image.new("RGB", (750, 1334), "white")
    for line in range(8):
        phone.paste(Image.fromarray(draw("Sign in to continue", GRAY, WHITE, 30).pixels), (60, 60 + 120 * line))
    estimated, stated = (analyze(encoded(phone, "PNG"), scale=scale).accessibility for scale in (None, 2.0))
    assert estimated is not None
    assert estimated.checks == (stated.checks if stated else ())


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
