"""Rectangles in an image."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole image pixels, given by its upper left corner and its size.

    x and y are counted from the image's upper left corner, to the right and downward.
    """

    x: int
    y: int
    width: int
    height: int


def union(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that contains all of the given boxes; raises ValueError if there are none."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def holding_middle(box: Box, others: Iterable[Box]) -> Iterator[Box]:
    """Yield those of the other boxes that contain the center of `box`; their right and lower edges are exclusive.

    `box` itself is not excluded: it is yielded if it is among the others.
    """
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return (other for other in others if other.x <= x < other.x + other.width and other.y <= y < other.y + other.height)
