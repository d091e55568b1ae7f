"""Several pictures' tokens as one set: what a design system looks like from the screens that are drawn with it.

The result is the same whatever the order of the pictures. A token keeps its name when a screen is added, as names of
observed tokens are made from their values. Where screens disagree about one name, as they may about what color is
primary, what most confidence speaks for counts.

Derived tokens are left out: they would have to be derived anew from what was merged.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from januslens.design_system.leaves import EXTENSION, Document, Leaf, Path, leaves

COUNTS: Final = ("strokes", "areas", "distances", "lines")
"""Evidence that adds up from screen to screen."""
SHARE: Final = "areaShare"
CONFIDENCE: Final = "confidence"
DIGITS: Final = 6


def merge(documents: Sequence[Document]) -> dict[str, Any]:
    """Return one document with the observed tokens of all; `screens` is on how many of how many each is.

    Raises ValueError for no documents at all.
    """
    if not documents:
        raise ValueError("there is nothing to merge")
    seen: defaultdict[Path, list[Leaf]] = defaultdict(list)
    for document in documents:
        for path, leaf in leaves(document).items():
            seen[path].append(leaf)
    merged = {path: _agreed(found, len(documents)) for path, found in seen.items()}
    return _nested(_with_targets(merged))


def _agreed(found: Sequence[Leaf], screens: int) -> Leaf:
    """Return what most confidence speaks for; of equals the first in the order of their JSON."""
    by_value: defaultdict[str, list[Leaf]] = defaultdict(list)
    for leaf in found:
        by_value[_canonical(leaf)].append(leaf)
    weights = {value: sum(_weight(leaf) for leaf in of_it) for value, of_it in by_value.items()}
    winner = min(by_value, key=lambda value: (-round(weights[value], DIGITS), value))
    agreeing = by_value[winner]
    return Leaf(agreeing[0].type, agreeing[0].value, _evidence(agreeing, found, screens))


def _weight(leaf: Leaf) -> float:
    """Return how much a token speaks for its value: less where parts of it are assumed."""
    confidence: float = leaf.evidence.get(CONFIDENCE, 1.0)
    return confidence / (1 + len(leaf.evidence.get("assumed", ())))


def _canonical(leaf: Leaf) -> str:
    return json.dumps([leaf.type, leaf.value], sort_keys=True)


def _evidence(agreeing: Sequence[Leaf], found: Sequence[Leaf], screens: int) -> dict[str, Any]:
    evidence: dict[str, Any] = {"screens": len(agreeing), "of": screens}
    shares = sorted(leaf.evidence[SHARE] for leaf in agreeing if SHARE in leaf.evidence)
    if shares:
        evidence[SHARE] = round(sum(shares) / screens, DIGITS)
    for count in COUNTS:
        if any(count in leaf.evidence for leaf in agreeing):
            evidence[count] = sum(leaf.evidence.get(count, 0) for leaf in agreeing)
    confidences = sorted(leaf.evidence[CONFIDENCE] for leaf in agreeing if CONFIDENCE in leaf.evidence)
    if confidences:
        evidence[CONFIDENCE] = round(sum(confidences) / len(found), DIGITS)
    return evidence


def _with_targets(merged: Mapping[Path, Leaf]) -> Mapping[Path, Leaf]:
    """Leave out aliases whose target is in none of the documents, as in a file that somebody has edited."""
    return {path: leaf for path, leaf in merged.items() if leaf.alias is None or leaf.alias in merged}


def _nested(merged: Mapping[Path, Leaf]) -> dict[str, Any]:
    """Return the tokens in groups, families and names in order, the most seen colors first."""
    document: dict[str, Any] = {}
    for path, leaf in sorted(merged.items(), key=_place):
        group = document
        for depth, name in enumerate(path[:-1]):
            group = group.setdefault(name, {"$type": leaf.type} if depth == 0 and leaf.type else {})
        family = document.get(path[0], {})  # a token may be in none
        token: dict[str, Any] = {"$value": leaf.value, "$extensions": {EXTENSION: dict(leaf.evidence)}}
        group[path[-1]] = {"$type": leaf.type, **token} if leaf.type != family.get("$type") else token
    return document


def _place(entry: tuple[Path, Leaf]) -> tuple[Any, ...]:
    path, leaf = entry
    return (path[:-1], -leaf.evidence.get(SHARE, 0), _measure(leaf), path)


def _measure(leaf: Leaf) -> float:
    """Return the size of a length or number, by which such tokens are ordered; 0 for all others."""
    value = leaf.value.get("value") if isinstance(leaf.value, Mapping) else leaf.value
    return value if isinstance(value, int | float) else 0
