from dataclasses import replace

import pytest

from benchmarks.board.known_text import KnownText, Verdict
from benchmarks.board.opinions import JANUS, Claim, Judged, Opinion
from benchmarks.board.snippets import Kind
from benchmarks.board.verdicts import Score, missed_targets, mistakes, score, table

PASSING = KnownText("Help", (10, 10, 30, 12), Kind.SOLID, "#000000", "#ffffff", "Arial", 12, 400, 21, 21, 4.5)
FAILING = replace(PASSING, lowest=3, highest=3)
OPEN = replace(PASSING, lowest=3, highest=6, kind=Kind.PHOTO)
PASS, FAIL, LEFT = Verdict.PASS, Verdict.FAIL, Verdict.OPEN
OTHER = "axe-windows V2"


def judged(*said: tuple[KnownText, Verdict | None], who: str = JANUS, image: str = "gray-1x-00.png") -> Judged:
    """Return verdicts on whole texts, each with the claim that it rests on."""
    return Judged(
        image,
        who,
        tuple(Opinion(text, verdict, "") for text, verdict in said),
        tuple(Claim(verdict, text, (text.lowest, text.highest), "") for text, verdict in said if verdict),
    )


def scored(*said: tuple[KnownText, Verdict | None]) -> Score:
    found, entry = Score(), judged(*said)
    found.add(entry.opinions, entry.claims)
    return found


def test_what_is_left_open_or_missed_is_neither_right_nor_wrong() -> None:
    found = scored((PASSING, PASS), (PASSING, LEFT), (FAILING, None), (FAILING, FAIL))
    assert (found.right, found.wrong_passes, found.precision) == (0.5, 0, 1)


def test_texts_of_open_truth_count_for_agreement_only() -> None:
    found = scored((PASSING, PASS), (OPEN, LEFT), (OPEN, PASS), (OPEN, LEFT))
    assert (found.right, found.agrees) == (1, 0.75)


def test_precision_is_of_claims_not_of_texts() -> None:
    found = scored((FAILING, FAIL))
    found.add([], [Claim(FAIL, PASSING, (2, 5), ""), Claim(FAIL, FAILING, (3, 3), ""), Claim(FAIL, None, None, "")])
    assert found.precision == 0.5


def test_kinds_of_background_are_scored_apart_in_png() -> None:
    scores = score([judged((PASSING, PASS), (OPEN, LEFT))])
    assert scores["gray-1x png", JANUS].texts.total() == 2
    assert scores["gray-1x png photo", JANUS].texts.total() == 1


def test_a_wrong_pass_a_false_alarm_and_an_algorithm_that_agrees_more_often_are_missed_targets() -> None:
    said = (FAILING, PASS), (PASSING, FAIL), (FAILING, FAIL)
    others = (FAILING, FAIL), (PASSING, PASS), (FAILING, FAIL)
    missed = [*missed_targets(score([judged(*said), judged(*others, who=OTHER)]))]
    assert sorted(line.removeprefix("missed: gray-1x png") for line in missed) == [
        " solid: 1 wrong passes",
        " solid: a precision of 50.0%",
        ": 1 wrong passes",
        ": a precision of 50.0%",
        f": {OTHER} agrees with the truth more often",
    ]


def test_no_target_is_missed_where_janus_alone_is_right() -> None:
    assert [*missed_targets(score([judged((FAILING, FAIL)), judged((FAILING, PASS), who=OTHER)]))] == []


def test_a_false_pass_is_a_missed_target_across_two_colors_only() -> None:
    said = replace(OPEN, kind=Kind.SPLIT), PASS
    assert [*missed_targets(score([judged(said)]))] == []
    assert "missed: split-gray-1x png: 1 false passes" in missed_targets(
        score([judged(said, image="split-gray-1x-00.png")])
    )


def test_every_row_of_the_table_has_as_many_cells() -> None:
    rows = [*table(score([judged((FAILING, FAIL)), judged((FAILING, PASS), who=OTHER)]))]
    assert len(rows) == 2 + 2 * 2  # the heading; PNG, and the one kind of background in it
    assert len({row.count("|") for row in rows}) == 1


@pytest.mark.parametrize(("most", "shown"), [(0, 0), (1, 2), (5, 4)])
def test_so_many_mistakes_of_each_kind_are_shown(most: int, shown: int) -> None:
    entry = judged((FAILING, PASS), (FAILING, PASS), (PASSING, PASS))
    assert len([*mistakes([entry], most)]) == shown  # each is a wrong verdict and an opposite claim
