"""The administrators' dashboard: the audit events of a day by hour, and current levels.

Events are counted from the audit log when the dashboard is read, so that other requests do no extra work.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.storage.gauges import Gauges
from chalicelib.storage.tables.audit_log import AuditLogTable

HOURS: Final = 24
MAX_EVENTS: Final = 50_000  # per day, which take some seconds to read; a busier day is reported as incomplete
PERCENTILES: Final = 100


class Durations(msgspec.Struct, frozen=True):
    """The median and the 95th percentile of the durations of successful analyses in an hour, in milliseconds.

    Both are None if there were none.
    """

    median: float | None
    p95: float | None


class Hour(msgspec.Struct, frozen=True):
    """The audit events of all users in an hour in UTC that starts at begin.

    actions is the number of events by action, failures the number of failed analyses by failure code, and analysis the
    durations of the successful ones.
    """

    begin: datetime
    actions: Mapping[str, int]
    failures: Mapping[str, int]
    analysis: Durations


class DaySeries(msgspec.Struct, frozen=True):
    """The 24 hours of a day in UTC. complete is False if the day has more events than could be counted.

    The hours of the current day that have not begun are empty.
    """

    hours: Sequence[Hour]
    complete: bool


class Levels(msgspec.Struct, frozen=True):
    """The numbers of users, of waiting messages by queue, and of stored bytes, as AWS last reported them.

    Only the waiting messages are up to date, and approximate. users is some hours old; stored_bytes is about a day old,
    and None if unknown.
    """

    users: int
    waiting: Mapping[str, int]
    stored_bytes: int | None


class DashboardService(msgspec.Struct, frozen=True):
    """The use cases of the administrators' dashboard: the events of a day, and the numbers that AWS last reported."""

    table: AuditLogTable
    gauges: Gauges
    clock: Clock

    def of_day(self, day: date | None) -> DaySeries:
        """Return the audit events of a day in UTC by hour, up to MAX_EVENTS; None is the current day."""
        begin = datetime.combine(day or self.clock().date(), time(), UTC)
        events, complete = self.table.events_of_day(begin, MAX_EVENTS)
        by_hour: dict[int, list[AuditEvent]] = {}
        for event in events:
            by_hour.setdefault(event.at.hour, []).append(event)
        hours = [_hour(begin + timedelta(hours=hour), by_hour.get(hour, [])) for hour in range(HOURS)]
        return DaySeries(hours, complete)

    def levels(self) -> Levels:
        """Return the numbers of users, waiting messages, and stored bytes, as AWS last reported them.

        Only the waiting messages are up to date: users are some hours old, stored bytes about a day, or None.

        Raises botocore's ClientError or BotoCoreError if AWS does not report them.
        """
        return Levels(self.gauges.users(), self.gauges.waiting(), self.gauges.stored_bytes(self.clock()))


def _hour(begin: datetime, events: Iterable[AuditEvent]) -> Hour:
    actions: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    milliseconds: list[int] = []
    for event in events:
        actions[event.action] += 1
        if event.action == AuditAction.IMAGE_FAILED:
            failures[event.detail or "unknown"] += 1
        if event.action == AuditAction.IMAGE_ANALYZED and event.duration_ms is not None:
            milliseconds.append(event.duration_ms)
    return Hour(begin, actions, failures, _durations(milliseconds))


def _durations(milliseconds: Sequence[int]) -> Durations:
    if not milliseconds:
        return Durations(None, None)
    if len(milliseconds) == 1:
        return Durations(milliseconds[0], milliseconds[0])
    from statistics import quantiles  # noqa: PLC0415  only the dashboard needs it

    cuts = quantiles(milliseconds, n=PERCENTILES, method="inclusive")
    return Durations(round(cuts[49], 1), round(cuts[94], 1))
