"""A report in W3C's Evaluation and Report Language, as JSON-LD.

Sources: EARL 1.0 Schema, https://www.w3.org/TR/EARL10-Schema/; places: Pointer Methods in RDF 1.0, section 2.6
(`ExpressionPointer`), https://www.w3.org/TR/Pointers-in-RDF10/, with media fragments for expressions; JSON-LD 1.1,
https://www.w3.org/TR/json-ld11/. The context is inside, so that reading it needs no network; nothing has a relative
address, so that what it says doesn't hang on where the file lies.
"""

import json
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from januslens.accessibility import criteria
from januslens.accessibility.check import Check
from januslens.accessibility.rule import Level, Rule, criteria_of
from januslens.accessibility.sentences import sentence_of
from januslens.accessibility.untested import UNTESTED, Untested
from januslens.exports import NAME, PURPOSE, VERSION
from januslens.exports.reports import figures
from januslens.exports.reports.subject import Subject

CONTEXT: Final = MappingProxyType(
    {
        "earl": "http://www.w3.org/ns/earl#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "ptr": "http://www.w3.org/2009/pointers#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "dct:date": {"@type": "xsd:dateTime"},
    }
)
ASSERTOR: Final = MappingProxyType({"@id": "_:assertor"})
IMAGE: Final = MappingProxyType({"@id": "_:picture"})


def write(subject: Subject) -> str:
    """Return an accessibility report as an EARL document in JSON-LD, see `document`."""
    return json.dumps(document(subject), ensure_ascii=False, indent=2) + "\n"


def document(subject: Subject) -> dict[str, Any]:
    """Return a report as a JSON-LD object in EARL, W3C's Evaluation and Report Language.

    It describes the assertor, the picture, the rules and the success criteria, and has one assertion per check.
    Inapplicable rules and untested criteria have one assertion each.
    """
    return {
        "@context": dict(CONTEXT),
        "@graph": [
            _assertor(),
            _image(subject),
            *_criteria(subject),
            *(_assertion(subject, check) for check in subject.report.checks),
            *(_inapplicable(subject, rule) for rule in subject.report.inapplicable),
            *(_untested(subject, gap) for gap in UNTESTED),
        ],
    }


def _assertor() -> dict[str, Any]:
    return {
        **ASSERTOR,
        "@type": ["earl:Assertor", "earl:Software"],
        "dct:title": NAME,
        "dct:hasVersion": VERSION,
        "dct:description": PURPOSE,
    }


def _image(subject: Subject) -> dict[str, Any]:
    return {
        **IMAGE,
        "@type": ["earl:TestSubject", "foaf:Image"],
        "dct:title": subject.title,
        "dct:format": subject.media_type,
        "dct:extent": f"{subject.image.width} × {subject.image.height} px",
        "dct:description": list(subject.image.notes),
    }


def _criteria(subject: Subject) -> Iterator[dict[str, Any]]:
    """Describe the rules, and the success criteria that they or the gaps are about, each once."""
    rules = subject.report.rules
    yield from (_rule(rule) for rule in rules)
    named = criteria_of(rules) | {gap.criterion: gap.name for gap in UNTESTED}
    for criterion, name in sorted(named.items(), key=lambda item: [int(part) for part in item[0].split(".")]):
        yield {
            "@id": criteria.specified_at(name),
            "@type": ["earl:TestCriterion", "earl:TestRequirement"],
            "dct:identifier": criterion,
            "dct:title": name,
            "dct:isPartOf": {"@id": criteria.SPECIFICATION},
        }


def _rule(rule: Rule) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@id": _url(rule),
        "@type": ["earl:TestCriterion", "earl:TestCase"],
        "dct:identifier": rule.id,
        "dct:title": rule.title,
    }
    if rule.criterion is None:
        return described
    relation = "dct:references" if rule.level is Level.ADVISORY else "dct:isPartOf"
    return {**described, relation: {"@id": criteria.specified_at(rule.criterion.name)}}


def _url(rule: Rule) -> str:
    return f"urn:janus:rule:{rule.id}"


def _assertion(subject: Subject, check: Check) -> dict[str, Any]:
    pointer = {
        "@type": "ptr:ExpressionPointer",
        "ptr:expression": figures.fragment(check.box),
        "ptr:reference": dict(IMAGE),
        "dct:conformsTo": {"@id": figures.MEDIA_FRAGMENTS},
    }
    if check.text:
        pointer["dct:description"] = check.text
    described = " ".join((sentence_of(check), *figures.fixes(check)))
    reason = {"earl:info": check.reason.value} if check.reason else {}
    result = {"dct:description": described, **reason, "earl:pointer": pointer}
    return _asserted(subject, _url(check.rule), check.outcome.value, result)


def _inapplicable(subject: Subject, rule: Rule) -> dict[str, Any]:
    result = {"dct:description": "Nothing that the rule is about was found in the picture."}
    return _asserted(subject, _url(rule), "inapplicable", result)


def _untested(subject: Subject, gap: Untested) -> dict[str, Any]:
    return _asserted(subject, criteria.specified_at(gap.name), "untested", {"dct:description": gap.why.value})


def _asserted(subject: Subject, test: str, outcome: str, result: dict[str, Any]) -> dict[str, Any]:
    mode = {} if outcome == "untested" else {"earl:mode": {"@id": "earl:automatic"}}
    return {
        "@type": "earl:Assertion",
        "earl:assertedBy": dict(ASSERTOR),
        "earl:subject": dict(IMAGE),
        "earl:test": {"@id": test},
        **mode,
        "earl:result": {
            "@type": "earl:TestResult",
            "earl:outcome": {"@id": f"earl:{outcome}"},
            "dct:date": subject.timestamp,
            **result,
        },
    }
