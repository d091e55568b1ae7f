"""/rules: the rules that images are checked against."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.services.access import Access


def routes(access: Callable[[], Access]) -> Blueprint:
    """Return the route of the rules."""
    rules = Routes(__name__, access)

    @rules.add("GET", "/rules", public=True, answer=Answer(dict))
    def list_rules() -> Response:
        # Few requests need the rules, so that no function loads them when it starts.
        from januslens.accessibility.report import described  # noqa: PLC0415
        from januslens.accessibility.rules import RULES  # noqa: PLC0415

        return json_answer({"items": described(RULES), "next": None})

    return rules.blueprint
