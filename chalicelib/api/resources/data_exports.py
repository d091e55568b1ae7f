"""/users/me/export: the export of the user's data as one file."""

from http import HTTPStatus
from typing import Literal, Self

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib.api.common_types import SignedUrlResponse, Timestamp, optional_timestamp, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.router import Router
from chalicelib.api.services import Services
from chalicelib.model.data_exports import DataExportState
from chalicelib.model.principals import Principal


class DataExportResponse(Struct):
    """An export of the user's data.

    file is the URL of a ZIP file, size its number of bytes; both are null until it is made.
    """

    status: Literal["making", "made", "failed"]
    asked_at: Timestamp
    made_at: Timestamp | None
    size: int | None
    expires_at: Timestamp
    file: SignedUrlResponse | None

    @classmethod
    def from_state(cls, state: DataExportState) -> Self:
        """Build the response from a `DataExportState`."""
        export = state.data_export
        return cls(
            status="failed" if state.failed else "made" if export.made_at else "making",
            asked_at=timestamp(export.asked_at),
            made_at=optional_timestamp(export.made_at),
            size=export.size,
            expires_at=timestamp(export.expires_at),
            file=SignedUrlResponse.from_signed_url(state.url) if state.url else None,
        )


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the data export."""
    router = Router(__name__, services)

    @router.route(
        "POST",
        "/users/me/export",
        recent=True,
        responses=Responses(
            DataExportResponse, status=HTTPStatus.ACCEPTED, problems=(HTTPStatus.CONFLICT,), limited=True
        ),
    )
    def request_data_export(principal: Principal) -> DataExportResponse:
        """Request an export of the user's data."""
        return DataExportResponse.from_state(services.data_export.request(principal.user))

    @router.route(
        "GET",
        "/users/me/export",
        recent=True,
        responses=Responses(DataExportResponse, problems=(HTTPStatus.NOT_FOUND,)),
    )
    def get_data_export(principal: Principal) -> DataExportResponse:
        """Get the data export that was requested last."""
        return DataExportResponse.from_state(services.data_export.get(principal.user_id))

    return router.blueprint
