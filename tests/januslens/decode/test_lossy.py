"""The colors behind the noise of JPEG and WebP."""

import io
from typing import Any

import numpy as np
import pytest
from coloraide import Color
from PIL import Image, ImageDraw

from januslens import analyze
from januslens.color.notation import hex_color, parse_hex
from januslens.decode.lossy import Loss, compression_loss
from tests.januslens import drawn

TEXT = "Every member of the project reads what you change here"
COLORS = ["#f4f6f9", "#ffffff", "#1f5fbf", "#c4302b", "#20262e", "#e9ecef"]
ENCODINGS: dict[str, dict[str, Any]] = {
    "JPEG 60": {"format": "JPEG", "quality": 60},
    "JPEG 75": {"format": "JPEG", "quality": 75},
    "JPEG 90": {"format": "JPEG", "quality": 90},
    "JPEG 95, 4:4:4": {"format": "JPEG", "quality": 95, "subsampling": 0},
    "WEBP 80": {"format": "WEBP", "quality": 80},
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_flat_fills_are_told_once_and_about_as_they_were(encoding: str) -> None:
    picture = Image.new("RGB", (480, 320), COLORS[0])
    draw = ImageDraw.Draw(picture)
    for number, color in enumerate(COLORS[1:]):
        left, top = 30 + 150 * (number % 3), 30 + 150 * (number // 3)
        draw.rectangle((left, top, left + 120, top + 100), fill=color)
    encoded = io.BytesIO()
    picture.save(encoded, **ENCODINGS[encoding])
    tokens = analyze(encoded.getvalue(), scale=1, quote=False).tokens
    assert tokens is not None
    fills = [color.rgb for color in tokens.colors if "fill" in color.observed_as]
    for color in COLORS:
        near = [fill for fill in fills if max(abs(a - b) for a, b in zip(fill, parse_hex(color), strict=True)) <= 4]
        assert len(near) == 1


@pytest.mark.parametrize(("quality", "within"), [(60, 4), (75, 2.5), (90, 1.5), (95, 1.5)])
def test_small_texts_color_is_told_once_and_about_as_it_was(quality: int, within: float) -> None:
    colors = ["#1f5fbf", "#c4302b", "#6c757d"]
    lines = [drawn.draw(TEXT, rgb, (255, 255, 255), 15).pixels for rgb in map(parse_hex, colors)]
    encoded = io.BytesIO()
    Image.fromarray(np.concatenate(lines)).save(encoded, "JPEG", quality=quality)
    tokens = analyze(encoded.getvalue(), scale=1, quote=False).tokens
    assert tokens is not None
    told = [Color(hex_color(color.rgb)) for color in tokens.colors]
    for color in colors:
        assert [other.delta_e(Color(color), method="2000") <= within for other in told].count(True) == 1
    assert len(told) == len(colors) + 1


@pytest.mark.parametrize("encoding", ["JPEG 90", "JPEG 95, 4:4:4"])
def test_corner_radii_are_as_they_were(encoding: str) -> None:
    finer = 4
    picture = Image.new("RGB", (320 * finer, 200 * finer), COLORS[0])
    box = [side * finer for side in (40, 40, 280, 160)]
    ImageDraw.Draw(picture).rounded_rectangle(box, 12 * finer, fill=COLORS[2])
    encoded = io.BytesIO()
    picture.resize((320, 200), Image.Resampling.BOX).save(encoded, **ENCODINGS[encoding])
    tokens = analyze(encoded.getvalue(), scale=1, quote=False).tokens
    assert tokens is not None
    assert [radius.value for radius in tokens.radii.shared] == [pytest.approx(12, abs=1)]


def test_a_jpegs_coarser_steps_let_strokes_overshoot_more() -> None:
    def loss(quality: int) -> Loss:
        encoded = io.BytesIO()
        Image.new("RGB", (16, 16)).save(encoded, "JPEG", quality=quality)
        return compression_loss(Image.open(encoded))

    overshoots = [loss(quality).overshoot for quality in (100, 95, 90, 75, 60, 5)]
    assert overshoots == sorted(overshoots)
    assert overshoots[2] == pytest.approx(0.004 * 11.5)  # libjpeg's mean step at quality 90
    assert overshoots[-1] == 0.13  # what was measured at quality 60, of which less is known below
