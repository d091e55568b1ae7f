"""Requests that may be repeated safely: a second one under the same key gets the first one's answer.

Source: The Idempotency-Key HTTP Header Field, draft-ietf-httpapi-idempotency-key-header-07.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.services.clock import Clock
from chalicelib.storage.repeats import Attempt, Attempts, GivenAnswer

KEPT_FOR: Final = timedelta(days=1)
GIVEN_UP_AFTER: Final = timedelta(minutes=1)  # twice what a function has for a request


class KeyOfAnother(Exception):
    """The key was given to another request."""


class StillUnderway(Exception):
    """The first request under the key isn't answered yet."""


class Repeats(msgspec.Struct, frozen=True):
    """The use case of repeated requests."""

    attempts: Attempts
    clock: Clock

    def once(self, user_id: str, key: str, fingerprint: str, answer: Callable[[], GivenAnswer]) -> GivenAnswer:
        """Answer a request, or give the answer that it had. What raises may be tried again under the same key.

        Raises KeyOfAnother, StillUnderway.
        """
        now = self.clock()
        attempt = Attempt(user_id, key, fingerprint, now, (now + KEPT_FOR).replace(microsecond=0))
        if not self.attempts.begin(attempt, now, now - GIVEN_UP_AFTER):
            return self._earlier(user_id, key, fingerprint)
        try:
            given = answer()
        except Exception:
            self.attempts.forget(attempt)
            raise
        self.attempts.finish(attempt, given)
        return given

    def _earlier(self, user_id: str, key: str, fingerprint: str) -> GivenAnswer:
        earlier = self.attempts.get(user_id, key)
        if earlier is None or (earlier.answer is None and earlier.fingerprint == fingerprint):
            raise StillUnderway
        if earlier.answer is None or earlier.fingerprint != fingerprint:
            raise KeyOfAnother
        return earlier.answer
