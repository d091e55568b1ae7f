"""Who did what.

A deed of an account is written to the log table in the same transaction as what it tells of. Other deeds are gathered
while a request or event is handled and written once, at its end; then a failing log table never fails what it tells of:
that is done, and the log line says that its entry is missing.
"""

import logging
from contextvars import ContextVar
from datetime import timedelta
from enum import StrEnum
from typing import Final

import msgspec

from chalicelib.services.clock import Clock
from chalicelib.services.ids import new_id
from chalicelib.storage.logs import LogEntry, Logs

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What an entry is kept for: to see what was done, or what may have been an attack."""

    LOG = "log"
    SECURITY = "security"


class Level(StrEnum):
    """How much an entry should worry whoever reads it."""

    INFO = "info"
    WARNING = "warning"


class Action(StrEnum):
    """What can be done."""

    REGISTERED = "user.registered"
    REGISTRATION_REFUSED = "user.registration_refused"
    SIGNED_IN = "session.started"
    SIGN_IN_FAILED = "session.refused"
    SIGN_IN_LIMITED = "session.limited"
    SIGNED_OUT = "session.ended"
    SIGNED_OUT_EVERYWHERE = "session.all_ended"
    REFRESH_REUSED = "session.refresh_reused"
    PASSWORD_CHANGED = "password.changed"
    PASSWORD_CHANGE_REFUSED = "password.change_refused"
    PASSWORD_RESET_ASKED = "password.reset_asked"
    PASSWORD_RESET = "password.reset"
    SECOND_FACTOR_ADDED = "second_factor.added"
    SECOND_FACTOR_REMOVED = "second_factor.removed"
    CODE_REFUSED = "second_factor.code_refused"
    RECOVERY_CODE_USED = "second_factor.recovery_code_used"
    EMAIL_CHANGE_ASKED = "email.change_asked"
    EMAIL_CHANGED = "email.changed"
    EMAIL_VERIFIED = "email.verified"
    ROLE_CHANGED = "user.role_changed"
    DISABLED = "user.disabled"
    ENABLED = "user.enabled"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    PROJECT_CREATED = "project.created"
    PROJECT_RENAMED = "project.renamed"
    PROJECT_DELETED = "project.deleted"
    MEMBER_INVITED = "member.invited"
    MEMBER_JOINED = "member.joined"
    MEMBER_CHANGED = "member.role_changed"
    MEMBER_REMOVED = "member.removed"
    ARCHIVE_ASKED = "user.archive_asked"
    ENTRY_ADDED = "analytics.created"
    ENTRY_DELETED = "analytics.deleted"
    USER_DELETED = "user.deleted"
    IMAGE_CREATED = "image.created"
    IMAGE_UPLOADED = "image.uploaded"
    IMAGE_ANALYZED = "image.analyzed"
    IMAGE_FAILED = "image.failed"
    IMAGE_DELETED = "image.deleted"


WORRYING: Final = frozenset(
    {
        Action.SIGN_IN_FAILED,
        Action.SIGN_IN_LIMITED,
        Action.REFRESH_REUSED,
        Action.PASSWORD_CHANGE_REFUSED,
        Action.REGISTRATION_REFUSED,
        Action.CODE_REFUSED,
        Action.RECOVERY_CODE_USED,
        Action.IMAGE_FAILED,
    }
)
SECURITY: Final = frozenset(
    {
        Action.REGISTRATION_REFUSED,
        Action.SIGN_IN_FAILED,
        Action.SIGN_IN_LIMITED,
        Action.SIGNED_OUT_EVERYWHERE,
        Action.REFRESH_REUSED,
        Action.PASSWORD_CHANGED,
        Action.PASSWORD_CHANGE_REFUSED,
        Action.PASSWORD_RESET_ASKED,
        Action.PASSWORD_RESET,
        Action.EMAIL_CHANGE_ASKED,
        Action.EMAIL_CHANGED,
        Action.SECOND_FACTOR_ADDED,
        Action.SECOND_FACTOR_REMOVED,
        Action.CODE_REFUSED,
        Action.RECOVERY_CODE_USED,
        Action.API_KEY_CREATED,
        Action.API_KEY_REVOKED,
        Action.ROLE_CHANGED,
        Action.DISABLED,
        Action.ENABLED,
        Action.MEMBER_CHANGED,
        Action.MEMBER_REMOVED,
        Action.PROJECT_DELETED,
        Action.ARCHIVE_ASKED,
        Action.USER_DELETED,
    }
)


class Retention(msgspec.Struct, frozen=True):
    """How long entries are kept."""

    log: timedelta
    security: timedelta


class Audit:
    """Gathers the deeds of an invocation, each thread its own."""

    def __init__(self, logs: Logs, clock: Clock, retention: Retention) -> None:
        self._logs = logs
        self._clock = clock
        self._retention = retention
        self._entries: ContextVar[tuple[LogEntry, ...]] = ContextVar("audit_entries", default=())
        self._request_id: ContextVar[str] = ContextVar("audit_request_id", default="-")

    def begin(self, request_id: str) -> None:
        """Begin an invocation: what was gathered and never written belongs to another."""
        self._entries.set(())
        self._request_id.set(request_id)

    def record(
        self,
        action: Action,
        *,
        actor_id: str | None,
        user_id: str | None = None,
        subject_id: str | None = None,
        detail: str | None = None,
        duration_ms: int | None = None,
    ) -> None:
        """Note a deed; see `entry`."""
        entry = self.entry(
            action,
            actor_id=actor_id,
            user_id=user_id,
            subject_id=subject_id,
            detail=detail,
            duration_ms=duration_ms,
        )
        self._entries.set((*self._entries.get(), entry))

    def entry(
        self,
        action: Action,
        *,
        actor_id: str | None,
        user_id: str | None = None,
        subject_id: str | None = None,
        detail: str | None = None,
        duration_ms: int | None = None,
    ) -> LogEntry:
        """Return what the log says of a deed, for whoever writes both together.

        actor_id is who did it, None for who isn't signed in and isn't known by what they tried either; user_id is whose
        account, or which project, it belongs to, if not the actor's.
        """
        now = self._clock()
        kind = Kind.SECURITY if action in SECURITY else Kind.LOG
        return LogEntry(
            id=new_id(),
            actor_id=actor_id,
            user_id=user_id or actor_id,
            action=action.value,
            kind=kind.value,
            level=(Level.WARNING if action in WORRYING else Level.INFO).value,
            subject_id=subject_id,
            detail=detail,
            request_id=self._request_id.get(),
            at=now,
            duration_ms=duration_ms,
            expires_at=now + (self._retention.security if kind is Kind.SECURITY else self._retention.log),
        )

    def write(self) -> None:
        """Write what was gathered, if anything was."""
        entries = self._entries.get()
        self._entries.set(())
        if not entries:
            return
        try:
            self._logs.add(entries)
        except Exception:  # whatever the table's fault is, the deeds are done and stay done
            log.exception("log entries could not be written", extra={"actions": [entry.action for entry in entries]})
