"""WCAG's success criteria by their URLs and the versions that brought them.

Source: WCAG 2.2, https://www.w3.org/TR/WCAG22/; what is new in 2.1 and 2.2: its section 0.5.
"""

import re
from dataclasses import dataclass
from typing import Final

SPECIFICATION: Final = "https://www.w3.org/TR/WCAG22/"
UNDERSTANDING: Final = "https://www.w3.org/WAI/WCAG22/Understanding/"
BEST_PRACTICES: Final = "https://www.w3.org/WAI/tips/designing/"
"""W3C's advice where no criterion asks for something."""

NEW_IN_2_1: Final = frozenset(
    (
        *("1.3.4", "1.3.5", "1.3.6", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "2.1.4", "2.2.6", "2.3.3"),
        *("2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5", "2.5.6", "4.1.3"),
    )
)
NEW_IN_2_2: Final = frozenset(
    ("2.4.11", "2.4.12", "2.4.13", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8", "3.3.9"),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion of WCAG: its number, such as `1.4.3`, and its name, such as `Contrast (Minimum)`."""

    number: str
    name: str


def anchor(name: str) -> str:
    """Return the identifier that W3C's URLs use for a criterion's name: `Contrast (Minimum)` is `contrast-minimum`."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def specified_at(name: str) -> str:
    """Return the URL of the text of a success criterion in WCAG 2.2, given its name, such as `Contrast (Minimum)`."""
    return f"{SPECIFICATION}#{anchor(name)}"


def explained_at(name: str) -> str:
    """Return the URL of W3C's "Understanding" page on a success criterion of WCAG 2.2, given its name."""
    return f"{UNDERSTANDING}{anchor(name)}.html"


def version_of(criterion: str) -> str:
    """Return the first version of WCAG that has a success criterion, as a string: 2.0, 2.1 or 2.2.

    criterion is a number such as `1.4.3`; a number that WCAG 2.1 and 2.2 did not add counts as one of 2.0.
    """
    if criterion in NEW_IN_2_2:
        return "2.2"
    return "2.1" if criterion in NEW_IN_2_1 else "2.0"
