"""Recognition of the text at the places of findings that a person is shown.

Reading a line takes as long as checking fifty. So only what is to be done is read, the worst places of each issue
first, and no more lines than a person looks through.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.accessibility.check import Check
from januslens.accessibility.issues import find_issues
from januslens.accessibility.rule import CONFORMANCE
from januslens.decode.geometry import Box
from januslens.text.recognizer import read_lines

PLACES: Final = 3  # of each issue: enough to find it in the page
LINES: Final = 40  # of an image


def with_ocr_text(pixels: NDArray[np.uint8], checks: Sequence[Check], scale: float) -> list[Check]:
    """Return the checks, with the text recognized by OCR in the boxes of the worst findings.

    Text is read for at most three places of each issue of level A or AA that has a size, and in at most 40 boxes; every
    check with one of these boxes and a size gets it. text is None in other checks with a size, and where nothing was
    recognized; checks without a size are unchanged. pixels are sRGB, shape (height, width, 3); scale is in image pixels
    per CSS pixel. Raises ModelMissing if the network is not installed.
    """
    boxes = _boxes(checks)
    texts = dict(zip(boxes, (reading.text for reading in read_lines(pixels, boxes, scale)), strict=True))
    return [replace(check, text=texts.get(check.box) or None) if check.size else check for check in checks]


def _boxes(checks: Sequence[Check]) -> list[Box]:
    """Return the different boxes of text that are read."""
    boxes = [
        checks[place].box
        for issue in find_issues(checks)
        if issue.worst.rule.level in CONFORMANCE and issue.worst.size is not None
        for place in issue.places[:PLACES]
    ]
    return list(dict.fromkeys(boxes))[:LINES]
