import pytest
from hypothesis import given
from hypothesis import strategies as st

from januslens.decode.geometry import Box, holding_middle, union

boxes = st.builds(Box, *[st.integers(0, 60)] * 2, *[st.integers(1, 60)] * 2)


def pixels(box: Box) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box.x, box.x + box.width) for y in range(box.y, box.y + box.height)}


def extremes(places: set[tuple[int, int]]) -> tuple[int, ...]:
    columns, rows = zip(*places, strict=True)
    return min(columns), max(columns), min(rows), max(rows)


@given(st.lists(boxes, min_size=1, max_size=4))
def test_a_union_reaches_as_far_as_its_parts(parts: list[Box]) -> None:
    assert extremes(pixels(union(parts))) == extremes(set().union(*map(pixels, parts)))


def test_the_union_of_boxes_that_are_apart_spans_what_is_between_them() -> None:
    assert union([Box(30, 5, 10, 10), Box(0, 0, 10, 10)]) == Box(0, 0, 40, 15)


@pytest.mark.parametrize(
    ("other", "held"),
    [
        (Box(0, 0, 100, 100), True),
        (Box(10, 10, 20, 10), True),  # the box itself
        (Box(20, 15, 1, 1), True),  # its middle is that one's corner
        (Box(0, 0, 20, 100), False),  # its middle is on that one's right edge
        (Box(0, 0, 100, 15), False),
        (Box(21, 0, 100, 100), False),
    ],
)
def test_a_middle_is_held_up_to_the_right_and_lower_edges(other: Box, held: bool) -> None:
    assert list(holding_middle(Box(10, 10, 20, 10), [other])) == [other] * held


def test_a_middle_may_lie_between_pixels() -> None:
    assert list(holding_middle(Box(0, 0, 3, 3), [Box(1, 1, 1, 1), Box(2, 2, 1, 1)])) == [Box(1, 1, 1, 1)]
