"""The authenticated principal of a request, and the requirements of a request."""

import msgspec

from chalicelib.model.api_keys import Scope
from chalicelib.model.projects import Membership, Project, ProjectNotFound, ProjectRole
from chalicelib.model.sessions import Session
from chalicelib.model.users import User


class Principal(msgspec.Struct, frozen=True):
    """The user who makes a request, and their membership of the project that it concerns."""

    user: User
    membership: Membership | None

    @property
    def owner_id(self) -> str:
        """The id of the owner whose images the request concerns: the project, or else the user."""
        return self.membership.project.id if self.membership else self.user.id

    @property
    def project(self) -> Project:
        """The project that the request concerns. Raises ProjectNotFound if it concerns none."""
        return self._in_project().project

    @property
    def role(self) -> ProjectRole:
        """The user's role in the project. Raises ProjectNotFound if the request concerns none."""
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
    """A principal authenticated by a session, with all permissions of the user."""

    session: Session


class Requirement(msgspec.Struct, frozen=True):
    """The requirements of a request.

    scope is the scope that an API key needs, None if no API key permits the request. role is the role that the user
    needs in the project, if project_id is set.
    """

    scope: Scope | None = None
    project_id: str | None = None
    role: ProjectRole = ProjectRole.VIEWER
