"""Places in a picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole image pixels: its upper left corner and its size."""

    x: int
    y: int
    width: int
    height: int
