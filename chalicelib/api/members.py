"""/projects/{id}/members and /projects/{id}/invitations: who works on a project."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import InvitationList, InvitationRecord, MemberList
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import InvitationRequest, MemberChange
from chalicelib.model.principals import Principal
from chalicelib.model.projects import ProjectRole
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.idempotency import IdempotencyStore
from chalicelib.services.projects import ProjectsService

CONFLICT: Final = (HTTPStatus.CONFLICT,)


def routes(
    projects: Callable[[], ProjectsService],
    authorization: Callable[[], AuthorizationService],
    idempotency: Callable[[], IdempotencyStore],
) -> Blueprint:
    """Return the routes of a project's members."""
    members = Routes(__name__, authorization, in_project=True, idempotency=idempotency)

    @members.add("GET", "/members", answer=Answer(MemberList))
    def list_members(principal: Principal) -> Response:
        return json_answer(MemberList.of(projects().members(principal)))

    @members.add(
        "PATCH", "/members/{user_id}", role=ProjectRole.OWNER, body=MemberChange, answer=Answer(None, problems=CONFLICT)
    )
    def change_member(principal: Principal, body: MemberChange, user_id: str) -> Response:
        projects().change_role(principal, user_id, ProjectRole(body.role))
        return empty_answer()

    @members.add("DELETE", "/members/{user_id}", answer=Answer(None, problems=CONFLICT))
    def remove_member(principal: Principal, user_id: str) -> Response:
        projects().remove(principal, user_id)
        return empty_answer()

    @members.add(
        "POST",
        "/invitations",
        role=ProjectRole.OWNER,
        body=InvitationRequest,
        answer=Answer(InvitationRecord, status=HTTPStatus.CREATED, limited=True),
    )
    def invite(principal: Principal, body: InvitationRequest) -> Response:
        invitation = projects().invite(principal, body.email, ProjectRole(body.role), members.client.ip_address)
        return json_answer(InvitationRecord.of(invitation), HTTPStatus.CREATED)

    @members.add("GET", "/invitations", role=ProjectRole.OWNER, answer=Answer(InvitationList))
    def list_invitations(principal: Principal) -> Response:
        return json_answer(InvitationList.of(projects().invited(principal)))

    @members.add("DELETE", "/invitations/{invitation_id}", role=ProjectRole.OWNER)
    def revoke_invitation(principal: Principal, invitation_id: str) -> Response:
        projects().revoke(principal, invitation_id)
        return empty_answer()

    return members.blueprint
