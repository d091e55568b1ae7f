"""/openapi.json: the OpenAPI 3.1 document, generated from the declarations that the router enforces."""

import functools
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from chalice.app import Blueprint, Response
from msgspec.structs import FieldInfo

from chalicelib.api.operation import Operation, Responses
from chalicelib.api.problems import CONTENT_TYPE as PROBLEM
from chalicelib.api.validation import without_null

REF: Final = "#/components/schemas/{name}"
PARAMETER: Final = re.compile(r"\{(\w+)\}")
VERSION: Final = "1"
END_OF_TEXT: Final = r"\Z"  # in Python; regular expressions of JSON Schema use $

IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "A request that is repeated with the same key within a day finds what the first created.",
}

type Routes = Mapping[str, Mapping[str, Any]]


class FieldProblem(msgspec.Struct):
    """An error of one field. pointer is its JSON pointer as a URI fragment (RFC 6901, section 6)."""

    pointer: str
    detail: str


class ProblemDetails(msgspec.Struct):
    """An error response (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET


def document_route(app_routes: Routes) -> Blueprint:
    """Return a blueprint with the route /openapi.json, which serves the OpenAPI 3.1 document of the app.

    app_routes are the routes of the app, read at the first request; those that declare no `Operation` are left out.
    """
    blueprint = Blueprint(__name__)

    @functools.cache
    def document() -> str:
        return msgspec.json.encode(describe(app_routes)).decode()

    @blueprint.route("/openapi.json", methods=["GET"])
    def get_document() -> Response:
        return Response(document(), {"Content-Type": "application/json"})

    return blueprint


def operations(app_routes: Routes) -> dict[tuple[str, str], tuple[str, Operation]]:
    """Return the view's name and the `Operation` of each route that declares one, by path and HTTP method.

    HEAD is left out: it is the view of GET, without the body of its response.
    """
    found = {}
    for path, by_method in app_routes.items():
        for method, entry in by_method.items():
            operation = getattr(entry.view_function, "operation", None)
            if operation is not None and method != "HEAD":
                found[path, method] = entry.view_name, operation
    return found


def describe(app_routes: Routes) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the routes that declare an `Operation`, as a JSON object."""
    described = operations(app_routes)
    paths: dict[str, dict[str, Any]] = {}
    for (path, method), (name, operation) in described.items():
        paths.setdefault(path, {})[method.lower()] = _operation(path, name, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Janus", "version": VERSION, "description": "Accessibility and design tokens from pixels."},
        "servers": [{"url": "."}],  # beside this document, which API Gateway may serve below the name of a stage
        "paths": paths,
        "components": {
            "schemas": _components([operation for _, operation in described.values()]),
            "securitySchemes": {
                "session": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "API key"},
            },
        },
    }


def _components(operations: Iterable[Operation]) -> dict[str, Any]:
    types: list[Any] = [ProblemDetails]
    for operation in operations:
        types += [type_ for type_ in (operation.body, operation.responses.type_) if _is_struct(type_)]
        types += [without_null(field.type) for field in _fields(operation.query)]
    return _schemas(types)[1]


def _schemas(types: Iterable[Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the schemas of types, and the components that they refer to."""
    schemas, components = msgspec.json.schema_components(types, ref_template=REF)
    return [_translated(schema) for schema in schemas], _translated(components)


def _fields(query: type[msgspec.Struct] | None) -> tuple[FieldInfo, ...]:
    return () if query is None else msgspec.structs.fields(query)


def _is_struct(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, msgspec.Struct)


def _operation(path: str, name: str, operation: Operation) -> dict[str, Any]:
    operation_id = name.rpartition(".")[2]
    described: dict[str, Any] = {
        "operationId": operation_id,
        "summary": operation.summary,
        "tags": [path.split("/")[1]],
        "security": _security(operation),
        "parameters": [
            *_path_parameters(path),
            *_query_parameters(operation.query),
            *([IDEMPOTENCY_KEY] if operation.idempotent else []),
        ],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        schema = {"$ref": REF.format(name=operation.body.__name__)}
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return described


def _security(operation: Operation) -> list[dict[str, list[str]]]:
    if operation.public:
        return []
    return [{"session": []}, *([{"apiKey": [operation.scope.value]}] if operation.scope else [])]


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in PARAMETER.findall(path)
    ]


def _query_parameters(query: type[msgspec.Struct] | None) -> list[dict[str, Any]]:
    return [
        {"name": field.encode_name, "in": "query", "required": False, "schema": _query_schema(field)}
        for field in _fields(query)
    ]


def _query_schema(field: FieldInfo) -> dict[str, Any]:
    (schema,), _ = _schemas([without_null(field.type)])
    return schema if field.default is None else {**schema, "default": field.default}


def _responses(operation: Operation) -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.responses.success.value): _success(operation.responses)}
    if operation.responses.conditional:
        responses["304"] = {"description": HTTPStatus.NOT_MODIFIED.phrase}
    for status in operation.problem_statuses():
        content = {PROBLEM: {"schema": {"$ref": REF.format(name=ProblemDetails.__name__)}}}
        responses[str(status.value)] = {"description": HTTPStatus(status).phrase, "content": content}
    return responses


def _success(responses: Responses) -> dict[str, Any]:
    described: dict[str, Any] = {"description": responses.success.phrase}
    if responses.type_ is not None:
        is_struct = _is_struct(responses.type_)
        schema = {"$ref": REF.format(name=responses.type_.__name__)} if is_struct else {"type": "object"}
        files = {media_type: {"schema": {"type": "string"}} for media_type in responses.formats}
        described["content"] = files | {responses.media_type: {"schema": schema}}
    return described


def _translated(schema: Any) -> Any:
    """Return a schema with its regular expressions in the syntax of JSON Schema."""
    if isinstance(schema, dict):
        return {
            name: value.replace(END_OF_TEXT, "$") if name == "pattern" else _translated(value)
            for name, value in schema.items()
        }
    return [_translated(each) for each in schema] if isinstance(schema, list) else schema
