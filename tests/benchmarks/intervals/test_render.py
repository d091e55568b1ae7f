from typing import Any

import pytest

from benchmarks.intervals.drawn_lines import Card, DrawnLine, Font
from benchmarks.intervals.render import TextCutOff, known_line, page_html
from benchmarks.pages.sentences import read_scripts

FONT = Font("known", "@fonts/some", "1.0.0", "OFL-1.1", "sha512-", "Some Variable", (100, 900), ("arabic",))
CARD = Card((255, 255, 255), (DrawnLine("<b>&", (1, 2, 3), 18.66, 300, 0.25),))
COMPUTED: dict[str, Any] = {
    "text": "Help",
    "box": [1, 2, 30, 12],
    "size": 12,
    "weight": 400,
    "cutOff": False,
    "foreground": "rgb(118, 118, 118)",
    "background": "rgb(255, 255, 255)",
}


def test_a_page_states_each_line_in_its_color_and_font_and_escapes_it() -> None:
    html = page_html(read_scripts()["arabic"], FONT, [CARD])
    assert '<html lang="ar" dir="rtl">' in html
    assert "&lt;b&gt;&amp;" in html
    assert "color: #010203; font-family: 'Some Variable'; font-size: 18.66px; font-weight: 300" in html
    assert "background: #ffffff" in html


def test_the_ratio_is_that_of_the_computed_colors() -> None:
    assert known_line(**COMPUTED).ratio == pytest.approx(4.54, abs=0.005)  # WebAIM's checker


def test_a_line_that_is_cut_off_is_an_error() -> None:
    with pytest.raises(TextCutOff):
        known_line(**COMPUTED | {"cutOff": True})
