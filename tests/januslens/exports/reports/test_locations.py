"""Where a check looked."""

from dataclasses import replace

from januslens.decode.geometry import Box
from januslens.exports.reports import locations
from tests.januslens.exports.samples import FAILED

BOX = Box(1, 20, 300, 4000)


def test_a_fragment_is_in_pixels_by_media_fragments_uri() -> None:
    assert locations.fragment(BOX) == "xywh=1,20,300,4000"


def test_a_place_quotes_the_text_that_was_read() -> None:
    assert locations.place(replace(FAILED, box=BOX)) == "“Forgot password?” at 1, 20 (300 × 4000 px)"
    assert locations.place(replace(FAILED, box=BOX, text=None)) == "At 1, 20 (300 × 4000 px)"
