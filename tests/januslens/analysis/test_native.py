"""The published JSON Schemas against real results."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from januslens import analyze
from januslens.analysis.native import SCHEMAS
from januslens.analysis.stored import read_result
from januslens.design_system.merge import merge
from tests.januslens.results import stored

PAGES = Path(__file__).parents[4] / "shared" / "bench" / "pages"
SMALL_PAGES = 3

RESULT = Draft202012Validator(SCHEMAS["result.json"]())
TOKEN_EXTENSION = Draft202012Validator(SCHEMAS["token-extension.json"]())


def mistakes(validator: Draft202012Validator, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def extensions(group: Any) -> Iterator[Any]:
    if isinstance(group, dict):
        if "$extensions" in group:
            yield group["$extensions"]["io.github.janus"]
        for value in group.values():
            yield from extensions(value)


def mistakes_of(result: dict[str, Any]) -> list[str]:
    unnamed = {name for each in extensions(result["tokens"]) for name in each.keys() - named()}
    of_tokens = [mistake for each in extensions(result["tokens"]) for mistake in mistakes(TOKEN_EXTENSION, each)]
    return [*mistakes(RESULT, result), *of_tokens, *unnamed]


def named() -> set[str]:
    return set(SCHEMAS["token-extension.json"]()["$defs"]["Evidence"]["properties"])


@pytest.mark.parametrize("validator", [RESULT, TOKEN_EXTENSION], ids=SCHEMAS)
def test_a_schema_is_one(validator: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(validator.schema)


def test_the_sample_keeps_to_the_schemas() -> None:
    assert mistakes_of(json.loads(stored(3))) == []


def test_an_older_sample_keeps_to_them_once_it_is_read() -> None:
    read = read_result(stored(2))
    converted = {**json.loads(stored(2)), "schema": 3, "accessibility": json.loads(bytes(read.accessibility))}
    assert mistakes_of(converted) == []


@pytest.mark.parametrize("position", range(SMALL_PAGES))
def test_results_of_bench_pages_keep_to_the_schemas(position: int) -> None:
    pages = sorted(PAGES.glob("*.png"), key=lambda path: path.stat().st_size)
    if not pages:
        pytest.skip("the bench is not beside the project: ../shared/bench")
    page = pages[position]
    assert mistakes_of(analyze(page.read_bytes(), name=page.name, quote=False).to_json()) == []


def test_merged_tokens_keep_to_the_schema() -> None:
    tokens = json.loads(stored(3))["tokens"]
    for each in extensions(merge([tokens, tokens])):
        assert mistakes(TOKEN_EXTENSION, each) == []
        assert each.keys() <= named()


def test_members_may_be_added() -> None:
    result = json.loads(stored(3))
    result["accessibility"]["checks"][0]["added"] = 1
    assert mistakes(RESULT, {**result, "added": []}) == []


@pytest.mark.parametrize("member", ["rule", "outcome", "box", "ratio", "required", "message"])
def test_a_member_that_is_missing_or_of_another_type_is_a_mistake(member: str) -> None:
    result = json.loads(stored(3))
    check = result["accessibility"]["checks"][0]
    check[member] = []
    assert mistakes(RESULT, result)
    del check[member]
    assert mistakes(RESULT, result)
