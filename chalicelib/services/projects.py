"""Projects: named sets of images that several people work on."""

import unicodedata
from collections.abc import Callable, Sequence
from copy import replace
from datetime import datetime, timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction, AuditEvent
from chalicelib.model.clock import Clock
from chalicelib.model.emails import InvalidEmailToken, canonical_email
from chalicelib.model.errors import ChangedMeanwhile, InvalidField
from chalicelib.model.ids import is_id, new_id
from chalicelib.model.principals import Principal
from chalicelib.model.projects import (
    AlreadyMember,
    Invitation,
    InvitationNotFound,
    Member,
    MemberNotFound,
    Project,
    ProjectFull,
    ProjectNotFound,
    ProjectRole,
    RoleMissing,
    Teammate,
)
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.model.users import User
from chalicelib.security.email_tokens import is_digest, new_email_token, read_email_token
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message, without_links
from chalicelib.services.usage import UsageService
from chalicelib.storage.job_queues import JobQueues
from chalicelib.storage.tables.invitations import InvitationsTable
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.users import UsersTable

INVITATION_LIFETIME: Final = timedelta(days=7)


class ProjectsService(msgspec.Struct, frozen=True):
    """The use cases of projects, their members, and invitations.

    link returns the URL of the page that accepts an invitation's token.
    """

    projects: ProjectsTable
    invitations: InvitationsTable
    users: UsersTable
    usage: UsageService
    mailer: Mailer
    throttle: Throttle
    jobs: JobQueues
    audit: AuditRecorder
    clock: Clock
    link: Callable[[str], str]

    def create(self, owner: User, name: str, project_id: str | None = None) -> Project:
        """Create a project with its first owner; project_id is its id, by default a new one. Raises LimitReached."""
        project = Project(project_id or new_id(), unicodedata.normalize("NFC", name), self.clock())
        created = self._event(AuditAction.PROJECT_CREATED, owner.id, project.id)
        self.usage.keep_within(
            owner.limits, _joined(owner), lambda usage: self.projects.add(project, owner.id, [created], usage)
        )
        return project

    def get(self, user_id: str, project_id: str) -> tuple[Project, ProjectRole]:
        """Return an open project of a user with the user's role. Raises ProjectNotFound."""
        member = self.projects.member(project_id, user_id)
        project = self.projects.named([project_id]).get(project_id)
        if member is None or project is None:
            raise ProjectNotFound
        return project, member.role

    def of_user(self, user_id: str) -> list[tuple[Project, ProjectRole]]:
        """Return the open projects of a user, newest first, each with the user's role."""
        memberships = self.projects.of_user(user_id)
        projects = self.projects.named([member.project_id for member in memberships])
        return [(projects[member.project_id], member.role) for member in memberships if member.project_id in projects]

    def rename(self, principal: Principal, name: str) -> None:
        """Rename the principal's project. Raises ProjectNotFound, also if the project was deleted meanwhile."""
        project_id = principal.project.id
        events = [self._event(AuditAction.PROJECT_RENAMED, principal.user_id, project_id)]
        if not self.projects.rename(project_id, unicodedata.normalize("NFC", name), events):
            raise ProjectNotFound

    def delete(self, principal: Principal) -> None:
        """Close the principal's project, and queue the job that deletes its data. Raises ProjectNotFound."""
        project_id = principal.project.id
        events = [self._event(AuditAction.PROJECT_DELETED, principal.user_id, project_id)]
        self.projects.mark_deleted(project_id, self.clock(), events)
        self.jobs.purge_project(project_id)

    def members(self, principal: Principal) -> list[Teammate]:
        """Return the members of the principal's project with their accounts, in the order in which they joined.

        Raises ProjectNotFound if the principal is in no project.
        """
        members = self.projects.members(principal.project.id)
        users = self.users.named([member.user_id for member in members])
        return [Teammate(member, users[member.user_id]) for member in members if member.user_id in users]

    def change_role(self, principal: Principal, user_id: str, role: ProjectRole) -> None:
        """Change the role of a member of the principal's project; do nothing if the member has the role already.

        Raises ProjectNotFound, MemberNotFound, LastOwner if no owner would remain, and ChangedMeanwhile.
        """
        member = self._member(principal.project.id, user_id)
        if member.role is role:
            return
        detail = f"{member.role} to {role}"
        events = [self._event(AuditAction.MEMBER_CHANGED, principal.user_id, member.project_id, user_id, detail)]
        if not self.projects.change_role(member, role, events):
            raise ChangedMeanwhile
        if member.role is ProjectRole.OWNER:
            self._revoke_where(principal.project, lambda invitation: invitation.invited_by == user_id)

    def remove(self, principal: Principal, user_id: str) -> None:
        """Remove a member of the principal's project. Owners may remove anybody, other members only themselves.

        Raises ProjectNotFound, RoleMissing, MemberNotFound, LastOwner if no owner would remain, and ChangedMeanwhile.
        """
        if user_id != principal.user_id and principal.role is not ProjectRole.OWNER:
            self.audit.record_refusal(
                AuditAction.ACCESS_REFUSED,
                actor_id=principal.user_id,
                subject_id=principal.project.id,
                detail="role_required",
            )
            raise RoleMissing(ProjectRole.OWNER)
        member = self._member(principal.project.id, user_id)
        events = [self._event(AuditAction.MEMBER_REMOVED, principal.user_id, member.project_id, member.user_id)]
        if not self.projects.remove(member, events):
            raise ChangedMeanwhile
        user = self.users.get(user_id) if self._has_invitations(principal.project) else None
        email = None if user is None else user.email
        self._revoke_where(
            principal.project, lambda invitation: invitation.invited_by == user_id or invitation.email == email
        )

    def _has_invitations(self, project: Project) -> bool:
        return project.invited_until is not None and self.clock() < project.invited_until

    def _revoke_where(self, project: Project, applies: Callable[[Invitation], bool]) -> None:
        """Revoke a project's invitations to which something applies."""
        if self._has_invitations(project):
            for invitation in self.invitations.of_project(project.id, self.clock()):
                if applies(invitation):
                    self.invitations.revoke(project.id, invitation.id)

    def invite(self, principal: Principal, email: str, role: ProjectRole, ip_address: str) -> Invitation:
        """Invite an email address to the principal's project, whether or not it has an account.

        Return the invitation, which says whether its email was sent. The email contains the name of the project,
        without links, and no other text of the user. The invitation is valid while the user is an owner of the project.
        Raises ProjectNotFound, InvalidField if the email address is invalid, and RateLimitExceeded.
        """
        email = canonical_email(email)
        self.throttle.email(email, ip_address)
        project = principal.project
        token, digest = new_email_token(project.id)
        invitation = Invitation(project.id, digest, email, role, self._expiry(), principal.user_id)
        invited = self._event(AuditAction.MEMBER_INVITED, principal.user_id, project.id)
        if not self.invitations.add(invitation, [invited]):
            raise ProjectNotFound
        if not self.mailer.send(email, Message.INVITATION, project=without_links(project.name), link=self.link(token)):
            invitation = replace(invitation, email_sent=False)
            self.invitations.note_unsent(invitation)
        return invitation

    def invitation(self, principal: Principal, invitation_id: str) -> Invitation:
        """Return an invitation to the principal's project that has not expired. Raises InvitationNotFound."""
        invitation = self.invitations.get(principal.project.id, invitation_id)
        if invitation is None or invitation.expires_at <= self.clock():
            raise InvitationNotFound
        return invitation

    def invited(self, principal: Principal) -> Sequence[Invitation]:
        """Return the invitations to the principal's project that have not expired, in the order of their expiry.

        Raises ProjectNotFound if the principal is in no project.
        """
        invitations = self.invitations.of_project(principal.project.id, self.clock())
        return sorted(invitations, key=lambda invitation: (invitation.expires_at, invitation.id))

    def revoke(self, principal: Principal, invitation_id: str) -> None:
        """Revoke an invitation to the principal's project, if it exists.

        Raises ProjectNotFound if the principal is in no project.
        """
        if is_digest(invitation_id):
            self.invitations.revoke(principal.project.id, invitation_id)

    def accept(self, user: User, token: str) -> Member:
        """Accept an invitation to the user's own email address; return the new membership.

        The token was sent to the email address, which is thereby confirmed if it wasn't before.
        Raises InvalidEmailToken if the token is not valid or the user who made the invitation may no longer invite,
        InvalidField if it is an invitation to another address or the project is full or deleted, AlreadyMember, and
        LimitReached.
        """
        project_id, digest = read_email_token(token)
        invitation, now = self.invitations.get(project_id, digest), self.clock()
        if invitation is None or invitation.expires_at <= now or invitation.invited_by is None:
            raise InvalidEmailToken
        if invitation.email != user.email:
            raise InvalidField("token", "is an invitation to an email address other than your account's")
        if not user.is_confirmed:
            confirmed = self.audit.event(AuditAction.EMAIL_VERIFIED, actor_id=user.id, subject_id=user.id)
            self.users.confirm(user, now, [confirmed])
        member = Member(project_id, user.id, invitation.role, now)
        if invitation.invited_by == user.id or not self._join(user, invitation, member):
            raise AlreadyMember if self.projects.member(project_id, user.id) is not None else InvalidEmailToken
        return member

    def _join(self, user: User, invitation: Invitation, member: Member) -> bool:
        """Make an invited user a member; return False if the user is one, or the invitation is no longer valid."""
        joined = self._event(AuditAction.MEMBER_JOINED, member.user_id, member.project_id)
        try:
            return self.usage.keep_within(
                user.limits, _joined(user), lambda usage: self.invitations.accept(invitation, member, [joined], usage)
            )
        except ProjectFull as error:
            raise InvalidField("token", "belongs to a project that is full or deleted") from error

    def _member(self, project_id: str, user_id: str) -> Member:
        member = self.projects.member(project_id, user_id) if is_id(user_id) else None
        if member is None:
            raise MemberNotFound
        return member

    def _expiry(self) -> datetime:
        return (self.clock() + INVITATION_LIFETIME).replace(microsecond=0)  # as it is stored

    def _event(
        self,
        action: AuditAction,
        actor_id: str,
        project_id: str,
        subject_id: str | None = None,
        detail: str | None = None,
    ) -> AuditEvent:
        return self.audit.event(
            action, actor_id=actor_id, user_id=project_id, subject_id=subject_id or project_id, detail=detail
        )


def _joined(user: User) -> UsageChange:
    return UsageChange(user_id=user.id, by=PerLimit(projects=1))
