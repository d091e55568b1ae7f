"""The OpenAPI document, against the routes and the rules of OpenAPI."""

from typing import Any

import pytest
from chalice.config import Config
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import create_app
from chalicelib.api.openapi import operations
from infra.local.gateway import Gateway
from tests.api.offline import offline_services
from tests.conftest import Api

PAGE = {"/", "/web/{name}", "/web/{name}/{file}", "/openapi.json", "/docs", "/docs/{file}"}


@pytest.fixture(scope="module")
def routes() -> Any:
    return create_app(offline_services()).routes


@pytest.fixture(scope="module")
def document() -> Any:
    response = Api(Gateway(create_app(offline_services()), Config()))("GET", "/openapi.json")
    assert (response.status, response.headers["content-type"]) == (200, "application/json")
    return response.json


@pytest.fixture(scope="module")
def described(document: Any) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_openapi(document: Any) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert (document["openapi"], document["info"]["title"], document["servers"]) == ("3.1.0", "Janus", [{"url": "."}])


def test_every_route_but_the_pages_is_described_and_no_other(routes: Any, described: dict[str, Any]) -> None:
    there = {
        f"{method} {path}"
        for path, methods in routes.items()
        for method in methods
        if path not in PAGE and method not in {"HEAD", "OPTIONS"}  # GET, and sent by browsers
    }
    assert set(described) == there
    assert len(operations(routes)) == len(there)


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in described.values()]
    assert len(set(names)) == len(names)
    assert described["GET /images"]["operationId"] == "list_images"
    assert described["GET /projects/{project_id}/images"]["operationId"] == "project_list_images"


def test_each_operation_has_a_summary_and_a_tag(described: dict[str, Any]) -> None:
    summaries = [operation["summary"] for operation in described.values()]
    assert [text for text in summaries if not text[:1].isupper() or text.endswith(".") or "\n" in text] == []
    assert {(operation["tags"][0], path.split("/")[1]) for path, operation in described.items()} == {
        (path.split("/")[1],) * 2 for path in described
    }


def test_each_type_is_described_in_a_sentence(document: Any) -> None:
    texts = {name: schema.get("description", "") for name, schema in document["components"]["schemas"].items()}
    assert {name: text for name, text in texts.items() if not text.endswith(".")} == {}


def test_types_say_whether_they_are_requests_or_responses(document: Any) -> None:
    enums_and_problems = {"AccountRole", "AuditKind", "AuditLevel", "ImageStatus", "ProjectRole", "Scope"} | {
        "FieldProblem",
        "ProblemDetails",
    }
    others = {name for name in document["components"]["schemas"] if not name.endswith(("Request", "Response"))}
    assert others == enums_and_problems


def test_security_is_that_of_the_route(described: dict[str, Any]) -> None:
    assert described["GET /health"]["security"] == []
    assert described["GET /users/me"]["security"] == [{"session": []}]
    assert described["GET /images"]["security"] == [{"session": []}, {"apiKey": ["results:read"]}]


def test_parameters_are_those_of_path_query_and_idempotency(described: dict[str, Any]) -> None:
    listed = {each["name"]: each for each in described["GET /projects/{project_id}/images"]["parameters"]}
    assert listed["project_id"] == {"name": "project_id", "in": "path", "required": True, "schema": {"type": "string"}}
    assert listed["limit"] == {
        "name": "limit",
        "in": "query",
        "required": False,
        "schema": {
            "type": "integer",
            "minimum": 1,
            "maximum": 100,
            "description": "a whole number from 1 to 100",
            "default": 20,
        },
    }
    assert "default" not in listed["cursor"]["schema"]
    assert listed["cursor"]["schema"]["pattern"] == "^[A-Za-z0-9_-]{22}$"
    with_key = {
        route
        for route, operation in described.items()
        if any(each["in"] == "header" and each["name"] == "Idempotency-Key" for each in operation["parameters"])
    }
    assert with_key == {
        "POST /images",
        "POST /projects/{project_id}/images",
        "POST /projects",
        "POST /projects/{project_id}/invitations",
        "POST /analytics",
        "POST /projects/{project_id}/analytics",
    }


def test_a_filter_by_an_enum_refers_to_it(document: Any, described: dict[str, Any]) -> None:
    (level,) = [each for each in described["GET /logs"]["parameters"] if each["name"] == "level"]
    assert "#/components/schemas/AuditLevel" in str(level["schema"])
    assert document["components"]["schemas"]["AuditLevel"]["enum"] == ["info", "warning"]


def test_responses_are_the_body_304_and_the_problems(described: dict[str, Any]) -> None:
    responses = described["GET /images/{image_id}/tokens"]["responses"]
    assert list(responses) == ["200", "304", "401", "403", "404", "406", "409", "422"]
    assert responses["304"] == {"description": "Not Modified"}
    assert responses["200"]["content"]["application/design-tokens+json"] == {"schema": {"type": "object"}}
    assert responses["200"]["content"]["text/css"] == {"schema": {"type": "string"}}
    problem = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
    assert responses["404"] == {"description": "Not Found", "content": {"application/problem+json": problem}}
    assert list(described["DELETE /images/{image_id}"]["responses"]) == ["204", "401", "403"]
    assert "content" not in described["DELETE /images/{image_id}"]["responses"]["204"]
    created = described["POST /images"]["responses"]["201"]["content"]["application/json"]
    assert created == {"schema": {"$ref": "#/components/schemas/CreatedImageResponse"}}


def test_a_body_is_required(described: dict[str, Any]) -> None:
    assert described["POST /images"]["requestBody"] == {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ImageRequest"}}},
    }
    assert "requestBody" not in described["GET /images"]


def test_regular_expressions_are_those_of_json_schema(document: Any) -> None:
    assert r"\Z" not in str(document)


def test_unknown_fields_are_said_to_be_refused(routes: Any, document: Any) -> None:
    components = document["components"]["schemas"]
    bodies = [operation.body for _, operation in operations(routes).values() if operation.body is not None]
    assert {components[body.__name__]["additionalProperties"] for body in bodies} == {False}


def test_each_field_of_a_request_says_what_it_must_be(document: Any, described: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    fields = {
        f"{name}.{field}": schema
        for name, type_ in schemas.items()
        if name.endswith("Request")
        for field, schema in type_["properties"].items()
    } | {
        f"{route}?{parameter['name']}": parameter["schema"]
        for route, operation in described.items()
        for parameter in operation["parameters"]
        if parameter["in"] == "query"
    }
    texts = {name: schema.get("description", "") for name, schema in fields.items()}
    assert {name for name, text in texts.items() if not text or text.endswith(".") or "None" in text} == set()


def test_routes_that_guess_send_email_or_start_an_analysis_are_rate_limited(described: dict[str, Any]) -> None:
    limited = {route for route, operation in described.items() if "429" in operation["responses"]}
    assert limited == {
        "POST /auth/register",
        "POST /auth/login",
        "POST /auth/reauthenticate",
        "POST /auth/password/change",
        "POST /auth/password/forgot",
        "POST /auth/password/reset",
        "POST /auth/email/verify",
        "POST /auth/email/resend",
        "POST /auth/email/confirm",
        "POST /auth/mfa/enrol",
        "POST /auth/mfa/confirm",
        "POST /auth/mfa/disable",
        "POST /users/me/email",
        "POST /users/me/export",
        "DELETE /users/me",
        "POST /projects/{project_id}/invitations",
        "POST /images",
        "POST /projects/{project_id}/images",
    }
