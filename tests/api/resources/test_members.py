"""The members of a project, and invitations to it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from moto.backends import get_backend

from chalicelib.model.projects import MAX_MEMBERS, Member, ProjectFull, ProjectRole
from chalicelib.wiring import Services
from tests.api.conftest import Joined, id_of
from tests.conftest import REGION, Api, Person, SettableClock

pytestmark = pytest.mark.usefixtures("today")


def invited(email: str) -> str:
    """Return the token of the last invitation that somebody got."""
    sent: list[Any] = get_backend("ses")["123456789012"][REGION].sent_messages
    texts = [mail.body for mail in sent if mail.destinations["ToAddresses"] == [email]]
    (token,) = re.findall(r"#invitation=(\S+)", texts[-1])
    return str(token)


def test_an_invited_user_joins_by_the_emailed_link(
    api: Api, signed_in: Api, project: str, make_person: Callable[[], Person]
) -> None:
    guest = make_person()
    client = Api(api.gateway, guest.access)
    body = {"email": guest.email.upper(), "role": "editor"}
    invitation = signed_in("POST", f"{project}/invitations", body).json
    assert invitation.pop("email_sent") is True
    assert signed_in("GET", f"{project}/invitations").json["items"] == [invitation]
    assert client("GET", project).status == 404
    assert client("POST", "/invitations/accept", {"token": invited(guest.email)}).status == 200
    assert client("GET", project).json == signed_in("GET", project).json | {"role": "editor"}
    assert client("GET", "/projects").json["items"] == [client("GET", project).json]
    members = signed_in("GET", f"{project}/members").json["items"]
    assert [(member["user_id"], member["role"]) for member in members][1:] == [(guest.id, "editor")]
    assert client("POST", "/invitations/accept", {"token": invited(guest.email)}).pointers == {"#/token"}


def test_an_invitation_is_valid_for_its_address_for_a_week_and_until_it_is_revoked(
    api: Api, signed_in: Api, project: str, make_person: Callable[[], Person], clock: SettableClock
) -> None:
    guest, other = make_person(), make_person()
    for_guest, for_other = Api(api.gateway, guest.access), Api(api.gateway, other.access)
    body = {"email": guest.email, "role": "viewer"}
    first = signed_in("POST", f"{project}/invitations", body).json["id"]
    refused = for_other("POST", "/invitations/accept", {"token": invited(guest.email)})
    assert "an email address other than your account's" in refused.json["detail"]
    assert signed_in("DELETE", f"{project}/invitations/{first}").status == 204
    assert for_guest("POST", "/invitations/accept", {"token": invited(guest.email)}).status == 422
    signed_in("POST", f"{project}/invitations", body)
    token = invited(guest.email)
    clock.advance(timedelta(days=7))
    late = Api(api.gateway, make_person().access)
    assert late("POST", "/invitations/accept", {"token": token}).status == 422


def test_a_member_who_is_invited_again_stays_what_they_are(
    api: Api, signed_in: Api, project: str, person: Person
) -> None:
    signed_in("POST", f"{project}/invitations", {"email": person.email, "role": "viewer"})
    assert signed_in("POST", "/invitations/accept", {"token": invited(person.email)}).code == "member_already"
    assert signed_in("GET", project).json["role"] == "owner"


def test_a_project_is_never_without_an_owner(signed_in: Api, person: Person, project: str, joined: Joined) -> None:
    own = f"{project}/members/{person.id}"
    assert signed_in("DELETE", own).code == "last_owner"
    assert signed_in("PATCH", own, {"role": "editor"}).code == "last_owner"
    other = joined(id_of(project), "viewer")
    other_id = other("GET", "/users/me").json["id"]
    assert signed_in("PATCH", f"{project}/members/{other_id}", {"role": "owner"}).status == 204
    assert signed_in("DELETE", own).status == 204
    assert signed_in("GET", project).status == 404
    assert other("DELETE", f"{project}/members/{other_id}").code == "last_owner"
    assert other("GET", project).json["members"] == 1


def test_a_member_leaves_and_ends_nobody_elses_membership(
    signed_in: Api, person: Person, project: str, joined: Joined
) -> None:
    viewer = joined(id_of(project), "viewer")
    viewer_id = viewer("GET", "/users/me").json["id"]
    assert viewer("DELETE", f"{project}/members/{person.id}").code == "role_required"
    assert viewer("DELETE", f"{project}/members/{viewer_id}").status == 204
    assert viewer("GET", project).status == 404
    assert signed_in("GET", project).json["members"] == 1
    assert signed_in("DELETE", f"{project}/members/{viewer_id}").status == 404


def test_a_project_is_full_at_a_hundred(services: Services, project: str, joined: Joined) -> None:
    for _ in range(MAX_MEMBERS - 1):
        joined(id_of(project), "viewer")
    with pytest.raises(ProjectFull):
        joined(id_of(project), "viewer")
    assert len(services.adapters.projects.members(id_of(project))) == MAX_MEMBERS


def test_of_owners_who_leave_at_once_one_stays(
    services: Services, person: Person, project: str, joined: Joined
) -> None:
    joined(id_of(project), "owner")
    one, other = services.adapters.projects.members(id_of(project))
    assert services.adapters.projects.remove(one, [])
    assert not services.adapters.projects.remove(one, [])
    assert not services.adapters.projects.change_role(
        Member(one.project_id, one.user_id, ProjectRole.OWNER, one.since), ProjectRole.VIEWER, []
    )
    assert services.adapters.projects.member(other.project_id, other.user_id) == other


def test_what_was_changed_meanwhile_is_said(
    services: Services, signed_in: Api, person: Person, project: str, joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = f"{project}/members/{person.id}"
    assert signed_in("PATCH", own, {"role": "owner"}).status == 204  # nothing to change
    viewer_id = joined(id_of(project), "viewer")("GET", "/users/me").json["id"]
    read = services.adapters.projects.member(id_of(project), viewer_id)
    assert signed_in("PATCH", f"{project}/members/{viewer_id}", {"role": "editor"}).status == 204
    monkeypatch.setattr(
        "chalicelib.storage.tables.projects.ProjectsTable.member", lambda *_: read
    )  # as who read it before
    assert signed_in("PATCH", f"{project}/members/{viewer_id}", {"role": "owner"}).code == "changed_meanwhile"
    assert signed_in("DELETE", f"{project}/members/{viewer_id}").code == "changed_meanwhile"


def test_an_invitation_into_a_full_project_is_refused(
    api: Api, signed_in: Api, project: str, make_person: Callable[[], Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = make_person()
    signed_in("POST", f"{project}/invitations", {"email": guest.email, "role": "viewer"})
    monkeypatch.setattr("chalicelib.storage.tables.projects.MAX_MEMBERS", 1)
    refused = Api(api.gateway, guest.access)("POST", "/invitations/accept", {"token": invited(guest.email)})
    assert "is full or deleted" in refused.json["detail"]
