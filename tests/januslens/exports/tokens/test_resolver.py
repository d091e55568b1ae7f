"""The resolver document, by the specification's schema and by a tool that reads such documents."""

import json

import pytest

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document
from januslens.tokens.color import ObservedColor
from januslens.tokens.derived.derive import derive
from januslens.tokens.document import TokenDocument
from januslens.tokens.roles import Role
from tests.dtcg_schema import errors_of
from tests.januslens.exports.tokens.conftest import Build
from tests.januslens.exports.tokens.samples import DOCUMENT, EMPTY, px, srgb

COLORS = [(244, 246, 249), (255, 255, 255), (32, 38, 46), (26, 187, 156)]
ROLES = [Role("page", COLORS[0], 0.9), Role("text", COLORS[2], 0.8), Role("primary", COLORS[3], 0.7)]
THEMED: Document = TokenDocument(
    [ObservedColor(color, 0.25, ("fill",)) for color in COLORS], roles=ROLES, derived=derive(COLORS, ROLES)
).to_json()


def written(document: Document) -> str:
    return TOKEN_FORMATS["resolver"].write(document)


@pytest.mark.parametrize("document", [THEMED, DOCUMENT, EMPTY], ids=["themed", "unthemed", "empty"])
def test_it_is_valid_by_the_modules_schema(document: Document) -> None:
    assert errors_of(json.loads(written(document)), "resolver.json") == []


def test_a_tool_resolves_the_light_and_the_dark_theme(build: Build) -> None:
    contexts = json.loads(build("terrazzo-resolver", written(THEMED)))
    pages = {scheme: contexts[scheme]["color.theme.page"]["hex"] for scheme in ("light", "dark")}
    theme = THEMED["color"]["theme"]
    assert pages == {scheme: theme[scheme]["page"]["$value"]["hex"] for scheme in ("light", "dark")}
    assert all("color.observed.c-1abb9c" in tokens for tokens in contexts.values())


def test_a_document_without_a_theme_is_one_set(build: Build) -> None:
    (tokens,) = json.loads(build("terrazzo-resolver", written(DOCUMENT))).values()
    assert len(tokens) == TOKEN_FORMATS["dtcg"].write(DOCUMENT).count('"$value"')


THEME = {"light": {"page": {"$value": srgb("#ffffff")}}, "dark": {"page": {"$value": srgb("#101214")}}}


def test_a_theme_is_a_choice_in_the_resolver_document() -> None:
    radius = {"$type": "dimension", "a": {"$value": px(4)}}
    document = {"radius": radius, "color": {"$type": "color", "role": {}, "theme": THEME}}
    contexts = {scheme: [{"color": {"$type": "color", "theme": THEME[scheme]}}] for scheme in ("light", "dark")}
    assert json.loads(written(document)) == {
        "version": "2025.10",
        "description": "Design tokens that Janus 0.1.0 read from the pixels of an image.",
        "sets": {"observed": {"sources": [{"radius": radius, "color": {"$type": "color", "role": {}}}]}},
        "resolutionOrder": [{"$ref": "#/sets/observed"}, {"$ref": "#/modifiers/theme"}],
        "modifiers": {"theme": {"contexts": contexts, "default": "light"}},
    }


@pytest.mark.parametrize(
    "document", [EMPTY, {"color": {"$type": "color", "theme": {"light": THEME["light"]}}}, {"color": {"$value": "{a}"}}]
)
def test_without_both_schemes_there_is_no_choice(document: Document) -> None:
    resolver = json.loads(written(document))
    assert "modifiers" not in resolver
    assert resolver["resolutionOrder"] == [{"$ref": "#/sets/observed"}]
    assert "theme" not in resolver["sets"]["observed"]["sources"][0].get("color", {})
