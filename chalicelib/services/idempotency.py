"""Idempotent requests: a second request with the same key receives the response of the first.

Source: The Idempotency-Key HTTP Header Field, draft-ietf-httpapi-idempotency-key-header-07.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.clock import Clock
from chalicelib.model.idempotency import IdempotencyKeyReused, IdempotentRequest, RequestInProgress, StoredResponse
from chalicelib.storage.tables.idempotency import IdempotencyTable

KEPT_FOR: Final = timedelta(days=1)
GIVEN_UP_AFTER: Final = timedelta(minutes=1)  # twice the timeout of the API's function


class IdempotencyStore(msgspec.Struct, frozen=True):
    """Runs a request once per user and idempotency key, and repeats its stored response to later ones, for a day.

    A request that raises, or that has no response after a minute, can be run again.
    """

    table: IdempotencyTable
    clock: Clock

    def run_once(
        self, user_id: str, key: str, fingerprint: str, respond: Callable[[], StoredResponse]
    ) -> StoredResponse:
        """Call `respond` and store its response, or return the stored response of an earlier request with the same key.

        fingerprint identifies the content of the request. A response is stored for a day. An exception of `respond` is
        raised and not stored, and the request can be retried with the same key. Raises IdempotencyKeyReused if the
        earlier request has another fingerprint, and RequestInProgress while it is in progress, for at most a minute.
        """
        now = self.clock()
        request = IdempotentRequest(user_id, key, fingerprint, now, (now + KEPT_FOR).replace(microsecond=0))
        if not self.table.claim(request, now, now - GIVEN_UP_AFTER):
            return self._earlier_response(user_id, key, fingerprint)
        try:
            response = respond()
        except Exception:
            self.table.release(request)
            raise
        self.table.finish(request, response)
        return response

    def _earlier_response(self, user_id: str, key: str, fingerprint: str) -> StoredResponse:
        earlier = self.table.get(user_id, key)
        if earlier is None or (earlier.response is None and earlier.fingerprint == fingerprint):
            raise RequestInProgress
        if earlier.response is None or earlier.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        return earlier.response
