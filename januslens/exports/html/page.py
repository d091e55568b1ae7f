"""The HTML page of an accessibility report."""

from typing import Final

from januslens.accessibility.check import Outcome
from januslens.accessibility.ordering import Group, Numbered, numbered
from januslens.color.notation import floored
from januslens.exports.html import filters, shell
from januslens.exports.html.coverage import SIGNS, rules_table, untested
from januslens.exports.html.elements import Html, element, join
from januslens.exports.html.image import figure, image_uri
from januslens.exports.html.issues import badge, issue_list
from januslens.exports.html.palette import palette
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

STYLE: Final = tuple(  # the later overrule the earlier
    shell.FOLDER / "style" / f"{sheet}.css" for sheet in ("frame", "image", "issues", "sizes", "print")
)
SCRIPT: Final = shell.FOLDER / "report.js"
BAR: Final = 100


def write(subject: Subject) -> str:
    """Return an accessibility report as one self-contained HTML page, which loads nothing and works without its script.

    The image is embedded if its file is given, is not animated, and has a type that browsers show.
    """
    issues = numbered(subject.report)
    uri = image_uri(subject)
    return shell.page(
        f"{subject.title}: accessibility report",
        _style(subject),
        element("a", "Skip to the issues", href="#issues", class_="skip"),
        _header(subject),
        element(
            "main",
            _summary(subject, issues),
            element(
                "div",
                figure(subject, issues, uri),
                element(
                    "div",
                    filters.filters(issues, _passed(subject), subject.report.rules),
                    palette(subject),
                    issue_list(subject, issues, with_cuts=uri is not None),
                    class_="column",
                ),
                class_="layout",
            ),
            rules_table(subject),
            untested(),
        ),
        shell.footer("Contrast is WCAG 2.2's; what the pixels don't prove is left for a person to judge."),
        script=shell.read(SCRIPT),
    )


def _style(subject: Subject) -> str:
    return "\n".join((*(shell.read(sheet) for sheet in STYLE), filters.style(subject.report.rules), ""))


def _header(subject: Subject) -> Html:
    return element(
        "header",
        shell.brand(),
        element("p", "Accessibility report", class_="quiet"),
        element("h1", element("bdi", subject.title)),
        element("p", element("time", _when(subject), datetime=subject.timestamp), class_="quiet"),
    )


def _when(subject: Subject) -> str:
    date, _, clock = subject.timestamp.partition("T")
    return f"{date}, {clock[:5]} UTC"


def _passed(subject: Subject) -> int:
    return sum(check.outcome is Outcome.PASSED for check in subject.report.checks)


def _summary(subject: Subject, issues: tuple[Numbered, ...]) -> Html:
    counts = subject.report.outcomes()
    items = [
        element(
            "li",
            badge(outcome, SIGNS[outcome]),
            element("strong", f"{counts[outcome.value]:,}"),
            element("span", word),
            class_=f"figure {outcome.value}",
        )
        for outcome, word in figures.OUTCOMES.items()
    ]
    return element(
        "section",
        element("h2", _verdict(subject, issues), id="summary-heading"),
        element("ul", *items, class_="figures"),
        _shares(subject),
        *[element("p", note, class_="quiet") for note in subject.image.notes],
        class_="summary panel",
        aria_labelledby="summary-heading",
    )


def _verdict(subject: Subject, issues: tuple[Numbered, ...]) -> str:
    failed = subject.report.outcomes()[Outcome.FAILED.value]
    if not subject.report.checks:
        return "Nothing to check was found in the picture"
    if not failed:
        return "Nothing that was checked fails WCAG 2.2 at level A or AA"
    mistakes = sum(entry.group is Group.FAILURES for entry in issues)
    verb = "fails" if failed == 1 else "fail"
    what = f"{figures.counted(failed, 'place')} {verb} WCAG 2.2 at level A or AA"
    return what if mistakes == failed else f"{what}, for {figures.counted(mistakes, 'reason')}"


def _shares(subject: Subject) -> Html | None:
    shares = {level: share for level, share in subject.report.summary()["text"].items() if share is not None}
    if not shares:
        return None
    rows = [
        element(
            "div",
            element("dt", f"Text with the contrast of level {level}"),
            element("dd", _bar(share), element("span", f"{floored(share * 100, 0):g} %")),
        )
        for level, share in shares.items()
    ]
    return element("dl", *rows, class_="shares")


def _bar(share: float) -> Html:
    return element(
        "svg",
        join(
            element("rect", class_="whole", width=BAR, height=6, rx=3),
            element("rect", class_="part", width=f"{share * BAR:.1f}", height=6, rx=3),
        ),
        viewBox=f"0 0 {BAR} 6",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
    )
