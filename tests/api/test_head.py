"""HEAD is GET without the body, on every path."""

from typing import Any

import pytest
from chalice.config import Config

from app import create_app
from chalicelib.api.openapi import operations
from infra.local.gateway import Gateway
from tests.api.offline import offline_services
from tests.conftest import Api


@pytest.fixture(scope="module")
def routes() -> Any:
    return create_app(offline_services()).routes


@pytest.fixture(scope="module")
def api() -> Api:
    return Api(Gateway(create_app(offline_services()), Config()))


def test_head_has_the_view_of_get_wherever_get_is(routes: Any) -> None:
    for path, by_method in routes.items():
        assert ("HEAD" in by_method) == ("GET" in by_method), path
        if "GET" in by_method:
            assert by_method["HEAD"].view_function is by_method["GET"].view_function


def test_head_is_not_described_a_second_time(routes: Any) -> None:
    assert {method for _, method in operations(routes)} == {"GET", "POST", "PATCH", "DELETE"}


@pytest.mark.parametrize("path", ["/", "/web/app.js", "/web/sample.png", "/docs", "/openapi.json", "/health", "/rules"])
def test_head_is_answered_with_the_headers_of_get(api: Api, path: str) -> None:
    get, head = api("GET", path), api("HEAD", path)
    assert (head.status, get.status) == (200, 200)
    assert {
        name for name in get.headers.keys() | head.headers.keys() if get.headers.get(name) != head.headers.get(name)
    } <= {"x-request-id"}


def test_head_is_authorized_as_get(api: Api) -> None:
    head = api("HEAD", "/users/me")
    assert (head.status, head.headers["www-authenticate"]) == (401, "Bearer")
