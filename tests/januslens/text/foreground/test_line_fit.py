"""Lines of mixes through offsets that the test mixed."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from januslens.color.notation import Rgb
from januslens.text.foreground.line_fit import fit_line, project
from tests.januslens.text.foreground.mixes import WHITE, colors, mixes


@given(colors, colors, st.lists(st.floats(0.2, 1), min_size=1, max_size=40))
def test_coverage_is_the_share_that_a_pixel_was_mixed_with(
    foreground: Rgb, background: Rgb, shares: list[float]
) -> None:
    assume(np.linalg.norm(np.subtract(foreground, background)) >= 100)
    offsets = mixes(foreground, background, shares)
    measured = project(offsets, offsets, np.subtract(foreground, background).astype(float), 0)
    assert measured.coverage == pytest.approx(shares, abs=0.01)
    assert measured.on_line.all()


def test_ink_of_another_color_is_not_on_the_line() -> None:
    offsets = mixes((200, 0, 0), WHITE, [0.5, 0.8, 1.0])
    assert not project(offsets, offsets, np.array([-255.0, -255.0, 0.0]), 0).on_line.any()


def test_what_rings_beyond_a_lossy_images_text_is_not_its_color() -> None:
    offsets = np.concatenate([mixes((90, 90, 90), WHITE, [1.0] * 98), mixes((40, 40, 40), WHITE, [1.0] * 2)])
    end = fit_line(offsets, offsets, 10).end
    assert end.tolist() == [-165, -165, -165]
