"""Text recognition by PP-OCR's recognition network, one line at a time, with greedy decoding.

The model is `PP-OCRv6_rec_small.onnx` (Apache-2.0); its characters are in the file's metadata. Sources: "PP-OCRv6: From
1.5M to 34.5M Parameters, Surpassing Billion-Scale VLMs on OCR Tasks", arXiv:2606.13108, 2026; A. Graves et al.,
"Connectionist Temporal Classification", ICML 2006, section 3.2 (best path decoding); input as in PaddleOCR's own
pre-processing (see `models`), 48 pixels high.

Lines are not batched: on a CPU, eight together take about as long as one after another, and a single line needs no
padding to the width of others, so that its reading depends on nothing else.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from januslens.decode.geometry import Box
from januslens.text.detector import MIN_LINE_HEIGHT_PX
from januslens.text.models import network_input, open_model

MODEL: Final = "PP-OCRv6_rec_small.onnx"
HEIGHT: Final = 48  # pixels: what the network was trained on
BLANK: Final = 0  # the class for no character
BESIDE: Final = 0.3  # of the box's height, left and right
ABOVE: Final = 0.15  # of the box's height, above and below
"""Room around a box. Of 340 runs of real pages 0.3 and 0.1 to 0.2 read best: with less, a box that leaves out the half
of a first or last letter loses it; with more, letters of a neighbor come in."""
SPACE_WEIGHT: Final = 16
"""Factor for the probability of a space, because the network misses spaces beside punctuation. Of 1,280 spaces in lines
of real pages it leaves out 21, with the weight 8, and one is too many; beyond 32 there are too many in drawn text."""
MIN_CONFIDENCE: Final = 0.7
MIN_CONFIDENCE_ALONE: Final = 0.98
"""Minimum confidence of a reading, and of a single character. Of 2,425 runs of real pages that
are read right, 12 are below 0.7, all of them signs such as `<` and `=`. Icons are read as D, 0 or an ideograph: nine in
ten are below 0.98, and so is one in ten of the single characters that are text, most of them signs again."""
MAX_COLUMNS: Final = 3200  # columns of the network's input, 180 letters; bounds its memory, reading is as good beyond
MAX_PARTS: Final = 4  # of that length: nothing longer is a line of text
WORD_GAP: Final = 0.2  # of a line's height with its room: what is between two words


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of the recognition of one line of text by the network, and the confidence in it, 0 to 1.

    The text is empty if it cannot be read or the confidence is too low: below 0.7, or for a single character below
    0.98. confidence is the mean probability of the characters, and kept in that case.
    """

    text: str
    confidence: float


UNREAD: Final = Reading("", 0.0)


def read_lines(pixels: NDArray[np.uint8], boxes: Sequence[Box], scale: float) -> list[Reading]:
    """Read the lines of text in given boxes of an image of shape (height, width, 3) with PP-OCR's recognition network.

    Each box, in image pixels, holds a line, or a part of one, from its ascenders to its descenders; scale is in pixels
    per CSS pixel. Returns one reading per box. Its text is empty if the box is lower than 5 CSS px or the confidence is
    too low; a very long line is read only in part. Raises ModelMissing if the network is not installed.
    """
    return [_read(_crop(pixels, box)) if box.height >= MIN_LINE_HEIGHT_PX * scale else UNREAD for box in boxes]


def _crop(pixels: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    beside, above = math.ceil(BESIDE * box.height), math.ceil(ABOVE * box.height)
    rows = slice(max(0, box.y - above), max(0, box.y + box.height + above))
    columns = slice(max(0, box.x - beside), max(0, box.x + box.width + beside))
    return pixels[rows, columns]


def _read(line: NDArray[np.uint8]) -> Reading:
    if not line.size:
        return UNREAD
    parts = [_decode(_infer(part)) for part in islice(_parts(line), MAX_PARTS)]
    certainties = np.concatenate([certainty for _, certainty in parts])
    confidence = min(1.0, float(certainties.mean())) if len(certainties) else 0.0
    text = " ".join(" ".join(text for text, _ in parts).split())
    return Reading(text if _is_trusted(text, confidence) else "", confidence)


def _is_trusted(text: str, confidence: float) -> bool:
    if len(text) == 1:  # to the network the three bars of a menu's icon are 三 with all confidence
        return confidence >= MIN_CONFIDENCE_ALONE and unicodedata.east_asian_width(text) != "W"
    return confidence >= MIN_CONFIDENCE


def _parts(line: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """Yield a line in parts short enough for one inference, cut where contrast is lowest, which is between words."""
    longest, gap = MAX_COLUMNS * len(line) // HEIGHT, math.ceil(WORD_GAP * len(line))
    while line.shape[1] > longest:
        searched = line[:, longest // 2 : longest]
        contrast = np.ptp(searched, axis=0).max(axis=1).astype(np.intp)
        cut = longest // 2 + int(np.convolve(contrast, np.ones(gap), "valid").argmin()) + gap // 2
        yield line[:, :cut]
        line = line[:, cut:]
    yield line


def _infer(line: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the probability of each character in each step along the line, shape (steps, characters)."""
    size = math.ceil(line.shape[1] * HEIGHT / len(line)), HEIGHT
    resized = np.asarray(Image.fromarray(line).resize(size, Image.Resampling.BICUBIC))
    probabilities: NDArray[np.float32] = _session().run(None, {"x": network_input(resized)})[0][0]
    return probabilities


def _decode(probabilities: NDArray[np.float32]) -> tuple[str, NDArray[np.float32]]:
    """Return the text of the most probable path, and the probability of each of its characters except spaces."""
    space = probabilities.shape[1] - 1
    weight = np.ones(space + 1, np.float32)
    weight[space] = SPACE_WEIGHT
    path = (probabilities * weight).argmax(axis=1)
    kept = np.flatnonzero((path != BLANK) & (np.diff(path, prepend=BLANK) != 0))
    characters = kept[path[kept] != space]
    return "".join(_characters()[character] for character in path[kept].tolist()), probabilities[
        characters, path[characters]
    ]


@cache
def _characters() -> tuple[str, ...]:
    """Return the character of each class of the network: that of the blank is empty, the last is the space."""
    listed = _session().get_modelmeta().custom_metadata_map["character"].split("\n")
    return "", *(character if character.isprintable() else " " for character in listed), " "


@cache
def _session() -> onnxruntime.InferenceSession:
    return open_model(MODEL)
