"""What is around every request: log line, audit entries, security headers, problems for the errors of Chalice's own."""

import logging
import time
from collections.abc import Callable, Collection
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from chalice.app import Request, Response

from chalicelib import logs
from chalicelib.api import cross_origin, problems
from chalicelib.api.routing import path_of, request_id
from chalicelib.model.ids import new_id
from chalicelib.services.audit import AuditRecorder

HEADERS: Final = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)

log = logging.getLogger(__name__)


def observer(
    audit: Callable[[], AuditRecorder], origins: Callable[[], Collection[str]]
) -> Callable[[Request, Callable[[Request], Response]], Response]:
    """Return the middleware of HTTP requests; origins are those of pages that may read the answers."""

    def observe(request: Request, respond: Callable[[Request], Response]) -> Response:
        started = time.perf_counter()
        request.context.setdefault("requestId", new_id())  # API Gateway's, which `chalice local` doesn't give
        identity = request_id(request)
        route = f"{request.method} {request.context['resourcePath']}"
        with logs.context(request_id=identity, route=route):
            audit().begin(identity)
            response = _as_problem(respond(request), request)
            response.headers = {**HEADERS, "X-Request-Id": identity, **response.headers}
            cross_origin.allow(request, response, origins())
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            level = logging.ERROR if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
            log.log(level, "request", extra={"status": response.status_code, "duration_ms": milliseconds})
            audit().write()
            return response

    return observe


def _as_problem(response: Response, request: Request) -> Response:
    """Turn an error in Chalice's own form into problem details."""
    if not _is_chalices(response.body):
        return response
    problem = problems.OF_STATUS[response.status_code]
    answer = problem.response(path_of(request), request_id(request))
    answer.headers |= {name: value for name, value in response.headers.items() if name == "Allow"}
    return answer


def _is_chalices(body: Any) -> bool:
    return isinstance(body, dict) and body.keys() == {"Code", "Message"}
