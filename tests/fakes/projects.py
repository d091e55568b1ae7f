from collections.abc import Callable, Sequence
from copy import replace
from datetime import datetime
from typing import override

from chalicelib.model.audit import AuditEvent
from chalicelib.model.projects import Invitation, LastOwner, Member, Project, ProjectFull, ProjectRole
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.storage.tables.invitations import InvitationsTable
from chalicelib.storage.tables.projects import ProjectsTable
from tests.fakes.audit_log import FakeAuditLog
from tests.fakes.usage import FakeUsage
from tests.fakes.users import FakeUsers

MAX_MEMBERS = 100


class FakeProjects(ProjectsTable):
    def __init__(self, usage: FakeUsage, audit_log: FakeAuditLog) -> None:
        self.usage = usage
        self.stored: dict[str, Project] = {}
        self.closed: dict[str, datetime] = {}
        self.memberships: dict[tuple[str, str], Member] = {}
        self._audit_log = audit_log

    @override
    def add(
        self,
        project: Project,
        owner_id: str,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> None:
        self.usage.apply(usage)
        self.stored[project.id] = project
        self.memberships[project.id, owner_id] = Member(project.id, owner_id, ProjectRole.OWNER, project.created_at)
        self._audit_log.add(events)

    @override
    def of_user(self, user_id: str) -> list[Member]:
        found = [member for member in self.memberships.values() if member.user_id == user_id]
        return sorted(found, key=lambda member: member.project_id, reverse=True)

    @override
    def named(self, project_ids: Sequence[str]) -> dict[str, Project]:
        return {
            id_: replace(self.stored[id_], members=len(self.members(id_))) for id_ in project_ids if self.is_open(id_)
        }

    @override
    def member(self, project_id: str, user_id: str) -> Member | None:
        return self.memberships.get((project_id, user_id))

    @override
    def is_open(self, project_id: str) -> bool:
        return project_id in self.stored and project_id not in self.closed

    @override
    def members(self, project_id: str) -> list[Member]:
        found = [member for member in self.memberships.values() if member.project_id == project_id]
        return sorted(found, key=lambda member: (member.since, member.user_id))

    @override
    def rename(self, project_id: str, name: str, events: Sequence[AuditEvent]) -> bool:
        if not self.is_open(project_id):
            return False
        self.stored[project_id] = replace(self.stored[project_id], name=name)
        self._audit_log.add(events)
        return True

    @override
    def change_role(self, member: Member, role: ProjectRole, events: Sequence[AuditEvent]) -> bool:
        current = self._unchanged(member)
        if current is None:
            return False
        if role is not ProjectRole.OWNER:
            self._check_other_owner(current)
        self.memberships[member.project_id, member.user_id] = replace(current, role=role)
        self._audit_log.add(events)
        return True

    @override
    def remove(self, member: Member, events: Sequence[AuditEvent]) -> bool:
        current = self._unchanged(member)
        if current is None:
            return False
        self._check_other_owner(current)
        self._leave(member)
        self._audit_log.add(events)
        return True

    @override
    def mark_deleted(self, project_id: str, now: datetime, events: Sequence[AuditEvent]) -> bool:
        if not self.is_open(project_id):
            return False
        self.closed[project_id] = now
        self._audit_log.add(events)
        return True

    @override
    def closed_before(self, time: datetime, max_count: int) -> Sequence[str]:
        oldest_first = sorted((closed_at, id_) for id_, closed_at in self.closed.items() if closed_at < time)
        return [id_ for _, id_ in oldest_first[:max_count]]

    @override
    def delete(self, project_id: str) -> None:
        for member in self.members(project_id):
            self._leave(member)
        self.stored.pop(project_id, None)
        self.closed.pop(project_id, None)

    def _leave(self, member: Member) -> None:
        del self.memberships[member.project_id, member.user_id]
        self.usage.apply(UsageChange(user_id=member.user_id, by=PerLimit(projects=-1)))

    def _unchanged(self, member: Member) -> Member | None:
        current = self.memberships.get((member.project_id, member.user_id))
        return current if current is not None and current.role is member.role else None

    def _check_other_owner(self, member: Member) -> None:
        owners = [other for other in self.members(member.project_id) if other.role is ProjectRole.OWNER]
        if owners == [member]:
            raise LastOwner


class FakeInvitations(InvitationsTable):
    def __init__(self, projects: FakeProjects, users: FakeUsers, audit_log: FakeAuditLog) -> None:
        self.stored: dict[tuple[str, str], Invitation] = {}
        self._fake_projects = projects
        self._fake_users = users
        self._audit_log = audit_log

    @override
    def add(self, invitation: Invitation, events: Sequence[AuditEvent]) -> bool:
        projects = self._fake_projects
        if not projects.is_open(invitation.project_id):
            return False
        project = projects.stored[invitation.project_id]
        projects.stored[project.id] = replace(project, invited_until=invitation.expires_at)
        whole_seconds = invitation.expires_at.replace(microsecond=0)
        self.stored[invitation.project_id, invitation.id] = replace(invitation, expires_at=whole_seconds)
        self._audit_log.add(events)
        return True

    @override
    def get(self, project_id: str, invitation_id: str) -> Invitation | None:
        return self.stored.get((project_id, invitation_id))

    @override
    def of_project(self, project_id: str, now: datetime) -> list[Invitation]:
        of_project = [invitation for key, invitation in sorted(self.stored.items()) if key[0] == project_id]
        return [invitation for invitation in of_project if now < invitation.expires_at]

    @override
    def note_unsent(self, invitation: Invitation) -> None:
        key = invitation.project_id, invitation.id
        if key in self.stored:
            self.stored[key] = replace(self.stored[key], email_sent=False)

    @override
    def accept(
        self, invitation: Invitation, member: Member, events: Sequence[AuditEvent], usage: UsageChange | None = None
    ) -> bool:
        key, joining = (invitation.project_id, invitation.id), (member.project_id, member.user_id)
        if key not in self.stored or joining in self._fake_projects.memberships or not self._is_valid(invitation):
            return False
        if not self._is_active(member.user_id):
            return False
        project = self._fake_projects.named([member.project_id]).get(member.project_id)
        if project is None or project.members >= MAX_MEMBERS:
            raise ProjectFull
        self._fake_projects.usage.apply(usage)
        del self.stored[key]
        self._fake_projects.memberships[joining] = member
        self._audit_log.add(events)
        return True

    def _is_valid(self, invitation: Invitation) -> bool:
        if invitation.invited_by is None:
            return True
        inviter = self._fake_projects.memberships.get((invitation.project_id, invitation.invited_by))
        is_owner = inviter is not None and inviter.role is ProjectRole.OWNER
        return is_owner and self._is_active(invitation.invited_by)

    def _is_active(self, user_id: str) -> bool:
        user = self._fake_users.get(user_id)
        return user is not None and user.is_confirmed and not user.disabled

    @override
    def revoke(self, project_id: str, invitation_id: str) -> None:
        self.stored.pop((project_id, invitation_id), None)

    @override
    def revoke_by(self, project_id: str, user_id: str) -> None:
        self._revoke(lambda invitation: (invitation.project_id, invitation.invited_by) == (project_id, user_id))

    @override
    def revoke_to(self, email: str) -> None:
        self._revoke(lambda invitation: invitation.email == email)

    def _revoke(self, applies: Callable[[Invitation], bool]) -> None:
        self.stored = {key: invitation for key, invitation in self.stored.items() if not applies(invitation)}

    @override
    def delete_all(self, project_id: str) -> None:
        for key in [key for key in self.stored if key[0] == project_id]:
            del self.stored[key]
