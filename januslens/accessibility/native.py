"""The native form of an accessibility report, as types: what is written, what is read, and what its JSON Schema says.

Within one schema number (see `analysis.stored`) members and enumeration values may be added, and none is removed,
renamed or given another meaning.
"""

from typing import Annotated, Any, Final, Literal

import msgspec

from januslens.accessibility import check as checks
from januslens.accessibility import issues, rule, untested
from januslens.accessibility.check import Outcome, Reason
from januslens.accessibility.criteria import Criterion
from januslens.accessibility.issues import SEVERITY_DIGITS, SIZE_DIGITS
from januslens.accessibility.rule import Level, Unit
from januslens.accessibility.sentences import sentence_of
from januslens.color import notation
from januslens.color.notation import Rgb, ceiled, floored, hex_color, parse_hex
from januslens.decode.geometry import Box
from januslens.text import run

INTERVAL_DIGITS: Final = 4
DIFFERENCE_DIGITS: Final = 2

type Color = Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$", description="An sRGB color as CSS writes it.")]
type Severity = Annotated[float, msgspec.Meta(ge=0, le=1, description="0 where nothing is wrong, 1 at its worst.")]
type Interval = Annotated[list[float], msgspec.Meta(min_length=2, max_length=2, description="The lowest and highest.")]
type Pair = Annotated[list[str], msgspec.Meta(min_length=2, max_length=2)]
type Counts = dict[Outcome, int]


class Fix(msgspec.Struct, frozen=True):
    """A color that would meet the requirement, the contrast ratio that it reaches, and its CIEDE2000 difference.

    The difference is from the color that it would replace.
    """

    color: Color
    ratio: float
    difference: float

    @classmethod
    def of(cls, fix: notation.Fix | None) -> "Fix | None":
        """Return the native form of a fix, with its ratio rounded down to two decimals; None if the fix is None.

        The difference is rounded to two decimals.
        """
        if fix is None:
            return None
        return cls(hex_color(fix.color), floored(fix.ratio), round(fix.difference, DIFFERENCE_DIGITS))

    def read(self) -> notation.Fix:
        """Convert this native form back to a fix as it is used in `accessibility.check`."""
        return notation.Fix(parse_hex(self.color), self.ratio, self.difference)


class Fixes(msgspec.Struct, frozen=True):
    """The nearest foreground color, and the nearest background color, that meets the requirement.

    Either is null if no color of the same hue does.
    """

    foreground: Fix | None
    background: Fix | None

    def read(self) -> checks.Fixes:
        """Convert this native form back to the fixes of a check."""
        return checks.Fixes(
            None if self.foreground is None else self.foreground.read(),
            None if self.background is None else self.background.read(),
        )


class Size(msgspec.Struct, frozen=True):
    """A size in CSS pixels, of text or of a target's shorter side, and the interval in which the true one lies."""

    value: float
    unit: Literal["px"]
    interval: Interval

    def read(self) -> run.Size:
        """Convert this native form back to a size as measured in text."""
        return run.Size(self.value, self.interval[0], self.interval[1])


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The members that a check and an issue have in common.

    `required` is in the rule's unit, `ratio` is the measured value in that unit unless it is `px`, and `interval`
    contains the true value. A member is null where it does not apply.
    """

    rule: str
    criterion: str | None
    level: Level
    outcome: Outcome
    reason: Reason | None
    severity: Severity
    foreground: Color | None
    background: Color | None
    ratio: float | None
    interval: Interval | None
    required: float | None
    size: Size | None
    fixes: Fixes | None
    message: str


class Check(Finding, frozen=True, kw_only=True):
    """The result of a rule at one place.

    `box` is in image pixels. `text` is the text recognized there, null if none was read.
    """

    box: Box
    text: str | None

    @classmethod
    def of(cls, check: checks.Check) -> "Check":
        """Return the native form of a check, with its message as a sentence in English."""
        return cls(box=check.box, text=check.text, **_finding(check))

    def read(self, rules: dict[str, rule.Rule]) -> checks.Check:
        """Convert this native form back to a check, whose message is then a sentence.

        rules are the rules of the check's report by id. Raises KeyError if the check's rule is not among them.
        """
        return checks.Check(
            rule=rules[self.rule],
            outcome=self.outcome,
            reason=self.reason,
            severity=self.severity,
            box=self.box,
            text=self.text,
            foreground=_rgb(self.foreground),
            background=_rgb(self.background),
            ratio=self.ratio,
            interval=None if self.interval is None else (self.interval[0], self.interval[1]),
            required=self.required,
            size=None if self.size is None else self.size.read(),
            fixes=None if self.fixes is None else self.fixes.read(),
            message=self.message,
        )


class Issue(Finding, frozen=True, kw_only=True):
    """Checks of one rule with the same finding, described by the most severe of them.

    `places` are indexes into the report's `checks`, the most severe first. `severity` is that of all places together.
    """

    places: list[int]

    @classmethod
    def of(cls, issue: issues.Issue) -> "Issue":
        """Return the native form of an issue, with the members of its most severe check."""
        worst = _finding(issue.worst) | {"severity": round(issue.severity, SEVERITY_DIGITS)}
        return cls(places=list(issue.places), **worst)


class PaletteFix(msgspec.Struct, frozen=True):
    """A text color that fails in several places, its backgrounds, and one color that is sufficient on all of them."""

    color: Color
    on: list[Color]
    fix: Fix

    @classmethod
    def of(cls, mended: checks.PaletteFix) -> "PaletteFix":
        """Return the native form of a palette fix, with its ratio rounded down to two decimals."""
        fix = mended.fix
        written = Fix(hex_color(fix.color), floored(fix.ratio), round(fix.difference, DIFFERENCE_DIGITS))
        return cls(hex_color(mended.color), [hex_color(color) for color in mended.on], written)

    def read(self) -> checks.PaletteFix:
        """Convert this native form back to a palette fix."""
        on = tuple(parse_hex(color) for color in self.on)
        return checks.PaletteFix(parse_hex(self.color), on, self.fix.read())


class Shares(msgspec.Struct, frozen=True):
    """The share of text, by its length, that passes text contrast at level AA and at AAA; null if there is no text."""

    AA: float | None
    AAA: float | None


class Summary(msgspec.Struct, frozen=True):
    """The summary of a report.

    `outcomes` counts the checks of levels A and AA by outcome, `levels` those of each level. `rules` has the worst
    outcome of each rule, and `text` the share of text that passes. `worst` are indexes into the report's `issues`: the
    first five of levels A and AA.
    """

    outcomes: Counts
    levels: dict[Level, Counts]
    rules: dict[str, Literal["passed", "failed", "cantTell", "inapplicable"]]
    text: Shares
    worst: list[int]


class Untested(msgspec.Struct, frozen=True):
    """A success criterion of WCAG 2.2 that no rule tests, and the reason."""

    criterion: str
    name: str
    level: Level
    why: str

    @classmethod
    def of(cls, gap: untested.Untested) -> "Untested":
        """Return the native form of an untested criterion."""
        return cls(gap.criterion, gap.name, gap.level, gap.why)


class ReasonWords(msgspec.Struct, frozen=True):
    """The words for a reason of a `cantTell`: `label` in a few words, `explanation` in a sentence."""

    label: str
    explanation: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its requirement, its success criterion if any, and how to read its checks.

    `unit` is the unit of `required` and of the measured value: `size` if it is `px`, otherwise `ratio`; null if nothing
    is measured. `colors` are the names of the two parts that `foreground` and `background` belong to. `reasons` are
    those for which a check of this rule may be `cantTell`.
    """

    id: str
    name: str
    title: str
    level: Level
    criterion: Criterion | None
    help: str | None
    unit: Unit | None
    colors: Pair
    reasons: dict[Reason, ReasonWords]

    @classmethod
    def of(cls, described: rule.Rule) -> "Rule":
        """Return the native form of a rule."""
        return cls(
            id=described.id,
            name=described.name,
            title=described.title,
            level=described.level,
            criterion=described.criterion,
            help=described.help_url,
            unit=described.unit,
            colors=list(described.colors),
            reasons={reason: ReasonWords(reason.label, reason.explanation) for reason in checks.reasons_of(described)},
        )

    def read(self) -> rule.Rule:
        """Convert this native form back to a rule without the function that checks it and without its messages.

        A report does not have these.
        """
        return rule.Rule(
            id=self.id,
            name=self.name,
            title=self.title,
            level=self.level,
            criterion=self.criterion,
            unit=self.unit,
            colors=(self.colors[0], self.colors[1]),
        )


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """An accessibility report: all checks of an image from top to bottom, and the issues that they form."""

    checks: list[Check]
    issues: list[Issue]
    palette_fixes: list[PaletteFix]
    summary: Summary
    untested: list[Untested]
    rules: list[Rule]


def _finding(check: checks.Check) -> dict[str, Any]:
    suggested = check.fixes
    return {
        "rule": check.rule.id,
        "criterion": None if check.rule.criterion is None else check.rule.criterion.number,
        "level": check.rule.level,
        "outcome": check.outcome,
        "reason": check.reason,
        "severity": round(check.severity, SEVERITY_DIGITS),
        "foreground": _hex(check.foreground),
        "background": _hex(check.background),
        "ratio": None if check.ratio is None else floored(check.ratio),
        "interval": check.interval
        and [floored(check.interval[0], INTERVAL_DIGITS), ceiled(check.interval[1], INTERVAL_DIGITS)],
        "required": check.required,
        "size": check.size and _size(check.size),
        "fixes": suggested and Fixes(Fix.of(suggested.foreground), Fix.of(suggested.background)),
        "message": sentence_of(check),
    }


def _size(size: run.Size) -> Size:
    low, high = round(size.low, SIZE_DIGITS), round(size.high, SIZE_DIGITS)
    return Size(round(size.value, SIZE_DIGITS), "px", [low, high])


def _hex(color: Rgb | None) -> str | None:
    return color and hex_color(color)


def _rgb(color: str | None) -> Rgb | None:
    return None if color is None else parse_hex(color)
