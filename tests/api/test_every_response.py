"""Errors as problem details on every path of the app, and the headers that every response has."""

from collections.abc import Callable
from typing import Any

import pytest
from chalice.config import Config

from app import create_app
from chalicelib.model.images import ImageNotFound
from infra import template
from infra.local.gateway import Gateway
from infra.local.gateway_responses import GatewayResponses
from tests.api.offline import offline_services
from tests.conftest import Api, ApiResponse


class Images:
    """Holds no images, and breaks when it lists them."""

    def get(self, key: Any) -> None:
        raise ImageNotFound(key.image_id)

    def list(self, *_: Any) -> None:
        raise ArithmeticError("the reason")


@pytest.fixture(scope="module")
def api() -> Api:
    return Api(Gateway(create_app(offline_services(images=Images())), Config()), "of-ann")


REQUESTS: dict[str, tuple[int, str, Callable[[Api], ApiResponse]]] = {
    "malformed JSON": (400, "malformed_json", lambda api: api("POST", "/auth/login", b"{")),
    "no token": (401, "authentication_required", lambda api: Api(api.gateway)("GET", "/users/me")),
    "not signed in": (401, "session_ended", lambda api: Api(api.gateway, "a.b.c")("GET", "/users/me")),
    "no administrator": (403, "admin_required", lambda api: api("GET", "/admin/levels")),
    "no such image": (404, "not_found", lambda api: api("GET", "/images/x")),
    "no such file": (404, "not_found", lambda api: api("GET", "/web/none.js")),
    "wrong method": (405, "method_not_allowed", lambda api: api("PUT", "/images")),
    "too large": (413, "body_too_large", lambda api: api("POST", "/images", b" " * (256 * 1024 + 1))),
    "no JSON": (415, "unsupported_media_type", lambda api: api("POST", "/images", b"<a/>", Content_Type="text/xml")),
    "no field right": (422, "invalid_fields", lambda api: api("POST", "/images", {})),
    "unexpected": (500, "internal_error", lambda api: api("GET", "/images")),
}


@pytest.mark.parametrize(("status", "code", "request_it"), REQUESTS.values(), ids=REQUESTS)
def test_errors_are_problem_details(api: Api, status: int, code: str, request_it: Callable[[Api], ApiResponse]) -> None:
    answer = request_it(api)
    assert (answer.status, answer.code) == (status, code)
    problem = answer.json
    assert (problem["status"], problem["request_id"]) == (status, answer.headers["x-request-id"])
    assert problem["instance"].startswith("/")
    assert problem["title"]
    assert problem["detail"].endswith(".")


def test_a_wrong_method_is_answered_with_the_right_ones(api: Api) -> None:
    assert api("PUT", "/images").headers["allow"] == "POST, GET, HEAD, OPTIONS"


def test_an_unexpected_error_is_logged_and_its_reason_is_not_disclosed(
    api: Api, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = api("GET", "/images")
    assert "reason" not in answer.text
    assert "Traceback" not in answer.text
    assert any("the reason" in line.get("exception", "") for line in log_lines())


SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "referrer-policy": "no-referrer",
}
API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    "request_it",
    [
        *(request_it for _, _, request_it in REQUESTS.values()),
        lambda api: api("GET", "/users/me"),
        lambda api: api("GET", "/openapi.json"),
        lambda api: api("OPTIONS", "/images"),
    ],
)
def test_every_response_has_the_security_headers(api: Api, request_it: Callable[[Api], ApiResponse]) -> None:
    headers = request_it(api).headers
    assert headers.items() >= SECURITY_HEADERS.items()
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == API_POLICY


@pytest.mark.parametrize("path", ["/", "/web/app.js", "/web/sample.png", "/docs"])
def test_the_page_has_the_security_headers_too(api: Api, path: str) -> None:
    answer = api("GET", path)
    assert answer.status == 200
    assert answer.headers.items() >= SECURITY_HEADERS.items()
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"} <= set(policy)


def test_the_gateways_own_responses_have_the_headers_of_the_apps(api: Api) -> None:
    responses = GatewayResponses(template.load().gateway_responses())
    headers = {name.lower(): value for name, value in responses.of_type("THROTTLED", "/").headers.items()}
    expected = SECURITY_HEADERS | {"cache-control": "no-store", "content-security-policy": API_POLICY}
    assert headers.items() >= expected.items()


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "APPLICATION/JSON"])
def test_json_is_known_by_its_media_type_whatever_its_form(api: Api, content_type: str) -> None:
    assert api("POST", "/images", {}, Content_Type=content_type).code == "invalid_fields"


@pytest.mark.parametrize("body", [None, b""])
def test_a_missing_body_is_malformed(api: Api, body: bytes | None) -> None:
    assert api("POST", "/images", body).code == "malformed_json"
