"""Projects: named sets of images that several people work on."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from chalicelib.security.mailed_secrets import is_digest, new_secret
from chalicelib.services import letters
from chalicelib.services.access import Caller, ProjectNotFound, RoleMissing
from chalicelib.services.addresses import canonical_email
from chalicelib.services.audit import Action, Audit
from chalicelib.services.changes import ChangedMeanwhile
from chalicelib.services.clock import Clock
from chalicelib.services.fields import FieldUnacceptable
from chalicelib.services.ids import is_id, new_id
from chalicelib.services.mailed_links import not_good, read_link
from chalicelib.services.post import Post
from chalicelib.services.throttling import Throttle
from chalicelib.storage.errands import Errands
from chalicelib.storage.invitations import Invitation, Invitations
from chalicelib.storage.logs import LogEntry
from chalicelib.storage.projects import Member, Project, ProjectFull, Projects, Role
from chalicelib.storage.users import User, Users

MOST_PROJECTS: Final = 100  # of a user: one request reads their names
INVITED_FOR: Final = timedelta(days=7)


class MemberNotFound(Exception):
    """The project has no such member."""


class MemberAlready(Exception):
    """Who takes an invitation is a member already."""


class Teammate(msgspec.Struct, frozen=True):
    """A project's member with their account."""

    member: Member
    user: User


class ProjectWork(msgspec.Struct, frozen=True):
    """The use cases of projects. link returns the address of the page that takes an invitation's secret."""

    projects: Projects
    invitations: Invitations
    users: Users
    post: Post
    throttle: Throttle
    errands: Errands
    audit: Audit
    clock: Clock
    link: Callable[[str], str]

    def create(self, owner_id: str, name: str) -> Project:
        """Make a project with its first owner. Raises FieldUnacceptable."""
        if len(self.projects.of_user(owner_id, MOST_PROJECTS)) >= MOST_PROJECTS:
            raise FieldUnacceptable("name", f"would be that of more than {MOST_PROJECTS} projects; leave one first")
        project = Project(new_id(), unicodedata.normalize("NFC", name), self.clock())
        self.projects.add(project, owner_id, [self._entry(Action.PROJECT_CREATED, owner_id, project.id)])
        return project

    def of_user(self, user_id: str) -> list[tuple[Project, Role]]:
        """Return the projects that a user is a member of, the newest first."""
        memberships = self.projects.of_user(user_id, MOST_PROJECTS)
        there = self.projects.named([member.project_id for member in memberships])
        return [(there[member.project_id], member.role) for member in memberships if member.project_id in there]

    def rename(self, caller: Caller, name: str) -> None:
        """Give a project another name. Raises ProjectNotFound."""
        project_id = caller.project.id
        entries = [self._entry(Action.PROJECT_RENAMED, caller.user_id, project_id)]
        if not self.projects.rename(project_id, unicodedata.normalize("NFC", name), entries):
            raise ProjectNotFound

    def delete(self, caller: Caller) -> None:
        """Close a project; all that belongs to it is deleted soon after."""
        project_id = caller.project.id
        entries = [self._entry(Action.PROJECT_DELETED, caller.user_id, project_id)]
        self.projects.mark_deleted(project_id, self.clock(), entries)
        self.errands.erase_project(project_id)

    def members(self, caller: Caller) -> list[Teammate]:
        """Return a project's members, those of the longest standing first."""
        members = self.projects.members(caller.project.id)
        users = self.users.named([member.user_id for member in members])
        return [Teammate(member, users[member.user_id]) for member in members if member.user_id in users]

    def change_role(self, caller: Caller, user_id: str, role: Role) -> None:
        """Give a member another role. Raises MemberNotFound, LastOwner, ChangedMeanwhile."""
        member = self._member(caller.project.id, user_id)
        if member.role is role:
            return
        detail = f"{member.role} to {role}"
        entries = [self._entry(Action.MEMBER_CHANGED, caller.user_id, member.project_id, user_id, detail)]
        if not self.projects.change_role(member, role, entries):
            raise ChangedMeanwhile

    def remove(self, caller: Caller, user_id: str) -> None:
        """End a membership: one's own, or as an owner anybody's.

        Raises RoleMissing, MemberNotFound, LastOwner, ChangedMeanwhile.
        """
        if user_id != caller.user_id and caller.role is not Role.OWNER:
            raise RoleMissing(Role.OWNER)
        member = self._member(caller.project.id, user_id)
        entries = [self._entry(Action.MEMBER_REMOVED, caller.user_id, member.project_id, member.user_id)]
        if not self.projects.remove(member, entries):
            raise ChangedMeanwhile

    def invite(self, caller: Caller, email: str, role: Role, from_address: str) -> Invitation:
        """Invite whoever has an address, whether or not they have an account. Raises FieldUnacceptable, OverLimit."""
        address = canonical_email(email)
        self.throttle.mail(address, from_address)
        project = caller.project
        secret, digest = new_secret(project.id)
        invitation = Invitation(project.id, digest, address, role, self._until())
        self.invitations.add(invitation, [self._entry(Action.MEMBER_INVITED, caller.user_id, project.id)])
        self.post.send(address, letters.invitation(project.name, caller.user.email, self.link(secret)))
        return invitation

    def invited(self, caller: Caller) -> Sequence[Invitation]:
        """Return a project's invitations that are still good, those that end first before the others."""
        found = self.invitations.of_project(caller.project.id, self.clock())
        return sorted(found, key=lambda invitation: (invitation.expires_at, invitation.id))

    def revoke(self, caller: Caller, invitation_id: str) -> None:
        """Take an invitation back; one that is gone already stays so."""
        if is_digest(invitation_id):
            self.invitations.revoke(caller.project.id, invitation_id)

    def accept(self, user: User, secret: str) -> Member:
        """Become a member by an invitation to one's own address. Raises FieldUnacceptable, MemberAlready."""
        project_id, digest = read_link(secret)
        invitation, now = self.invitations.get(project_id, digest), self.clock()
        if invitation is None or invitation.expires_at <= now:
            raise not_good()
        if invitation.email != user.email:
            raise FieldUnacceptable("token", "is an invitation to another address than your account's")
        member = Member(project_id, user.id, invitation.role, now)
        try:
            joined = self.invitations.take(invitation, member, [self._entry(Action.MEMBER_JOINED, user.id, project_id)])
        except ProjectFull as error:
            raise FieldUnacceptable("token", "is of a project that is full, or gone") from error
        if not joined:
            raise MemberAlready
        return member

    def _member(self, project_id: str, user_id: str) -> Member:
        member = self.projects.member(project_id, user_id) if is_id(user_id) else None
        if member is None:
            raise MemberNotFound
        return member

    def _until(self) -> datetime:
        return (self.clock() + INVITED_FOR).replace(microsecond=0)  # as it is stored

    def _entry(
        self, action: Action, actor_id: str, project_id: str, subject_id: str | None = None, detail: str | None = None
    ) -> LogEntry:
        return self.audit.entry(
            action, actor_id=actor_id, user_id=project_id, subject_id=subject_id or project_id, detail=detail
        )
