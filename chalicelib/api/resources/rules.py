"""/rules and /schemas: the rules that images are checked against, and the JSON Schemas of results.

Few requests need either, so that what they need is imported when a request arrives.
"""

from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.operation import Responses
from chalicelib.api.problems import PROBLEM_OF_STATUS, ApiError
from chalicelib.api.router import Router, json_response
from chalicelib.api.services import Services

JSON_SCHEMA: Final = "application/schema+json"


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the public routes of the rules and the JSON Schemas."""
    router = Router(__name__, services)

    @router.route("GET", "/rules", public=True, responses=Responses(dict))
    def list_rules() -> Response:
        """List the rules that images are checked against."""
        from januslens.accessibility.report import native_rules  # noqa: PLC0415
        from januslens.accessibility.rules import RULES  # noqa: PLC0415

        return json_response({"items": native_rules(RULES), "next": None})

    @router.route(
        "GET",
        "/schemas/{name}",
        public=True,
        responses=Responses(dict, media_type=JSON_SCHEMA, problems=(HTTPStatus.NOT_FOUND,)),
    )
    def get_schema(name: str) -> Response:
        """Get the JSON Schema of results (`result.json`) or of the token extension (`token-extension.json`)."""
        from januslens.analysis.native import SCHEMAS  # noqa: PLC0415

        if name not in SCHEMAS:
            raise ApiError(PROBLEM_OF_STATUS[HTTPStatus.NOT_FOUND])
        return json_response(SCHEMAS[name](), content_type=JSON_SCHEMA)

    return router.blueprint
