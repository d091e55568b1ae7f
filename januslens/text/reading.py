"""A reading: what a line of text says, as far as its pixels show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A line's text, empty where it can't be read, and the confidence in it, 0 to 1."""

    text: str
    confidence: float
