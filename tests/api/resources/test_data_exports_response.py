"""The response of a data export, without a request."""

from datetime import UTC, datetime

from msgspec import to_builtins

from chalicelib.api.resources.data_exports import DataExportResponse
from chalicelib.model.data_exports import DataExport, DataExportState

REQUESTED, MADE, EXPIRES = (datetime(2026, 1, day, 12, tzinfo=UTC) for day in (1, 2, 8))


def test_each_time_of_an_export_is_in_its_member() -> None:
    made = DataExport("user", "export", REQUESTED, EXPIRES, MADE, 7)
    assert to_builtins(DataExportResponse.from_state(DataExportState(made, None, False))) == {
        "status": "made",
        "asked_at": "2026-01-01T12:00:00.000Z",
        "made_at": "2026-01-02T12:00:00.000Z",
        "size": 7,
        "expires_at": "2026-01-08T12:00:00.000Z",
        "file": None,
    }


def test_an_export_in_progress_has_no_time_at_which_it_was_made() -> None:
    in_progress = DataExport("user", "export", REQUESTED, EXPIRES)
    response = DataExportResponse.from_state(DataExportState(in_progress, None, False))
    assert (response.status, response.made_at, response.size) == ("making", None, None)
