"""/health and /status: whether the API is running, and the services that it depends on."""

from http import HTTPStatus
from typing import Literal, Self

from chalice.app import Blueprint, Response
from msgspec import Struct

from chalicelib.api.operation import Responses
from chalicelib.api.router import Router, json_response
from chalicelib.api.services import Services
from chalicelib.services.health import Dependency


class HealthResponse(Struct):
    """The confirmation that the API is running."""

    status: Literal["ok"]


class DependencyResponse(Struct):
    """A service that Janus depends on: whether it responds, and the response time in milliseconds."""

    name: str
    status: Literal["ok", "silent"]
    milliseconds: float

    @classmethod
    def from_dependency(cls, dependency: Dependency) -> Self:
        """Build the response from a `Dependency`."""
        return cls(dependency.name, "ok" if dependency.responds else "silent", dependency.milliseconds)


class StatusResponse(Struct):
    """The services that Janus depends on. The status is degraded if one of them does not respond."""

    status: Literal["ok", "degraded"]
    services: list[DependencyResponse]


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the public routes of the API's health."""
    router = Router(__name__, services)

    @router.route("GET", "/health", public=True, responses=Responses(HealthResponse))
    def get_health() -> HealthResponse:
        """Check that the API is running."""
        return HealthResponse("ok")

    @router.route(
        "GET", "/status", public=True, responses=Responses(StatusResponse, problems=(HTTPStatus.SERVICE_UNAVAILABLE,))
    )
    def get_status() -> Response:
        """Check the services that Janus depends on."""
        dependencies = [DependencyResponse.from_dependency(dependency) for dependency in services.health.dependencies()]
        if all(dependency.status == "ok" for dependency in dependencies):
            return json_response(StatusResponse("ok", dependencies))
        return json_response(StatusResponse("degraded", dependencies), HTTPStatus.SERVICE_UNAVAILABLE)

    return router.blueprint
