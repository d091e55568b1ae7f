"""Pages of other origins may use the API if their origin is listed (Fetch, section 3.3)."""

import pytest
from chalice.config import Config

from app import create_app
from chalicelib.model.ids import new_id
from infra.local.gateway import Gateway
from tests.api.offline import offline_services
from tests.conftest import Api

LISTED = "https://research.example"
PATHS = ("/", "/images", "/images/01a21453-a46f-7113-9de8-5f9cc8f03beb", "/auth/login", "/openapi.json", "/health")


def client_with(*origins: str) -> Api:
    return Api(Gateway(create_app(offline_services(origins)), Config()))


@pytest.fixture(scope="module")
def api() -> Api:
    return client_with("https://janus.example", LISTED)


@pytest.mark.parametrize("path", PATHS)
def test_a_listed_page_reads_responses_and_errors(api: Api, path: str) -> None:
    response = api("GET", path, Origin=LISTED)
    assert response.headers["access-control-allow-origin"] == LISTED
    assert response.headers["access-control-expose-headers"] == (
        "Content-Disposition, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
    )
    assert response.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://research.example.evil.example", ""])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_other_page_does(api: Api, origin: str, method: str) -> None:
    response = api(method, "/images", Origin=origin)
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert response.headers["vary"] == "Origin"


def test_without_an_origin_nothing_is_allowed(api: Api) -> None:
    assert not [name for name in api("GET", "/images").headers if name.startswith("access-control")]


def test_without_listed_origins_no_page_does() -> None:
    response = client_with()("OPTIONS", "/images", Origin=LISTED)
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert "vary" not in response.headers


def test_a_preflight_names_what_the_api_takes(api: Api) -> None:
    response = api("OPTIONS", "/images", Origin=LISTED, Access_Control_Request_Method="POST")
    assert (response.status, response.text, response.headers["allow"]) == (204, "", "GET, HEAD, POST, OPTIONS")
    assert {name: value for name, value in response.headers.items() if name.startswith("access-control")} == {
        "access-control-allow-origin": LISTED,
        "access-control-allow-methods": "GET, HEAD, POST",
        "access-control-allow-headers": "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match",
        "access-control-expose-headers": (
            "Content-Disposition, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
        ),
        "access-control-max-age": "7200",
    }


def test_every_path_has_a_preflight(api: Api) -> None:
    deep = api("OPTIONS", f"/projects/{new_id()}/images/{new_id()}", Origin=LISTED)
    assert deep.headers["access-control-allow-methods"] == "DELETE, GET, HEAD"
    paths = create_app(offline_services()).routes
    assert [path for path, by_method in paths.items() if "OPTIONS" not in by_method] == []


def test_an_unlisted_page_gets_no_methods(api: Api) -> None:
    response = api("OPTIONS", "/images", Origin="https://evil.example")
    assert (response.status, response.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
