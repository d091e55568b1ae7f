"""Results as axe-core writes them, for the tools that read those.

Source: axe-core's API documentation, "Results Object", https://github.com/dequelabs/axe-core/blob/develop/doc/API.md,
and its type `AxeResults`. An image has no elements: a node's target is a media fragment, its `html` what was read
there. What decides is in `any`, with the data that axe-core's own check of that name gives; what an image can't show
(a font's weight) is null.
"""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

from januslens.accessibility import criteria
from januslens.accessibility.check import Check, Fixes, Outcome
from januslens.accessibility.rule import AxeData, Level, Rule
from januslens.accessibility.sentences import sentence_of
from januslens.color.notation import Fix, floored, hex_color
from januslens.exports import NAME, VERSION
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

SERIOUS: Final = "serious"  # axe-core's impact of all the rules that it has too
ADVISORY_IMPACT: Final = "minor"
POINTS: Final = 72 / 96  # a CSS pixel


def write(subject: Subject) -> str:
    """Return an accessibility report as a JSON document in axe-core's results format, see `results`."""
    return json.dumps(results(subject), ensure_ascii=False, indent=2) + "\n"


def results(subject: Subject) -> dict[str, Any]:
    """Return a report as axe-core's `AxeResults` object, in values that `json.dumps` accepts.

    Failed checks are violations, `cantTell` ones incomplete, passed ones passes; each list has one entry per rule, with
    one node per check. A node's target is a media fragment of the image, as an image has no elements.
    """
    report = subject.report
    width, height = subject.css_size
    return {
        "testEngine": {"name": NAME, "version": VERSION},
        "testRunner": {"name": NAME},
        "testEnvironment": {
            "userAgent": f"{NAME}/{VERSION}",
            "windowWidth": width,
            "windowHeight": height,
        },
        "timestamp": subject.timestamp,
        "url": subject.uri,
        "toolOptions": {"reporter": "v1"},
        "violations": _rules(subject, Outcome.FAILED),
        "incomplete": _rules(subject, Outcome.CANT_TELL),
        "passes": _rules(subject, Outcome.PASSED),
        "inapplicable": [_rule(rule, None, []) for rule in report.inapplicable],
    }


def _rules(subject: Subject, outcome: Outcome) -> list[dict[str, Any]]:
    written = []
    for rule in subject.report.rules:
        checks = [check for check in subject.report.of(rule) if check.outcome is outcome]
        if checks:
            impact = None if outcome is Outcome.PASSED else impact_of(rule)
            written.append(_rule(rule, impact, _nodes(checks, impact, subject.image.scale)))
    return written


def impact_of(rule: Rule) -> str:
    """Return the impact of a rule in axe-core's terms: that of its `axe` record, else a default by its level.

    The default is minor for an advisory rule, and serious for any other.
    """
    return rule.axe.impact or (ADVISORY_IMPACT if rule.level is Level.ADVISORY else SERIOUS)


def tags_of(rule: Rule) -> list[str]:
    """Return the tags of a rule in axe-core's format: its category, the version and level of WCAG, and its criterion.

    An example is `cat.color`, `wcag2aa`, `wcag143`. For advice, and for a rule without a criterion, `best-practice`
    replaces the last two.
    """
    category = rule.axe.category
    if rule.level is Level.ADVISORY or rule.criterion is None:
        return [category, "best-practice"]
    version = criteria.version_of(rule.criterion.number).replace(".", "").removesuffix("0")
    return [category, f"wcag{version}{rule.level.lower()}", f"wcag{rule.criterion.number.replace('.', '')}"]


def _rule(rule: Rule, impact: str | None, nodes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": rule.axe.id or rule.id,
        "impact": impact,
        "tags": tags_of(rule),
        "description": f"Looks in a picture whether this is so: {rule.title}",
        "help": rule.title,
        "helpUrl": rule.help_url or criteria.BEST_PRACTICES,
        "nodes": list(nodes),
    }


def _nodes(checks: Iterable[Check], impact: str | None, scale: float) -> list[dict[str, Any]]:
    return [_node(check, impact, scale) for check in checks]


def _node(check: Check, impact: str | None, scale: float) -> dict[str, Any]:
    sentences = " ".join((sentence_of(check), *figures.fixes(check)))
    message = sentences.removesuffix(".")  # as axe-core's have none
    node = {
        "impact": impact,
        "html": escape(figures.place(check), quote=False),
        "target": [f"#{figures.fragment(check.box)}"],
        "any": [
            {
                "id": check.rule.axe.id or check.rule.id,
                "data": _data(check, scale),
                "relatedNodes": [],
                "impact": impact_of(check.rule),
                "message": message,
            }
        ],
        "all": [],
        "none": [],
    }
    if check.outcome is not Outcome.PASSED:
        node["failureSummary"] = f"Fix any of the following:\n  {message}"
    return node


def _data(check: Check, scale: float) -> dict[str, Any]:
    common = {"messageKey": check.reason and check.reason.value, "severity": round(check.severity, 3)}
    if check.rule.axe.data is AxeData.TARGET:
        width, height = (round(side / scale, 1) for side in (check.box.width, check.box.height))
        return {**common, "minSize": check.required, "width": width, "height": height}
    if check.rule.axe.data is AxeData.LINK:
        return {
            **common,
            "nodeColor": figures.color(check.foreground),
            "parentColor": figures.color(check.background),
            "contrastRatio": figures.ratio(check.ratio),
            "requiredContrastRatio": check.required,
        }
    return {
        **common,
        "fgColor": figures.color(check.foreground),
        "bgColor": figures.color(check.background),
        "contrastRatio": figures.ratio(check.ratio),
        "contrastInterval": figures.interval(check),
        "fontSize": None if check.size is None else _font_size(check.size.value),
        "fontWeight": None,
        "expectedContrastRatio": figures.needed(check),
        "fixes": check.fixes and _fixes(check.fixes),
    }


def _font_size(pixels: float) -> str:
    return f"{pixels * POINTS:.1f}pt ({pixels:g}px)"


def _fixes(fixes: Fixes) -> dict[str, Any]:
    return {"fgColor": _fix(fixes.foreground), "bgColor": _fix(fixes.background)}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    return None if fix is None else {"color": hex_color(fix.color), "contrastRatio": floored(fix.ratio)}
