"""Recording of audit events.

Changes are recorded in the same transaction as the change, so that none is without its event, also if the function is
killed. What changes nothing, such as a refused sign-in, is collected while a request or job runs, and written once at
its end: a failure of the audit log then does not fail the request, and a log line names the missing events.

Requests that are refused again and again are recorded once per quarter of an hour, network and reason, so that nobody
can fill the log with them. Their number is that of the log lines.
"""

import logging
import zlib
from contextvars import ContextVar
from copy import replace
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import SECURITY_ACTIONS, WARNING_ACTIONS, AuditAction, AuditEvent, AuditKind, AuditLevel
from chalicelib.model.clock import Clock, window_start
from chalicelib.model.ids import id_of, new_id
from chalicelib.model.sessions import ClientInfo
from chalicelib.services.audit_source import NO_SOURCE, AuditSource, source_of
from chalicelib.storage.tables.audit_log import AuditLogTable

REPEATED_AFTER: Final = timedelta(minutes=15)
NETWORKS: Final = 64  # that are told apart within REPEATED_AFTER: at most 6,144 events per day, account and reason

log = logging.getLogger(__name__)


class AuditRetention(msgspec.Struct, frozen=True):
    """The retention periods of audit events, by kind."""

    log: timedelta
    security: timedelta


class AuditRecorder:
    """Creates audit events, and collects those of an invocation until they are written, separately per thread."""

    def __init__(self, table: AuditLogTable, clock: Clock, retention: AuditRetention) -> None:
        self._table = table
        self._clock = clock
        self._retention = retention
        self._events: ContextVar[tuple[AuditEvent, ...]] = ContextVar("audit_events", default=())
        self._refusals: ContextVar[tuple[AuditEvent, ...]] = ContextVar("audit_refusals", default=())
        self._request_id: ContextVar[str] = ContextVar("audit_request_id", default="-")
        self._source: ContextVar[AuditSource] = ContextVar("audit_source", default=NO_SOURCE)

    def begin(self, request_id: str, client: ClientInfo | None = None) -> None:
        """Start an invocation with this request id, and discard events that an earlier one did not write.

        client is the client of a request, None for a job.
        """
        self._events.set(())
        self._refusals.set(())
        self._request_id.set(request_id)
        self._source.set(NO_SOURCE if client is None else source_of(client))

    def record(
        self,
        action: AuditAction,
        *,
        actor_id: str | None,
        user_id: str | None = None,
        subject_id: str | None = None,
        detail: str | None = None,
        duration_ms: int | None = None,
    ) -> None:
        """Create an event as `event` does, and collect it for `write`."""
        event = self.event(
            action,
            actor_id=actor_id,
            user_id=user_id,
            subject_id=subject_id,
            detail=detail,
            duration_ms=duration_ms,
        )
        self._events.set((*self._events.get(), event))

    def record_refusal(
        self,
        action: AuditAction,
        *,
        actor_id: str | None,
        user_id: str | None = None,
        subject_id: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Create an event as `event` does, and collect it for `write`, unless there was one like it just before.

        Of the events with the same action, actor, user and detail, one is written per quarter of an hour and network.
        """
        event = self.event(action, actor_id=actor_id, user_id=user_id, subject_id=subject_id, detail=detail)
        network = zlib.crc32((event.network or "").encode()) % NETWORKS
        name = f"{action}\n{event.actor_id}\n{event.user_id}\n{detail}\n{network}"
        refusal = replace(event, id=id_of(window_start(event.at, REPEATED_AFTER), name))
        self._refusals.set((*self._refusals.get(), refusal))

    def event(
        self,
        action: AuditAction,
        *,
        actor_id: str | None,
        user_id: str | None = None,
        subject_id: str | None = None,
        detail: str | None = None,
        duration_ms: int | None = None,
    ) -> AuditEvent:
        """Return a new event, to be written by the caller together with the change that it records.

        actor_id is the user who acts, None if unknown; user_id is the user or project whose log will contain the event,
        by default the actor. kind, level and expiry follow from the action.
        """
        now, source = self._clock(), self._source.get()
        kind = AuditKind.SECURITY if action in SECURITY_ACTIONS else AuditKind.LOG
        return AuditEvent(
            id=new_id(),
            actor_id=actor_id,
            user_id=user_id or actor_id,
            action=action,
            kind=kind,
            level=AuditLevel.WARNING if action in WARNING_ACTIONS else AuditLevel.INFO,
            subject_id=subject_id,
            detail=detail,
            request_id=self._request_id.get(),
            at=now,
            duration_ms=duration_ms,
            network=source.network,
            device=source.device,
            expires_at=now + (self._retention.security if kind is AuditKind.SECURITY else self._retention.log),
        )

    def write(self) -> None:
        """Write the collected events, if there are any. A failure is logged with their actions, and not raised."""
        events, refusals = self._events.get(), self._refusals.get()
        self._events.set(())
        self._refusals.set(())
        try:
            if events:
                self._table.add(events)
            for refusal in refusals:
                self._table.add_once(refusal)
        except Exception:  # the recorded actions are done, whether or not the table fails
            actions = [event.action for event in (*events, *refusals)]
            log.exception("audit events could not be written", extra={"actions": actions})
