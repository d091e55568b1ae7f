"""Rate limits."""

from datetime import timedelta

import msgspec


class RateLimit(msgspec.Struct, frozen=True):
    """How many attempts are permitted within a window of time."""

    name: str
    max_count: int
    window: timedelta


class RateLimitExceeded(Exception):
    """The limit was reached; further attempts are permitted when the window ends, in seconds_left."""

    def __init__(self, limit: RateLimit, seconds_left: int) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.seconds_left = seconds_left
