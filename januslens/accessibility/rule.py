"""The `Rule` record: the metadata of a rule, from its success criterion to its check and its sentences."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from januslens.accessibility.criteria import Criterion, explained_at

if TYPE_CHECKING:
    from januslens.accessibility.check import Check
    from januslens.accessibility.evidence import Evidence


class Level(StrEnum):
    """A conformance level of WCAG; `advisory` for advice that WCAG does not require or that pixels cannot decide."""

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
    """The suggestion of other colors by a rule where a check does not pass: none, per check, or also per text color.

    With PALETTE, a text color that fails in several places also gets one replacement for all of them.
    """

    NONE = "none"
    EACH = "for each check"
    PALETTE = "for each check, and once for a text color that fails in several places"


class AxeData(Enum):
    """The shape of the `data` object that a check gets in axe-core's result format, named after the axe-core rule.

    CONTRAST has colors and contrast, LINK the colors of a link and of the text around it, TARGET a width and height.
    """

    CONTRAST = "color-contrast"
    LINK = "link-in-text-block"
    TARGET = "target-size"


@dataclass(frozen=True, slots=True)
class Axe:
    """The id and the classification of a rule in axe-core's result format.

    id is that of axe-core's own rule with the same requirement; None if it has none, and then our id is used. category
    is an axe-core tag. impact is an axe-core impact; None for the default: minor for advisory rules, serious for
    others. data is the shape of its checks' data.
    """

    id: str | None = None
    category: str = "cat.color"
    impact: str | None = None
    data: AxeData = AxeData.CONTRAST


def find_nothing(_: "Evidence") -> Iterable["Check"]:
    """Return no checks. This is the `check` function of a rule that is known only from a stored report."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A rule: a requirement on an image, its metadata, and the function that checks it.

    id is stable; name is short, for lists; title is the requirement as a sentence without its full stop. criterion is
    the success criterion of WCAG 2.2, None for a best practice. unit is that of the measured and the required value,
    None if nothing is measured. colors are the names of the two parts that a check's foreground and background color
    belong to. color_fix says whether other colors are suggested; axe has its id and classification in axe-core's
    format. messages are English templates by message id (see `sentences`); an id begins with the outcome, or with the
    reason of a `cantTell`, to which it applies. check takes the evidence of an image and yields the rule's checks.
    Rules are compared by identity.
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
        """The URL of W3C's "Understanding" page on the rule's criterion, None if it has no criterion."""
        return None if self.criterion is None else explained_at(self.criterion.name)


def criteria_of(rules: Iterable[Rule]) -> dict[str, str]:
    """Return the names of the rules' success criteria by criterion number, such as `1.4.3`.

    Rules without a criterion are omitted.
    """
    return {rule.criterion.number: rule.criterion.name for rule in rules if rule.criterion}
