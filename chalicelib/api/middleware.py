"""The middleware of all requests: log line, audit events, security headers, CORS, and problems of Chalice's errors."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib import logs
from chalicelib.api import cors
from chalicelib.api.problems import PROBLEM_OF_STATUS
from chalicelib.api.router import client_of, path_of, request_id
from chalicelib.api.services import Services
from chalicelib.model.ids import new_id

SECURITY_HEADERS: Final = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        # Of what is no page: nothing is loaded, and nothing may show it in a frame.
        "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    }
)

log = logging.getLogger(__name__)


def http_middleware(services: Services) -> Callable[[Request, Callable[[Request], Response]], Response]:
    """Return the Chalice middleware that handles every HTTP request.

    It converts Chalice's own errors, such as an unknown path, to problem details, adds the request id, security and
    CORS headers, and writes the log line and the audit events of the request. It never sees the exceptions of views:
    the router converts those.
    """

    def handle(request: Request, respond: Callable[[Request], Response]) -> Response:
        started = time.perf_counter()
        request.context.setdefault("requestId", new_id())  # API Gateway sets it; `chalice local` does not
        id_ = request_id(request)
        route = f"{request.method} {request.context['resourcePath']}"
        with logs.context(request_id=id_, route=route):
            services.audit.begin(id_, client_of(request))
            response = _as_problem(respond(request), request)
            response.headers = {**SECURITY_HEADERS, "X-Request-Id": id_, **response.headers}
            cors.allow(request, response, services.cors_origins())
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            level = logging.ERROR if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
            log.log(level, "request", extra={"status": response.status_code, "duration_ms": milliseconds})
            services.audit.write()
            return response

    return handle


def _as_problem(response: Response, request: Request) -> Response:
    """Replace an error in Chalice's own format by problem details."""
    if not _is_error_of_chalice(response.body):
        return response
    problem = PROBLEM_OF_STATUS[response.status_code].response(path_of(request), request_id(request))
    problem.headers = {**response.headers, **problem.headers}  # Allow, with a 405
    return problem


def _is_error_of_chalice(body: Any) -> bool:
    return isinstance(body, dict) and body.keys() == {"Code", "Message"}
