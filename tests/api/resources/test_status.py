"""Whether the API is running, and the services that it depends on."""

from types import SimpleNamespace

from chalicelib.api.resources import status
from chalicelib.services.health import Dependency
from tests.api.offline import client_of, offline_services
from tests.conftest import Api


def client_with(*dependencies: Dependency) -> Api:
    services = offline_services(health=SimpleNamespace(dependencies=lambda: list(dependencies)))
    return client_of(services, [status.routes(services)])


def test_a_running_api_is_healthy_whatever_it_depends_on() -> None:
    answer = client_with(Dependency("DynamoDB", False, 1.5))("GET", "/health")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_the_status_is_ok_if_all_services_respond() -> None:
    answer = client_with(Dependency("DynamoDB", True, 1.5), Dependency("S3", True, 20.0))("GET", "/status")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json == {
        "status": "ok",
        "services": [
            {"name": "DynamoDB", "status": "ok", "milliseconds": 1.5},
            {"name": "S3", "status": "ok", "milliseconds": 20.0},
        ],
    }


def test_the_status_is_degraded_if_one_does_not() -> None:
    answer = client_with(Dependency("DynamoDB", True, 1.5), Dependency("S3", False, 2000.0))("GET", "/status")
    assert answer.status == 503
    assert (answer.json["status"], answer.json["services"][1]) == (
        "degraded",
        {"name": "S3", "status": "silent", "milliseconds": 2000.0},
    )
