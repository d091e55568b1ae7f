"""The score of target sizes on truth made by hand."""

import json
from pathlib import Path

from benchmarks.accuracy.targets import FoundTargets, KnownTargets, Score, mistakes, read_known

HERE = (10.0, 10.0, 20.0, 20.0)
THERE = (100.0, 10.0, 20.0, 20.0)


def test_only_violations_wholly_in_sight_count(tmp_path: Path) -> None:
    rects = {"violations": [[10, 10, 20, 20], [10, 790, 20, 20]], "passes": [[50, 50, 20, 20]]}
    axe = [{"rule": "target-size", "kind": kind, "rect": rect} for kind, found in rects.items() for rect in found]
    page = {"viewport": [1280, 800], "axe": [*axe, {"rule": "color-contrast", "kind": "violations", "rect": None}]}
    path = tmp_path / "page.json"
    path.write_text(json.dumps(page | {"targets": [{"rect": [10, 10, 20, 20]}, {"rect": [-5, 0, 10, 10]}]}))
    assert read_known(path) == KnownTargets("page", (HERE,), (HERE,))


def test_shares_are_of_what_there_is_and_of_what_was_claimed() -> None:
    score = Score()
    score.add(KnownTargets("page", (HERE, THERE), (HERE,)), FoundTargets((HERE,), ((300, 300, 20, 20),), (HERE,)))
    rows = [" ".join(row.split()) for row in score.rows()]
    assert rows == [
        "failed recall 50.0% (1 of 2)",
        "failed precision 100.0% (1 of 1)",
        "flagged recall 50.0% (1 of 2)",
        "flagged precision 50.0% (1 of 2)",
        "controls coverage 100.0% (1 of 1)",
    ]


def test_half_of_the_smaller_box_is_enough() -> None:
    score = Score()
    score.add(KnownTargets("page", (HERE,), ()), FoundTargets(((20, 10, 20, 20), (22, 10, 20, 20)), (), ()))
    assert (score.recalled["failed"], score.right["failed"]) == (1, 1)


def test_mistakes_are_what_was_missed_and_what_is_wrong() -> None:
    listed = list(mistakes(KnownTargets("page", (HERE,), ()), FoundTargets((), (THERE,), ())))
    assert listed == ["page\tmissed\t10 10 20 20", "page\tcantTell\t100 10 20 20"]
