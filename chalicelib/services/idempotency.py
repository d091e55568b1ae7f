"""Idempotent requests: a request that is repeated with its key creates nothing more, and finds what the first created.

The key stores the id of what its request creates, and no response: a response would contain what expires, such as a
signed form, or what was deleted since. A repetition reads what was created. The id is the same in every attempt, so
that nothing is created twice after an attempt that was killed after its work.

Source: The Idempotency-Key HTTP Header Field, draft-ietf-httpapi-idempotency-key-header-07.
"""

from collections.abc import Callable
from copy import replace
from datetime import timedelta
from typing import Final, Protocol

import msgspec

from chalicelib.model.clock import Clock
from chalicelib.model.idempotency import CreatedGone, IdempotencyKeyReused, IdempotentRequest, RequestInProgress
from chalicelib.model.ids import new_id
from chalicelib.storage.tables.idempotency import IdempotencyTable

KEPT_FOR: Final = timedelta(days=1)
GIVEN_UP_AFTER: Final = timedelta(minutes=1)  # twice the timeout of the API's function


class Created(Protocol):
    """The result of a request that creates something, which has an id."""

    @property
    def id(self) -> str:
        """Its id."""


class Creation[C: Created](msgspec.Struct, frozen=True):
    """The creation of something: `create` makes it, with the given id or with one that it chooses itself.

    `find` returns what has an id, as it is now, and raises CreatedGone if nothing has it. `refused` returns whether an
    exception means that nothing was created.
    """

    create: Callable[[str], C]
    find: Callable[[str], C]
    refused: Callable[[Exception], bool]


class IdempotencyStore(msgspec.Struct, frozen=True):
    """Lets a request create something once per user and idempotency key, for a day."""

    table: IdempotencyTable
    clock: Clock

    def run_once[C: Created](self, user_id: str, key: str, fingerprint: str, creation: Creation[C]) -> C:
        """Create something, or return what an earlier request with the same key created.

        fingerprint identifies the content of the request. A request that was refused frees its key. Raises
        IdempotencyKeyReused if the earlier request has another fingerprint, RequestInProgress while it is in progress,
        for at most a minute, CreatedGone if what it created is gone, and the exceptions of the creation.
        """
        now = self.clock()
        expires_at = (now + KEPT_FOR).replace(microsecond=0)
        request = IdempotentRequest(
            user_id, key, fingerprint, now, expires_at, attempt_id=new_id(), created_id=new_id()
        )
        try:
            return self._run(request, creation)
        except Exception as error:
            if not creation.refused(error):
                self.table.interrupt(request)
            raise

    def _run[C: Created](self, request: IdempotentRequest, creation: Creation[C]) -> C:
        now = request.started_at
        earlier = self.table.claim(request, now)
        if earlier is None:
            return self._attempt(request, creation)
        if earlier.fingerprint != request.fingerprint:
            raise IdempotencyKeyReused
        if earlier.finished:
            return creation.find(earlier.created_id)
        if earlier.attempt_id is not None and earlier.started_at >= now - GIVEN_UP_AFTER:
            raise RequestInProgress
        next_attempt = replace(request, created_id=earlier.created_id, expires_at=earlier.expires_at)
        return self._complete(earlier, next_attempt, creation)

    def _complete[C: Created](
        self, interrupted: IdempotentRequest, next_attempt: IdempotentRequest, creation: Creation[C]
    ) -> C:
        """Return what an interrupted attempt created, or create it."""
        try:
            found = creation.find(interrupted.created_id)
        except CreatedGone as error:
            if not self.table.take_over(next_attempt, interrupted.attempt_id):
                raise RequestInProgress from error
            return self._attempt(next_attempt, creation)
        self.table.take_over(replace(next_attempt, finished=True), interrupted.attempt_id)
        return found

    def _attempt[C: Created](self, request: IdempotentRequest, creation: Creation[C]) -> C:
        try:
            created = creation.create(request.created_id)
            self.table.finish(request, created.id)
        except Exception as error:
            if creation.refused(error):
                self.table.release(request)
            raise
        return created
