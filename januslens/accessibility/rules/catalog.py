"""The rules that a picture is checked against, and the success criteria that they speak of.

Source: WCAG 2.2, https://www.w3.org/TR/WCAG22/. What each rule looks at, and what it can't know, is in the docstring of
its own module and in docs/analysis.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from januslens.accessibility.criteria import explained_at


class Level(StrEnum):
    """A conformance level of WCAG, or none: a rule that WCAG doesn't set, or that pixels can only advise on."""

    A = "A"
    AA = "AA"
    AAA = "AAA"
    ADVISORY = "advisory"


CONFORMANCE: Final = (Level.A, Level.AA)
"""The levels that a page which claims to meet WCAG 2.2 at AA has to meet."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it asks, and the success criterion that asks it, None for a best practice."""

    id: str
    title: str
    level: Level
    criterion: str | None = None
    name: str | None = None

    @property
    def help_url(self) -> str | None:
        """Where W3C explains the criterion."""
        return self.name and explained_at(self.name)


def criteria_of(rules: Iterable[Rule]) -> dict[str, str]:
    """Return the names of the criteria that rules speak of, by their numbers."""
    return {rule.criterion: rule.name for rule in rules if rule.criterion and rule.name}


TEXT_CONTRAST: Final = Rule(
    "text-contrast",
    "Text has a contrast ratio of at least 4.5:1, large text of 3:1",
    Level.AA,
    "1.4.3",
    "Contrast (Minimum)",
)
TEXT_CONTRAST_ENHANCED: Final = Rule(
    "text-contrast-enhanced",
    "Text has a contrast ratio of at least 7:1, large text of 4.5:1",
    Level.AAA,
    "1.4.6",
    "Contrast (Enhanced)",
)
NON_TEXT_CONTRAST: Final = Rule(
    "non-text-contrast",
    "Controls and icons have a contrast ratio of at least 3:1 to what is beside them",
    Level.AA,
    "1.4.11",
    "Non-text Contrast",
)
TARGET_SIZE: Final = Rule(
    "target-size",
    "Targets are at least 24 by 24 CSS pixels, or so far apart that circles of that size don't meet",
    Level.AA,
    "2.5.8",
    "Target Size (Minimum)",
)
TARGET_SIZE_ENHANCED: Final = Rule(
    "target-size-enhanced",
    "Targets are at least 44 by 44 CSS pixels",
    Level.AAA,
    "2.5.5",
    "Target Size (Enhanced)",
)
LINK_DISTINGUISHABLE: Final = Rule(
    "link-distinguishable",
    "A link inside text differs from it by more than its hue",
    Level.A,
    "1.4.1",
    "Use of Color",
)
COLOR_VISION: Final = Rule(
    "color-vision",
    "Neighboring areas can be told apart without seeing their hue",
    Level.ADVISORY,
    "1.4.1",
    "Use of Color",
)
TEXT_SIZE: Final = Rule("text-size", "Text is at least 12 CSS pixels high", Level.ADVISORY)
TEXT_SPACING_TIGHT: Final = Rule(
    "text-spacing-tight",
    "Lines of a paragraph are at least 1.2 font sizes apart",
    Level.ADVISORY,
    "1.4.12",
    "Text Spacing",
)
IMAGES_OF_TEXT: Final = Rule(
    "images-of-text",
    "Text is text and no part of a photo",
    Level.ADVISORY,
    "1.4.5",
    "Images of Text",
)
FLASHING: Final = Rule(
    "flashing",
    "Nothing flashes more than three times in any second",
    Level.A,
    "2.3.1",
    "Three Flashes or Below Threshold",
)

RULES: Final = (
    TEXT_CONTRAST,
    TEXT_CONTRAST_ENHANCED,
    NON_TEXT_CONTRAST,
    TARGET_SIZE,
    TARGET_SIZE_ENHANCED,
    LINK_DISTINGUISHABLE,
    COLOR_VISION,
    TEXT_SIZE,
    TEXT_SPACING_TIGHT,
    IMAGES_OF_TEXT,
    FLASHING,
)
BY_ID: Final = {rule.id: rule for rule in RULES}
