"""Errors that several entities share, and the rate limit that one of them states."""

from datetime import timedelta

import msgspec


class ChangedMeanwhile(Exception):
    """Another request changed the item after it was read, so that the change was not made."""


class InvalidField(Exception):
    """A field of a request is well formed, but its value is not acceptable.

    field is its name; detail continues it to a sentence, such as "must be at most 50".
    """

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field} {detail}")
        self.field = field
        self.detail = detail


class RateLimit(msgspec.Struct, frozen=True):
    """The maximum number of attempts by one subject, such as an account or a network, within a fixed window of time.

    name identifies the limit in responses and counters.
    """

    name: str
    max_count: int
    window: timedelta


class RateLimitExceeded(Exception):
    """A rate limit was reached. Further attempts are permitted in seconds_left seconds, when its window ends."""

    def __init__(self, limit: RateLimit, seconds_left: int) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.seconds_left = seconds_left
