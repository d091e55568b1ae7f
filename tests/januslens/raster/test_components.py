"""Components, against a flood fill that looks at one pixel after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from januslens.raster.components import Runs, connected_components

Mask = NDArray[np.bool_]
Pixels = frozenset[tuple[int, int]]

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=14), elements=st.booleans())


def flood(mask: Mask) -> set[Pixels]:
    """The pixels of each 8-connected component."""
    left = {(row, column) for row, column in np.argwhere(mask).tolist()}
    components = set()
    while left:
        component, edge = set(), [left.pop()]
        while edge:
            row, column = edge.pop()
            component.add((row, column))
            around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & left
            left -= around
            edge.extend(around)
        components.add(frozenset(component))
    return components


def pixels_by_component(runs: Runs) -> list[Pixels]:
    places = np.array(runs.pixels())
    return [frozenset(map(tuple, places[:2, places[2] == n].T.tolist())) for n in range(runs.count)]


def picture(*rows: str) -> Mask:
    return np.array([[character == "#" for character in row] for row in rows])


def serpentine(size: int) -> Mask:
    """One line that runs up and down through the whole mask, a dead end for whoever joins neighbors only."""
    mask = np.zeros((size, size), np.bool_)
    mask[:, ::2] = True
    for column in range(1, size - 1, 2):
        mask[-1 if column % 4 == 1 else 0, column] = True
    return mask


@given(masks)
def test_components_are_those_of_a_flood_fill(mask: Mask) -> None:
    runs = connected_components(mask)
    assert set(pixels_by_component(runs)) == flood(mask)


@given(masks)
def test_components_are_counted_without_gaps(mask: Mask) -> None:
    runs = connected_components(mask)
    assert set(runs.component.tolist()) == set(range(runs.count))


@given(masks)
def test_boxes_and_areas_are_those_of_the_components_pixels(mask: Mask) -> None:
    runs = connected_components(mask)
    for n, pixels in enumerate(pixels_by_component(runs)):
        rows, columns = {row for row, _ in pixels}, {column for _, column in pixels}
        assert runs.boxes()[n].tolist() == [min(columns), min(rows), max(columns) + 1, max(rows) + 1]
        assert runs.areas()[n] == len(pixels)


@given(masks)
def test_runs_come_in_the_order_of_reading_and_are_as_long_as_can_be(mask: Mask) -> None:
    runs = connected_components(mask)
    expected = [
        (row, start, start + length)
        for row, line in enumerate(mask)
        for start, length in lengths("".join(".#"[pixel] for pixel in line.tolist()))
    ]
    assert list(zip(runs.row.tolist(), runs.start.tolist(), runs.end.tolist(), strict=True)) == expected


def lengths(line: str) -> list[tuple[int, int]]:
    """The start and length of each run of a line such as `.##..#`."""
    begins = [place for place, pixel in enumerate(line) if pixel == "#" and line[:place][-1:] != "#"]
    return [(place, len(line[place:].partition(".")[0])) for place in begins]


@pytest.mark.parametrize(
    ("mask", "count"),
    [
        (picture("#.", ".#"), 1),
        (picture(".#", "#."), 1),
        (picture("#..", "..#"), 2),
        (picture("#.#", ".#.", "#.#"), 1),
        (picture("#.#.#", "#.#.#", "#####"), 1),
        (picture("#####", "#...#", "#.#.#", "#...#", "#####"), 2),
        (picture("#..##", "##..#"), 2),  # the end of one row and the start of the next are no neighbors
        (serpentine(301), 1),
    ],
)
def test_corners_join_and_gaps_part(mask: Mask, count: int) -> None:
    assert connected_components(mask).count == count


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0), (1, 1), (3, 4)])
def test_an_empty_mask_has_no_component(shape: tuple[int, int]) -> None:
    runs = connected_components(np.zeros(shape, np.bool_))
    assert (runs.count, runs.boxes().shape, runs.areas().shape) == (0, (0, 4), (0,))
    assert [len(places) for places in runs.pixels()] == [0, 0, 0]


@given(masks, st.tuples(*[st.integers(0, 14)] * 4))
def test_areas_within_a_box_are_of_the_pixels_in_it(mask: Mask, box: tuple[int, int, int, int]) -> None:
    runs = connected_components(mask)
    left, top, right, bottom = box
    inside = [
        sum(left <= column < right and top <= row < bottom for row, column in pixels)
        for pixels in pixels_by_component(runs)
    ]
    edges = (np.full(len(runs.row), edge) for edge in box)
    assert runs.areas_within(*edges).tolist() == inside


@given(masks, st.data())
def test_components_can_be_left_out_and_put_back(mask: Mask, data: st.DataObject) -> None:
    runs = connected_components(mask)
    kept = np.array([data.draw(st.booleans()) for _ in range(runs.count)], np.bool_)
    some, others = runs.where(kept), runs.where(~kept)
    assert set(pixels_by_component(some)) == {
        p for p, keep in zip(pixels_by_component(runs), kept, strict=True) if keep
    }
    assert pixels_by_component(some.merged(others)) == pixels_by_component(runs)
