"""Pages of other origins: those that are listed, and no others."""

from collections.abc import Mapping

import pytest
from chalice.config import Config

from app import create_app
from chalicelib.config import Settings
from chalicelib.model.ids import new_id
from chalicelib.wiring import Services
from infra.local.gateway import Gateway
from tests.conftest import Api, Person

LISTED = "https://research.example"
PATHS = ("/", "/images", "/images/01a21453-a46f-7113-9de8-5f9cc8f03beb", "/auth/login", "/openapi.json")


@pytest.fixture
def api(deployment: Mapping[str, str], services: Services) -> Api:
    variables = {**deployment, "JANUS_CORS_ORIGINS": f"https://janus.example,{LISTED}"}
    listing = Services(lambda: Settings.from_environment(variables), services.clock)
    return Api(Gateway(create_app(listing), Config()))


@pytest.mark.parametrize("path", PATHS)
def test_a_listed_page_reads_answers_and_errors(api: Api, path: str) -> None:
    answer = api("GET", path, Origin=LISTED)
    assert answer.headers["access-control-allow-origin"] == LISTED
    assert "X-Request-Id" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://research.example.evil.example", ""])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_other_page_does(api: Api, origin: str, method: str) -> None:
    answer = api(method, "/images", Origin=origin)
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "Origin" in answer.headers["vary"]


def test_a_listed_page_may_send_what_the_api_takes(api: Api, person: Person) -> None:
    asked = api("OPTIONS", "/images", Origin=LISTED, Access_Control_Request_Method="POST")
    assert (asked.status, asked.text) == (204, "")
    assert asked.headers["access-control-allow-origin"] == LISTED
    assert asked.headers["access-control-allow-methods"] == "GET, POST"
    assert {"Authorization", "Content-Type", "Idempotency-Key"} <= set(
        asked.headers["access-control-allow-headers"].split(", ")
    )
    deep = api("OPTIONS", f"/projects/{new_id()}/images/{new_id()}", Origin=LISTED)
    assert deep.headers["access-control-allow-methods"] == "DELETE, GET"
