"""The accessibility report: every check, the issues that they make, a summary, and what was not tested."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import msgspec

from januslens.accessibility import native
from januslens.accessibility.check import Check, Outcome, PaletteFix
from januslens.accessibility.issues import SEVERITY_DIGITS, Issue, find_issues
from januslens.accessibility.rule import CONFORMANCE, Level, Rule
from januslens.accessibility.rules import BY_ID
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.accessibility.rules.text_contrast_enhanced import TEXT_CONTRAST_ENHANCED
from januslens.accessibility.untested import UNTESTED

INAPPLICABLE: Final = "inapplicable"
MAX_WORST_ISSUES: Final = 5


@dataclass(frozen=True)
class AccessibilityReport:
    """The accessibility report of an image: all checks, from top to bottom.

    palette_fixes are replacements for text colors that fail in several places. inapplicable are the rules that found
    nothing to check in the image. Issues and summary are computed from the checks.
    """

    checks: tuple[Check, ...]
    palette_fixes: tuple[PaletteFix, ...] = ()
    inapplicable: tuple[Rule, ...] = ()

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """The issues that the failed and `cantTell` checks form, ordered as by `find_issues`."""
        return find_issues(self.checks)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules against which the image was checked, with or without findings, in the order of display."""
        used = {check.rule.id: check.rule for check in self.checks} | {rule.id: rule for rule in self.inapplicable}
        return (*(rule for rule in BY_ID.values() if rule.id in used), *(used[id_] for id_ in used.keys() - BY_ID))

    def of(self, rule: Rule) -> tuple[Check, ...]:
        """Return the checks of a rule in the report's order; empty if it has none. Rules are compared by identity."""
        return tuple(check for check in self.checks if check.rule == rule)

    def outcomes(self) -> dict[str, int]:
        """Return the number of checks of levels A and AA by outcome (passed, failed, cantTell), 0 included.

        Checks of level AAA and advisory rules are not counted.
        """
        return _counts(check for check in self.checks if check.rule.level in CONFORMANCE)

    def summary(self) -> dict[str, Any]:
        """Return the summary of the report as a dictionary with the members of `native.Summary`.

        These are the counts of outcomes, the worst outcome of each rule, the share of text that passes, and the first
        issues.
        """
        return {
            "outcomes": self.outcomes(),
            "levels": {level.value: _counts(c for c in self.checks if c.rule.level is level) for level in Level},
            "rules": {rule.id: _worst_outcome(self.of(rule)) for rule in self.rules},
            "text": {"AA": self._passing(TEXT_CONTRAST), "AAA": self._passing(TEXT_CONTRAST_ENHANCED)},
            "worst": [n for n, issue in enumerate(self.issues) if issue.worst.rule.level in CONFORMANCE][
                :MAX_WORST_ISSUES
            ],
        }

    def native(self) -> native.Report:
        """Return the report in its native form, the types that are written as JSON."""
        return native.Report(
            checks=[native.Check.of(check) for check in self.checks],
            issues=[native.Issue.of(issue) for issue in self.issues],
            palette_fixes=[native.PaletteFix.of(fix) for fix in self.palette_fixes],
            summary=msgspec.convert(self.summary(), native.Summary),
            untested=[native.Untested.of(gap) for gap in UNTESTED],
            rules=native_rules(self.rules),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the report in its native form, as built-in values that `json.dumps` accepts."""
        builtins: dict[str, Any] = msgspec.to_builtins(self.native())
        return builtins

    @classmethod
    def from_json(cls, document: Any) -> "AccessibilityReport":
        """Return the report that was written by `to_json`.

        A rule whose id still exists is the current one; others are restored from the document, as far as it describes
        them. Messages of checks stay sentences. Raises msgspec.ValidationError if the document does not have the native
        form, and KeyError if it refers to a rule that it does not list.
        """
        stored = msgspec.convert(document, native.Report)
        rules = {rule.id: BY_ID.get(rule.id) or rule.read() for rule in stored.rules}
        return cls(
            tuple(check.read(rules) for check in stored.checks),
            tuple(fix.read() for fix in stored.palette_fixes),
            tuple(rule for rule in rules.values() if stored.summary.rules[rule.id] == INAPPLICABLE),
        )

    def _passing(self, rule: Rule) -> float | None:
        """Return the share of text, by its length, that passes a rule; None where there is no text."""
        lengths = Counter[Outcome]()
        for check in self.of(rule):
            lengths[check.outcome] += check.box.width
        total = lengths.total()
        return round(lengths[Outcome.PASSED] / total, SEVERITY_DIGITS) if total else None


def native_rules(rules: Sequence[Rule]) -> list[native.Rule]:
    """Return the native form of each rule, as it is written in JSON, in the given order."""
    return [native.Rule.of(rule) for rule in rules]


def _counts(checks: Iterable[Check]) -> dict[str, int]:
    counts = Counter(check.outcome for check in checks)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _worst_outcome(checks: Iterable[Check]) -> str:
    outcomes = {check.outcome for check in checks}
    order = (Outcome.FAILED, Outcome.CANT_TELL, Outcome.PASSED)
    return next((outcome.value for outcome in order if outcome in outcomes), INAPPLICABLE)
