from collections.abc import Callable, Iterable, Sequence
from copy import replace
from datetime import datetime
from typing import Any, override

from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailChange, EmailTaken, EmailToken, EmailTokenPurpose
from chalicelib.model.ids import first_id
from chalicelib.model.paging import page_of
from chalicelib.model.usage import OwnLimits, Usage
from chalicelib.model.users import AccountRole, LastAdmin, PresentedCode, User, UserPage
from chalicelib.storage.tables.abandoned_registrations import AbandonedRegistrationsTable
from chalicelib.storage.tables.email_changes import EmailChangesTable
from chalicelib.storage.tables.second_factors import SecondFactorsTable
from chalicelib.storage.tables.users import UsersTable
from tests.fakes.audit_log import FakeAuditLog
from tests.fakes.usage import FakeUsage

NOT_STORED_AT_FIRST: dict[str, Any] = {
    "totp_secret": None,
    "totp_proposed": None,
    "recovery_codes": 0,
    "deleted_at": None,
    "email_change": None,
}
NO_SECOND_FACTOR: dict[str, Any] = {"totp_secret": None, "totp_proposed": None, "recovery_codes": 0}


class FakeUsers(UsersTable):
    def __init__(self, usage: FakeUsage, audit_log: FakeAuditLog) -> None:
        self._fake_usage = usage
        self.stored: dict[str, User] = {}
        self.by_email: dict[str, str] = {}
        self.resets: dict[str, EmailToken] = {}
        self.admins = 0
        self._audit_log = audit_log

    @override
    def add(self, user: User, events: Sequence[AuditEvent] = ()) -> None:
        if user.email in self.by_email or user.id in self.stored:
            raise EmailTaken
        self.stored[user.id] = replace(user, **NOT_STORED_AT_FIRST)
        self.by_email[user.email] = user.id
        self._fake_usage.stored[user.id] = Usage.none(user.id, user.created_at)
        self._audit_log.add(events)

    @override
    def register_again(self, pending: User, new: User, events: Sequence[AuditEvent]) -> None:
        current = self.with_password_of(pending)
        if current is None or current.is_confirmed or current.deleted_at or current.email != pending.email:
            raise EmailTaken
        self._set_password(
            current,
            new.password_hash,
            events,
            revoke_api_keys=True,
            display_name=new.display_name,
            verification=new.verification,
            verified_at=new.verified_at,
            **NO_SECOND_FACTOR,
        )

    @override
    def get(self, user_id: str) -> User | None:
        return self.stored.get(user_id)

    @override
    def named(self, user_ids: Sequence[str]) -> dict[str, User]:
        return {user_id: self.stored[user_id] for user_id in user_ids if user_id in self.stored}

    @override
    def find(self, email: str) -> User | None:
        return next((user for user in self.stored.values() if user.email == email), None)

    @override
    def look_up(self, email: str) -> User | None:
        return self.stored.get(self.by_email.get(email, ""))

    @override
    def list(self, before_id: str | None, limit: int, wanted: Callable[[User], bool]) -> UserPage:
        newest_first = sorted(self.stored.values(), key=lambda user: user.id, reverse=True)
        found = (
            user for user in newest_first if user.deleted_at is None and (before_id is None or user.id < before_id)
        )
        return page_of(found, before_id, limit, wanted)

    @override
    def change_role(self, user: User, role: AccountRole, events: Sequence[AuditEvent]) -> bool:
        current = self.stored.get(user.id)
        if current is None or current.role is not user.role or current.deleted_at is not None:
            return False
        if role is AccountRole.ADMIN and current.disabled:
            return False
        change = (role is AccountRole.ADMIN) - (user.role is AccountRole.ADMIN)
        if change < 0 and self.admins <= 1:
            raise LastAdmin
        self.admins += change
        return self.change(current, events, role=role, generation=current.generation + 1)

    @override
    def rename(self, user_id: str, display_name: str | None) -> None:
        self.change(self.stored.get(user_id), (), display_name=display_name)

    @override
    def set_disabled(self, user: User, events: Sequence[AuditEvent], *, disabled: bool) -> bool:
        current = self.stored.get(user.id)
        if current is None or current.deleted_at is not None:
            return False
        if (current.disabled, current.role) != (user.disabled, user.role):
            return False
        return self.change(current, events, disabled=disabled, generation=current.generation + 1)

    @override
    def set_limits(self, user: User, limits: OwnLimits, events: Sequence[AuditEvent]) -> bool:
        current = self.stored.get(user.id)
        if current is None or current.deleted_at is not None or current.limits != user.limits:
            return False
        return self.change(current, events, limits=limits)

    @override
    def replace_password_hash(self, user: User, password_hash: str) -> None:
        self.change(self.with_password_of(user), (), password_hash=password_hash)

    @override
    def change_password(
        self, user: User, password_hash: str, events: Sequence[AuditEvent], *, revoke_api_keys: bool = False
    ) -> bool:
        return self._set_password(self.with_password_of(user), password_hash, events, revoke_api_keys=revoke_api_keys)

    @override
    def mark_deleted(self, user: User, now: datetime, events: Sequence[AuditEvent]) -> bool:
        current = self.stored.get(user.id)
        if (
            current is None
            or (current.role, current.email) != (user.role, user.email)
            or current.deleted_at is not None
        ):
            return False
        return self.close(current, now, events)

    def close(self, user: User, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Close the account of a stored user together with audit events."""
        self.resets.pop(user.id, None)
        ended = {"disabled": True, "generation": user.generation + 1, "email_change": None, "verification": None}
        return self.change(user, events, deleted_at=now, **ended)

    @override
    def closed_before(self, time: datetime, max_count: int) -> Sequence[str]:
        closed = sorted(
            user.id for user in self.stored.values() if user.deleted_at is not None and user.deleted_at < time
        )
        return closed[:max_count]

    @override
    def delete(self, user: User) -> None:
        if user.id in self.stored and self.by_email.get(user.email) == user.id:
            del self.stored[user.id], self.by_email[user.email]
            self.admins -= user.role is AccountRole.ADMIN

    @override
    def end_generation(self, user_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        current = self.stored.get(user_id)
        return current is not None and self.change(current, events, generation=current.generation + 1)

    @override
    def store_token(
        self, user: User, purpose: EmailTokenPurpose, token: EmailToken, events: Sequence[AuditEvent] = ()
    ) -> bool:
        current = self.stored.get(user.id)
        if current is None or current.email != user.email or current.deleted_at is not None:
            return False
        verifies = {"verification": token} if purpose is EmailTokenPurpose.VERIFY else {}
        if not verifies:
            self.resets[user.id] = token
        return self.change(current, events, **verifies)

    @override
    def with_reset_token(self, user_id: str, digest: str, now: datetime) -> User | None:
        return self.with_token(user_id, EmailTokenPurpose.RESET, digest, now)

    @override
    def reset_password(
        self,
        user: User,
        digest: str,
        now: datetime,
        password_hash: str,
        events: Sequence[AuditEvent] = (),
        *,
        revoke_api_keys: bool = False,
    ) -> bool:
        current = self.with_token(user.id, EmailTokenPurpose.RESET, digest, now)
        if current is None or current.is_confirmed != user.is_confirmed:
            return False
        factor = {} if user.is_confirmed else NO_SECOND_FACTOR
        verified_at = current.verified_at or now
        return self._set_password(
            current,
            password_hash,
            events,
            revoke_api_keys=revoke_api_keys or not user.is_confirmed,
            verified_at=verified_at,
            verification=None,
            **factor,
        )

    @override
    def confirm(self, user: User, now: datetime, events: Sequence[AuditEvent]) -> bool:
        current = self.stored.get(user.id)
        if current is None or current.is_confirmed or current.email != user.email:
            return False
        return self.change(current, events, verified_at=now, verification=None)

    def change(self, user: User | None, events: Sequence[AuditEvent], **fields: Any) -> bool:
        """Change a stored user together with audit events; return False without one."""
        if user is None:
            return False
        self.stored[user.id] = replace(user, **fields)
        self._audit_log.add(events)
        return True

    def with_password_of(self, user: User) -> User | None:
        """Return a user as stored, None if the password was changed meanwhile."""
        current = self.stored.get(user.id)
        return current if current is not None and current.password_hash == user.password_hash else None

    def with_token(self, user_id: str, purpose: EmailTokenPurpose, digest: str, now: datetime) -> User | None:
        """Return a user as stored, None unless this token for a purpose is valid."""
        user = self.stored.get(user_id)
        if user is None:
            return None
        token = user.verification if purpose is EmailTokenPurpose.VERIFY else self.resets.get(user_id)
        return user if token is not None and token.digest == digest and now < token.expires_at else None

    def _set_password(
        self, user: User | None, password_hash: str, events: Sequence[AuditEvent], *, revoke_api_keys: bool, **also: Any
    ) -> bool:
        if user is None:
            return False
        self.resets.pop(user.id, None)
        changed = {
            "password_hash": password_hash,
            "generation": user.generation + 1,
            "key_generation": user.key_generation + revoke_api_keys,
            "email_change": None,
            "totp_proposed": None,
        }
        return self.change(user, events, **changed | also)


class FakeAbandonedRegistrations(AbandonedRegistrationsTable):
    def __init__(self, users: FakeUsers) -> None:
        self._fake = users

    @override
    def list(self, since: datetime, max_count: int) -> Sequence[str]:
        return sorted(user_id for user_id in self._fake.stored if self._abandoned(user_id, since))[:max_count]

    @override
    def close(self, user_id: str, since: datetime, now: datetime, events: Sequence[AuditEvent]) -> bool:
        user = self._abandoned(user_id, since)
        return user is not None and self._fake.close(user, now, events)

    def _abandoned(self, user_id: str, since: datetime) -> User | None:
        user = self._fake.stored.get(user_id)
        if user is None or user.is_confirmed or user.deleted_at is not None or user.role is AccountRole.ADMIN:
            return None
        link = user.verification
        return user if user.id < first_id(since) and (link is None or link.expires_at < since) else None


class FakeEmailChanges(EmailChangesTable):
    def __init__(self, users: FakeUsers) -> None:
        self._fake = users

    @override
    def request(self, user: User, change: EmailChange, events: Sequence[AuditEvent]) -> bool:
        return self._fake.change(self._fake.with_password_of(user), events, email_change=change)

    @override
    def confirm_one(self, user: User, change: EmailChange, digest: str) -> bool:
        new, old = (each if each != digest else None for each in (change.new_email_digest, change.old_email_digest))
        left = replace(change, new_email_digest=new, old_email_digest=old)
        return self._fake.change(self._with(change, user), (), email_change=left)

    @override
    def complete(self, user: User, change: EmailChange, now: datetime, events: Sequence[AuditEvent]) -> bool:
        current = self._with(change, user)
        owners = self._fake.by_email
        if current is None or change.new_email in owners or owners.get(user.email) != user.id:
            return False
        del owners[user.email]
        owners[change.new_email] = user.id
        self._fake.resets.pop(user.id, None)
        return self._fake.change(
            current, events, email=change.new_email, verified_at=now, email_change=None, verification=None
        )

    def _with(self, change: EmailChange, user: User) -> User | None:
        """Return the stored user whose pending change is this one, or None."""
        current = self._fake.get(user.id)
        pending = current.email_change if current else None
        same = pending is not None and (pending.new_email, pending.digests) == (change.new_email, change.digests)
        return current if same else None


class FakeSecondFactors(SecondFactorsTable):
    def __init__(self, users: FakeUsers) -> None:
        self._fake = users
        self._periods: dict[str, int] = {}
        self._recovery: dict[str, set[str]] = {}

    @override
    def propose(self, user_id: str, secret: str) -> bool:
        user = self._fake.get(user_id)
        return self._fake.change(user if user and user.totp_secret is None else None, (), totp_proposed=secret)

    @override
    def confirm(
        self, user_id: str, secret: str, period: int, recovery: Sequence[str], events: Sequence[AuditEvent]
    ) -> bool:
        user = self._fake.get(user_id)
        if user is None or user.totp_proposed != secret:
            return False
        self._periods[user_id], self._recovery[user_id] = period, set(recovery)
        return self._store(user, events, totp_secret=secret, totp_proposed=None)

    @override
    def use(self, user_id: str, secret: str, code: PresentedCode, events: Sequence[AuditEvent]) -> bool:
        user = self._with_unused(user_id, secret, code)
        if user is None:
            return False
        if code.period is None:
            self._recovery[user_id].remove(code.digest)
        else:
            self._periods[user_id] = code.period
        return self._store(user, events)

    @override
    def remove(self, user_id: str, secret: str, code: PresentedCode, events: Sequence[AuditEvent]) -> bool:
        return self._remove(self._with_unused(user_id, secret, code), events)

    @override
    def reset(self, user_id: str, events: Sequence[AuditEvent]) -> bool:
        user = self._fake.get(user_id)
        return self._remove(user if user and user.totp_secret is not None else None, events)

    def _with_unused(self, user_id: str, secret: str, code: PresentedCode) -> User | None:
        user = self._fake.get(user_id)
        if user is None or user.totp_secret != secret:
            return None
        if code.period is None:
            return user if code.digest in self._recovery[user_id] else None
        return user if self._periods[user_id] < code.period else None

    def _remove(self, user: User | None, events: Sequence[AuditEvent]) -> bool:
        if user is None:
            return False
        del self._periods[user.id], self._recovery[user.id]
        return self._store(user, events, totp_secret=None, totp_proposed=None)

    def _store(self, user: User, events: Iterable[AuditEvent], **fields: Any) -> bool:
        codes = len(self._recovery.get(user.id, ()))
        return self._fake.change(user, list(events), recovery_codes=codes, **fields)
