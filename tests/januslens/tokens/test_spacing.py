"""Gaps and paddings of pages that Chromium drew, against their CSS, and the base of given distances."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens import analyze
from januslens.tokens.spacing import Distance, observed_spacings
from januslens.tokens.spacing_base import spacing_base
from tests.januslens.conftest import Rendering

Render = Callable[[str, int, float], Rendering]

PAGE = """
<style>
  body {{ background: #eef1f5; font: 16px/24px 'Liberation Sans'; color: #20262e }}
  main {{ padding: {wide}px; display: grid; grid-template-columns: 1fr 1fr; gap: {gap}px }}
  section {{ background: #fff; border: 1px solid #c8ced6; padding: {padding}px }}
  span {{ display: inline-block; background: #1f5fbf; color: #fff; padding: 8px {button}px }}
  nav {{ display: flex; gap: {small}px; margin-top: 30px }}
</style>
<main>
  <section>Orders are sent on the day that they are made.<nav><span>Hide</span><span>Buy</span></nav></section>
  <section>Whoever is out finds a card behind the door.<nav><span>Hide</span><span>Buy</span></nav></section>
  <section>Returns are free for thirty days in the shop.<nav><span>Hide</span><span>Buy</span></nav></section>
  <section>Pay by card, by transfer or with the parcel.<nav><span>Hide</span><span>Buy</span></nav></section>
</main>
"""
SYSTEMS = {
    4: {"small": 8, "button": 12, "gap": 20, "padding": 28, "wide": 36},
    5: {"small": 5, "button": 15, "gap": 20, "padding": 25, "wide": 35},
    6: {"small": 6, "button": 18, "gap": 30, "padding": 24, "wide": 42},
    8: {"small": 8, "button": 16, "gap": 24, "padding": 32, "wide": 40},
}


def spacing(render: Render, scale: float, **lengths: int) -> Any:
    analysis = analyze(render(PAGE.format(**lengths), 640, scale).png, scale=scale, quote=False)
    assert analysis.tokens is not None
    return analysis.tokens.to_json()["spacing"]


@pytest.mark.parametrize("scale", [1, 1.5, 2, 3])
@pytest.mark.parametrize("base", SYSTEMS)
def test_the_gaps_and_paddings_of_a_page_and_their_base(render: Render, base: int, scale: float) -> None:
    lengths = SYSTEMS[base]
    found = spacing(render, scale, **lengths)
    observed = [token["$value"]["value"] for token in found["observed"].values()]
    for length in (lengths[name] for name in ("small", "gap", "button", "padding")):
        assert min(abs(length - value) for value in observed) <= (2 if scale == 1.5 else 1)  # told in whole pixels
    assert found["base"]["$value"] == {"value": base, "unit": "px"}


def test_nothing_is_told_of_a_page_without_frames(render: Render) -> None:
    analysis = analyze(render("<p style='margin: 40px'>Plain text.<p>And more of it.", 400, 1).png, scale=1)
    assert analysis.tokens is not None
    assert "spacing" not in analysis.tokens.to_json()


def exact(*values: float) -> list[Distance]:
    return [Distance(value, 3.0, to_text=False) for value in values]


@given(st.sampled_from([4, 5, 6, 8]), st.lists(st.floats(2, 96), max_size=3), st.sampled_from([1.0, 2.0]))
def test_a_base_or_a_part_of_it_is_found_among_distances_of_no_scale(
    base: int, strays: list[float], scale: float
) -> None:
    found = spacing_base(exact(*(base * multiple for multiple in range(1, 9)), *strays), scale)
    assert found is not None
    assert base % found.value == 0


@given(st.permutations([4, 8, 8, 12, 13, 20, 24, 31]))
def test_the_order_of_distances_says_nothing(values: list[int]) -> None:
    found, usual = (spacing_base(exact(*order), 1.0) for order in (values, sorted(values)))
    assert found is not None
    assert usual is not None
    assert found.value == usual.value
    assert found.confidence == pytest.approx(usual.confidence)


@pytest.mark.parametrize("base", [4, 5, 6, 8])
def test_the_base_of_a_whole_scale(base: int) -> None:
    found = spacing_base(exact(*(base * multiple for multiple in range(1, 7))), 1.0)
    assert found is not None
    assert found.value == base


def test_distances_of_no_scale_have_no_base() -> None:
    assert spacing_base(exact(7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47), 1.0) is None


def test_a_single_distance_has_no_base() -> None:
    assert spacing_base([Distance(16.0, 1.0, to_text=False)], 1.0) is None


def test_a_distance_counts_if_it_recurs_or_is_the_same_on_both_sides() -> None:
    once, twice, both = Distance(40, 1, False), Distance(12, 1, False), Distance(24, 2, False)
    assert [found.value for found in observed_spacings([once, twice, twice, both])] == [12, 24]
