"""Filters of a report by outcome, level and rule: checkboxes that work by style alone, without a script."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.ordering import Numbered
from januslens.accessibility.rule import Level, Rule
from januslens.exports.html.elements import Html, element, join
from januslens.exports.reports.figures import OUTCOMES, counted

PASSED: Final = "outcome-passed"
ENHANCED: Final = "level-AAA"
LEVELS: Final = MappingProxyType({Level.A: "A", Level.AA: "AA", Level.ADVISORY: "Advisory", Level.AAA: "AAA"})


def style(rules: Sequence[Rule]) -> str:
    """Return the CSS that hides, in the list of issues and on the picture, the items whose checkbox is not checked.

    It has one CSS rule per outcome, level and accessibility rule, and works without a script.
    """
    values = {"outcome": tuple(OUTCOMES), "level": tuple(LEVELS), "rule": tuple(rule.id for rule in rules)}
    return "\n".join(
        f'body:has(#{facet}-{value}:not(:checked)) [data-{facet}="{value}"] {{ display: none; }}'
        for facet, of_facet in values.items()
        for value in of_facet
    )


def facets(check: Check) -> dict[str, str]:
    """Return the attributes by which the filters hide or show an item, for `element`: its outcome, level and rule.

    The names are `data_outcome`, `data_level` and `data_rule`, which are written with hyphens.
    """
    return {
        "data_outcome": check.outcome.value,
        "data_level": check.rule.level.value,
        "data_rule": check.rule.id,
    }


def filters(issues: Sequence[Numbered], passed: int, rules: Sequence[Rule]) -> Html | None:
    """Return the form of checkboxes that filter the issues by outcome, level and rule; None without issues.

    Each checkbox shows its number of issues. passed is the number of passed checks, which only the picture shows. rules
    are those of the report. Passed checks are hidden at first, and so is level AAA if there are other levels.
    """
    if not issues:
        return None
    worst = [numbered.issue.worst for numbered in issues]
    outcomes = Counter(check.outcome for check in worst)
    names = {rule.id: rule.name for rule in rules}
    hidden = frozenset((PASSED, ENHANCED) if hides_enhanced(issues) else (PASSED,))
    boxes = [
        _box("outcome", outcome.value, word, outcomes[outcome], hidden)
        for outcome, word in OUTCOMES.items()
        if outcomes[outcome]
    ]
    if passed:
        boxes.append(_box("outcome", Outcome.PASSED.value, "Passed, on the picture only", passed, hidden))
    return element(
        "form",
        element("h2", "Show", id="filters-heading"),
        _group("Outcome", boxes),
        _facet("Level", "level", LEVELS, Counter(check.rule.level.value for check in worst), hidden),
        _facet("Rule", "rule", names, Counter(check.rule.id for check in worst), hidden),
        element("p", counted(len(issues), "issue"), id="shown", class_="quiet", role="status"),
        class_="filters panel",
        aria_labelledby="filters-heading",
        autocomplete="off",
    )


def hides_enhanced(issues: Sequence[Numbered]) -> bool:
    """Return whether issues of level AAA are hidden at first: only if there are issues of AAA and of other levels."""
    return len({numbered.issue.worst.rule.level is Level.AAA for numbered in issues}) > 1


def _facet(
    legend: str,
    facet: str,
    labels: Mapping[Level, str] | Mapping[str, str],
    counts: Counter[str],
    hidden: Container[str],
) -> Html | None:
    boxes = [_box(facet, value, label, counts[value], hidden) for value, label in labels.items() if counts[value]]
    return _group(legend, boxes) if len(boxes) > 1 else None


def _group(legend: str, boxes: Sequence[Html]) -> Html:
    return element("fieldset", element("legend", legend), element("div", join(*boxes), class_="choices"))


def _box(facet: str, value: str, label: str, count: int, hidden: Container[str]) -> Html:
    name = f"{facet}-{value}"
    return element(
        "label",
        element("input", type="checkbox", id=name, checked=name not in hidden),
        element("span", label),
        element("span", f"{count:,}", class_="count"),
        class_=f"choice {value}",
    )


def hidden_note(issues: Sequence[Numbered]) -> Html | None:
    """Return a note on how many issues of level AAA are hidden at first; None if they are not hidden."""
    if not hides_enhanced(issues):
        return None
    count = sum(numbered.issue.worst.rule.level is Level.AAA for numbered in issues)
    words = f"{counted(count, 'issue')} at level AAA {'is' if count == 1 else 'are'} hidden. "
    return element("p", words, "Conformance at level AA doesn't need them; check “AAA” to see them.", class_="note")
