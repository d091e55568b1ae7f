"""/projects: named sets of images that several people work on."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Done, ProjectList, ProjectRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import InvitationAcceptance, ProjectRequest
from chalicelib.model.principals import Principal
from chalicelib.model.projects import ProjectRole
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.idempotency import IdempotencyStore
from chalicelib.services.projects import ProjectsService

CONFLICT: Final = (HTTPStatus.CONFLICT,)
JOINED: Final = "You are a member of the project now."


def routes(
    projects: Callable[[], ProjectsService],
    authorization: Callable[[], AuthorizationService],
    idempotency: Callable[[], IdempotencyStore],
) -> Blueprint:
    """Return the routes of one's projects."""
    resource = Routes(__name__, authorization, idempotency=idempotency)

    @resource.add("POST", "/projects", body=ProjectRequest, answer=Answer(ProjectRecord, status=HTTPStatus.CREATED))
    def create_project(principal: Principal, body: ProjectRequest) -> Response:
        project = projects().create(principal.user_id, body.name)
        return json_answer(ProjectRecord.of(project, ProjectRole.OWNER), HTTPStatus.CREATED)

    @resource.add("GET", "/projects", answer=Answer(ProjectList))
    def list_projects(principal: Principal) -> Response:
        return json_answer(ProjectList.of(projects().of_user(principal.user_id)))

    @resource.add("POST", "/invitations/accept", body=InvitationAcceptance, answer=Answer(Done, problems=CONFLICT))
    def accept_invitation(principal: Principal, body: InvitationAcceptance) -> Response:
        projects().accept(principal.user, body.token)
        return json_answer(Done(JOINED))

    return resource.blueprint


def routes_of_one(
    projects: Callable[[], ProjectsService], authorization: Callable[[], AuthorizationService]
) -> Blueprint:
    """Return the routes of a project itself."""
    project = Routes(__name__, authorization, in_project=True)

    @project.add("GET", "", answer=Answer(ProjectRecord))
    def get(principal: Principal) -> Response:
        return json_answer(ProjectRecord.of(principal.project, principal.role))

    @project.add("PATCH", "", role=ProjectRole.OWNER, body=ProjectRequest)
    def rename(principal: Principal, body: ProjectRequest) -> Response:
        projects().rename(principal, body.name)
        return empty_answer()

    @project.add("DELETE", "", role=ProjectRole.OWNER)
    def delete(principal: Principal) -> Response:
        projects().delete(principal)
        return empty_answer()

    return project.blueprint
