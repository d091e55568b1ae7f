"""Errors as problem details on every path, and the headers that every answer has."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from chalice.config import Config
from chalice.local import LocalGateway
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from chalicelib.wiring import Services
from tests.conftest import Api

NEW = {"name": "a.png", "content_type": "image/png", "size": 6}

REQUESTS: dict[str, tuple[int, str, Callable[[Api], Any]]] = {
    "malformed JSON": (400, "malformed_json", lambda api: api("POST", "/auth/login", b"{")),
    "no token": (401, "authentication_required", lambda api: Api(api.gateway)("GET", "/users/me")),
    "not signed in": (401, "session_ended", lambda api: Api(api.gateway, "a.b.c")("GET", "/users/me")),
    "no such image": (404, "not_found", lambda api: api("GET", "/images/x")),
    "no such file": (404, "not_found", lambda api: api("GET", "/web/none.js")),
    "wrong method": (405, "method_not_allowed", lambda api: api("PUT", "/images")),
    "too large": (413, "body_too_large", lambda api: api("POST", "/images", b" " * (256 * 1024 + 1))),
    "no JSON": (415, "unsupported_media_type", lambda api: api("POST", "/images", NEW, Content_Type="text/xml")),
    "no field right": (422, "invalid_fields", lambda api: api("POST", "/images", {})),
}


@pytest.mark.parametrize(("status", "code", "request_it"), REQUESTS.values(), ids=REQUESTS)
def test_errors_are_problem_details(signed_in: Api, status: int, code: str, request_it: Callable[[Api], Any]) -> None:
    answer = request_it(signed_in)
    assert (answer.status, answer.code) == (status, code)
    problem = answer.json
    assert (problem["status"], problem["request_id"]) == (status, answer.headers["x-request-id"])
    assert problem["instance"].startswith("/")
    assert problem["title"]
    assert problem["detail"].endswith(".")


def test_an_analysis_that_is_awaited_is_a_conflict(signed_in: Api) -> None:
    image_id = signed_in("POST", "/images", NEW).json["id"]
    answer = signed_in("GET", f"/images/{image_id}/tokens")
    assert (answer.status, answer.json["instance"]) == (409, f"/images/{image_id}/tokens")


def test_a_wrong_method_is_answered_with_the_right_ones(signed_in: Api) -> None:
    assert signed_in("PUT", "/images").headers["allow"] == "POST, GET, OPTIONS"


def test_what_nobody_foresaw_is_a_problem_without_its_reason(
    signed_in: Api, services: Services, monkeypatch: pytest.MonkeyPatch, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    def fail(*_: Any) -> None:
        raise ArithmeticError("the reason")

    monkeypatch.setattr(type(services.images), "list", fail)
    answer = signed_in("GET", "/images")
    assert (answer.status, answer.code) == (500, "internal_error")
    assert "reason" not in answer.text
    assert "Traceback" not in answer.text
    assert any("the reason" in line.get("exception", "") for line in log_lines())


SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize("request_it", [request_it for _, _, request_it in REQUESTS.values()], ids=REQUESTS)
def test_every_error_has_the_security_headers(signed_in: Api, request_it: Callable[[Api], Any]) -> None:
    headers = request_it(signed_in).headers
    assert headers.items() >= SECURITY_HEADERS.items()
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("method", "path"), [("GET", "/users/me"), ("GET", "/images"), ("POST", "/auth/logout")])
def test_every_answer_has_the_security_headers(signed_in: Api, method: str, path: str) -> None:
    headers = signed_in(method, path).headers
    assert headers.items() >= SECURITY_HEADERS.items()
    assert headers["cache-control"] == "no-store"
    assert headers["x-request-id"]


@pytest.mark.parametrize("path", ["/", "/web/app.js"])
def test_the_page_has_the_security_headers_too(api: Api, path: str) -> None:
    headers = api("GET", path).headers
    assert headers.items() >= SECURITY_HEADERS.items()
    assert headers["cache-control"] == "no-cache"


def test_every_request_has_an_id_of_its_own(signed_in: Api) -> None:
    assert len({signed_in("GET", "/users/me").headers["x-request-id"] for _ in range(3)}) == 3


def test_under_chalice_local_requests_have_an_id_too(services: Services) -> None:
    answer = Api(LocalGateway(create_app(services), Config()))("GET", "/users/me")
    assert (answer.status, answer.json["request_id"]) == (401, answer.headers["x-request-id"])


def test_a_body_may_have_256_kilobytes(signed_in: Api) -> None:
    body = json.dumps(NEW).encode()
    assert signed_in("POST", "/images", body + b" " * (256 * 1024 - len(body))).status == 201


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "APPLICATION/JSON"])
def test_json_is_known_by_its_media_type_whatever_its_form(signed_in: Api, content_type: str) -> None:
    assert signed_in("POST", "/images", NEW, Content_Type=content_type).status == 201


@pytest.mark.parametrize("body", [None, b"", b"null", b"[]", b'"text"', b"7"])
def test_a_body_that_is_no_object_is_refused_as_a_whole(signed_in: Api, body: bytes | None) -> None:
    answer = signed_in("POST", "/images", body)
    if body:
        assert (answer.status, answer.pointers) == (422, {"#"})
    else:
        assert answer.code == "malformed_json"


@pytest.mark.parametrize(
    "body",
    [
        b'{"size": NaN}',
        b'{"size": Infinity}',
        b'{"size": 1} {}',
        b'{"size": 1,}',
        b"{'size': 1}",
        b'{"name": "\\ud800"}',
        b'{"name": "\xff"}',
        b"\xef\xbb\xbf{}",
        b"[" * 200_000,
        b'{"a":' * 40_000,
    ],
)
def test_what_is_not_strictly_json_is_malformed(signed_in: Api, body: bytes) -> None:
    answer = signed_in("POST", "/images", body)
    assert (answer.status, answer.code) == (400, "malformed_json")


def test_a_number_too_large_for_anything_is_no_internal_error(signed_in: Api) -> None:
    for number in (b"1e999", b"-1e999", b"9" * 5000, b"0." + b"0" * 5000 + b"1"):
        answer = signed_in("POST", "/images", json.dumps(NEW).encode().replace(b"6", number))
        assert answer.status in {400, 422}, number[:10]


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_refused(api: Api, body: bytes) -> None:
    for path in ("/auth/login", "/auth/refresh"):
        assert api("POST", path, body).status in {400, 401, 422}


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["email", "display_name", "extra"]) | st.text(), NESTED, max_size=4))
def test_no_registration_is_more_than_refused(api: Api, body: dict[str, Any]) -> None:
    answer = api("POST", "/auth/register", body | {"password": "short"})
    assert answer.status in {400, 422}
