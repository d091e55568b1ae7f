"""A DTCG document as a list of tokens, whatever families it has.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/: groups (section 6), types
that are inherited (5.2.2, 6.2), aliases in curly braces (7.1). Typography and borders come apart into their parts,
because few formats have a word for them.
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
"""What composite types are made of, by types."""
TEXT_MEASURES: Final = frozenset(("fontSize", "lineHeight", "letterSpacing"))


@dataclass(frozen=True, slots=True)
class Token:
    """A token by its path. alias is the path of the token whose value it has, if it has no value of its own."""

    path: Path
    value: Value
    alias: Path | None = None

    @property
    def measures_text(self) -> bool:
        """Whether it should grow with the text size that the reader has chosen."""
        return not TEXT_MEASURES.isdisjoint(self.path)

    @property
    def kind(self) -> tuple[type, bool]:
        """What typed languages tell apart: a value of one kind can't stand for one of another."""
        return type(self.value), self.measures_text


@dataclass(frozen=True, slots=True)
class _Raw:
    value: Any
    own_type: str | None
    inherited_type: str | None


def tokens(document: Document) -> Sequence[Token]:
    """Return the tokens in the order of the document, but none before the one whose value it has.

    Types that aren't known are left out, and so are aliases that lead nowhere or in a circle.
    """
    raw = dict(_walk(document, (), None))
    found = {token.path: token for path in raw for token in _tokens_at(raw, path)}
    ordered: dict[Path, Token] = {}
    for token in found.values():
        _put_after_its_target(token, found, ordered)
    return tuple(ordered.values())


def nested(leaves: Iterable[tuple[Path, Mapping[str, Any]]]) -> dict[str, Any]:
    """Put each token into the groups of its path."""
    root: dict[str, Any] = {}
    for path, leaf in leaves:
        group = root
        for name in path[:-1]:
            group = group.setdefault(name, {})
        group[path[-1]] = dict(leaf)
    return root


def reference(path: Path) -> str:
    """Write an alias to what stands at a path."""
    return "{" + ".".join(path) + "}"


def _put_after_its_target(token: Token, found: Mapping[Path, Token], ordered: dict[Path, Token]) -> None:
    target = found.get(token.alias) if token.alias else None
    if target is not None:
        _put_after_its_target(target, found, ordered)
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
    """Return where an alias points to, None for what is no alias."""
    is_alias = isinstance(value, str) and value.startswith("{") and value.endswith("}")
    return tuple(value[1:-1].split(".")) if is_alias else None


def _resolved(raw: Mapping[Path, _Raw], path: Path, visited: tuple[Path, ...]) -> tuple[str | None, Any]:
    """Return the type and value of a token: its own type, or its target's, or its group's."""
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
