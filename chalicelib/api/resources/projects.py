"""/projects: named sets of images that several people work on."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, Self

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib.api.common_types import ApiRequest, EmailToken, Id, MessageResponse, ShortName, Timestamp, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor
from chalicelib.api.router import Find, Router
from chalicelib.api.services import Services
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Project, ProjectNotFound, ProjectRole

JOINED: Final = "You are now a member of the project."


class ProjectRequest(ApiRequest, frozen=True):
    """The name of a project."""

    name: ShortName


class InvitationAcceptanceRequest(ApiRequest, frozen=True):
    """The token of the link in the invitation email."""

    token: EmailToken


class ProjectResponse(Struct):
    """A project. role is the role of the user, members the number of members."""

    id: Id
    name: str
    role: ProjectRole
    members: int
    created_at: Timestamp

    @classmethod
    def from_project(cls, project: Project, role: ProjectRole) -> Self:
        """Build the response from a `Project` and the role of the user."""
        return cls(project.id, project.name, role, project.members, timestamp(project.created_at))


class ProjectListResponse(Struct):
    """All projects of the user on one page, newest first."""

    items: list[ProjectResponse]
    next: NextCursor

    @classmethod
    def from_projects(cls, projects: Sequence[tuple[Project, ProjectRole]]) -> Self:
        """Build the response from projects, each with the role of the user."""
        return cls([ProjectResponse.from_project(project, role) for project, role in projects], None)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of projects."""
    router = Router(__name__, services)

    def find_project(principal: Principal, project_id: str) -> ProjectResponse:
        project, role = services.projects.get(principal.user_id, project_id)
        return ProjectResponse.from_project(project, role)

    @router.route(
        "POST",
        "/projects",
        body=ProjectRequest,
        responses=Responses(ProjectResponse, status=HTTPStatus.CREATED),
        find=Find(find_project, gone=ProjectNotFound),
    )
    def create_project(principal: Principal, project_id: str, body: ProjectRequest) -> ProjectResponse:
        """Create a project."""
        project = services.projects.create(principal.user, body.name, project_id)
        return ProjectResponse.from_project(project, ProjectRole.OWNER)

    @router.route("GET", "/projects", responses=Responses(ProjectListResponse))
    def list_projects(principal: Principal) -> ProjectListResponse:
        """List the projects of the user."""
        return ProjectListResponse.from_projects(services.projects.of_user(principal.user_id))

    @router.route(
        "POST",
        "/invitations/accept",
        unconfirmed=True,
        body=InvitationAcceptanceRequest,
        responses=Responses(MessageResponse, problems=(HTTPStatus.CONFLICT,)),
    )
    def accept_invitation(principal: Principal, body: InvitationAcceptanceRequest) -> MessageResponse:
        """Accept an invitation to a project."""
        services.projects.accept(principal.user, body.token)
        return MessageResponse(JOINED)

    @router.route("GET", "/projects/{project_id}", responses=Responses(ProjectResponse))
    def get(principal: Principal) -> ProjectResponse:
        """Get a project."""
        return ProjectResponse.from_project(principal.project, principal.role)

    @router.route("PATCH", "/projects/{project_id}", role=ProjectRole.OWNER, body=ProjectRequest)
    def rename(principal: Principal, body: ProjectRequest) -> None:
        """Rename a project."""
        services.projects.rename(principal, body.name)

    @router.route("DELETE", "/projects/{project_id}", role=ProjectRole.OWNER)
    def delete(principal: Principal) -> None:
        """Delete a project and its data."""
        services.projects.delete(principal)

    return router.blueprint
