"""What is around every request: its id, its log line, its audit events, the headers, and Chalice's own errors."""

from collections.abc import Callable
from typing import Any

import pytest
from chalice.app import Blueprint, Chalice, Response
from chalice.config import Config
from chalice.local import LocalGateway

from chalicelib.api import middleware
from chalicelib.api.common_types import ApiRequest
from chalicelib.api.router import Router
from chalicelib.model.ids import is_id
from tests.api.offline import FakeAudit, client_of, offline_services
from tests.conftest import Api

SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


@pytest.fixture
def audit() -> FakeAudit:
    return FakeAudit()


def blueprints(services: Any) -> list[Blueprint]:
    plain = Blueprint("plain")

    @plain.route("/cached")
    def cached() -> Response:
        return Response("ok", {"Content-Type": "text/plain", "Cache-Control": "max-age=1"}, 200)

    @plain.route("/json-of-two")
    def json_of_two() -> Response:
        return Response({"Code": "x", "Message": "y", "More": "z"}, {}, 200)

    router = Router("things", services)

    @router.route("GET", "/things/{thing}", public=True)
    def get_thing(thing: str) -> None:
        if thing == "broken":
            raise ArithmeticError("the reason")

    @router.route("POST", "/things", public=True, body=ApiRequest)
    def add_thing(body: ApiRequest) -> None:
        pass

    @router.route("GET", "/mine")
    def mine(_: Any) -> None:
        pass

    return [plain, router.blueprint]


@pytest.fixture
def client(audit: FakeAudit) -> Api:
    services = offline_services(audit=audit)
    return client_of(services, blueprints(services))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/things/7", 204), ("GET", "/things/broken", 500), ("PUT", "/things", 405), ("GET", "/mine", 401)],
)
def test_every_response_has_the_security_headers_and_an_id(client: Api, method: str, path: str, status: int) -> None:
    response = client(method, path)
    assert response.status == status
    assert response.headers.items() >= SECURITY_HEADERS.items()
    assert response.headers["x-request-id"]


def test_a_response_may_decide_on_its_own_headers(client: Api) -> None:
    headers = client("GET", "/cached").headers
    assert headers["cache-control"] == "max-age=1"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_id_of_a_request_is_the_gateways(client: Api, audit: FakeAudit) -> None:
    ids = [client("GET", "/things/7").headers["x-request-id"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert audit.calls == [f"begin {ids[0]}", "write", f"begin {ids[1]}", "write"]


def test_without_a_gateway_an_id_is_made(audit: FakeAudit) -> None:
    services = offline_services(audit=audit)
    app = Chalice("offline", configure_logs=False)
    app.register_middleware(middleware.http_middleware(services), "http")
    for blueprint in blueprints(services):
        app.register_blueprint(blueprint)
    assert is_id(Api(LocalGateway(app, Config()))("GET", "/things/7").headers["x-request-id"])


def test_audit_events_are_written_after_a_failure_too(client: Api, audit: FakeAudit) -> None:
    response = client("GET", "/things/broken")
    assert audit.calls == [f"begin {response.headers['x-request-id']}", "write"]


@pytest.mark.parametrize(
    ("path", "status", "level", "route"),
    [
        ("/things/7", 204, "INFO", "GET /things/{thing}"),
        ("/mine", 401, "INFO", "GET /mine"),
        ("/things/broken", 500, "ERROR", "GET /things/{thing}"),
    ],
)
def test_each_request_has_one_line_in_the_log(
    client: Api, log_lines: Callable[[], list[dict[str, Any]]], path: str, status: int, level: str, route: str
) -> None:
    response = client("GET", path)
    (line,) = [line for line in log_lines() if line["message"] == "request"]
    assert (line["status"], line["level"], line["route"]) == (status, level, route)
    assert line["request_id"] == response.headers["x-request-id"]
    assert 0 <= line["duration_ms"] < 60_000
    assert "user_id" not in line


def test_the_line_names_the_user(client: Api, log_lines: Callable[[], list[dict[str, Any]]]) -> None:
    client("GET", "/mine", Authorization="Bearer of-ann")
    (line,) = log_lines()
    assert line["user_id"] == "ann"


def test_the_errors_of_chalice_are_problems(client: Api) -> None:
    wrong_method = client("PUT", "/things")
    assert (wrong_method.status, wrong_method.code) == (405, "method_not_allowed")
    assert wrong_method.headers["allow"] == "POST"
    assert wrong_method.json["instance"] == "/things"
    assert wrong_method.json["request_id"] == wrong_method.headers["x-request-id"]
    wrong_type = client("POST", "/things", b"<a/>", Content_Type="text/xml")
    assert (wrong_type.status, wrong_type.code) == (415, "unsupported_media_type")
    broken = client("GET", "/things/broken")
    assert (broken.status, broken.code) == (500, "internal_error")
    assert "allow" not in broken.headers


def test_a_body_with_further_members_is_no_error_of_chalice(client: Api) -> None:
    assert client("GET", "/json-of-two").json == {"Code": "x", "Message": "y", "More": "z"}


def test_without_listed_origins_nothing_varies_by_origin(client: Api) -> None:
    assert "vary" not in client("GET", "/things/7", Origin="https://a.example").headers
