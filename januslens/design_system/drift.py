"""Comparison of two token sets, for reviews and for checks that fail when a design drifts.

A removed and an added token count as one changed token if a role points from one to the other, if they are similar
(colors by CIEDE2000, where about 1 is just noticeable, lengths and numbers by their distance), or if one color replaced
the other: the same share of the image, with the same uses. Roles are compared after such changes are resolved.

Invisible differences are not drift: colors up to 1 apart, lengths up to half a pixel. A token with so little evidence
that it appears and disappears with the noise of a lossy file is reported as minor and does not count.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import msgspec

from januslens.design_system.leaves import Document, Leaf, Path, leaves

VISIBLE_COLOR: Final = 1.0  # CIEDE2000
VISIBLE: Final[Mapping[str, float]] = MappingProxyType({"dimension": 0.5, "number": 0.05, "fontWeight": 50.0})
"""Largest invisible difference of lengths in CSS pixels, numbers and weights: half of their rounding step."""
ALIKE_COLOR: Final = 20.0  # CIEDE2000 up to which a color is another's change: a brand's blue made darker
ALIKE: Final[Mapping[str, float]] = MappingProxyType({"dimension": 0.34, "number": 0.34, "fontWeight": 0.5})
"""The same for the other types, as a share of the larger value: 16 px changed to 12 or 24."""
SAME_AREA: Final = 0.03  # of the larger area: text's share of pixels exactly its color varies a little with contrast
UNITS: Final[Mapping[str, str]] = MappingProxyType({"color": "CIEDE2000", "dimension": "px"})
MIN_EVIDENCE: Final[Mapping[str, float]] = MappingProxyType(
    {"strokes": 24, "areas": 2, "distances": 3, "confidence": 0.5}
)
"""Minimum evidence of a token that counts: twice that from which it is reported at all."""


class Kind(StrEnum):
    """The kind of change of a token between two sets.

    A token appeared, went, changed its value, was renamed with an equal value, or is a role (an alias) that refers to
    another token.
    """

    APPEARED = "appeared"
    WENT = "went"
    CHANGED = "changed"
    RENAMED = "renamed"
    ROLE_CHANGED = "role changed"


class Change(msgspec.Struct, frozen=True):
    """A change of a token between two sets: its paths and its values, None on the side that lacks it.

    difference is in `unit` (CIEDE2000, px, or None for plain numbers), and None if it cannot be measured. A minor
    change has so little evidence that it does not count as drift.
    """

    kind: Kind
    before: Path | None
    after: Path | None
    value_before: Any
    value_after: Any
    difference: float | None = None
    unit: str | None = None
    minor: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the change as a dictionary of its members, in values that `json.dumps` accepts.

        Paths are joined by dots; kind is its value, such as "role changed".
        """
        return {
            "kind": self.kind.value,
            "before": self.before and ".".join(self.before),
            "after": self.after and ".".join(self.after),
            "value_before": self.value_before,
            "value_after": self.value_after,
            "difference": self.difference,
            "unit": self.unit,
            "minor": self.minor,
        }


def diff(before: Document, after: Document, *, visible_color: float = VISIBLE_COLOR) -> list[Change]:
    """Return the visible changes between two DTCG token sets, sorted by path; there are none between equal sets.

    A removed and an added token that are similar, or to which the same role points, are one change. Colors, lengths,
    numbers and weights whose difference is invisible are unchanged, and derived tokens are ignored. visible_color is
    the CIEDE2000 difference up to which two colors are equal. Raises KeyError, TypeError or ValueError if a color or
    dimension does not have the form of DTCG.
    """
    comparison = _Comparison(leaves(before), leaves(after), visible_color)
    return sorted(comparison.changes(), key=lambda change: (change.after or change.before or (), change.kind))


class _Comparison(msgspec.Struct, frozen=True):
    """A comparison of the tokens of two sets by path."""

    before: Mapping[Path, Leaf]
    after: Mapping[Path, Leaf]
    visible_color: float

    def changes(self) -> Iterator[Change]:
        successors = dict(self._successors())
        for path, successor in successors.items():
            yield from self._changed(path, successor)
        for path, leaf in self.before.items():
            if path not in successors and leaf.alias is None:
                yield Change(Kind.WENT, path, None, _written(leaf), None, minor=_is_minor(leaf))
        kept = set(successors.values())
        for path, leaf in self.after.items():
            if path not in kept and leaf.alias is None:
                yield Change(Kind.APPEARED, None, path, None, _written(leaf), minor=_is_minor(leaf))
        yield from self._roles(successors)

    def _successors(self) -> Iterator[tuple[Path, Path]]:
        """Yield the paths, before and after, of each token with a value of its own that is still there."""
        staying = {path for path, leaf in self.before.items() if leaf.alias is None and path in self.after}
        yield from ((path, path) for path in staying)
        gone = {path for path, leaf in self.before.items() if leaf.alias is None} - staying
        new = {path for path, leaf in self.after.items() if leaf.alias is None} - staying
        one_by_one = (*self._by_role(), *self._by_likeness(sorted(gone), sorted(new)), *self._by_area(gone, new))
        for one, other in one_by_one:
            if one in gone and other in new:
                gone.remove(one)
                new.remove(other)
                yield one, other

    def _by_role(self) -> Iterator[tuple[Path, Path]]:
        for path, leaf in sorted(self.before.items()):
            target, other = leaf.alias, self.after.get(path)
            if target and other and other.alias and target[0] == other.alias[0]:
                yield target, other.alias

    def _by_likeness(self, gone: Sequence[Path], new: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
        """Return pairs of similar tokens, most similar first."""
        pairs = []
        for one in gone:
            for other in new:
                distance = _dissimilarity(self.before[one], self.after[other]) if one[0] == other[0] else None
                if distance is not None and distance <= 1:
                    pairs.append((distance, one, other))
        return ((one, other) for _, one, other in sorted(pairs))

    def _by_area(self, gone: Collection[Path], new: Collection[Path]) -> Iterator[tuple[Path, Path]]:
        """Return pairs of colors of which one replaced the other, those of the most equal areas first."""
        pairs = [
            (apart, one, other)
            for one in gone
            for other in new
            if (apart := _areas_apart(self.before[one], self.after[other])) is not None and apart <= SAME_AREA
        ]
        return ((one, other) for _, one, other in sorted(pairs))

    def _changed(self, path: Path, successor: Path) -> Iterator[Change]:
        one, other = self.before[path], self.after[successor]
        difference = _difference(one, other)
        same = one.value == other.value if difference is None else difference <= self._visible(one)
        minor = _is_minor(one) or _is_minor(other)
        rounded = None if difference is None else round(difference, 2)
        if not same:
            unit = UNITS.get(one.type or "")
            yield Change(Kind.CHANGED, path, successor, _written(one), _written(other), rounded, unit, minor)
        elif one.value == other.value and path != successor:
            yield Change(Kind.RENAMED, path, successor, _written(one), _written(other), minor=minor)

    def _visible(self, leaf: Leaf) -> float:
        return self.visible_color if leaf.type == "color" else VISIBLE.get(leaf.type or "", 0)

    def _roles(self, successors: Mapping[Path, Path]) -> Iterator[Change]:
        for path in sorted({*self.before, *self.after}):
            one, other = self.before.get(path), self.after.get(path)
            target, new_target = one and one.alias, other and other.alias
            if target and new_target and successors.get(target) != new_target:
                yield from self._repointed(path, target, new_target)
            elif one and target and other is None:
                yield Change(Kind.WENT, path, None, _written(one), None, minor=_is_minor(one))
            elif other and new_target and one is None:
                yield Change(Kind.APPEARED, None, path, None, _written(other), minor=_is_minor(other))

    def _repointed(self, path: Path, target: Path, new_target: Path) -> Iterator[Change]:
        one, other = self.before.get(target), self.after.get(new_target)
        difference = _difference(one, other) if one and other else None
        if one and difference is not None and difference <= self._visible(one):
            return
        rounded = None if difference is None else round(difference, 2)
        unit = UNITS.get(one.type or "") if one and rounded is not None else None
        minor = _is_minor(self.before[path]) or _is_minor(self.after[path])
        yield Change(Kind.ROLE_CHANGED, path, path, ".".join(target), ".".join(new_target), rounded, unit, minor)


def _dissimilarity(one: Leaf, other: Leaf) -> float | None:
    """Return 0 for equal tokens, 1 for barely similar ones, more for others; None if they are not comparable."""
    difference = _difference(one, other)
    if difference is None:
        return 0.0 if one.type == other.type and one.value == other.value else None
    if one.type == "color":
        return difference / ALIKE_COLOR
    return difference / (ALIKE[one.type or ""] * max(_number(one), _number(other), 1e-9))


def _areas_apart(one: Leaf, other: Leaf) -> float | None:
    """Return the difference of two colors' areas, as a share of the larger one; None if their uses differ."""
    areas = [leaf.evidence.get("areaShare") or 0.0 for leaf in (one, other)]
    if one.type != "color" or other.type != "color" or one.evidence.get("seenAs") != other.evidence.get("seenAs"):
        return None
    return abs(areas[0] - areas[1]) / max(areas) if min(areas) else None


def _difference(one: Leaf, other: Leaf) -> float | None:
    """Return the difference of two values in CIEDE2000, CSS pixels or plain numbers; None if not comparable."""
    if one.type != other.type or one.alias or other.alias:
        return None
    if one.type == "color":
        return _color_difference(one.value, other.value)
    return abs(_number(one) - _number(other)) if one.type in ALIKE else None


def _number(leaf: Leaf) -> float:
    value = leaf.value["value"] * (16 if leaf.value["unit"] == "rem" else 1) if leaf.type == "dimension" else leaf.value
    return float(value)


def _color_difference(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    if one == other:
        return 0.0
    from coloraide import Color  # noqa: PLC0415  its import takes a quarter of a second

    first, second = (Color(color["colorSpace"], color["components"]) for color in (one, other))
    veiled = 100 * abs(one.get("alpha", 1) - other.get("alpha", 1))
    return float(max(first.delta_e(second, method="2000"), veiled))


def _is_minor(leaf: Leaf) -> bool:
    return any(name in leaf.evidence and leaf.evidence[name] < least for name, least in MIN_EVIDENCE.items())


def _written(leaf: Leaf) -> Any:
    """Return a value for people: a color's hex code, a length with its unit, any other value as it is."""
    if leaf.alias:
        return ".".join(leaf.alias)
    if leaf.type == "color" and isinstance(leaf.value, Mapping):
        return leaf.value.get("hex")
    if leaf.type == "dimension" and isinstance(leaf.value, Mapping):
        return f"{leaf.value['value']:g}{leaf.value['unit']}"
    return leaf.value
