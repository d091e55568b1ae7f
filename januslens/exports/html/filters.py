"""Filters of the report by outcome, level and rule: checkboxes and style rules, so that no script is needed."""

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
    """Return the style rules that hide what an unchecked box stands for, in the list and on the image."""
    values = {"outcome": tuple(OUTCOMES), "level": tuple(LEVELS), "rule": tuple(rule.id for rule in rules)}
    return "\n".join(
        f'body:has(#{facet}-{value}:not(:checked)) [data-{facet}="{value}"] {{ display: none; }}'
        for facet, of_facet in values.items()
        for value in of_facet
    )


def facets(check: Check) -> dict[str, str]:
    """Return the attributes by which a thing is hidden or shown."""
    return {
        "data_outcome": check.outcome.value,
        "data_level": check.rule.level.value,
        "data_rule": check.rule.id,
    }


def filters(issues: Sequence[Numbered], passed: int, rules: Sequence[Rule]) -> Html | None:
    """Return the checkboxes, with how many issues there are of each; None where there is nothing to choose from."""
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
    """Whether issues of level AAA stay hidden at first: conformance at AA doesn't need them, and there are others."""
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
    """Say that the issues of level AAA are hidden, while they are."""
    if not hides_enhanced(issues):
        return None
    count = sum(numbered.issue.worst.rule.level is Level.AAA for numbered in issues)
    words = f"{counted(count, 'issue')} at level AAA {'is' if count == 1 else 'are'} hidden. "
    return element("p", words, "Conformance at level AA doesn't need them; check “AAA” to see them.", class_="note")
