"""The list of issues: the finding, its measurements, suggested fixes, and the places of each."""

from collections.abc import Iterator, Sequence
from typing import Final

from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.ordering import Group, Numbered
from januslens.accessibility.rule import Rule
from januslens.accessibility.sentences import sentence_of
from januslens.color.notation import Fix, Rgb
from januslens.exports.html.elements import Html, element, join
from januslens.exports.html.filters import facets, hidden_note
from januslens.exports.html.image import cut as cut_of
from januslens.exports.html.swatches import pair, swatch
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

UNFOLDED: Final = 2  # issues at first
SHOWN_PLACES: Final = 6  # of an issue; the others unfold
UNNOTICED: Final = 2.0  # CIEDE2000: differences below are hardly seen side by side


def issue_list(subject: Subject, issues: Sequence[Numbered], *, with_cuts: bool) -> Html:
    """Return the section of all issues of a report as HTML, grouped by their meaning for conformance.

    Each issue unfolds to its sentence, colors, fixes and places; the first two are open. with_cuts says whether each
    issue shows a part of the picture. Without issues, the section says so.
    """
    groups = [_group(subject, group, issues, with_cuts=with_cuts) for group in Group]
    nothing = None if issues else element("p", _nothing(subject), class_="panel")
    return element(
        "section",
        element("h2", "Issues", id="issues-heading", class_="unseen"),
        nothing,
        *groups,
        hidden_note(issues),
        id="issues",
        class_="issues",
        aria_labelledby="issues-heading",
    )


def _nothing(subject: Subject) -> str:
    if subject.report.checks:
        return "No issues were found. That isn't conformance: see below what a picture can't show."
    return "Nothing was found in this picture that could be checked."


def _group(subject: Subject, group: Group, issues: Sequence[Numbered], *, with_cuts: bool) -> Html | None:
    members = [numbered for numbered in issues if numbered.group is group]
    if not members:
        return None
    entries = [_entry(subject, numbered, with_cuts=with_cuts) for numbered in members]
    return element(
        "section",
        element("h3", group.value),
        element("ol", *entries),
        class_="group",
    )


def _entry(subject: Subject, numbered: Numbered, *, with_cuts: bool) -> Html:
    """Return an issue that unfolds, as it also does when a link leads into it."""
    worst = numbered.issue.worst
    count = figures.counted(len(numbered.issue.places), "place")
    cut = cut_of(subject, worst) if with_cuts else None
    return element(
        "li",
        element(
            "details",
            element(
                "summary",
                _heading(numbered),
                element("div", cut, element("span", count, class_="quiet"), class_="glance"),
            ),
            element(
                "div",
                element("p", sentence_of(worst)),
                _facts(worst),
                _fixes(worst),
                _places(subject, numbered),
                element("p", _criterion(worst.rule), class_="criterion"),
                id=f"issue-{numbered.number}",
                class_="detail",
            ),
            open=numbered.number <= UNFOLDED,
        ),
        class_="issue panel",
        data_issue=numbered.number,
        **facets(worst),
    )


def _heading(numbered: Numbered) -> Html:
    worst = numbered.issue.worst
    needed = figures.needed(worst)
    return element(
        "h4",
        badge(worst.outcome, str(numbered.number)),
        element("span", f"{figures.OUTCOMES[worst.outcome]}: ", class_="unseen"),
        element("span", worst.rule.name, class_="rule"),
        element("span", figures.measured(worst), class_="measured") if needed else None,
        element("span", f"needs {needed}", class_="needs") if needed else None,
    )


def badge(outcome: Outcome, content: str) -> Html:
    """Return the sign of an outcome, as HTML, with the content inside.

    The style sheet draws its shape, which differs by outcome: a square, a diamond or a circle.
    """
    return element("span", element("span", content), class_=f"badge badge-{outcome.value}")


def _criterion(rule: Rule) -> Html:
    words = figures.requirement(rule)
    if rule.help_url is None:
        return join(f"{words}: {rule.title}")
    return element("a", words, href=rule.help_url, rel="noreferrer")


def _facts(check: Check) -> Html | None:
    foreground, background = check.rule.colors
    size = check.size and f"about {check.size.value:.0f} px ({check.size.low:.0f} to {check.size.high:.0f})"
    facts = (
        (foreground, check.foreground and swatch(check.foreground)),
        (background, check.background and swatch(check.background)),
        ("size", size),
    )
    rows = [_fact(term.capitalize(), value) for term, value in facts if value]
    return element("dl", *rows, class_="facts") if rows else None


def _fact(term: str, value: Html | str) -> Html:
    return element("div", element("dt", term), element("dd", value))


def _fixes(check: Check) -> Html | None:
    if check.fixes is None or check.foreground is None or check.background is None:
        return None
    now = pair(check.foreground, check.background)
    rows = list(_fix_rows(check, check.foreground, check.background))
    return element("ul", *[element("li", now, arrow(), row) for row in rows], class_="fixes") if rows else None


def _fix_rows(check: Check, foreground: Rgb, background: Rgb) -> Iterator[Html]:
    fixes = check.fixes
    parts = check.rule.colors
    if fixes and fixes.foreground:
        yield join(pair(fixes.foreground.color, background), change(parts[0], fixes.foreground))
    if fixes and fixes.background:
        yield join(pair(foreground, fixes.background.color), change(parts[1], fixes.background))


def change(part: str, fix: Fix) -> Html:
    """Return a suggested color for a part, such as text, as HTML: its hex code, contrast ratio, and visibility.

    The visibility of the change is in the words of `noticed`.
    """
    return element(
        "span",
        element("strong", f"{part.capitalize()} ", element("code", figures.color(fix.color))),
        element("span", f" {figures.contrast(fix.ratio)}, {noticed(fix)}", class_="quiet"),
    )


def noticed(fix: Fix) -> str:
    """Return how visible a fix is, in words: "hardly seen" for a CIEDE2000 difference below 2, else the difference."""
    return "hardly seen" if fix.difference < UNNOTICED else f"difference {fix.difference:.1f}"


def arrow() -> Html:
    """Return an arrow to the right, as SVG that is hidden from assistive technology."""
    shape = element("path", d="M1 6h12M9 2l4 4-4 4", class_="stroke")
    return element("svg", shape, class_="arrow", viewBox="0 0 14 12", width=14, height=12, aria_hidden="true")


def _places(subject: Subject, numbered: Numbered) -> Html:
    positions = numbered.issue.places
    links = [_place(subject, position) for position in positions]
    first, others = links[:SHOWN_PLACES], links[SHOWN_PLACES:]
    more = element("details", element("summary", f"{len(others)} more places"), element("ul", *others))
    return element(
        "div",
        element("h5", "In the picture at"),
        element("ul", *first),
        more if others else None,
        class_="places",
    )


def _place(subject: Subject, position: int) -> Html:
    check = subject.report.checks[position]
    where = f"{check.box.x}, {check.box.y}"
    words = element("span", "“", element("bdi", check.text), "”") if check.text else None
    return element("li", element("a", words, element("span", where, class_="where"), href=f"#place-{position}"))
