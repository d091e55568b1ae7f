"""Boxes as the browser gives them: left, top, width, height, in CSS px."""

Box = tuple[float, float, float, float]


def area(box: Box) -> float:
    """Return a box's area."""
    return box[2] * box[3]


def shared_area(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)
