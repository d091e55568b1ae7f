"""What of a document the formats are given."""

from typing import Any

import pytest

from januslens.exports.tokens.source.document import Token, nested, reference, tokens
from januslens.exports.tokens.source.values import Color, Dimension, Gradient, Number, format_number, parse
from tests.januslens.exports.tokens.samples import DOCUMENT, EMPTY, STRANGE, px, srgb

BLUE = Color((0x1F, 0x5F, 0xBF))


def by_path(document: Any) -> dict[str, Token]:
    return {".".join(token.path): token for token in tokens(document)}


def test_types_are_inherited_from_the_nearest_group_that_says_one() -> None:
    found = by_path({"a": {"$type": "dimension", "b": {"c": {"$value": px(4)}, "d": {"$type": "number", "$value": 2}}}})
    assert found["a.b.c"].value == Dimension(4, "px")
    assert found["a.b.d"].value == Number(2)


def test_an_alias_has_the_value_and_type_of_what_it_leads_to() -> None:
    found = by_path(DOCUMENT)
    assert found["color.role.link"] == Token(("color", "role", "link"), BLUE, ("color", "role", "primary"))
    assert by_path({"x": {"$value": "{y}"}, "y": {"$type": "color", "$value": srgb("#1f5fbf")}})["x"].value == BLUE


def test_targets_stand_before_what_refers_to_them() -> None:
    seen: set[Any] = {None}
    for token in tokens(DOCUMENT):
        assert token.alias in seen
        seen.add(token.path)


def test_typography_and_borders_come_apart() -> None:
    found = by_path(DOCUMENT)
    assert found["typography.body.lineHeight"].value == Number(1.5)
    assert found["typography.body.fontSize"].alias == ("fontSize", "observed", "s-16")
    assert found["typography.caption.fontSize"].alias == ("typography", "body", "fontSize")
    assert found["border.box.color"].value == BLUE


def test_an_alias_to_another_kind_of_value_is_no_reference() -> None:
    document = {
        "fontSize": {"$type": "dimension", "a": {"$value": "{space}"}},
        "space": {"$type": "dimension", "$value": px(4)},
    }
    assert by_path(document)["fontSize.a"] == Token(("fontSize", "a"), Dimension(4, "px"))


@pytest.mark.parametrize("document", [EMPTY, STRANGE])
def test_what_no_format_can_say_is_left_out(document: Any) -> None:
    assert by_path(document) == {}


@pytest.mark.parametrize(
    ("value", "color"),
    [
        (srgb("#1f5fbf"), BLUE),
        ({"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5}, Color((0, 0, 0), 0.5)),
        ({"colorSpace": "oklch", "components": [0.5, 0.16, 258], "hex": "#1f5fbf"}, BLUE),
    ],
)
def test_colors_are_read_by_components_or_by_the_nearest_in_srgb(value: Any, color: Color) -> None:
    assert parse("color", value) == color


@pytest.mark.parametrize(
    ("number", "text"),
    [(16, "16"), (13.5, "13.5"), (1 / 3, "0.333333"), (1e-9, "0"), (-1e-9, "0"), (1e9, "1000000000")],
)
def test_numbers_are_written_without_exponents(number: float, text: str) -> None:
    assert format_number(number) == text


def test_tokens_go_back_into_the_groups_of_their_paths() -> None:
    leaves = [(("a", "b", "c"), {"value": 1}), (("a", "d"), {"value": 2}), (("e",), {"value": 3})]
    assert nested(leaves) == {"a": {"b": {"c": {"value": 1}}, "d": {"value": 2}}, "e": {"value": 3}}
    assert reference(("a", "b", "c")) == "{a.b.c}"


@pytest.mark.parametrize("part", ["fontSize", "lineHeight", "letterSpacing"])
def test_what_measures_text_is_another_kind_than_what_does_not(part: str) -> None:
    text, other = Token((part, "a"), Dimension(4, "px")), Token(("radius", "a"), Dimension(4, "px"))
    assert (text.measures_text, text.kind) == (True, (Dimension, True))
    assert Token(("typography", "a", part), Dimension(4, "px")).measures_text
    assert (other.measures_text, other.kind) == (False, (Dimension, False))


def test_a_token_of_its_own_type_keeps_it_in_a_group_and_behind_an_alias() -> None:
    found = by_path(
        {
            "a": {"$type": "dimension", "own": {"$type": "number", "$value": 2}, "twice": {"$value": "{a.own}"}},
            "b": {"$type": "number", "$value": "{a.own}"},
        }
    )
    assert {path: token.value for path, token in found.items()} == dict.fromkeys(("a.own", "a.twice", "b"), Number(2))


def test_parts_of_composites_may_be_missing_and_aliases_of_their_own() -> None:
    document = {
        "size": {"$type": "dimension", "$value": px(16)},
        "body": {"$type": "typography", "$value": {"fontSize": "{size}", "lineHeight": "wide"}},
        "again": {"$type": "typography", "$value": "{body}"},
        "line": {"$type": "border", "$value": {"width": px(1), "color": "{lost}", "style": "dashed"}},
        "none": {"$type": "border", "$value": "1px solid"},
    }
    found = by_path(document)
    assert list(found) == ["size", "body.fontSize", "again.fontSize", "line.width"]
    assert found["body.fontSize"].alias is None  # of another kind: it grows with the text
    assert found["again.fontSize"].alias == ("body", "fontSize")


def test_aliases_inside_of_values_are_followed() -> None:
    stop = {"color": "{ink}", "position": 0}
    found = by_path(
        {"ink": {"$type": "color", "$value": srgb("#1f5fbf")}, "g": {"$type": "gradient", "$value": [stop]}}
    )
    assert found["g"].value == Gradient(((BLUE, 0),))
    circle = {"a": {"$type": "gradient", "$value": [{"color": "{b}", "position": 0}]}, "b": {"$value": "{b}"}}
    assert by_path(circle) == {}
