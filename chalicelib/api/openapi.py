"""/openapi.json: the description of the API (OpenAPI 3.1), made from the types that requests are checked against."""

import functools
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import msgspec
from chalice.app import Blueprint, Response
from msgspec.structs import FieldInfo

from chalicelib.api.operation import Answer, Operation
from chalicelib.api.problems import CONTENT_TYPE as PROBLEM
from chalicelib.api.validation import without_null

REF: Final = "#/components/schemas/{name}"
PARAMETER: Final = re.compile(r"\{(\w+)\}")
VERSION: Final = "1"
END_OF_TEXT: Final = r"\Z"  # Python's; in the regular expressions of JSON Schema it is $

IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    "description": "A request that is repeated under the same key within a day gets the first one's answer.",
}

type Routes = Mapping[str, Mapping[str, Any]]


class FieldProblem(msgspec.Struct):
    """What is wrong with one field, named by its JSON pointer as a URI fragment (RFC 6901, section 6)."""

    pointer: str
    detail: str


class ProblemDetails(msgspec.Struct):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET


def routes(all_routes: Callable[[], Routes]) -> Blueprint:
    """Return the route of the description; all_routes are those of the app, its own among them."""
    blueprint = Blueprint(__name__)

    @functools.cache
    def description() -> str:
        return msgspec.json.encode(describe(all_routes())).decode()

    @blueprint.route("/openapi.json", methods=["GET"])
    def get_description() -> Response:
        return Response(description(), {"Content-Type": "application/json"})

    return blueprint


def operations(all_routes: Routes) -> dict[tuple[str, str], tuple[str, Operation]]:
    """Return by path and method the name and the operation of each route that declares one."""
    found = {}
    for path, by_method in all_routes.items():
        for method, entry in by_method.items():
            operation = getattr(entry.view_function, "operation", None)
            if operation is not None:
                found[path, method] = entry.view_name, operation
    return found


def describe(all_routes: Routes) -> dict[str, Any]:
    """Return the description of routes."""
    described = operations(all_routes)
    types: set[Any] = {ProblemDetails}
    for _, operation in described.values():
        types |= {each for each in (operation.body, operation.answer.type_) if _is_struct(each)}
    _, components = msgspec.json.schema_components(sorted(types, key=lambda each: each.__name__), ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for (path, method), (name, operation) in described.items():
        paths.setdefault(path, {})[method.lower()] = _operation(path, name, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Janus", "version": VERSION, "description": "Accessibility and design tokens from pixels."},
        "servers": [{"url": "."}],  # beside the description, which API Gateway may have under the name of a stage
        "paths": paths,
        "components": {
            "schemas": _translated(components),
            "securitySchemes": {
                "session": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "API key"},
            },
        },
    }


def _is_struct(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, msgspec.Struct)


def _operation(path: str, name: str, operation: Operation) -> dict[str, Any]:
    operation_id = name.rpartition(".")[2]
    described: dict[str, Any] = {
        "operationId": operation_id,
        "summary": operation_id.replace("_", " ").capitalize(),
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
    fields = () if query is None else msgspec.structs.fields(query)
    return [
        {"name": field.encode_name, "in": "query", "required": False, "schema": _query_schema(field)}
        for field in fields
    ]


def _query_schema(field: FieldInfo) -> dict[str, Any]:
    schema: dict[str, Any] = _translated(msgspec.json.schema(without_null(field.type)))
    return schema if field.default is None else {**schema, "default": field.default}


def _responses(operation: Operation) -> dict[str, Any]:
    responses: dict[str, Any] = {str(operation.answer.success.value): _success(operation.answer)}
    if operation.answer.conditional:
        responses["304"] = {"description": "Nothing new"}
    for status in operation.all_problems():
        content = {PROBLEM: {"schema": {"$ref": REF.format(name=ProblemDetails.__name__)}}}
        responses[str(status.value)] = {"description": HTTPStatus(status).phrase, "content": content}
    return responses


def _success(answer: Answer) -> dict[str, Any]:
    described: dict[str, Any] = {"description": answer.success.phrase}
    if answer.type_ is not None:
        is_struct = _is_struct(answer.type_)
        schema = {"$ref": REF.format(name=answer.type_.__name__)} if is_struct else {"type": "object"}
        files = {media_type: {"schema": {"type": "string"}} for media_type in answer.formats}
        described["content"] = {answer.media_type: {"schema": schema}, **files}
    return described


def _translated(schema: Any) -> Any:
    """Return a schema whose regular expressions are JSON Schema's."""
    if isinstance(schema, dict):
        return {
            name: value.replace(END_OF_TEXT, "$") if name == "pattern" else _translated(value)
            for name, value in schema.items()
        }
    return [_translated(each) for each in schema] if isinstance(schema, list) else schema
