"""Spacing tokens: the gaps and paddings with which an interface is laid out.

Distances are measured between the containers of an image: the gap from a container to the next one beside or below it,
and the distance of a container's content from its sides. Text shows a horizontal padding to within one or two pixels,
as letters begin slightly to the right of their box; it does not show paddings above and below, which are hidden by the
line height.

Limits: margins between blocks of text without a container are not measured, nor are distances above 96 CSS px. A gap
that occurs once is not reported, unless it is a padding that is the same on both sides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from januslens.layout.containers import NO_CONTAINER, Containers
from januslens.tokens.recurring import Recurring, Tolerance, recurring

MIN_DISTANCE_PX: Final = 1.5  # CSS px: less is a border or a hairline between cells
MAX_DISTANCE_PX: Final = 96.0  # CSS px: beyond it is what is left over beside a column
SAME: Final = 0.51  # CSS px by which two sides of a frame may differ that are meant to be the same: half a pixel each
SAME_TEXT: Final = 2.0  # CSS px by which the paddings beside a text differ whose last letter is narrower than its box
SIDE_BEARING: Final = 1.0  # CSS px from where a letter's box begins to its ink: 0.07 em of B at 16 px, 0 of A
ALIKE: Final = Tolerance(0.0, 1.0)
TEXT_ALIKE: Final = 1.5  # CSS px by which a distance to text may differ from one between frames that it is
TWICE: Final = 2.0  # times that a distance must occur
BOTH_SIDES: Final = 2.0  # weight of a padding that is the same on both sides: it occurs twice


@dataclass(frozen=True, slots=True)
class Distance:
    """A gap or padding measured between the containers of an image, in CSS pixels.

    weight is 2 for a padding that is the same on both sides, else 1. to_text says that it was measured to text, which
    is accurate to one or two pixels only.
    """

    value: float
    weight: float
    to_text: bool


def observed_spacings(distances: Sequence[Distance]) -> list[Recurring]:
    """Find the distances that occur at least twice, in whole CSS pixels and ascending order, each with its frequency.

    A padding that is the same on both sides occurs twice. Distances between containers determine the values; those to
    text count for such a value if one is within 1.5 CSS px, and else for their own.
    """
    exact = _gathered([distance for distance in distances if not distance.to_text], least=1)
    near: list[Distance] = []
    alone: list[Distance] = []
    for distance in distances:
        if distance.to_text:
            is_near = any(abs(each.value - distance.value) <= TEXT_ALIKE for each in exact)
            (near if is_near else alone).append(distance)
    for distance in near:
        nearest = min(range(len(exact)), key=lambda index: abs(exact[index].value - distance.value))
        exact[nearest] = Recurring(exact[nearest].value, exact[nearest].weight + distance.weight)
    found = [each for each in (*exact, *_gathered(alone, least=TWICE)) if each.weight >= TWICE]
    return sorted(found, key=lambda each: each.value)


def _gathered(distances: Sequence[Distance], least: float) -> list[Recurring]:
    values = np.array([distance.value for distance in distances])
    weights = np.array([distance.weight for distance in distances])
    return [Recurring(float(round(each.value)), each.weight) for each in recurring(values, weights, ALIKE, least)]


def measure_distances(containers: Containers) -> list[Distance]:
    """Measure the gaps between an image's containers and the paddings inside them, in CSS pixels.

    A gap is the distance to the next container beside or below in the same container. Paddings to text are measured at
    the left side only. Distances below 1.5 or above 96 CSS pixels are left out.
    """
    return [
        distance
        for distance in (*_gaps(containers), *_paddings(containers), *_paddings_to_text(containers))
        if MIN_DISTANCE_PX <= distance.value <= MAX_DISTANCE_PX
    ]


def _gaps(containers: Containers) -> Iterator[Distance]:
    """Yield the distance from each container to the next to its right and below it within the same container."""
    box = containers.outer
    if not len(box):
        return
    siblings = containers.parent[:, None] == containers.parent[None]
    for along, across in ((0, 1), (1, 0)):
        gap = box[None, :, along] - box[:, None, along + 2]
        shared = np.minimum(box[:, None, across + 2], box[None, :, across + 2])
        shared -= np.maximum(box[:, None, across], box[None, :, across])
        length = box[:, across + 2] - box[:, across]
        beside = siblings & (gap >= 0) & (shared > np.minimum(length[:, None], length[None]) / 2)
        np.fill_diagonal(beside, val=False)
        following = np.where(beside, gap, np.inf).argmin(axis=1)
        for one in np.flatnonzero(beside.any(axis=1)).tolist():
            other = int(following[one])
            if not _is_text_between(containers.text, box[one], box[other], along, across):
                yield Distance(float(gap[one, other]), 1.0, to_text=False)


def _is_text_between(
    text: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64], along: int, across: int
) -> bool:
    between = (text[:, along] >= one[along + 2] - 1) & (text[:, along + 2] <= other[along] + 1)
    between &= text[:, across + 2] > max(one[across], other[across])
    between &= text[:, across] < min(one[across + 2], other[across + 2])
    return bool(between.any())


def _paddings(containers: Containers) -> Iterator[Distance]:
    """Yield the distances of the outermost containers in a container from its sides, unless text is farther out."""
    for parent in np.unique(containers.parent[containers.parent != NO_CONTAINER]).tolist():
        around = containers.inner[parent]
        inside = containers.outer[containers.parent == parent]
        text = containers.text[containers.text_parent == parent]
        for along in (0, 1):
            before = inside[:, along].min() - around[along]
            after = around[along + 2] - inside[:, along + 2].max()
            text_before = text[:, along].min(initial=np.inf) - around[along]
            text_after = around[along + 2] - text[:, along + 2].max(initial=-np.inf)
            if abs(before - after) <= SAME and min(text_before, text_after) >= before - 1:
                yield Distance(float(before), BOTH_SIDES, to_text=False)
                continue
            if text_before >= before - 1:
                yield Distance(float(before), 1.0, to_text=False)
            if text_after >= after - 1:
                yield Distance(float(after), 1.0, to_text=False)


def _paddings_to_text(containers: Containers) -> Iterator[Distance]:
    """Yield the distance of a container's leftmost text from its left side, unless a container is farther left."""
    for parent in np.unique(containers.text_parent[containers.text_parent != NO_CONTAINER]).tolist():
        around = containers.inner[parent]
        text = containers.text[containers.text_parent == parent]
        left = text[:, 0].min()
        if (containers.outer[containers.parent == parent, 0] < left - SAME_TEXT).any():
            continue
        before, after = left - around[0], around[2] - text[:, 2].max()
        both = abs(before - after) <= SAME_TEXT
        yield Distance(max(float(before) - SIDE_BEARING, 0.0), BOTH_SIDES if both else 1.0, to_text=True)
