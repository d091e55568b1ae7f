"""The errors that a route may respond with follow from its declaration."""

from http import HTTPStatus
from typing import Any

import pytest

from chalicelib.api.common_types import ApiRequest, MessageResponse
from chalicelib.api.operation import Operation, Responses

OPEN: dict[str, Any] = {
    "summary": "Do it",
    "public": True,
    "admin_only": False,
    "in_project": False,
    "idempotent": False,
    "scope": None,
    "body": None,
    "query": None,
    "responses": Responses(),
}


@pytest.mark.parametrize(
    ("changes", "statuses"),
    [
        ({}, []),
        ({"public": False}, [401, 403]),
        ({"in_project": True}, [404]),
        ({"idempotent": True}, [409]),
        ({"body": ApiRequest}, [400, 413, 415, 422]),
        ({"query": ApiRequest}, [422]),
        ({"responses": Responses(limited=True)}, [429]),
        ({"responses": Responses(formats=("text/csv",))}, [406]),
        ({"responses": Responses(problems=(HTTPStatus(503), HTTPStatus(401)))}, [401, 503]),
        (
            {"public": False, "responses": Responses(problems=(HTTPStatus(401), HTTPStatus(409)))},
            [401, 403, 409],
        ),
    ],
)
def test_each_part_of_a_declaration_adds_its_errors(changes: dict[str, Any], statuses: list[int]) -> None:
    assert Operation(**OPEN | changes).problem_statuses() == statuses


@pytest.mark.parametrize(
    ("responses", "status"),
    [
        (Responses(), 204),
        (Responses(status=HTTPStatus.CREATED), 204),
        (Responses(MessageResponse), 200),
        (Responses(MessageResponse, status=HTTPStatus.ACCEPTED), 202),
    ],
)
def test_a_response_without_a_body_is_204(responses: Responses, status: int) -> None:
    assert responses.success == status


def test_a_body_is_json_unless_a_route_says_otherwise() -> None:
    assert Responses(MessageResponse).media_type == "application/json"


def test_declarations_never_change() -> None:
    for declared in (Responses(), Operation(**OPEN)):
        with pytest.raises(AttributeError):
            setattr(declared, type(declared).__struct_fields__[0], None)
