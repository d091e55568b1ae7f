"""/rules and /schemas: the rules that images are checked against, and the JSON Schemas of results."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.operation import Answer
from chalicelib.api.problems import OF_STATUS, Refused
from chalicelib.api.routing import Routes, json_answer
from chalicelib.services.accounts.authorization import AuthorizationService

JSON_SCHEMA: Final = "application/schema+json"


def routes(authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of the rules and the schemas. What they need is imported by the few requests that do."""
    described = Routes(__name__, authorization)

    @described.add("GET", "/rules", public=True, answer=Answer(dict))
    def list_rules() -> Response:
        from januslens.accessibility.report import native_rules  # noqa: PLC0415
        from januslens.accessibility.rules import RULES  # noqa: PLC0415

        return json_answer({"items": native_rules(RULES), "next": None})

    @described.add(
        "GET",
        "/schemas/{name}",
        public=True,
        answer=Answer(dict, media_type=JSON_SCHEMA, problems=(HTTPStatus.NOT_FOUND,)),
    )
    def get_schema(name: str) -> Response:
        from januslens.analysis.native import SCHEMAS  # noqa: PLC0415

        if name not in SCHEMAS:
            raise Refused(OF_STATUS[HTTPStatus.NOT_FOUND])
        return json_answer(SCHEMAS[name](), content_type=JSON_SCHEMA)

    return described.blueprint
