from collections.abc import Sequence
from copy import replace
from datetime import datetime
from typing import override

from chalicelib.model.api_keys import ApiKey
from chalicelib.model.attempts import Attempt
from chalicelib.model.audit import AuditEvent
from chalicelib.model.emails import EmailToken, EmailTokenPurpose
from chalicelib.model.projects import Membership
from chalicelib.model.sessions import Session
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.model.users import User
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.email_verifications import EmailVerificationsTable
from chalicelib.storage.tables.identities import IdentitiesTable
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.sign_ins import SignInsTable
from tests.fakes.audit_log import FakeAuditLog
from tests.fakes.projects import FakeProjects
from tests.fakes.requests import FakeCounters
from tests.fakes.usage import FakeUsage
from tests.fakes.users import FakeUsers


class FakeSessions(SessionsTable):
    def __init__(self, audit_log: FakeAuditLog) -> None:
        self.stored: dict[str, Session] = {}
        self._audit_log = audit_log

    @override
    def add(self, session: Session, events: Sequence[AuditEvent] = ()) -> None:
        whole_seconds = session.expires_at.replace(microsecond=0)
        self.stored[session.id] = replace(session, expires_at=whole_seconds)
        self._audit_log.add(events)

    @override
    def of_user(self, user_id: str, now: datetime) -> list[Session]:
        found = [session for session in self.stored.values() if session.user_id == user_id and now < session.expires_at]
        return sorted(found, key=lambda session: session.created_at, reverse=True)

    @override
    def advance(self, session: Session, presented_counter: int, now: datetime, expires_at: datetime) -> bool:
        current = self.stored.get(session.id)
        if current is None or current.counter != presented_counter:
            return False
        self.stored[session.id] = replace(
            current, counter=presented_counter + 1, refreshed_at=now, expires_at=expires_at.replace(microsecond=0)
        )
        return True

    @override
    def reauthenticate(self, session_id: str, user_id: str, now: datetime, events: Sequence[AuditEvent]) -> bool:
        current = self.stored.get(session_id)
        if current is None or current.user_id != user_id:
            return False
        self.stored[session_id] = replace(current, authenticated_at=now)
        self._audit_log.add(events)
        return True

    @override
    def end(self, session_id: str, user_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        if session_id not in self.stored or self.stored[session_id].user_id != user_id:
            return False
        del self.stored[session_id]
        self._audit_log.add(events)
        return True

    @override
    def delete_all(self, user_id: str) -> None:
        for session in [session for session in self.stored.values() if session.user_id == user_id]:
            del self.stored[session.id]


class FakeSignIns(SignInsTable):
    def __init__(self, sessions: FakeSessions, counters: FakeCounters) -> None:
        self._fake_sessions = sessions
        self._fake_counters = counters

    @override
    def add(self, session: Session, attempts: Sequence[Attempt], events: Sequence[AuditEvent]) -> None:
        self._fake_sessions.add(session, events)
        for attempt in attempts:
            self._fake_counters.take_back(attempt)


class FakeApiKeys(ApiKeysTable):
    def __init__(self, usage: FakeUsage, audit_log: FakeAuditLog) -> None:
        self._usage = usage
        self.stored: dict[tuple[str, str], ApiKey] = {}
        self._audit_log = audit_log

    @override
    def add(self, key: ApiKey, events: Sequence[AuditEvent], usage: UsageChange | None = None) -> None:
        self._usage.apply(usage)
        expires_at = key.expires_at and key.expires_at.replace(microsecond=0)
        self.stored[key.user_id, key.id] = replace(key, expires_at=expires_at, last_used_at=None)
        self._audit_log.add(events)

    @override
    def of_user(self, user_id: str) -> list[ApiKey]:
        found = [key for key in self.stored.values() if key.user_id == user_id]
        return sorted(found, key=lambda key: key.id, reverse=True)

    @override
    def delete(self, user_id: str, key_id: str, events: Sequence[AuditEvent] = ()) -> bool:
        if self.stored.pop((user_id, key_id), None) is None:
            return False
        self._usage.apply(UsageChange(user_id=user_id, by=PerLimit(api_keys=-1)))
        self._audit_log.add(events)
        return True

    @override
    def record_use(self, key: ApiKey, used_at: datetime) -> None:
        current = self.stored.get((key.user_id, key.id))
        if current is not None:
            self.stored[key.user_id, key.id] = replace(current, last_used_at=used_at)


class FakeEmailVerifications(EmailVerificationsTable):
    def __init__(self, users: FakeUsers, sessions: FakeSessions) -> None:
        self._fake_users = users
        self._fake_sessions = sessions

    @override
    def complete(self, token: EmailToken, session: Session, now: datetime, events: Sequence[AuditEvent]) -> bool:
        user = self._fake_users.with_token(session.user_id, EmailTokenPurpose.VERIFY, token.digest, now)
        if user is None:
            return False
        self._fake_sessions.add(session)
        return self._fake_users.change(user, events, verified_at=now, verification=None)


class FakeIdentities(IdentitiesTable):
    def __init__(self, users: FakeUsers, sessions: FakeSessions, api_keys: FakeApiKeys, projects: FakeProjects) -> None:
        self._fake_users = users
        self._fake_sessions = sessions
        self._fake_api_keys = api_keys
        self._fake_projects = projects

    @override
    def of_session(
        self, session_id: str, user_id: str, project_id: str | None = None
    ) -> tuple[Session, User, Membership | None] | None:
        session, user = self._fake_sessions.stored.get(session_id), self._fake_users.get(user_id)
        if session is None or user is None or session.user_id != user_id:
            return None
        return session, user, self._membership_of(project_id, user_id)

    @override
    def of_api_key(
        self, user_id: str, key_id: str, project_id: str | None = None
    ) -> tuple[ApiKey, User, Membership | None] | None:
        key, user = self._fake_api_keys.stored.get((user_id, key_id)), self._fake_users.get(user_id)
        return None if key is None or user is None else (key, user, self._membership_of(project_id, user_id))

    def _membership_of(self, project_id: str | None, user_id: str) -> Membership | None:
        if project_id is None:
            return None
        project = self._fake_projects.named([project_id]).get(project_id)
        member = self._fake_projects.member(project_id, user_id)
        return None if project is None or member is None else Membership(project, member)
