"""Merging of several images' tokens into one set: the design system that the screenshots share.

The result does not depend on the order of the images. A token keeps its name when an image is added, as names of
observed tokens are made from their values. If images disagree about a name, such as which color is primary, the value
with the most total confidence is used.

Derived tokens are omitted: they would have to be derived again from the merged ones.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from januslens.design_system.leaves import EXTENSION, Document, Leaf, Path, leaves

COUNTS: Final = ("strokes", "areas", "distances", "lines")
"""Evidence that is summed over the images."""
SHARE: Final = "areaShare"
CONFIDENCE: Final = "confidence"
DIGITS: Final = 6


def merge(documents: Sequence[Document]) -> dict[str, Any]:
    """Return one DTCG document with the observed tokens of all documents, each the tokens of one image.

    If documents disagree about the value of a name, the value with the most total confidence is used. The result does
    not depend on the order of the documents. The evidence of each token says in how many (`screens`) of all documents
    (`of`) it has this value. Derived tokens, and aliases without a target, are omitted. Raises ValueError if there are
    no documents.
    """
    if not documents:
        raise ValueError("there is nothing to merge")
    by_path: defaultdict[Path, list[Leaf]] = defaultdict(list)
    for document in documents:
        for path, leaf in leaves(document).items():
            by_path[path].append(leaf)
    merged = {path: _agreed(found, len(documents)) for path, found in by_path.items()}
    return _nested(_with_targets(merged))


def _agreed(found: Sequence[Leaf], image_count: int) -> Leaf:
    """Return the token with the most total confidence; ties are broken by the order of their JSON."""
    by_value: defaultdict[str, list[Leaf]] = defaultdict(list)
    for leaf in found:
        by_value[_canonical(leaf)].append(leaf)
    weights = {value: sum(_weight(leaf) for leaf in of_it) for value, of_it in by_value.items()}
    winner = min(by_value, key=lambda value: (-round(weights[value], DIGITS), value))
    agreeing = by_value[winner]
    return Leaf(agreeing[0].type, agreeing[0].value, _evidence(agreeing, found, image_count))


def _weight(leaf: Leaf) -> float:
    """Return the weight of a token for its value, lower if parts of it are assumed."""
    confidence: float = leaf.evidence.get(CONFIDENCE, 1.0)
    return confidence / (1 + len(leaf.evidence.get("assumed", ())))


def _canonical(leaf: Leaf) -> str:
    return json.dumps([leaf.type, leaf.value], sort_keys=True)


def _evidence(agreeing: Sequence[Leaf], found: Sequence[Leaf], image_count: int) -> dict[str, Any]:
    evidence: dict[str, Any] = {"screens": len(agreeing), "of": image_count}
    shares = sorted(leaf.evidence[SHARE] for leaf in agreeing if SHARE in leaf.evidence)
    if shares:
        evidence[SHARE] = round(sum(shares) / image_count, DIGITS)
    for count in COUNTS:
        if any(count in leaf.evidence for leaf in agreeing):
            evidence[count] = sum(leaf.evidence.get(count, 0) for leaf in agreeing)
    confidences = sorted(leaf.evidence[CONFIDENCE] for leaf in agreeing if CONFIDENCE in leaf.evidence)
    if confidences:
        evidence[CONFIDENCE] = round(sum(confidences) / len(found), DIGITS)
    return evidence


def _with_targets(merged: Mapping[Path, Leaf]) -> Mapping[Path, Leaf]:
    """Omit aliases whose target is in none of the documents, as in a file that was edited."""
    return {path: leaf for path, leaf in merged.items() if leaf.alias is None or leaf.alias in merged}


def _nested(merged: Mapping[Path, Leaf]) -> dict[str, Any]:
    """Return the tokens in groups, sorted by family and name, and colors by their share, largest first."""
    document: dict[str, Any] = {}
    for path, leaf in sorted(merged.items(), key=_sort_key):
        group = document
        for depth, name in enumerate(path[:-1]):
            group = group.setdefault(name, {"$type": leaf.type} if depth == 0 and leaf.type else {})
        family = document.get(path[0], {})  # a token may be in none
        token: dict[str, Any] = {"$value": leaf.value, "$extensions": {EXTENSION: dict(leaf.evidence)}}
        group[path[-1]] = {"$type": leaf.type, **token} if leaf.type != family.get("$type") else token
    return document


def _sort_key(entry: tuple[Path, Leaf]) -> tuple[Any, ...]:
    path, leaf = entry
    return (path[:-1], -leaf.evidence.get(SHARE, 0), _measure(leaf), path)


def _measure(leaf: Leaf) -> float:
    """Return the size of a length or number, by which such tokens are sorted; 0 for all others."""
    value = leaf.value.get("value") if isinstance(leaf.value, Mapping) else leaf.value
    return value if isinstance(value, int | float) else 0
