"""The observed tokens of a DTCG document by path, with their written values; derived tokens are excluded.

Source: Design Tokens Format Module 2025.10, https://www.designtokens.org/TR/2025.10/format/
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

EXTENSION: Final = "io.github.janus"

type Document = Mapping[str, Any]
type Path = tuple[str, ...]


class Leaf(msgspec.Struct, frozen=True):
    """A token of a DTCG document: its type (possibly inherited from its group), its value and its evidence.

    value is the value or alias as written. evidence is what its `$extensions` hold under `io.github.janus`, empty if
    they hold nothing.
    """

    type: str | None
    value: Any
    evidence: Mapping[str, Any]

    @property
    def alias(self) -> Path | None:
        """The path of the token to which the value refers, None if the token has a value of its own.

        An alias is a string such as `{color.observed.c-1a2332}`.
        """
        if isinstance(self.value, str) and self.value.startswith("{") and self.value.endswith("}"):
            return tuple(self.value[1:-1].split("."))
        return None


def leaves(document: Document) -> dict[Path, Leaf]:
    """Return the tokens of a DTCG document by path; groups that are marked as derived are omitted.

    Members that are not objects are ignored.
    """
    return dict(_walk(document, (), None))


def _walk(group: Mapping[str, Any], path: Path, inherited: str | None) -> Iterator[tuple[Path, Leaf]]:
    if _evidence(group).get("derived"):
        return
    type_ = group.get("$type", inherited)
    if "$value" in group:
        yield path, Leaf(type_, group["$value"], _evidence(group))
        return
    for name, member in group.items():
        if not name.startswith("$") and isinstance(member, Mapping):
            yield from _walk(member, (*path, name), type_)


def _evidence(group: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = group.get("$extensions")
    evidence = extensions.get(EXTENSION) if isinstance(extensions, Mapping) else None
    return evidence if isinstance(evidence, Mapping) else {}
