"""A report in the Static Analysis Results Interchange Format: one result per issue, its places as locations.

Source: SARIF 2.1.0 with errata 01, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html: kinds and levels
3.27.9 and 3.27.10 (whatever isn't a failure has the level `none`), fingerprints 3.27.17, rectangles 3.21.5. Places are
rectangles of the image; a region in SARIF's sense would be of text or bytes.
"""

import hashlib
import json
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

from januslens.accessibility import criteria
from januslens.accessibility.check import Check, Fixes, Outcome
from januslens.accessibility.issues import Issue, identity
from januslens.accessibility.rule import Level, Rule, criteria_of
from januslens.accessibility.sentences import sentence_of
from januslens.color.notation import Fix, floored, hex_color
from januslens.exports import NAME, PURPOSE, VERSION
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SARIF_VERSION: Final = "2.1.0"
LEVELS: Final = MappingProxyType(
    {Level.A: "error", Level.AA: "error", Level.AAA: "warning", Level.ADVISORY: "note"},
)
KINDS: Final = MappingProxyType({Outcome.FAILED: "fail", Outcome.CANT_TELL: "review"})
FINGERPRINT: Final = "janusIssue/v1"
FINGERPRINT_DIGITS: Final = 32
TAXONOMY: Final = MappingProxyType({"name": "WCAG", "index": 0})


def write(subject: Subject) -> str:
    """Return an accessibility report as a SARIF 2.1.0 log in JSON, see `log`."""
    return json.dumps(log(subject), ensure_ascii=False, indent=2) + "\n"


def log(subject: Subject) -> dict[str, Any]:
    """Return a report as a SARIF log of one run, with one result per issue, in values that `json.dumps` accepts.

    The places of an issue are the locations of its result. A failed issue has the level error (A and AA), warning (AAA)
    or note (advisory); a `cantTell` has the kind review and the level none. Passed checks are omitted.
    """
    rules = subject.report.rules
    named = criteria_of(rules)
    return {
        "$schema": SCHEMA,
        "version": SARIF_VERSION,
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": NAME,
                        "version": VERSION,
                        "semanticVersion": VERSION,
                        "shortDescription": {"text": PURPOSE},
                        "supportedTaxonomies": [dict(TAXONOMY)],
                        "rules": [_rule(rule, named) for rule in rules],
                    }
                },
                "automationDetails": {"id": f"{NAME.lower()}/{subject.uri}/"},
                "invocations": [{"executionSuccessful": True, "endTimeUtc": subject.timestamp}],
                "artifacts": [
                    {
                        "location": {"uri": subject.uri},
                        "mimeType": subject.media_type,
                        "roles": ["analysisTarget"],
                        "description": {"text": subject.title},
                        "properties": {
                            "width": subject.image.width,
                            "height": subject.image.height,
                            "scale": subject.image.scale,
                        },
                    }
                ],
                "results": [_result(subject, issue, rules) for issue in subject.report.issues],
                "taxonomies": [_taxonomy(named)],
            }
        ],
    }


def _taxonomy(named: dict[str, str]) -> dict[str, Any]:
    return {
        "name": TAXONOMY["name"],
        "fullName": "Web Content Accessibility Guidelines",
        "version": "2.2",
        "organization": "W3C",
        "informationUri": criteria.SPECIFICATION,
        "isComprehensive": False,
        "taxa": [
            {"id": criterion, "name": name, "helpUri": criteria.explained_at(name)} for criterion, name in named.items()
        ],
    }


def _rule(rule: Rule, named: dict[str, str]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "help": {"text": f"{rule.title}. {figures.requirement(rule)}."},
        "helpUri": rule.help_url or criteria.BEST_PRACTICES,
        "defaultConfiguration": {"level": LEVELS[rule.level]},
        "properties": {"tags": ["accessibility", *([f"WCAG {rule.criterion.number}"] if rule.criterion else [])]},
    }
    if rule.criterion is None:
        return described
    number = rule.criterion.number
    target = {"id": number, "index": list(named).index(number), "toolComponent": dict(TAXONOMY)}
    kind = "relevant" if rule.level is Level.ADVISORY else "superset"
    return {**described, "relationships": [{"target": target, "kinds": [kind]}]}


def _result(subject: Subject, issue: Issue, rules: Sequence[Rule]) -> dict[str, Any]:
    worst = issue.worst
    checks = [subject.report.checks[position] for position in issue.places]
    artifact = {"uri": subject.uri, "index": 0}
    return {
        "ruleId": worst.rule.id,
        "ruleIndex": rules.index(worst.rule),
        "kind": KINDS[worst.outcome],
        "level": LEVELS[worst.rule.level] if worst.outcome is Outcome.FAILED else "none",
        "message": {"text": _message(issue)},
        "rank": round(issue.severity * 100, 1),
        "locations": [_location(check, artifact) for check in checks],
        "attachments": [
            {
                "description": {"text": "The picture, with where this was found."},
                "artifactLocation": artifact,
                "rectangles": [_rectangle(check) for check in {check.box: check for check in checks}.values()],
            }
        ],
        "partialFingerprints": {FINGERPRINT: fingerprint(worst)},
        "properties": _properties(worst),
    }


def fingerprint(worst: Check) -> str:
    """Return a hash, 32 hexadecimal digits, that identifies the issue of a check from one report to the next.

    It depends on what all places of the issue have in common (see `issues.identity`), not on where or how many they
    are.
    """
    return hashlib.sha256(json.dumps(identity(worst)).encode()).hexdigest()[:FINGERPRINT_DIGITS]


def _message(issue: Issue) -> str:
    count = len(issue.places)
    quoted = [f"“{issue.worst.text}”:"] if issue.worst.text else []
    repeated = [f"So it is in {count} places."] if count > 1 else []
    return _plain(" ".join((*quoted, sentence_of(issue.worst), *repeated, *figures.fixes(issue.worst))))


def _location(check: Check, artifact: dict[str, Any]) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": artifact},
        "logicalLocations": [{"fullyQualifiedName": f"#{figures.fragment(check.box)}"}],
        "message": {"text": _plain(figures.place(check))},
    }


def _rectangle(check: Check) -> dict[str, Any]:
    box = check.box
    return {
        "left": box.x,
        "top": box.y,
        "right": box.x + box.width,
        "bottom": box.y + box.height,
        "message": {"text": _plain(figures.place(check))},
    }


def _plain(text: str) -> str:
    """Break what a viewer would take for an embedded link (section 3.11.6): text in an image isn't ours."""
    return text.replace("](", "] (")


def _properties(worst: Check) -> dict[str, Any]:
    properties = {
        "outcome": worst.outcome.value,
        "reason": worst.reason and worst.reason.value,
        "foreground": figures.color(worst.foreground),
        "background": figures.color(worst.background),
        "ratio": figures.ratio(worst.ratio),
        "interval": figures.interval(worst),
        "required": worst.required,
        "size": worst.size and round(worst.size.value, 1),
        "fixes": worst.fixes and _fixes(worst.fixes),
    }
    return {name: value for name, value in properties.items() if value is not None}


def _fixes(fixes: Fixes) -> dict[str, Any]:
    return {"foreground": _fix(fixes.foreground), "background": _fix(fixes.background)}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    return None if fix is None else {"color": hex_color(fix.color), "ratio": floored(fix.ratio)}
