"""Every response that a test of a resource receives is one that its route declares."""

from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from chalice.local import RouteMatcher

from chalicelib.api.operation import Operation
from tests.conftest import Api, ApiResponse


@pytest.fixture(autouse=True)
def described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare each response with the declaration of its route."""
    call = Api.__call__

    def compare(api: Api, method: str, path: str, body: Any = None, **headers: str) -> ApiResponse:
        response = call(api, method, path, body, **headers)
        routes = api.gateway._app_object.routes
        entry = routes[RouteMatcher(list(routes)).match_route(path).route].get(method)
        operation = getattr(entry and entry.view_function, "operation", None)
        if operation is not None:
            assert_declared(operation, response)
        return response

    monkeypatch.setattr(Api, "__call__", compare)


def assert_declared(operation: Operation, response: ApiResponse) -> None:
    responses = operation.responses
    declared = {responses.success, *operation.problem_statuses(), *([HTTPStatus.NOT_MODIFIED] * responses.conditional)}
    assert response.status in declared
    if response.status != responses.success:
        return
    if responses.type_ is None:
        assert response.text == ""
    elif issubclass(responses.type_, msgspec.Struct):
        assert response.headers["content-type"] == responses.media_type
        assert response.json.keys() == {field.encode_name for field in msgspec.structs.fields(responses.type_)}
        msgspec.convert(response.json, responses.type_)
    else:
        media_type = response.headers["content-type"].removesuffix("; charset=utf-8")
        assert media_type in {responses.media_type, *responses.formats}
