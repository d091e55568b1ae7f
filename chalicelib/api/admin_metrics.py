"""/admin/metrics and /admin/levels: what happened and how much there is, for an administrator's dashboard."""

from collections.abc import Callable
from datetime import date

from chalice.app import Blueprint, Response

from chalicelib.api.answers import DayMetrics, LevelsRecord
from chalicelib.api.operation import Answer
from chalicelib.api.problems import FieldError, Refused, invalid
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import DayRequest
from chalicelib.services.access import Access, Caller
from chalicelib.services.metrics import Metrics


def routes(metrics: Callable[[], Metrics], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of the dashboard's numbers."""
    admin = Routes(__name__, access, admin_only=True)

    @admin.add("GET", "/admin/metrics", query=DayRequest, answer=Answer(DayMetrics))
    def get_metrics(_: Caller, query: DayRequest) -> Response:
        return json_answer(DayMetrics.of(metrics().of_day(_day(query.day))))

    @admin.add("GET", "/admin/levels", answer=Answer(LevelsRecord))
    def get_levels(_: Caller) -> Response:
        return json_answer(LevelsRecord.of(metrics().levels()))

    return admin.blueprint


def _day(text: str | None) -> date | None:
    """Return a day whose form is right already; the thirtieth of February isn't. Raises Refused."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise Refused(invalid([FieldError("day", "is no day that there is")])) from error
