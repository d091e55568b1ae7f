"""What is seen in a picture before anything is judged: its text and its controls, for both results."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from januslens.layout.control import Control
from januslens.text.run import TextRun


@dataclass(frozen=True, slots=True)
class Observations:
    """A picture's runs of text and its controls."""

    runs: Sequence[TextRun]
    controls: Sequence[Control]


NOTHING_OBSERVED: Final = Observations((), ())
