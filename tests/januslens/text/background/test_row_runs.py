import numpy as np
import pytest

from januslens.text.background.row_runs import RowRuns

LINES = np.array([[list(".###..##."), list("....##...")], [list("##......."), list("......###")]]) == "#"


def covered(rows: range, length: int) -> list[str]:
    return [
        "".join(".#"[int(column)] for column in color) for color in RowRuns.of(LINES).at_least(length).columns(rows)
    ]


@pytest.mark.parametrize(("length", "columns"), [(2, ".###..##."), (3, ".###....."), (4, ".........")])
def test_a_run_counts_from_its_length_on(length: int, columns: str) -> None:
    assert covered(range(1), length)[0] == columns


def test_a_run_at_either_edge_goes_on_beyond_it() -> None:
    assert covered(range(2), 4)[1] == "##....###"


@pytest.mark.parametrize(
    ("rows", "columns"), [(range(1), "##......."), (range(1, 2), "......###"), (range(0), ".........")]
)
def test_only_the_given_rows_count(rows: range, columns: str) -> None:
    assert covered(rows, 2)[1] == columns


def test_runs_of_several_rows_cover_what_any_of_them_covers() -> None:
    assert covered(range(2), 2)[0] == ".#######."
