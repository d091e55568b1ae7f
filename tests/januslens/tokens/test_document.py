"""Token documents against the Design Tokens Format Module 2025.10 and the subset of it that all compilers read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from januslens.color.notation import Rgb
from januslens.tokens.color import ObservedColor
from januslens.tokens.derived.derive import derive
from januslens.tokens.document import TokenDocument
from januslens.tokens.radius import Radii
from januslens.tokens.recurring import Recurring
from januslens.tokens.roles import Role
from januslens.tokens.typography.styles import Typography
from januslens.tokens.typography.text_styles import TextStyle
from tests.dtcg_schema import errors_of, typed

colors = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
observed = st.builds(
    ObservedColor,
    colors,
    st.floats(0, 1),
    st.lists(st.sampled_from(["fill", "line", "text"]), unique=True, min_size=1).map(tuple),
)
measures = st.lists(
    st.builds(Recurring, st.integers(1, 400).map(lambda halves: halves / 2), st.floats(1, 1e6)),
    unique_by=lambda measure: measure.value,
    max_size=4,
)


@st.composite
def typographies(draw: st.DrawFn, sizes: list[Recurring]) -> Typography:
    """Styles of some of the sizes, some of them with a line height, the first of them the body's."""
    weights = st.lists(st.sampled_from([300, 400, 500, 700, 800]), unique=True, max_size=3)
    styles = [TextStyle(size.value, weight, ()) for size in sizes for weight in draw(weights)]
    pitches = {style: Recurring(draw(st.floats(0.8, 2)) * style.size, 4) for style in styles if draw(st.booleans())}
    return Typography(styles, pitches, dict(zip(["body"], styles, strict=False)))


@st.composite
def a_document(draw: st.DrawFn) -> TokenDocument:
    """A document whose typography is of its font sizes."""
    sizes = draw(measures)
    colors = draw(st.lists(observed, unique_by=lambda color: color.rgb, max_size=8))
    roles = [Role(name, color.rgb, 0.5) for name, color in zip(("page", "primary"), colors, strict=False)]
    return TokenDocument(
        colors=colors,
        roles=roles,
        derived=derive([color.rgb for color in colors], roles),
        font_sizes=sizes,
        radii=Radii(draw(measures)),
        spacings=draw(measures),
        typography=draw(typographies(sizes)),
    )


documents = a_document()


def read(document: TokenDocument) -> Any:
    """A document as a reader gets it: through JSON."""
    return json.loads(json.dumps(document.to_json()))


def written(*colors: ObservedColor) -> Any:
    """A document of colors."""
    return read(TokenDocument(colors))


def every_object(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from every_object(child)


@settings(max_examples=20)
@given(found=documents)
def test_a_document_is_valid_by_the_formats_schema(found: TokenDocument) -> None:
    document = read(found)
    assert errors_of(document) == []
    assert errors_of(typed(document)) == []


@pytest.mark.parametrize(
    "wrong", [{"colorSpace": "srgb", "components": [0, 0]}, {"colorSpace": "sgrb", "components": [0, 0, 0]}, "#000000"]
)
def test_that_schema_refuses_what_is_no_color(wrong: Any) -> None:
    document = written(ObservedColor((0, 0, 0), 1.0, ("fill",)))
    document["color"]["observed"]["c-000000"]["$value"] = wrong
    assert errors_of(typed(document))


def test_a_token_is_written_whole() -> None:
    assert written(ObservedColor((26, 35, 50), 0.123456789, ("fill", "text"))) == {
        "color": {
            "$type": "color",
            "observed": {
                "c-1a2332": {
                    "$value": {
                        "colorSpace": "srgb",
                        "components": [0.101961, 0.137255, 0.196078],
                        "alpha": 1,
                        "hex": "#1a2332",
                    },
                    "$extensions": {
                        "io.github.janus": {
                            "areaShare": 0.123457,
                            "seenAs": ["fill", "text"],
                            "oklch": [0.2549, 0.0313, 260.42],  # coloraide
                        }
                    },
                }
            },
        }
    }


@given(colors)
def test_components_read_back_are_the_color_and_so_is_its_hex(color: Rgb) -> None:
    (token,) = written(ObservedColor(color, 0.5, ("fill",)))["color"]["observed"].values()
    value = token["$value"]
    assert tuple(round(component * 255) for component in value["components"]) == color
    assert tuple(bytes.fromhex(value["hex"].removeprefix("#"))) == color


@given(colors)
def test_components_have_six_decimals(color: Rgb) -> None:
    (token,) = written(ObservedColor(color, 0.5, ("fill",)))["color"]["observed"].values()
    expected = [float(f"{channel / 255:.6f}") for channel in color]
    assert token["$value"]["components"] == expected


@given(documents)
def test_no_form_is_used_that_some_compiler_cannot_read(found: TokenDocument) -> None:
    for node in every_object(read(found)):
        assert not node.keys() & {"$ref", "$extends", "$root"}
        assert "none" not in node.get("components", [])


@given(documents)
def test_a_type_is_stated_above_every_token(found: TokenDocument) -> None:
    types = {
        **dict.fromkeys(("fontSize", "radius", "spacing"), "dimension"),
        **{name: name for name in ("color", "fontFamily", "fontWeight", "typography")},
        "lineHeight": "number",
    }
    for name, group in read(found).items():
        assert group["$type"] == types[name]


@given(documents)
def test_names_are_those_that_the_format_allows(found: TokenDocument) -> None:
    groups = read(found)
    names = [*groups, *(name for group in groups.values() for name in (*group, *group["observed"]))]
    assert [name for name in names if name not in ("$type", "$extensions") and set(name) & set("${}.")] == []


@given(documents)
def test_every_color_has_a_token_in_its_place(found: TokenDocument) -> None:
    tokens = read(found).get("color", {}).get("observed", {})
    assert [token["$value"]["hex"] for token in tokens.values()] == [
        f"#{bytes(color.rgb).hex()}" for color in found.colors
    ]


def test_evidence_stands_under_one_reverse_domain_key() -> None:
    (token,) = written(ObservedColor((1, 2, 3), 0.5, ("line",)))["color"]["observed"].values()
    assert list(token["$extensions"]) == ["io.github.janus"]


def test_without_colors_there_are_no_empty_groups() -> None:
    assert written() == {}


@given(documents)
def test_every_measure_has_a_dimension_in_its_place(found: TokenDocument) -> None:
    tokens = read(found)
    for family, measures in (
        ("fontSize", found.font_sizes),
        ("radius", found.radii.shared),
        ("spacing", found.spacings),
    ):
        values = [token["$value"] for token in tokens.get(family, {}).get("observed", {}).values()]
        assert values == [{"value": measure.value, "unit": "px"} for measure in measures]
