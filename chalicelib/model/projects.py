"""Projects, their members, and invitations."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from chalicelib.model.users import User


class ProjectRole(StrEnum):
    """The role of a member. Viewers read, editors also add and delete images, owners also manage members.

    The roles are declared in ascending order of their permissions.
    """

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    def includes(self, other: "ProjectRole") -> bool:
        """Return whether this role has all permissions of another: whether it is the same role or a higher one."""
        order = list(ProjectRole)
        return order.index(self) >= order.index(other)


class Project(msgspec.Struct, frozen=True):
    """A named set of images that several users work on; members is the number of its members.

    invited_until is the time at which its last invitation expires, None if it never had one.
    """

    id: str
    name: str
    created_at: datetime
    members: int = 1
    invited_until: datetime | None = None


class Member(msgspec.Struct, frozen=True):
    """A user's membership of a project: their role, and the time since when they have been a member."""

    project_id: str
    user_id: str
    role: ProjectRole
    since: datetime


class Membership(msgspec.Struct, frozen=True):
    """A project together with a user's membership of it."""

    project: Project
    member: Member


class Teammate(msgspec.Struct, frozen=True):
    """A member of a project together with their account."""

    member: Member
    user: User


class Invitation(msgspec.Struct, frozen=True):
    """An invitation of an email address into a project, which can be accepted once.

    id is the SHA-256 digest, in hexadecimal digits, of the token that was sent by email. invited_by is the id of the
    user who made the invitation, which is valid while this user may invite; None for an invitation of an earlier
    version, which is not valid. email_sent is False if its email could not be sent.
    """

    project_id: str
    id: str
    email: str
    role: ProjectRole
    expires_at: datetime
    invited_by: str | None = None
    email_sent: bool = True


MAX_MEMBERS: Final = 100  # per project: one request reads them with their names


class LastOwner(Exception):
    """The member is the project's only owner, and cannot leave or be given another role."""


class ProjectFull(Exception):
    """The project has MAX_MEMBERS members, or has been deleted."""


class ProjectNotFound(Exception):
    """The project does not exist, or the user is not a member of it."""


class RoleMissing(Exception):
    """The user's role in the project is lower than `role`, which the request requires."""

    def __init__(self, role: ProjectRole) -> None:
        super().__init__(role)
        self.role = role


class MemberNotFound(Exception):
    """The project has no member with this user id."""


class InvitationNotFound(Exception):
    """The project has no invitation with this id, which has not expired."""


class AlreadyMember(Exception):
    """The user who accepts an invitation is already a member, or the invitation was accepted at the same time."""
