"""Rate limits."""

from datetime import timedelta

import msgspec


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
