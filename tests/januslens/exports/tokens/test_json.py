"""The JSON formats, as their readers read them."""

import json
import re
from typing import Any

import pytest
from hypothesis import given

from januslens.exports.tokens.formats import TOKEN_FORMATS
from januslens.exports.tokens.source.document import Document, tokens
from tests.conftest import an_analysis
from tests.januslens.exports.tokens.conftest import Build
from tests.januslens.exports.tokens.samples import DOCUMENT, DOCUMENTS, EMPTY, NASTY, STRANGE

READERS = [
    ("style-dictionary", "style-dictionary-css"),
    ("style-dictionary", "style-dictionary-scss"),
    ("tokens-studio", "tokens-studio"),
]
GROUPED = {
    "color-observed-c-1f5fbf": "#1f5fbf",
    "color-role-link": "#1f5fbf",
    "color-observed-shade": "rgba(0, 0, 0, 0.5019607843137255)",
    "font-size-observed-s-16": "16px",
    "radius-observed-r-9-5": "9.5px",
    "border-width-observed-b-1": "1px",
    "spacing-observed-g-8": "8px",
    "font-weight-observed-w-700": "700",
    "shadow-observed-e-1": "0px 1px 2px 0px #00000080",
    "typography-caption-font-size": "16px",
    "typography-body-line-height": "1.5",
    "border-box-color": "#1f5fbf",
}


@pytest.mark.parametrize(("name", "reader"), READERS, ids=[reader for _, reader in READERS])
def test_variables_of_the_right_values_are_built(build: Build, name: str, reader: str) -> None:
    built = build(reader, TOKEN_FORMATS[name].write(DOCUMENT))
    assert "[object Object]" not in built
    variables = dict(re.findall(r"^(?:  --|\$)([\w-]+): (.*);$", built, re.MULTILINE))
    assert {variable: variables[variable] for variable in GROUPED} == GROUPED
    expected = [token for token in tokens(DOCUMENT) if name != "tokens-studio" or token.path[0] != "gradient"]
    assert len(variables) == len(expected)


@pytest.mark.parametrize(("name", "reader"), READERS, ids=[reader for _, reader in READERS])
@pytest.mark.parametrize("document", [EMPTY, STRANGE, an_analysis().to_json()["tokens"]], ids=["no", "strange", "real"])
def test_any_document_is_built(build: Build, name: str, reader: str, document: Document) -> None:
    built = build(reader, TOKEN_FORMATS[name].write(document))
    assert "[object Object]" not in built
    assert len(re.findall(r"^(?:  --|\$)[\w-]+: ", built, re.MULTILINE)) == len(tokens(document))


@pytest.mark.parametrize("document", [EMPTY, DOCUMENT, an_analysis().to_json()["tokens"]], ids=["no", "all", "real"])
def test_terrazzo_reads_the_document_itself(build: Build, document: Document) -> None:
    read = json.loads(build("terrazzo", TOKEN_FORMATS["dtcg"].write(document)))
    assert len(read) == TOKEN_FORMATS["dtcg"].write(document).count('"$value"')


@given(DOCUMENTS)
def test_every_value_is_a_text_a_number_or_a_list_of_them(document: Document) -> None:
    for name, key in (("style-dictionary", "$value"), ("tokens-studio", "value")):
        for value in leaves(json.loads(TOKEN_FORMATS[name].write(document)), key):
            assert isinstance(value, str | int | float | list)


def leaves(group: dict[str, Any], key: str) -> list[Any]:
    if key in group and not isinstance(group[key], dict):
        return [group[key]]
    return [leaf for member in group.values() if isinstance(member, dict) for leaf in leaves(member, key)]


def test_no_group_is_taken_for_a_token_of_tokens_studio() -> None:
    written = json.loads(TOKEN_FORMATS["tokens-studio"].write(NASTY))
    assert written["global"]["color"]["value_"] == {"value": "#c01818", "type": "color"}
    assert written["$metadata"]["tokenSetOrder"] == ["global"]


def test_types_of_tokens_studio_follow_from_the_family() -> None:
    written = json.loads(TOKEN_FORMATS["tokens-studio"].write(DOCUMENT))["global"]
    assert written["fontSize"]["observed"]["s-16"]["type"] == "fontSizes"
    assert written["radius"]["observed"]["r-4"]["type"] == "borderRadius"
    assert written["typography"]["body"]["lineHeight"] == {"value": "150%", "type": "lineHeights"}
    assert written["color"]["role"]["link"] == {"value": "{color.role.primary}", "type": "color"}
