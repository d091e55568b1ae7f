"""Tokens as nested groups, for formats that keep the document's."""

from collections.abc import Iterable, Mapping
from typing import Any

from januslens.exports.tokens.source.document import Path


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
