"""/admin/metrics and /admin/levels: what happened and how much there is, for an administrator's dashboard."""

from collections.abc import Callable

from chalice.app import Blueprint, Response

from chalicelib.api.answers import DayMetrics, LevelsRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, json_answer
from chalicelib.api.schemas import DayRequest
from chalicelib.api.times import day_of
from chalicelib.model.principals import Principal
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.dashboard import DashboardService


def routes(dashboard: Callable[[], DashboardService], authorization: Callable[[], AuthorizationService]) -> Blueprint:
    """Return the routes of the dashboard's numbers."""
    admin = Routes(__name__, authorization, admin_only=True)

    @admin.add("GET", "/admin/metrics", query=DayRequest, answer=Answer(DayMetrics))
    def get_metrics(_: Principal, query: DayRequest) -> Response:
        return json_answer(DayMetrics.of(dashboard().of_day(day_of("day", query.day))))

    @admin.add("GET", "/admin/levels", answer=Answer(LevelsRecord))
    def get_levels(_: Principal) -> Response:
        return json_answer(LevelsRecord.of(dashboard().levels()))

    return admin.blueprint
