from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.accuracy.contrast import MatchedLine, match_lines
from benchmarks.accuracy.groups import groups, table
from benchmarks.accuracy.pages import Comparison
from benchmarks.truth.pages import Line, Truth
from benchmarks.truth.results import Check

BOX = (0.0, 0.0, 10.0, 10.0)
TRUTH = Truth(
    name="gridjs--table-lcd-th-1280@1.5",
    image=Path("table.png"),
    scale=1.5,
    viewport=(0, 0, 100, 100),
    lines=(Line(BOX, violates=True, ratio=3, foreground="#949494", background="#ffffff", required="4.5:1"),),
    unjudged_lines=(),
    other_text=(),
    paints=(),
    text_colors=(),
    stated_colors=frozenset(),
    font_sizes=(),
    radii=(),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gridjs--table-lcd-th-1280@1.5", ["all", "th", "light", "lcd", "1.5x"]),
        ("prismjs--prism-theme-prism-dark-dark-zh-1280@1.5", ["all", "code", "dark", "gray", "1.5x"]),
        ("spectre.css--landing-1280@1.5", ["all", "en", "light", "gray", "1.5x"]),
        ("picture", ["all", "en", "light", "gray", "1.5x"]),
    ],
)
def test_a_page_is_in_the_groups_that_its_name_states(name: str, expected: list[str]) -> None:
    assert [*groups(replace(TRUTH, name=name))] == expected


def test_a_row_has_the_figures_of_its_group() -> None:
    total = Comparison()
    total.lines = [*_compared(TRUTH, "failed"), *_compared(TRUTH, "passed")]
    total.pages = 2
    head, _, row = table({"th": total})
    assert row.startswith("| th | 2 | 2 | 1 | 50.0% | 100.0% | 0.0% | 100.0% |")
    assert head.count("|") == row.count("|")


def _compared(truth: Truth, outcome: str) -> Iterator[MatchedLine]:
    return match_lines(truth, (Check(BOX, outcome, 3, (3, 3), "#949494", "#ffffff", None),))
