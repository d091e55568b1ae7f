from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from januslens.text import detector
from januslens.text.detector import detect_lines, text_probability
from tests.januslens import drawn

LINES = ["Account settings", "Save changes", "Download the invoice", "Reset your password", "Terms of service"]
LINE_HEIGHT = 60


def page(lines: Sequence[str], size: int, width: int = 320) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Write lines below each other; return the picture and the x-height boxes of the lines."""
    height = LINE_HEIGHT * size // 16
    pixels = np.full((height * len(lines), width * size // 16, 3), 255, np.uint8)
    cores = []
    for number, text in enumerate(lines):
        drawing = drawn.draw(text, (34, 34, 34), (255, 255, 255), size)
        shape = drawing.pixels.shape
        pixels[number * height : number * height + shape[0], : shape[1]] = drawing.pixels
        cores.append(drawing.core + np.array([0, number * height] * 2))
    return pixels, np.array(cores)


def agreeing(found: NDArray[np.float64], truth: NDArray[np.float64]) -> list[int]:
    """Say of each true line how many found ones cover most of it."""
    left, top = (np.maximum(found[:, None, edge], truth[None, :, edge]) for edge in (0, 1))
    right, bottom = (np.minimum(found[:, None, edge], truth[None, :, edge]) for edge in (2, 3))
    shared = np.maximum(right - left, 0) * np.maximum(bottom - top, 0)
    area = (truth[:, 2] - truth[:, 0]) * (truth[:, 3] - truth[:, 1])
    return [int(count) for count in (shared > 0.5 * area).sum(axis=0)]


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("size", [13, 16, 24])
def test_each_line_is_found_once_and_nothing_else(size: int, scale: int) -> None:
    pixels, truth = page(LINES, size * scale)
    found = detect_lines(pixels, float(scale))
    assert agreeing(found, truth) == [1] * len(LINES)
    assert len(found) == len(LINES)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_has_no_lines(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    assert detect_lines(noise, 1.0).shape == (0, 4)


@pytest.mark.parametrize("color", [0, 128, 255])
def test_an_empty_image_has_no_lines(color: int) -> None:
    assert detect_lines(np.full((200, 300, 3), color, np.uint8), 1.0).shape == (0, 4)


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 500), (500, 1), (3, 70), (33, 31)])
@pytest.mark.parametrize("scale", [0.5, 1.0, 8.0])
def test_no_image_is_too_small(height: int, width: int, scale: float) -> None:
    assert detect_lines(np.zeros((height, width, 3), np.uint8), scale).shape[1] == 4


def test_lines_lie_in_the_image() -> None:
    pixels, truth = page(["Cut off at both ends"], 32)
    left, top, right, bottom = truth[0].astype(int)
    cut = pixels[top - 4 : bottom + 4, left + 20 : right - 20]
    for line in detect_lines(cut, 2.0).tolist():
        assert 0 <= line[0] < line[2] <= cut.shape[1]
        assert 0 <= line[1] < line[3] <= len(cut)


def test_a_tall_image_in_tiles_shows_the_lines_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pixels, truth = page(LINES * 3, 16)  # 900 rows; seams go through and between lines
    whole = detect_lines(pixels, 1.0)
    monkeypatch.setattr(detector, "TILE_PIXELS", 1)
    tiled = detect_lines(pixels, 1.0)
    assert agreeing(tiled, truth) == agreeing(whole, truth) == [1] * len(truth)
    assert tiled == pytest.approx(whole, abs=2)


def test_tiles_cover_every_row_of_a_tall_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detector, "TILE_PIXELS", 1)
    monkeypatch.setattr(detector, "_infer", lambda tile: tile[..., 0].astype(np.float32))
    pixels = np.random.default_rng(1).integers(0, 256, (1001, 16, 3), dtype=np.uint8)
    assert np.array_equal(text_probability(pixels), pixels[..., 0])


@pytest.mark.parametrize("shape", [(4, 100_000), (100_000, 4)])
def test_what_is_lower_than_any_text_is_not_searched(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detector, "_session", lambda: pytest.fail("the network was asked"))
    assert detect_lines(np.zeros((*shape, 3), np.uint8), 1.0).shape == (0, 4)
