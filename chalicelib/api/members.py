"""/projects/{id}/members and /projects/{id}/invitations: who works on a project."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from chalice.app import Blueprint, Response

from chalicelib.api.answers import InvitationList, InvitationRecord, MemberList
from chalicelib.api.operation import Answer
from chalicelib.api.routing import Routes, empty_answer, json_answer
from chalicelib.api.schemas import InvitationRequest, MemberChange
from chalicelib.services.access import Access, Caller
from chalicelib.services.projects import ProjectWork
from chalicelib.services.repeats import Repeats
from chalicelib.storage.projects import Role

CONFLICT: Final = (HTTPStatus.CONFLICT,)


def routes(work: Callable[[], ProjectWork], access: Callable[[], Access], repeats: Callable[[], Repeats]) -> Blueprint:
    """Return the routes of a project's members."""
    members = Routes(__name__, access, in_project=True, repeats=repeats)

    @members.add("GET", "/members", answer=Answer(MemberList))
    def list_members(caller: Caller) -> Response:
        return json_answer(MemberList.of(work().members(caller)))

    @members.add(
        "PATCH", "/members/{user_id}", role=Role.OWNER, body=MemberChange, answer=Answer(None, problems=CONFLICT)
    )
    def change_member(caller: Caller, body: MemberChange, user_id: str) -> Response:
        work().change_role(caller, user_id, Role(body.role))
        return empty_answer()

    @members.add("DELETE", "/members/{user_id}", answer=Answer(None, problems=CONFLICT))
    def remove_member(caller: Caller, user_id: str) -> Response:
        work().remove(caller, user_id)
        return empty_answer()

    @members.add(
        "POST",
        "/invitations",
        role=Role.OWNER,
        body=InvitationRequest,
        answer=Answer(InvitationRecord, status=HTTPStatus.CREATED, limited=True),
    )
    def invite(caller: Caller, body: InvitationRequest) -> Response:
        invitation = work().invite(caller, body.email, Role(body.role), members.origin.address)
        return json_answer(InvitationRecord.of(invitation), HTTPStatus.CREATED)

    @members.add("GET", "/invitations", role=Role.OWNER, answer=Answer(InvitationList))
    def list_invitations(caller: Caller) -> Response:
        return json_answer(InvitationList.of(work().invited(caller)))

    @members.add("DELETE", "/invitations/{invitation_id}", role=Role.OWNER)
    def revoke_invitation(caller: Caller, invitation_id: str) -> Response:
        work().revoke(caller, invitation_id)
        return empty_answer()

    return members.blueprint
