"""A DTCG document as a list of tokens, and tokens as nested groups.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/: groups (section 6),
inherited types (5.2.2, 6.2), aliases in curly braces (7.1). Typography and border tokens are split into their parts,
because few formats support composites.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from januslens.exports.tokens.source.values import Value, parse

type Path = tuple[str, ...]
type Document = Mapping[str, Any]

PARTS: Final = MappingProxyType(
    {
        "typography": {
            "fontFamily": "fontFamily",
            "fontSize": "dimension",
            "fontWeight": "fontWeight",
            "letterSpacing": "dimension",
            "lineHeight": "number",
        },
        "border": {"color": "color", "width": "dimension"},
    }
)
"""The parts of composite types, with their types."""
TEXT_MEASURES: Final = frozenset(("fontSize", "lineHeight", "letterSpacing"))


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a DTCG document, or a part of a composite one, with its path and its parsed value.

    alias is the path of the token to which it refers, None if it has a value of its own; value is then that of its
    target.
    """

    path: Path
    value: Value
    alias: Path | None = None

    @property
    def measures_text(self) -> bool:
        """Whether the path names a font size, line height or letter spacing, which scale with a reader's text size."""
        return not TEXT_MEASURES.isdisjoint(self.path)

    @property
    def kind(self) -> tuple[type, bool]:
        """The class of the value, and whether the value measures text.

        In typed languages, an alias must refer to a token of the same kind.
        """
        return type(self.value), self.measures_text


@dataclass(frozen=True, slots=True)
class _Raw:
    value: Any
    own_type: str | None
    inherited_type: str | None


def tokens(document: Document) -> Sequence[Token]:
    """Return the tokens of a DTCG document in its order, except that each follows the token to which it refers.

    Typography and border tokens are split into their parts. Tokens of unknown types or with invalid values are omitted,
    and so are aliases without a target or in a cycle. An alias whose target has another kind becomes a token with a
    value.
    """
    raw = dict(_walk(document, (), None))
    found = {token.path: token for path in raw for token in _tokens_at(raw, path)}
    ordered: dict[Path, Token] = {}
    for token in found.values():
        _append_after_target(token, found, ordered)
    return tuple(ordered.values())


def nested(leaves: Iterable[tuple[Path, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return tokens as nested groups, one dictionary per group; leaves are the paths and members of the tokens."""
    root: dict[str, Any] = {}
    for path, leaf in leaves:
        group = root
        for name in path[:-1]:
            group = group.setdefault(name, {})
        group[path[-1]] = dict(leaf)
    return root


def reference(path: Path) -> str:
    """Return a DTCG alias to the token at a path, such as {fontSize.observed.s-16}."""
    return "{" + ".".join(path) + "}"


def _append_after_target(token: Token, found: Mapping[Path, Token], ordered: dict[Path, Token]) -> None:
    target = found.get(token.alias) if token.alias else None
    if target is not None:
        _append_after_target(target, found, ordered)
    stays = target is not None and target.kind == token.kind
    ordered.setdefault(token.path, token if stays else Token(token.path, token.value))


def _walk(group: Mapping[str, Any], path: Path, inherited: str | None) -> Iterator[tuple[Path, _Raw]]:
    inherited = group.get("$type", inherited)
    for name, member in group.items():
        if name.startswith("$") or not isinstance(member, Mapping):
            continue
        if "$value" in member:
            yield (*path, name), _Raw(member["$value"], member.get("$type"), inherited)
        else:
            yield from _walk(member, (*path, name), inherited)


def _tokens_at(raw: Mapping[Path, _Raw], path: Path) -> Iterator[Token]:
    type_, value = _resolved(raw, path, ())
    alias = _target(raw[path].value)
    parts = PARTS.get(type_ or "")
    if parts is None:
        read = parse(type_, _without_aliases(raw, value, ()))
        if read is not None:
            yield Token(path, read, alias)
        return
    for part, part_type in parts.items():
        written = value.get(part) if isinstance(value, Mapping) else None
        read = parse(part_type, _without_aliases(raw, written, ()))
        if read is not None:
            yield Token((*path, part), read, (*alias, part) if alias else _target(written))


def _target(value: Any) -> Path | None:
    """Return the path to which an alias refers, None for a value that is not an alias."""
    is_alias = isinstance(value, str) and value.startswith("{") and value.endswith("}")
    return tuple(value[1:-1].split(".")) if is_alias else None


def _resolved(raw: Mapping[Path, _Raw], path: Path, visited: tuple[Path, ...]) -> tuple[str | None, Any]:
    """Return the type and value of a token; the type is its own, else its target's, else its group's."""
    if path not in raw or path in visited:
        return None, None
    token = raw[path]
    target = _target(token.value)
    if target is None:
        return token.own_type or token.inherited_type, token.value
    type_, value = _resolved(raw, target, (*visited, path))
    return token.own_type or type_, value


def _without_aliases(raw: Mapping[Path, _Raw], value: Any, visited: tuple[Path, ...]) -> Any:
    target = _target(value)
    if target is not None:
        found = None if target in visited else _resolved(raw, target, visited)[1]
        return _without_aliases(raw, found, (*visited, target))
    if isinstance(value, Mapping):
        return {key: _without_aliases(raw, part, visited) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_aliases(raw, part, visited) for part in value]
    return value
