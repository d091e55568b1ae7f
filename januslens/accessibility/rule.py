"""The `Rule` record: the metadata of a rule, its check and its messages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from januslens.accessibility.criteria import Criterion, explained_at

if TYPE_CHECKING:
    from januslens.accessibility.check import Check
    from januslens.accessibility.evidence import Evidence


class Level(StrEnum):
    """A conformance level of WCAG; `advisory` for a rule that WCAG doesn't set or that pixels can't decide."""

    A = "A"
    AA = "AA"
    AAA = "AAA"
    ADVISORY = "advisory"


CONFORMANCE: Final = (Level.A, Level.AA)
"""The levels that a page which claims to meet WCAG 2.2 at AA has to meet."""


class Unit(StrEnum):
    """The unit of a check's measured and required value.

    `px` (CSS pixels) is that of its size; the others are those of its ratio: a contrast ratio, a multiple of the font
    size, or a number per second.
    """

    RATIO = "ratio"
    MULTIPLE = "multiple"
    PX = "px"
    PER_SECOND = "perSecond"


class ColorFix(Enum):
    """The suggestion of other colors where a check doesn't pass."""

    NONE = "none"
    EACH = "for each check"
    PALETTE = "for each check, and once for a text color that fails in several places"


class AxeData(Enum):
    """The form of axe-core's `data` that a check is written in."""

    CONTRAST = "color-contrast"
    LINK = "link-in-text-block"
    TARGET = "target-size"


@dataclass(frozen=True, slots=True)
class Axe:
    """The id of axe-core's corresponding rule, and its classification of the rule.

    id is None if axe-core has no such rule; impact is None if it follows from the rule's level.
    """

    id: str | None = None
    category: str = "cat.color"
    impact: str | None = None
    data: AxeData = AxeData.CONTRAST


def find_nothing(_: "Evidence") -> Iterable["Check"]:
    """Check nothing, as a rule of a stored report does that is not among today's rules."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A rule.

    id is stable; name is short, for lists; title is the requirement as a sentence without its full stop. criterion is
    None for a best practice. unit is None where nothing is measured. colors name what has the foreground and what the
    background color. messages are English templates by message id (see `sentences`); an id begins with the outcome, or
    with the reason of a `cantTell`, for which it is said. check yields the rule's checks of an image.
    """

    id: str
    name: str
    title: str
    level: Level
    criterion: Criterion | None = None
    unit: Unit | None = None
    colors: tuple[str, str] = ("text", "background")
    color_fix: ColorFix = ColorFix.NONE
    axe: Axe = Axe()
    messages: Mapping[str, str] = field(default_factory=dict)
    check: Callable[["Evidence"], Iterable["Check"]] = find_nothing

    @property
    def help_url(self) -> str | None:
        """The URL of W3C's explanation of the criterion."""
        return None if self.criterion is None else explained_at(self.criterion.name)


def criteria_of(rules: Iterable[Rule]) -> dict[str, str]:
    """Return the names of the criteria of rules by their numbers."""
    return {rule.criterion.number: rule.criterion.name for rule in rules if rule.criterion}
