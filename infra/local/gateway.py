"""API Gateway in the local stack: Chalice's local gateway with the template's gateway responses.

Unlike `chalice local`, it decodes path parameters, as API Gateway does, rejects a body that cannot be read, sends no
body with HEAD, 204 and 304, and prints no access log.
"""

from __future__ import annotations

import base64
import functools
import os
import re
import socket
import sys
import traceback
import uuid
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, override
from urllib.parse import unquote

from chalice.cli.factory import CLIFactory
from chalice.local import CustomLocalChalice, LocalChalice, LocalGateway

from infra import PROJECT, template
from infra.local import child
from infra.local.gateway_responses import GatewayError, GatewayResponse, GatewayResponses
from infra.terminal import warn

if TYPE_CHECKING:
    from chalice.app import Chalice

MAX_BODY_BYTES: Final = 10 * 1024 * 1024  # https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
CHUNK: Final = 64 * 1024
BODILESS: Final = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


class Gateway(LocalGateway):
    """Chalice's local gateway with a request id for each request and decoded path parameters, as in API Gateway.

    It turns an HTTP request into an event and calls the app in this process. An unknown route raises GatewayError.
    """

    @override
    def _generate_lambda_event(
        self, method: str, path: str, headers: dict[str, Any], body: bytes | None
    ) -> dict[str, Any]:
        try:
            event = super()._generate_lambda_event(method, path, headers, body)
        except ValueError as error:
            raise GatewayError("MISSING_AUTHENTICATION_TOKEN") from error
        event["pathParameters"] = {name: unquote(value) for name, value in event["pathParameters"].items()}
        event["requestContext"]["requestId"] = str(uuid.uuid4())
        return event


class RequestHandler(BaseHTTPRequestHandler):
    """The handler of the HTTP requests on one connection to the local gateway, which passes them to the app."""

    protocol_version = "HTTP/1.1"
    server_version = "janus"
    sys_version = ""

    def __init__(
        self, request: Any, client_address: Any, server: Any, *, gateway: Gateway, responses: GatewayResponses
    ) -> None:
        self._gateway = gateway
        self._responses = responses
        self.path = ""  # stays empty if the request line is not valid HTTP
        super().__init__(request, client_address, server)  # handles all requests of the connection

    def _handle(self) -> None:
        body = self._read_body()
        if body is not None:
            self._send(self._respond(body))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_QUERY = _handle  # noqa: N815 - http.server's names

    def _read_body(self) -> bytes | None:
        """Return the request's body, or None after sending an error response."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers:
            self.send_error(HTTPStatus.LENGTH_REQUIRED, "A request body requires Content-Length.")
        elif not re.fullmatch(r"[0-9]{1,18}", length):
            self.send_error(HTTPStatus.BAD_REQUEST, "Content-Length is not a valid number.")
        elif int(length) > MAX_BODY_BYTES:
            self._discard(int(length))
            self._send(self._responses.of_type("REQUEST_TOO_LARGE", self._path_only()))
        else:
            return self.rfile.read(int(length))
        return None

    def _discard(self, length: int) -> None:
        """Read and drop the body, because clients read the response only after sending it."""
        while length > 0 and (chunk := self.rfile.read(min(length, CHUNK))):
            length -= len(chunk)

    def _respond(self, body: bytes) -> GatewayResponse:
        try:
            response = self._gateway.handle_request(self.command, self.path, dict(self.headers), body or None)
        except GatewayError as error:
            return self._responses.of_type(error.response_type, self._path_only())
        except Exception as error:  # noqa: BLE001 - like Lambda: log it and respond with 5xx
            traceback.print_exc(file=sys.stdout)
            warn(f"{self.command} {self._path_only()}: {type(error).__name__}; see the log")
            return self._responses.of_type("DEFAULT_5XX", self._path_only())
        content = response["body"] or ""
        encoded = base64.b64decode(content) if response.get("isBase64Encoded") else content.encode()
        headers = {**response["headers"], **response["multiValueHeaders"]}
        return GatewayResponse(response["statusCode"], headers, encoded)

    def _send(self, response: GatewayResponse) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            for one in value if isinstance(value, list) else [value]:
                self.send_header(name, one)
        if response.status not in BODILESS:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if response.status not in BODILESS and self.command != "HEAD":
            self.wfile.write(response.body)

    def _path_only(self) -> str:
        return self.path.partition("?")[0]

    @override
    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Respond to an invalid HTTP request with problem details, and close the connection."""
        status = HTTPStatus(code)
        self.close_connection = True
        response = self._responses.of_status(status, message or status.description, self._path_only())
        self._send(GatewayResponse(response.status, {**response.headers, "Connection": "close"}, response.body))

    @override
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Print nothing: the app writes one log line per request."""

    @override
    def log_message(self, format: str, *args: Any) -> None:
        sys.stdout.write(f"gateway: {format % args}\n")


class Server(ThreadingHTTPServer):
    """The HTTP server of the local gateway, on a socket that is already listening, with one thread per connection."""

    def __init__(self, listener: socket.socket, gateway: Gateway, responses: GatewayResponses) -> None:
        handler = functools.partial(RequestHandler, gateway=gateway, responses=responses)
        super().__init__(listener.getsockname(), handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write the traceback to the log, not to the terminal, because browsers close connections at any time."""
        traceback.print_exc(file=sys.stdout)


def with_thread_local_request(app: Chalice) -> Chalice:
    """Make current_request of a Chalice app thread-local, as chalice.local.create_local_server does.

    Return the same app, whose class is changed.
    """
    CustomLocalChalice.__bases__ = (LocalChalice, app.__class__)
    app.__class__ = CustomLocalChalice
    return app


def main(listener: socket.socket) -> None:
    """Serve the app as API Gateway does, on a listening socket, until the process ends."""
    config = CLIFactory(str(PROJECT)).create_config_obj(os.environ["JANUS_STAGE"])
    gateway = Gateway(with_thread_local_request(config.chalice_app), config)
    Server(listener, gateway, GatewayResponses(template.load().gateway_responses())).serve_forever()


if __name__ == "__main__":
    child.end_with_parent()
    main(socket.socket(fileno=int(sys.argv[1])))
