from dataclasses import replace
from typing import Any

import pytest

from benchmarks.intervals.known_lines import KnownLine, LinesPage
from benchmarks.intervals.score import MeasuredLine, Score, measure, missed_targets, score, scores, table, worst
from benchmarks.truth.results import Check

LINE = KnownLine("Help me", (10, 10, 80, 20), "#767676", "#ffffff", 16, 400, 4.54)
BELOW = replace(LINE, box=(10, 50, 80, 20), background="#121212", weight=100)
PAGE = LinesPage("latin-gray@2", "latin", "Some", 2, "gray", "156.0", (LINE, BELOW))
CHECK = Check(LINE.box, "passed", 4.54, (4.5, 4.6), "#767676", "#ffffff", None, (15, 17))


def of_line(*checks: Check, line: KnownLine = LINE) -> MeasuredLine:
    return MeasuredLine(PAGE, line, checks)


def test_a_check_is_of_the_line_with_which_it_shares_most_area() -> None:
    above, below = measure(PAGE, [replace(CHECK, box=(10, 25, 80, 40))])
    assert (len(above.checks), len(below.checks)) == (0, 1)


def test_a_check_that_barely_touches_a_line_is_of_none() -> None:
    assert [line.checks for line in measure(PAGE, [replace(CHECK, box=(10, 29.5, 80, 15))])] == [(), ()]


@pytest.mark.parametrize(
    ("interval", "holds"), [((4.5, 4.6), True), ((4.55, 4.6), True), ((4.56, 4.6), False), ((4.4, 4.52), False)]
)
def test_an_interval_holds_that_contains_the_true_ratio_give_or_take_a_hundredth(
    interval: tuple[float, float], holds: bool
) -> None:
    assert (of_line(replace(CHECK, interval=interval)).ratio_error == 0) is holds


@pytest.mark.parametrize(
    ("size", "holds"), [((15, 17), True), ((16.04, 17), True), ((16.1, 17), False), ((9, 15.9), False), (None, True)]
)
def test_a_size_interval_holds_that_contains_the_true_size(size: tuple[float, float] | None, holds: bool) -> None:
    assert (of_line(replace(CHECK, size=size)).size_error == 0) is holds


def test_one_piece_that_misses_the_truth_is_enough() -> None:
    found = score([of_line(CHECK, replace(CHECK, interval=(2, 3), size=(9, 10)))])
    assert (found.ratio, found.size, found.pieces) == (0, 0, 2)


@pytest.mark.parametrize(("ratio", "outcome", "wrong"), [(4.4, "passed", "passed"), (4.54, "failed", "failed")])
def test_the_opposite_of_the_truth_is_wrong(ratio: float, outcome: str, wrong: str) -> None:
    assert of_line(replace(CHECK, outcome=outcome), line=replace(LINE, ratio=ratio)).wrong == wrong


@pytest.mark.parametrize(("ratio", "outcome"), [(4.4, "failed"), (4.54, "passed"), (4.4, "cantTell")])
def test_the_truth_and_an_open_check_are_not_wrong(ratio: float, outcome: str) -> None:
    assert of_line(replace(CHECK, outcome=outcome), line=replace(LINE, ratio=ratio)).wrong is None


@pytest.mark.parametrize(("left", "width", "whole"), [(19, 71, True), (20, 70, False), (10, 71, True), (10, 70, False)])
def test_a_line_is_whole_if_its_checks_reach_both_ends(left: float, width: float, whole: bool) -> None:
    assert of_line(replace(CHECK, box=(left, 10, width, 20))).is_whole is whole


def test_an_open_piece_leaves_the_line_undecided() -> None:
    assert of_line(CHECK).is_decided
    assert not of_line(CHECK, replace(CHECK, outcome="cantTell")).is_decided


def test_a_line_without_a_check_counts_as_unseen_only() -> None:
    assert score([of_line(), of_line(CHECK)]) == Score(2, 1, 1, 1, 1, 1, 1, 0, 0)


def test_lines_are_scored_by_script_weight_scale_antialiasing_and_background() -> None:
    found = scores([of_line(CHECK), of_line(CHECK, line=BELOW)])
    assert [*found] == ["all", "dark", "gray", "latin", "light", "weight 100", "weight 400", "2x"]
    assert found["weight 100"].lines == found["dark"].lines == 1


def test_groups_are_in_the_order_of_their_numbers() -> None:
    wide = MeasuredLine(replace(PAGE, scale=1.25), LINE, ())
    assert [*scores([of_line(), wide])][-2:] == ["1.25x", "2x"]


GOOD = Score(1000, 1000, 0.995, 0.995, 1.1, 1, 1, 0, 3)


@pytest.mark.parametrize(
    ("missed", "words"),
    [
        ({"ratio": 0.994}, "99.40% of ratios"),
        ({"size": 0.99}, "99.00% of sizes"),
        ({"pieces": 1.2}, "1.200 pieces"),
        ({"wrong_passes": 1}, "1 wrong passes"),
    ],
)
def test_a_missed_target_is_said(missed: dict[str, Any], words: str) -> None:
    assert [*missed_targets({"thai": replace(GOOD, **missed)})] == [f"missed: thai: {words}"]


def test_a_group_that_reaches_the_targets_is_not_mentioned() -> None:
    assert [*missed_targets({"thai": GOOD})] == []


def test_the_worst_lines_are_shown_first() -> None:
    far, near, passed = (replace(CHECK, interval=(low, 9), outcome="cantTell") for low in (8, 5, 3))
    wrong = of_line(replace(CHECK), line=replace(LINE, ratio=4.4999, text="wrong"))
    rows = [*worst([of_line(near), of_line(passed), of_line(far), wrong], 2)]
    assert "wrong passed" in rows[0]
    assert "8.00–9.00" in rows[1]
    assert len(rows) == 2


def test_every_row_of_the_table_has_as_many_cells() -> None:
    assert len({row.count("|") for row in table(scores([of_line(CHECK)]))}) == 1
