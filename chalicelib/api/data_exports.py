"""/users/me/export: all that belongs to the account as one file."""

from collections.abc import Callable
from http import HTTPStatus

from chalice.app import Blueprint, Response

from chalicelib.api.answers import DataExportRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.data_export import DataExportService


def routes(
    data_export: Callable[[], DataExportService], authorization: Callable[[], AuthorizationService]
) -> Blueprint:
    """Return the routes of the export."""
    resource = Routes(__name__, authorization)

    @resource.add(
        "POST",
        "/users/me/export",
        answer=Answer(DataExportRecord, status=HTTPStatus.ACCEPTED, problems=(HTTPStatus.CONFLICT,), limited=True),
    )
    def request_data_export(principal: Principal) -> Response:
        return json_answer(DataExportRecord.of(data_export().request(principal.user_id)), HTTPStatus.ACCEPTED)

    @resource.add("GET", "/users/me/export", answer=Answer(DataExportRecord, problems=(HTTPStatus.NOT_FOUND,)))
    def get_data_export(principal: Principal) -> Response:
        return json_answer(DataExportRecord.of(data_export().get(principal.user_id)))

    return resource.blueprint
