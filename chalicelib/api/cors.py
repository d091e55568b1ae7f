"""Cross-origin resource sharing (CORS) for the origins that the configuration lists.

Source: Fetch, section 3.3, https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from chalice.app import Chalice, Request, Response

REQUEST_HEADERS: Final = "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match"
RESPONSE_HEADERS: Final = "Content-Disposition, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
MAX_AGE_SECONDS: Final = "7200"  # the maximum that Chromium honors


def allow(request: Request, response: Response, origins: Collection[str]) -> None:
    """Add CORS headers to a response, so that pages of the listed origins can read it.

    Access-Control-Allow-Origin is added only if the request's Origin is listed; Vary: Origin whenever there are
    origins.
    """
    origin = str(request.headers.get("origin", ""))
    if origin in origins:
        response.headers |= {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": RESPONSE_HEADERS}
    if origins:
        vary = response.headers.get("Vary")
        response.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"


def add_preflight_routes(chalice: Chalice, origins: Callable[[], Collection[str]]) -> None:
    """Add an OPTIONS route to every path of the app that responds to CORS preflight requests.

    origins returns the permitted origins; it is called per request. Other origins receive only the Allow header.
    """
    for path, by_method in list(chalice.routes.items()):
        methods = sorted(by_method)
        chalice.route(path, methods=["OPTIONS"], name="preflight")(_preflight(chalice, methods, origins))


def _preflight(chalice: Chalice, methods: list[str], origins: Callable[[], Collection[str]]) -> Callable[..., Response]:
    def respond(**_: str) -> Response:
        request: Any = chalice.current_request
        headers: Mapping[str, str] = {}
        if str(request.headers.get("origin", "")) in origins():
            headers = {
                "Access-Control-Allow-Methods": ", ".join(methods),
                "Access-Control-Allow-Headers": REQUEST_HEADERS,
                "Access-Control-Max-Age": MAX_AGE_SECONDS,
            }
        return Response("", {"Allow": ", ".join([*methods, "OPTIONS"]), **headers}, 204)

    return respond
