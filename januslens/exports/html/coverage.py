"""The sections of the report on the rules that were checked and the criteria that a picture cannot show."""

from types import MappingProxyType
from typing import Final

from januslens.accessibility import criteria
from januslens.accessibility.check import Outcome
from januslens.accessibility.rule import Rule
from januslens.accessibility.untested import UNTESTED, Why
from januslens.exports.html.elements import Html, element, join
from januslens.exports.html.issues import badge
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

SIGNS: Final = MappingProxyType({Outcome.FAILED: "✕", Outcome.CANT_TELL: "?", Outcome.PASSED: "✓"})


def rules_table(subject: Subject) -> Html | None:
    """Return the section "What was checked" of the HTML report; None if the report has no rules.

    Its table has one row per rule: its name and requirement, and the number of its checks per outcome.
    """
    rules = subject.report.rules
    if not rules:
        return None
    head = element("tr", *[element("th", title, scope="col") for title in ("Rule", "Places")])
    return element(
        "section",
        element("h2", "What was checked"),
        element("table", element("thead", head), element("tbody", *[_row(subject, rule) for rule in rules])),
        class_="panel",
    )


def _row(subject: Subject, rule: Rule) -> Html:
    outcomes = figures.outcomes_of(subject.report, rule)
    found = [
        element("span", badge(outcome, SIGNS[outcome]), f"{count:,} {figures.OUTCOMES[outcome].lower()}", class_="end")
        for outcome, count in outcomes.items()
    ]
    return element(
        "tr",
        element(
            "th",
            element("span", rule.name),
            element("span", f"{rule.title}.", class_="quiet"),
            element("span", figures.requirement(rule), class_="quiet"),
            scope="row",
        ),
        element("td", join(*found) if found else "Nothing to look at"),
    )


def untested() -> Html:
    """Return the section of the HTML report on the success criteria that no rule tests, grouped by the reason.

    It is the same in every report, and lists criteria of WCAG 2.2 at levels A and AA.
    """
    return element(
        "details",
        element("summary", element("h2", f"{len(UNTESTED)} criteria of levels A and AA were not tested")),
        element("p", "A picture can't show whether they are met. They need other tools, and people."),
        *[_reason(why) for why in Why],
        class_="panel untested",
    )


def _reason(why: Why) -> Html:
    gaps = [gap for gap in UNTESTED if gap.why is why]
    links = [
        element(
            "li", element("a", f"{gap.criterion} {gap.name}", href=criteria.explained_at(gap.name), rel="noreferrer")
        )
        for gap in gaps
    ]
    return join(element("h3", why.value), element("ul", *links))
