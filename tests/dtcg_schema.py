"""The JSON schemas of the Design Tokens Community Group's modules, which `jsonschema` (it comes with moto) reads."""

import json
from functools import cache
from typing import Any

import jsonschema
from referencing import Registry, Resource

from tests.shared import shared


@cache
def schema(name: str) -> Any:
    """A validator by the schema of a module: format.json or resolver.json."""
    folder = shared("schemas/dtcg-2025.10")
    contents = [json.loads(path.read_text()) for path in folder.rglob("*.json")]
    registry: Any = Registry().with_resources((entry["$id"], Resource.from_contents(entry)) for entry in contents)
    return jsonschema.Draft7Validator(json.loads((folder / name).read_text()), registry=registry)


def typed(node: dict[str, Any], inherited: str | None = None) -> dict[str, Any]:
    """Write a group's type on each of its tokens: the schema checks no value by a type that it inherits."""
    kind = node.get("$type", inherited)
    if "$value" in node:
        return {**node, "$type": kind}
    return {
        name: typed(child, kind) if isinstance(child, dict) and not name.startswith("$") else child
        for name, child in node.items()
    }


def errors_of(document: dict[str, Any], name: str = "format.json") -> list[str]:
    """What is wrong with a document, by the schema of its module."""
    return [error.message for error in schema(name).iter_errors(document)]
