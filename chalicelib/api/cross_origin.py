"""Pages of other origins that may use the API: those that the configuration lists (CORS).

Source: Fetch, section 3.3, https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from chalice.app import Chalice, Request, Response

REQUEST_HEADERS: Final = "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match"
ANSWER_HEADERS: Final = "Content-Disposition, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
SECONDS_KEPT: Final = "7200"  # what Chromium keeps at most


def allow(request: Request, response: Response, origins: Collection[str]) -> None:
    """Let a page read an answer, if its origin is listed; caches are told that the answer depends on it."""
    origin = str(request.headers.get("origin", ""))
    if origin in origins:
        response.headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": ANSWER_HEADERS}
    if origins:
        vary = response.headers.get("Vary")
        response.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"


def answer_preflights(chalice: Chalice, origins: Callable[[], Collection[str]]) -> None:
    """Add to every address of the app an answer to what browsers ask before a page's request."""
    for path, by_method in list(chalice.routes.items()):
        methods = sorted(by_method)
        chalice.route(path, methods=["OPTIONS"], name="preflight")(_preflight(chalice, methods, origins))


def _preflight(chalice: Chalice, methods: list[str], origins: Callable[[], Collection[str]]) -> Callable[..., Response]:
    def answer(**_: str) -> Response:
        request: Any = chalice.current_request
        headers: Mapping[str, str] = {}
        if str(request.headers.get("origin", "")) in origins():
            headers = {
                "Access-Control-Allow-Methods": ", ".join(methods),
                "Access-Control-Allow-Headers": REQUEST_HEADERS,
                "Access-Control-Max-Age": SECONDS_KEPT,
            }
        return Response("", {"Allow": ", ".join([*methods, "OPTIONS"]), **headers}, 204)

    return answer
