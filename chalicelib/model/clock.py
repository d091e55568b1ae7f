"""The clock that every time in Janus comes from, so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

type Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current time as an aware datetime in UTC."""
    return datetime.now(UTC)


def window_start(at: datetime, length: timedelta) -> datetime:
    """Return the start of the window that a time is in; windows of this length follow each other from 1970 on."""
    seconds = length.total_seconds()
    return datetime.fromtimestamp(at.timestamp() // seconds * seconds, UTC)
