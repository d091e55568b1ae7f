"""Attempts that were counted against rate limits."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.model.errors import RateLimit

type Count = tuple[RateLimit, str]
"""A rate limit, and the subject for which an attempt is counted against it."""


class Attempt(msgspec.Struct, frozen=True):
    """An attempt that was counted at a time; its counts are taken back if it turns out to be no failure."""

    counts: Sequence[Count]
    at: datetime
