"""A document's tokens by path."""

from typing import Any

import pytest

from januslens.design_system.leaves import Leaf, leaves
from tests.januslens.design_system.written import token

DERIVED = {"io.github.janus": {"derived": True}}


def test_a_type_is_that_of_the_nearest_group_or_the_tokens_own() -> None:
    document = {
        "$type": "number",
        "a": token(1),
        "size": {"$type": "dimension", "b": token(2), "c": {"$type": "duration", **token(3)}},
        "d": {"e": token(4)},
    }
    assert {".".join(path): (leaf.type, leaf.value) for path, leaf in leaves(document).items()} == {
        "a": ("number", 1),
        "size.b": ("dimension", 2),
        "size.c": ("duration", 3),
        "d.e": ("number", 4),
    }
    assert leaves({"a": token(1)}) == {("a",): Leaf(None, 1, {})}


def test_what_is_derived_is_left_out() -> None:
    ramp = {"$extensions": DERIVED, "500": token(1)}
    document = {
        "color": {"observed": {"a": token(1)}, "ramp": ramp, "role": {"b": {**token(2), "$extensions": DERIVED}}}
    }
    assert set(leaves(document)) == {("color", "observed", "a")}


def test_properties_and_what_is_no_group_are_no_tokens() -> None:
    document = {"$description": {"$value": 1}, "name": "tokens", "list": [token(1)], "a": {**token(1), "b": token(2)}}
    assert set(leaves(document)) == {("a",)}


@pytest.mark.parametrize(
    ("extensions", "evidence"),
    [
        ({"io.github.janus": {"areas": 3}}, {"areas": 3}),
        ({"org.example": {"areas": 3}}, {}),
        ({"io.github.janus": "derived"}, {}),
        ("io.github.janus", {}),
    ],
)
def test_evidence_is_what_our_extension_says(extensions: Any, evidence: dict[str, Any]) -> None:
    assert leaves({"a": {"$value": 1, "$extensions": extensions}})["a",].evidence == evidence


@pytest.mark.parametrize(
    ("value", "alias"),
    [
        ("{color.observed.c-1}", ("color", "observed", "c-1")),
        ("{a}", ("a",)),
        ("color.observed.c-1}", None),
        ("{color.observed.c-1", None),
        ("Inter", None),
        (16, None),
        ({"value": 16, "unit": "px"}, None),
    ],
)
def test_an_alias_is_a_path_in_braces(value: Any, alias: tuple[str, ...] | None) -> None:
    assert Leaf(None, value, {}).alias == alias
