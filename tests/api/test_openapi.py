"""The description of the API, against its routes and the rules of OpenAPI."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import create_app
from chalicelib.api.openapi import describe, operations
from chalicelib.wiring import Services
from tests.conftest import Api

PAGE = {"/", "/web/{name}", "/web/{name}/{file}", "/openapi.json", "/docs", "/docs/{file}"}


@pytest.fixture
def routes(services: Services) -> Any:
    return create_app(services).routes


def test_it_is_openapi(routes: Any) -> None:
    assert list(OpenAPIV31SpecValidator(describe(routes)).iter_errors()) == []


def test_every_route_but_the_pages_is_described_and_no_other(routes: Any, api: Api) -> None:
    described = api("GET", "/openapi.json").json["paths"]
    there = {
        (path, method.lower())
        for path, methods in routes.items()
        for method in methods
        if path not in PAGE and method != "OPTIONS"  # what browsers ask, not what clients do
    }
    assert {(path, method) for path, methods in described.items() for method in methods} == there
    assert len(operations(routes)) == len(there)


def test_operations_have_names_of_their_own(routes: Any) -> None:
    paths = describe(routes)["paths"].values()
    names = [operation["operationId"] for methods in paths for operation in methods.values()]
    assert len(set(names)) == len(names)


def test_regular_expressions_are_those_of_json_schema(routes: Any) -> None:
    assert r"\Z" not in str(describe(routes))


def test_unknown_fields_are_said_to_be_refused(routes: Any) -> None:
    components = describe(routes)["components"]["schemas"]
    bodies = [operation.body for _, operation in operations(routes).values() if operation.body is not None]
    assert {components[body.__name__]["additionalProperties"] for body in bodies} == {False}
