"""The authenticated principal of a request, and the requirements of a request."""

import msgspec

from chalicelib.model.api_keys import Scope
from chalicelib.model.projects import Membership, Project, ProjectNotFound, ProjectRole
from chalicelib.model.sessions import Session
from chalicelib.model.users import User


class Principal(msgspec.Struct, frozen=True):
    """The authenticated user of a request, and their membership of the project that the request concerns.

    membership is None if the request concerns no project, or the user is not a member.
    """

    user: User
    membership: Membership | None

    @property
    def owner_id(self) -> str:
        """The id of the owner whose images the request concerns: that of the project, or else of the user."""
        return self.membership.project.id if self.membership else self.user.id

    @property
    def project(self) -> Project:
        """The project that the request concerns. Raises ProjectNotFound if membership is None."""
        return self._in_project().project

    @property
    def role(self) -> ProjectRole:
        """The user's role in the project. Raises ProjectNotFound if membership is None."""
        return self._in_project().member.role

    @property
    def user_id(self) -> str:
        """The user's id."""
        return self.user.id

    def _in_project(self) -> Membership:
        if self.membership is None:
            raise ProjectNotFound
        return self.membership


class SessionPrincipal(Principal, msgspec.Struct, frozen=True):
    """A principal that was authenticated by a session instead of an API key, and that session."""

    session: Session


class Requirement(msgspec.Struct, frozen=True):
    """The requirements that a request's credential must meet.

    scope is the scope that an API key needs, None if no API key permits the request. If project_id is not None, role is
    the lowest role that permits the request to a member of this project. unconfirmed means that the request is also
    permitted to users whose email address is not confirmed. recent means that the user must have entered the password
    less than ten minutes ago.
    """

    scope: Scope | None = None
    project_id: str | None = None
    role: ProjectRole = ProjectRole.VIEWER
    unconfirmed: bool = False
    recent: bool = False
