"""The accessibility report: every check, the issues that they make, a summary, and what was not tested."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from januslens.accessibility.check import Check, Fixes, Outcome, Reason
from januslens.accessibility.issues import SEVERITY_DIGITS, SIZE_DIGITS, Issue, find_issues
from januslens.accessibility.palette_fixes import PaletteFix
from januslens.accessibility.rules.catalog import BY_ID, CONFORMANCE, TEXT_CONTRAST, TEXT_CONTRAST_ENHANCED, Level, Rule
from januslens.accessibility.untested import UNTESTED
from januslens.color.fix import Fix
from januslens.color.notation import Rgb, ceiled, floored, hex_color, parse_hex
from januslens.decode.geometry import Box
from januslens.text.run import Size

INTERVAL_DIGITS: Final = 4
DIFFERENCE_DIGITS: Final = 2
MAX_WORST_ISSUES: Final = 5


@dataclass(frozen=True)
class AccessibilityReport:
    """All checks of a picture, from top to bottom.

    palette_fixes are for colors that fail in several places; inapplicable are the rules that found nothing to look at.
    """

    checks: tuple[Check, ...]
    palette_fixes: tuple[PaletteFix, ...] = ()
    inapplicable: tuple[Rule, ...] = ()

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What is to be done, the most severe first."""
        return find_issues(self.checks)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were looked at, with or without a find, in their usual order."""
        used = {check.rule for check in self.checks}.union(self.inapplicable)
        return tuple(rule for rule in BY_ID.values() if rule in used)

    def of(self, rule: Rule) -> tuple[Check, ...]:
        """Return a rule's checks."""
        return tuple(check for check in self.checks if check.rule == rule)

    def outcomes(self) -> dict[str, int]:
        """Return how many checks of levels A and AA had each outcome."""
        return _counts(check for check in self.checks if check.rule.level in CONFORMANCE)

    def summary(self) -> dict[str, Any]:
        """Return the short form: outcomes in all and by level, the share of text that passes, the worst issues."""
        return {
            "outcomes": self.outcomes(),
            "levels": {level.value: _counts(c for c in self.checks if c.rule.level is level) for level in Level},
            "rules": {rule.id: _worst_outcome(self.of(rule)) for rule in self.rules},
            "text": {"AA": self._passing(TEXT_CONTRAST), "AAA": self._passing(TEXT_CONTRAST_ENHANCED)},
            "worst": [n for n, issue in enumerate(self.issues) if issue.worst.rule.level in CONFORMANCE][
                :MAX_WORST_ISSUES
            ],
        }

    def to_json(self) -> dict[str, Any]:
        """Return the report's native form."""
        return {
            "checks": [_check_json(check) for check in self.checks],
            "issues": [_issue_json(issue) for issue in self.issues],
            "palette_fixes": [_palette_fix_json(fix) for fix in self.palette_fixes],
            "summary": self.summary(),
            "untested": [
                {"criterion": gap.criterion, "name": gap.name, "level": gap.level.value, "why": gap.why.value}
                for gap in UNTESTED
            ],
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "AccessibilityReport":
        """Read what `to_json` wrote."""
        rules = document["summary"]["rules"]
        return cls(
            tuple(_read_check(check) for check in document["checks"]),
            tuple(_read_palette_fix(fix) for fix in document["palette_fixes"]),
            tuple(rule for rule in BY_ID.values() if rules.get(rule.id) == "inapplicable"),
        )

    def _passing(self, rule: Rule) -> float | None:
        """Return the share of text, by its length, that passes a rule; None where there is no text."""
        lengths = Counter[Outcome]()
        for check in self.of(rule):
            lengths[check.outcome] += check.box.width
        total = lengths.total()
        return round(lengths[Outcome.PASSED] / total, SEVERITY_DIGITS) if total else None


def _counts(checks: Iterable[Check]) -> dict[str, int]:
    counts = Counter(check.outcome for check in checks)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _worst_outcome(checks: Iterable[Check]) -> str:
    outcomes = {check.outcome for check in checks}
    order = (Outcome.FAILED, Outcome.CANT_TELL, Outcome.PASSED)
    return next((outcome.value for outcome in order if outcome in outcomes), "inapplicable")


def _check_json(check: Check) -> dict[str, Any]:
    return {
        "rule": check.rule.id,
        "criterion": check.rule.criterion,
        "level": check.rule.level.value,
        "outcome": check.outcome.value,
        "reason": check.reason and check.reason.value,
        "severity": round(check.severity, SEVERITY_DIGITS),
        "box": {"x": check.box.x, "y": check.box.y, "width": check.box.width, "height": check.box.height},
        "text": check.text,
        "foreground": _hex(check.foreground),
        "background": _hex(check.background),
        "ratio": None if check.ratio is None else floored(check.ratio),
        "interval": check.interval
        and [floored(check.interval[0], INTERVAL_DIGITS), ceiled(check.interval[1], INTERVAL_DIGITS)],
        "required": check.required,
        "size": check.size and _size_json(check.size),
        "fixes": check.fixes
        and {"foreground": _fix_json(check.fixes.foreground), "background": _fix_json(check.fixes.background)},
        "message": check.message,
    }


def _read_check(check: dict[str, Any]) -> Check:
    fixes, size, interval = check["fixes"], check["size"], check["interval"]
    return Check(
        rule=BY_ID[check["rule"]],
        outcome=Outcome(check["outcome"]),
        reason=check["reason"] and Reason(check["reason"]),
        severity=check["severity"],
        box=Box(**check["box"]),
        text=check["text"],
        foreground=_rgb(check["foreground"]),
        background=_rgb(check["background"]),
        ratio=check["ratio"],
        interval=interval and (interval[0], interval[1]),
        required=check["required"],
        size=size and Size(size["value"], *size["interval"]),
        fixes=fixes and Fixes(_read_fix(fixes["foreground"]), _read_fix(fixes["background"])),
        message=check["message"],
    )


def _issue_json(issue: Issue) -> dict[str, Any]:
    worst = _check_json(issue.worst)
    del worst["box"], worst["text"]
    return {**worst, "severity": round(issue.severity, SEVERITY_DIGITS), "places": list(issue.places)}


def _palette_fix_json(fix: PaletteFix) -> dict[str, Any]:
    return {"color": hex_color(fix.color), "on": [hex_color(color) for color in fix.on], "fix": _fix_json(fix.fix)}


def _read_palette_fix(fix: dict[str, Any]) -> PaletteFix:
    replacement = Fix(parse_hex(fix["fix"]["color"]), fix["fix"]["ratio"], fix["fix"]["difference"])
    return PaletteFix(parse_hex(fix["color"]), tuple(parse_hex(color) for color in fix["on"]), replacement)


def _fix_json(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "color": hex_color(fix.color),
        "ratio": floored(fix.ratio),
        "difference": round(fix.difference, DIFFERENCE_DIGITS),
    }


def _read_fix(fix: dict[str, Any] | None) -> Fix | None:
    return None if fix is None else Fix(parse_hex(fix["color"]), fix["ratio"], fix["difference"])


def _size_json(size: Size) -> dict[str, Any]:
    return {
        "value": round(size.value, SIZE_DIGITS),
        "unit": "px",
        "interval": [round(size.low, SIZE_DIGITS), round(size.high, SIZE_DIGITS)],
    }


def _hex(color: Rgb | None) -> str | None:
    return color and hex_color(color)


def _rgb(color: str | None) -> Rgb | None:
    return None if color is None else parse_hex(color)
