"""/health and /status: whether the API is alive, and how the services are on which it stands."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Alive, ServiceStatus, Status
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.health import HealthService


def routes(health: Callable[[], HealthService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of health."""
    status = Routes(__name__, authorization)

    @status.add("GET", "/health", public=True, answer=Answer(Alive))
    def get_health() -> Response:
        return json_answer(Alive("ok"))

    @status.add("GET", "/status", public=True, answer=Answer(Status, problems=(HTTPStatus.SERVICE_UNAVAILABLE,)))
    def get_status() -> Response:
        services = [ServiceStatus.of(dependency) for dependency in health().dependencies()]
        is_well = all(service.status == "ok" for service in services)
        answer = Status("ok" if is_well else "degraded", services)
        return json_answer(answer, HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)

    return status.blueprint
