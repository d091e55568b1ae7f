"""Audit events: records of actions, with their actor, time, and retention."""

from copy import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from chalicelib.model.paging import Page


class AuditKind(StrEnum):
    """The kind of an audit event, which its action decides: log, or security with a longer retention by default."""

    LOG = "log"
    SECURITY = "security"


class AuditLevel(StrEnum):
    """The severity of an audit event: warning for refused attempts, failures, and used recovery codes, else info."""

    INFO = "info"
    WARNING = "warning"


class AuditAction(StrEnum):
    """The action that an audit event records, as `subject.verb`."""

    REGISTERED = "user.registered"
    REGISTRATION_REFUSED = "user.registration_refused"
    SIGNED_IN = "session.started"
    SIGN_IN_FAILED = "session.refused"
    SIGN_IN_LIMITED = "session.limited"
    SIGNED_OUT = "session.ended"
    SIGNED_OUT_EVERYWHERE = "session.all_ended"
    REAUTHENTICATED = "session.reauthenticated"
    REAUTHENTICATION_REFUSED = "session.reauthentication_refused"
    REFRESH_REUSED = "session.refresh_reused"
    PASSWORD_CHANGED = "password.changed"
    PASSWORD_CHANGE_REFUSED = "password.change_refused"
    PASSWORD_RESET_REQUESTED = "password.reset_requested"
    PASSWORD_RESET = "password.reset"
    SECOND_FACTOR_ADDED = "second_factor.added"
    SECOND_FACTOR_REMOVED = "second_factor.removed"
    CODE_REFUSED = "second_factor.code_refused"
    RECOVERY_CODE_USED = "second_factor.recovery_code_used"
    EMAIL_CHANGE_REQUESTED = "email.change_requested"
    EMAIL_CHANGED = "email.changed"
    EMAIL_VERIFIED = "email.verified"
    VERIFICATION_REQUESTED = "email.verification_requested"
    ROLE_CHANGED = "user.role_changed"
    LIMITS_CHANGED = "user.limits_changed"
    DISABLED = "user.disabled"
    ENABLED = "user.enabled"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    API_KEY_REFUSED = "api_key.refused"
    ACCESS_REFUSED = "access.refused"
    PROJECT_CREATED = "project.created"
    PROJECT_RENAMED = "project.renamed"
    PROJECT_DELETED = "project.deleted"
    MEMBER_INVITED = "member.invited"
    MEMBER_JOINED = "member.joined"
    MEMBER_CHANGED = "member.role_changed"
    MEMBER_REMOVED = "member.removed"
    DATA_EXPORT_REQUESTED = "data_export.requested"
    RESEARCH_NOTE_CREATED = "research_note.created"
    RESEARCH_NOTE_DELETED = "research_note.deleted"
    USER_DELETED = "user.deleted"
    IMAGE_CREATED = "image.created"
    IMAGE_UPLOADED = "image.uploaded"
    IMAGE_ANALYZED = "image.analyzed"
    IMAGE_FAILED = "image.failed"
    IMAGE_DELETED = "image.deleted"


WARNING_ACTIONS: Final = frozenset(
    {
        AuditAction.SIGN_IN_FAILED,
        AuditAction.SIGN_IN_LIMITED,
        AuditAction.REAUTHENTICATION_REFUSED,
        AuditAction.REFRESH_REUSED,
        AuditAction.PASSWORD_CHANGE_REFUSED,
        AuditAction.REGISTRATION_REFUSED,
        AuditAction.CODE_REFUSED,
        AuditAction.RECOVERY_CODE_USED,
        AuditAction.API_KEY_REFUSED,
        AuditAction.ACCESS_REFUSED,
        AuditAction.IMAGE_FAILED,
    }
)

SECURITY_ACTIONS: Final = frozenset(
    {
        AuditAction.REGISTRATION_REFUSED,
        AuditAction.SIGN_IN_FAILED,
        AuditAction.SIGN_IN_LIMITED,
        AuditAction.SIGNED_OUT_EVERYWHERE,
        AuditAction.REAUTHENTICATION_REFUSED,
        AuditAction.REFRESH_REUSED,
        AuditAction.PASSWORD_CHANGED,
        AuditAction.PASSWORD_CHANGE_REFUSED,
        AuditAction.PASSWORD_RESET_REQUESTED,
        AuditAction.PASSWORD_RESET,
        AuditAction.EMAIL_CHANGE_REQUESTED,
        AuditAction.EMAIL_CHANGED,
        AuditAction.SECOND_FACTOR_ADDED,
        AuditAction.SECOND_FACTOR_REMOVED,
        AuditAction.CODE_REFUSED,
        AuditAction.RECOVERY_CODE_USED,
        AuditAction.API_KEY_CREATED,
        AuditAction.API_KEY_REVOKED,
        AuditAction.API_KEY_REFUSED,
        AuditAction.ACCESS_REFUSED,
        AuditAction.ROLE_CHANGED,
        AuditAction.LIMITS_CHANGED,
        AuditAction.DISABLED,
        AuditAction.ENABLED,
        AuditAction.MEMBER_CHANGED,
        AuditAction.MEMBER_REMOVED,
        AuditAction.PROJECT_DELETED,
        AuditAction.DATA_EXPORT_REQUESTED,
        AuditAction.USER_DELETED,
    }
)


class AuditEvent(msgspec.Struct, frozen=True):
    """An audit event: the record of an action, with its actor and time.

    actor_id is the user who acted, and user_id the user or project whose log contains the event; they are None if
    unknown. subject_id is the id of the object of the action, detail a short text about its outcome, and duration_ms
    the duration of an analysis in milliseconds. network and device are the source of the request, such as 192.0.2.0/24
    and Firefox on Linux; they are None for events of jobs, and of versions that did not record them. DynamoDB deletes
    the event after expires_at. No field contains a name, an email address or a whole IP address.
    """

    id: str
    actor_id: str | None
    user_id: str | None
    action: AuditAction
    kind: AuditKind
    level: AuditLevel
    subject_id: str | None
    detail: str | None
    request_id: str
    at: datetime
    expires_at: datetime
    duration_ms: int | None = None
    network: str | None = None
    device: str | None = None

    def as_seen_by(self, user_id: str) -> "AuditEvent":
        """Return the event as a user may see it: without the source of requests that another known user made.

        Users see where they acted themselves, and where strangers tried to act as they.
        """
        if self.actor_id in (None, user_id):
            return self
        return replace(self, network=None, device=None)


type AuditEventPage = Page[AuditEvent]
"""A page of audit events, newest first."""


class AuditEventNotFound(Exception):
    """There is no audit event with this id, or the user may not read it."""
