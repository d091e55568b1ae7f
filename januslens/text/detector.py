"""Detection of text lines by PP-OCR's detection network, a differentiable-binarization map, and its components.

The model is `PP-OCRv6_det_small.onnx` (Apache-2.0). Sources: M. Liao et al., "Real-time Scene Text Detection with
Differentiable Binarization", AAAI 2020; input as in PaddleOCR's own pre-processing (see `models`), with sides that are
multiples of 32.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from januslens.raster.components import connected_components
from januslens.text.models import network_input, open_model

MODEL: Final = "PP-OCRv6_det_small.onnx"
SIDE_MULTIPLE: Final = 32  # the network halves its input five times
THRESHOLD: Final = 0.3  # of a pixel's probability; PaddleOCR's det_db_thresh
LINE_SCORE: Final = 0.5  # of a component's mean probability; RapidOCR's box_thresh for this model
MIN_SIDE_PIXELS: Final = 3  # pixels of the map
MIN_LINE_HEIGHT_PX: Final = 5  # CSS px: no text is lower, and padding a lower but long image would multiply its pixels
MAX_CORE_HEIGHT_PX: Final = (
    160  # CSS px, of text of 250 px: an empty box with a soft shadow is taken for a letter of 600
)
TILE_PIXELS: Final = 1_500_000  # bounds the memory of one inference; a 1440 x 900 page is one tile
TILE_SIDE: Final = 4096  # maximum; narrow tiles are padded, so that their number of pixels says little
TILE_MARGIN: Final = 64  # what a pixel's probability may depend on, and more than a line's height


def detect_lines(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.float64]:
    """Detect the cores of an image's text lines with PP-OCR's network: about the x-height of each, without its ends.

    pixels has shape (height, width, 3); scale is in pixels per CSS pixel. The network gets the image at one pixel per
    CSS pixel, the text size that it was trained on. Returns left, top, right and bottom of each core in image pixels,
    shape (lines, 4); cores higher than 160 CSS px are left out. Raises ModelMissing if the network is not installed.
    """
    height, width = pixels.shape[:2]
    size = max(1, round(width / scale)), max(1, round(height / scale))
    if min(size) < MIN_LINE_HEIGHT_PX:
        return np.empty((0, 4))
    reduced = pixels
    if size != (width, height):
        reduced = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX, reducing_gap=1.0))
    probability = text_probability(reduced)
    components = connected_components(probability > THRESHOLD)
    boxes = components.boxes()
    row, column, component = components.pixels()
    score = np.bincount(component, probability[row, column], minlength=components.count) / components.areas()
    plausible = (boxes[:, 2:] - boxes[:, :2]).min(axis=1, initial=MIN_SIDE_PIXELS) >= MIN_SIDE_PIXELS
    plausible &= boxes[:, 3] - boxes[:, 1] <= MAX_CORE_HEIGHT_PX
    ratio = np.array([width / size[0], height / size[1]] * 2)
    cores: NDArray[np.float64] = boxes[plausible & (score >= LINE_SCORE)] * ratio
    return cores


def text_probability(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return for each pixel the probability, 0 to 1, that it is in the core of a line of text, shape (height, width).

    pixels has shape (height, width, 3), at about one pixel per CSS pixel. Large images are processed in overlapping
    tiles. Raises ModelMissing if the network is not installed.
    """
    height, width = pixels.shape[:2]
    columns = min(width, TILE_SIDE)
    rows = min(TILE_SIDE, max(4 * TILE_MARGIN, TILE_PIXELS // columns))
    probability = np.empty((height, width), np.float32)
    for top, bottom in _spans(height, rows):
        for left, right in _spans(width, columns):
            tile = _infer(pixels[top:bottom, left:right])
            y, x = (TILE_MARGIN if start else 0 for start in (top, left))
            probability[top + y : bottom, left + x : right] = tile[y:, x:]
    return probability


def _spans(length: int, longest: int) -> Iterator[tuple[int, int]]:
    """Yield spans of a side that overlap by twice the margin."""
    for start in range(0, max(length - 2 * TILE_MARGIN, 1), max(longest - 2 * TILE_MARGIN, 1)):
        yield start, min(length, start + longest)


def _infer(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    height, width = pixels.shape[:2]
    padding = (-height % SIDE_MULTIPLE, -width % SIDE_MULTIPLE)
    padded = np.pad(pixels, ((0, padding[0]), (0, padding[1]), (0, 0)), mode="edge") if any(padding) else pixels
    output: NDArray[np.float32] = _session().run(None, {"x": network_input(padded)})[0]
    return output[0, 0, :height, :width]


@cache
def _session() -> onnxruntime.InferenceSession:
    return open_model(MODEL)
