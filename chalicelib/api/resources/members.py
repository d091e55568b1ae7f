"""/projects/{id}/members and /projects/{id}/invitations: the people who work on a project."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, Self, override

from chalice.app import Blueprint
from msgspec import Struct
from msgspec.structs import asdict

from chalicelib.api.common_types import ApiRequest, Email, Id, MemberRole, Timestamp, timestamp
from chalicelib.api.operation import Responses
from chalicelib.api.paging import NextCursor
from chalicelib.api.router import PROJECT_PREFIX, Find, Router
from chalicelib.api.services import Services
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Invitation, InvitationNotFound, ProjectRole, Teammate

CONFLICT: Final = (HTTPStatus.CONFLICT,)
MEMBERS: Final = f"{PROJECT_PREFIX}/members"
INVITATIONS: Final = f"{PROJECT_PREFIX}/invitations"


class MemberChangeRequest(ApiRequest, frozen=True):
    """The new role of a member."""

    role: MemberRole


class InvitationRequest(ApiRequest, frozen=True):
    """The email address of the person to invite, and their role."""

    email: Email
    role: MemberRole


class MemberResponse(Struct):
    """A member of a project."""

    user_id: Id
    email: str
    display_name: str | None
    role: ProjectRole
    since: Timestamp

    @classmethod
    def from_teammate(cls, mate: Teammate) -> Self:
        """Build the response from a `Teammate`."""
        return cls(
            user_id=mate.user.id,
            email=mate.user.email,
            display_name=mate.user.display_name,
            role=mate.member.role,
            since=timestamp(mate.member.since),
        )


class MemberListResponse(Struct):
    """All members of a project on one page, in the order in which they joined."""

    items: list[MemberResponse]
    next: NextCursor

    @classmethod
    def from_teammates(cls, mates: Sequence[Teammate]) -> Self:
        """Build the response from members with their accounts."""
        return cls([MemberResponse.from_teammate(mate) for mate in mates], None)


class InvitationResponse(Struct):
    """An invitation to a project."""

    id: str
    email: str
    role: ProjectRole
    expires_at: Timestamp

    @classmethod
    def from_invitation(cls, invitation: Invitation) -> Self:
        """Build the response from an `Invitation`."""
        return cls(invitation.id, invitation.email, invitation.role, timestamp(invitation.expires_at))


class CreatedInvitationResponse(InvitationResponse):
    """A new invitation. email_sent is false if its email could not be sent; revoke it then, and invite again."""

    email_sent: bool

    @classmethod
    @override
    def from_invitation(cls, invitation: Invitation) -> Self:
        """Build the response from an `Invitation`."""
        return cls(**asdict(InvitationResponse.from_invitation(invitation)), email_sent=invitation.email_sent)


class InvitationListResponse(Struct):
    """All invitations of a project that have not expired, on one page, in the order in which they expire."""

    items: list[InvitationResponse]
    next: NextCursor

    @classmethod
    def from_invitations(cls, invitations: Sequence[Invitation]) -> Self:
        """Build the response from invitations."""
        return cls([InvitationResponse.from_invitation(invitation) for invitation in invitations], None)


def routes(services: Services) -> Blueprint:
    """Return a blueprint with the routes of the members and invitations of a project."""
    router = Router(__name__, services)

    def find_invitation(principal: Principal, invitation_id: str) -> CreatedInvitationResponse:
        return CreatedInvitationResponse.from_invitation(services.projects.invitation(principal, invitation_id))

    @router.route("GET", MEMBERS, responses=Responses(MemberListResponse))
    def list_members(principal: Principal) -> MemberListResponse:
        """List the members of a project."""
        return MemberListResponse.from_teammates(services.projects.members(principal))

    @router.route(
        "PATCH",
        f"{MEMBERS}/{{user_id}}",
        role=ProjectRole.OWNER,
        body=MemberChangeRequest,
        responses=Responses(problems=CONFLICT),
    )
    def change_member(principal: Principal, body: MemberChangeRequest, user_id: str) -> None:
        """Change the role of a member."""
        services.projects.change_role(principal, user_id, body.role)

    @router.route("DELETE", f"{MEMBERS}/{{user_id}}", responses=Responses(problems=CONFLICT))
    def remove_member(principal: Principal, user_id: str) -> None:
        """Remove a member from a project, or leave it."""
        services.projects.remove(principal, user_id)

    @router.route(
        "POST",
        INVITATIONS,
        role=ProjectRole.OWNER,
        body=InvitationRequest,
        responses=Responses(CreatedInvitationResponse, status=HTTPStatus.CREATED, limited=True),
        find=Find(find_invitation, gone=InvitationNotFound),
    )
    def invite(principal: Principal, _: str, body: InvitationRequest) -> CreatedInvitationResponse:
        """Invite a person to a project by email."""
        invitation = services.projects.invite(principal, body.email, body.role, router.client.ip_address)
        return CreatedInvitationResponse.from_invitation(invitation)

    @router.route("GET", INVITATIONS, role=ProjectRole.OWNER, responses=Responses(InvitationListResponse))
    def list_invitations(principal: Principal) -> InvitationListResponse:
        """List the invitations of a project that are still valid."""
        return InvitationListResponse.from_invitations(services.projects.invited(principal))

    @router.route("DELETE", f"{INVITATIONS}/{{invitation_id}}", role=ProjectRole.OWNER)
    def revoke_invitation(principal: Principal, invitation_id: str) -> None:
        """Revoke an invitation."""
        services.projects.revoke(principal, invitation_id)

    return router.blueprint
