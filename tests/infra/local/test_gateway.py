"""The local gateway has API Gateway's own responses, as the template defines them."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from chalice.app import Chalice, Response
from chalice.config import Config

from infra import template
from infra.local import listening
from infra.local.gateway import MAX_BODY_BYTES, Gateway, Server, with_thread_local_request
from infra.local.gateway_responses import GatewayResponses

PROBLEM = "application/problem+json"


def small_app() -> Chalice:
    app = Chalice("small", configure_logs=False)

    @app.route("/echo/{word}", methods=["GET", "POST"])
    def echo(word: str) -> dict[str, Any]:
        request = app.current_request
        assert request
        assert isinstance(request.raw_body, bytes)
        return {"word": word, "body": request.raw_body.decode(), "id": request.context["requestId"]}

    @app.route("/unserializable")
    def unserializable() -> Response:
        return Response(body={"no": object()})

    @app.route("/nothing", methods=["DELETE"])
    def nothing() -> Response:
        return Response(body="", status_code=204)

    return app


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    listener = listening.listen(0)
    gateway = Gateway(with_thread_local_request(small_app()), Config())
    server = Server(listener, gateway, GatewayResponses(template.load().gateway_responses()))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield listener.getsockname()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def url(address: tuple[str, int]) -> str:
    return "http://{}:{}".format(*address)


def spoken(address: tuple[str, int], request: bytes) -> http.client.HTTPResponse:
    """Send raw bytes and read what comes back until the server closes the connection."""
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(request)
        with http.client.HTTPResponse(connection) as response:
            response.begin()
            return response


def test_the_app_is_asked(url: str) -> None:
    answer = requests.post(f"{url}/echo/word", data="body", timeout=10)
    assert answer.status_code == 200
    assert answer.json() | {"id": ""} == {"word": "word", "body": "body", "id": ""}


def test_path_parameters_reach_the_app_decoded(url: str) -> None:
    assert requests.get(f"{url}/echo/a%20%C3%A9", timeout=10).json()["word"] == "a é"


def test_every_request_has_its_own_id(url: str) -> None:
    ids = {requests.get(f"{url}/echo/x", timeout=10).json()["id"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer é"}, {"Authorization": "Bearer token"}])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH", "OPTIONS"])
def test_an_unknown_route_is_a_404_problem(url: str, method: str, headers: dict[str, str]) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    answer = requests.request(method, f"{url}/nowhere?q=1", headers=encoded, timeout=10)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    problem = answer.json()
    assert problem.pop("request_id") == answer.headers["X-Request-Id"]
    assert problem == {
        "type": "urn:janus:problem:not_found",
        "title": "Not found",
        "status": 404,
        "detail": "There is no resource at this path.",
        "instance": "/nowhere",
    }


def test_an_error_that_nobody_catches_is_a_500_problem(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    answer = requests.get(f"{url}/unserializable", timeout=10)
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:janus:problem:internal_error"
    said = capfd.readouterr()
    assert said.err == "janus: GET /unserializable: TypeError; see the log\n"
    assert "Traceback" in said.out


def test_every_gateway_response_is_a_problem_that_says_its_own_status() -> None:
    responses = GatewayResponses(template.load().gateway_responses())
    for response_type in responses.responses:
        answer = responses.of_type(response_type, "/path")
        problem = json.loads(answer.body)
        assert problem["status"] == answer.status
        assert set(problem) == {"type", "title", "status", "detail", "instance", "request_id"}


def test_a_body_beyond_the_gateways_limit_is_a_413_problem(url: str) -> None:
    answer = requests.post(f"{url}/echo/x", data=bytes(MAX_BODY_BYTES + 1), timeout=30)
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:janus:problem:body_too_large"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"POST /echo/x HTTP/1.1\r\nContent-Length: many", 400),
        (b"POST /echo/x HTTP/1.1\r\nContent-Length: -1", 400),
        (b"POST /echo/x HTTP/1.1\r\nContent-Length: " + b"9" * 5000, 400),
        (b"POST /echo/x HTTP/1.1\r\nTransfer-Encoding: chunked", 411),
        (b"GET /" + b"x" * 70000 + b" HTTP/1.1", 414),
        (b"GET /echo/x HTTP/1.1\r\n" + b"A: b\r\n" * 200, 431),
        (b"BREW /echo/x HTTP/1.1", 501),
    ],
)
def test_what_is_no_request_is_a_problem_too(address: tuple[str, int], line: bytes, status: int) -> None:
    response = spoken(address, line + b"\r\n\r\n")
    assert response.status == status
    assert response.headers["Content-Type"] == PROBLEM
    assert response.headers["Connection"] == "close"


def test_an_answer_without_a_body_leaves_the_connection_usable(address: tuple[str, int]) -> None:
    connection = http.client.HTTPConnection(*address, timeout=10)
    for method, path, status in [
        ("DELETE", "/nothing", 204),
        ("HEAD", "/echo/x", 405),
        ("HEAD", "/nowhere", 404),
        ("GET", "/echo/x", 200),
    ]:
        connection.request(method, path)
        response = connection.getresponse()
        response.read()
        assert response.status == status
    connection.close()
