"""Errors that several entities share, and the rate limit that one of them states."""

from datetime import timedelta

import msgspec


class ChangedMeanwhile(Exception):
    """Another request changed the same item at the same time."""


class InvalidField(Exception):
    """A field of a request is well formed, but its value is not acceptable."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field} {detail}")
        self.field = field
        self.detail = detail


class RateLimit(msgspec.Struct, frozen=True):
    """The maximum number of attempts within a window of time."""

    name: str
    max_count: int
    window: timedelta


class RateLimitExceeded(Exception):
    """The limit was reached; further attempts are permitted in seconds_left, when the window ends."""

    def __init__(self, limit: RateLimit, seconds_left: int) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.seconds_left = seconds_left
