from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from januslens import analyze
from januslens.decode.scale import Scale
from januslens.decode.scale_estimate import estimate_scale
from tests.januslens.conftest import Rendering

ARTICLE = """
<div style="font: 16px/1.5 'Liberation Sans'">
<h1>Delivery and returns</h1>
<p>Orders are sent on the day that they are made.<br>Whoever is out finds a card behind the door.</p>
<p style="font-size: 13px">Returns are free for thirty days.<br>Keep the box that it came in.</p>
"""


def cores(*heights: float, width: float = 100) -> NDArray[np.float64]:
    return np.array([(0, 20 * line, width, 20 * line + height) for line, height in enumerate(heights)], np.float64)


def test_without_text_a_scale_is_assumed_in_which_there_is_no_confidence() -> None:
    assert estimate_scale(np.empty((0, 4))) == Scale(1.0, "assumed", 0.0)


@pytest.mark.parametrize(("core", "scale"), [(7, 1), (8, 1), (9, 1), (15, 2), (16, 2), (30, 3)])
def test_text_as_large_as_it_usually_is_tells_the_scale(core: float, scale: float) -> None:
    found = estimate_scale(cores(core, core, core))
    assert (found.value, found.source) == (scale, "estimated")
    assert found.confidence > 0.7


def test_between_two_scales_there_is_little_confidence() -> None:
    assert estimate_scale(cores(12, 12)).confidence < 0.7


def test_headings_count_less_than_what_is_read() -> None:
    text = np.vstack([cores(30, 28, width=50), cores(9, 9, 9, width=300)])
    assert estimate_scale(text).value == 1


@given(st.lists(st.integers(3, 300), min_size=1, max_size=30))
def test_every_text_gives_a_usual_scale_and_a_probability(heights: list[int]) -> None:
    found = estimate_scale(cores(*heights))
    assert found.value in (1, 2, 3)
    assert 1 / 3 <= found.confidence <= 1


@pytest.mark.parametrize("scale", [1, 2])
def test_a_page_drawn_at_a_scale_is_estimated_to_be(render: Callable[[str, int, float], Rendering], scale: int) -> None:
    image = analyze(render(ARTICLE, 390, scale).png, quote=False).image
    assert (image.scale, image.scale_source) == (scale, "estimated")
    assert image.scale_confidence > 0.6
