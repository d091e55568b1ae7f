"""/projects: named sets of images that several people work on."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import Done, ProjectList, ProjectRecord
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import InvitationAcceptance, ProjectRequest
from chalicelib.services.access import Access, Caller
from chalicelib.services.projects import ProjectWork
from chalicelib.services.repeats import Repeats
from chalicelib.storage.projects import Role

CONFLICT: Final = (HTTPStatus.CONFLICT,)
JOINED: Final = "You are a member of the project now."


def routes(work: Callable[[], ProjectWork], access: Callable[[], Access], repeats: Callable[[], Repeats]) -> Blueprint:
    """Return the routes of one's projects."""
    projects = Routes(__name__, access, repeats=repeats)

    @projects.add("POST", "/projects", body=ProjectRequest, answer=Answer(ProjectRecord, status=HTTPStatus.CREATED))
    def create_project(caller: Caller, body: ProjectRequest) -> Response:
        project = work().create(caller.user_id, body.name)
        return json_answer(ProjectRecord.of(project, Role.OWNER), HTTPStatus.CREATED)

    @projects.add("GET", "/projects", answer=Answer(ProjectList))
    def list_projects(caller: Caller) -> Response:
        return json_answer(ProjectList.of(work().of_user(caller.user_id)))

    @projects.add("POST", "/invitations/accept", body=InvitationAcceptance, answer=Answer(Done, problems=CONFLICT))
    def accept_invitation(caller: Caller, body: InvitationAcceptance) -> Response:
        work().accept(caller.user, body.token)
        return json_answer(Done(JOINED))

    return projects.blueprint


def routes_of_one(work: Callable[[], ProjectWork], access: Callable[[], Access]) -> Blueprint:
    """Return the routes of a project itself."""
    project = Routes(__name__, access, in_project=True)

    @project.add("GET", "", answer=Answer(ProjectRecord))
    def get(caller: Caller) -> Response:
        return json_answer(ProjectRecord.of(caller.project, caller.role))

    @project.add("PATCH", "", role=Role.OWNER, body=ProjectRequest)
    def rename(caller: Caller, body: ProjectRequest) -> Response:
        work().rename(caller, body.name)
        return empty_answer()

    @project.add("DELETE", "", role=Role.OWNER)
    def delete(caller: Caller) -> Response:
        work().delete(caller)
        return empty_answer()

    return project.blueprint
