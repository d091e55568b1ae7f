"""Projects: several people, one set of images, and nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from moto.backends import get_backend

from chalicelib.model.projects import MAX_MEMBERS, Member, ProjectFull, ProjectRole
from chalicelib.wiring import Services
from tests.api.conftest import NEW, Analyzed, Joined
from tests.conftest import REGION, Api, Person, SettableClock

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def project(signed_in: Api) -> str:
    return f"/projects/{signed_in('POST', '/projects', {'name': 'Shop'}).json['id']}"


def id_of(project: str) -> str:
    return project.rpartition("/")[2]


def invited(email: str) -> str:
    """Return the token of the last invitation that somebody got."""
    sent: list[Any] = get_backend("ses")["123456789012"][REGION].sent_messages
    texts = [mail.body for mail in sent if mail.destinations["ToAddresses"] == [email]]
    (token,) = re.findall(r"#invitation=(\S+)", texts[-1])
    return str(token)


def test_whoever_is_invited_joins_by_the_link_that_was_mailed(
    api: Api, signed_in: Api, project: str, make_person: Callable[[], Person]
) -> None:
    guest = make_person()
    client = Api(api.gateway, guest.access)
    body = {"email": guest.email.upper(), "role": "editor"}
    invitation = signed_in("POST", f"{project}/invitations", body).json
    assert signed_in("GET", f"{project}/invitations").json["items"] == [invitation]
    assert client("GET", project).status == 404
    assert client("POST", "/invitations/accept", {"token": invited(guest.email)}).status == 200
    assert client("GET", project).json == signed_in("GET", project).json | {"role": "editor"}
    assert client("GET", "/projects").json["items"] == [client("GET", project).json]
    members = signed_in("GET", f"{project}/members").json["items"]
    assert [(member["user_id"], member["role"]) for member in members][1:] == [(guest.id, "editor")]
    assert client("POST", "/invitations/accept", {"token": invited(guest.email)}).pointers == {"#/token"}


def test_an_invitation_is_good_for_its_address_a_week_and_until_it_is_taken_back(
    api: Api, signed_in: Api, project: str, make_person: Callable[[], Person], clock: SettableClock
) -> None:
    guest, other = make_person(), make_person()
    for_guest, for_other = Api(api.gateway, guest.access), Api(api.gateway, other.access)
    body = {"email": guest.email, "role": "viewer"}
    first = signed_in("POST", f"{project}/invitations", body).json["id"]
    refused = for_other("POST", "/invitations/accept", {"token": invited(guest.email)})
    assert "another email address" in refused.json["detail"]
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


def test_members_see_the_images_that_one_of_them_uploaded(
    signed_in: Api, person: Person, project: str, joined: Joined, analyzed: Analyzed
) -> None:
    viewer, image_id = joined(id_of(project), "viewer"), analyzed(id_of(project))
    assert viewer("GET", f"{project}/images/{image_id}").json["status"] == "analyzed"
    assert viewer("POST", f"{project}/images", NEW).code == "role_required"
    assert signed_in("GET", "/images").json["items"] == []
    log = viewer("GET", f"{project}/logs").json["items"]
    created = next(entry for entry in log if entry["action"] == "image.created")
    assert (created["actor_id"], created["subject_id"]) == (person.id, image_id)


def test_a_project_has_one_token_set_and_a_trend(signed_in: Api, project: str, analyzed: Analyzed) -> None:
    assert signed_in("GET", f"{project}/tokens").code == "nothing_analyzed"
    image_ids = {analyzed(id_of(project)) for _ in range(2)}
    signed_in("POST", f"{project}/images", NEW)
    merged = signed_in("GET", f"{project}/tokens").json
    (color,) = merged["color"]["observed"].values()
    assert color["$extensions"]["io.github.janus"]["screens"] == len(image_ids)
    assert ":root" in signed_in("GET", f"{project}/tokens?format=css").text
    (day,) = signed_in("GET", f"{project}/trend").json["items"]
    assert (day["images"], day["outcomes"], day["pass_rate"]) == (2, {"passed": 0, "failed": 2, "cantTell": 0}, 0.0)
    assert signed_in("GET", f"{project}/trend?to=2026-01-01T00:00:00Z").json["items"] == []


def test_a_deleted_project_is_closed_at_once_and_erased_after(
    services: Services, signed_in: Api, project: str, joined: Joined, analyzed: Analyzed
) -> None:
    viewer, image_id = joined(id_of(project), "viewer"), analyzed(id_of(project))
    services.purge.purge_project(id_of(project))  # nobody asked for it: it stays
    assert viewer("GET", f"{project}/images/{image_id}").status == 200
    assert signed_in("DELETE", project).status == 204
    for client in (viewer, signed_in):
        assert client("GET", project).status == 404
        assert client("GET", "/projects").json["items"] == []
    for _ in range(2):
        services.purge.purge_project(id_of(project))
    assert services.adapters.images.newest(id_of(project)) == []
    assert services.adapters.projects.members(id_of(project)) == []


def test_names_are_changed_and_stored_composed(signed_in: Api, project: str) -> None:
    assert signed_in("PATCH", project, {"name": "Cafe\u0301"}).status == 204
    assert signed_in("GET", project).json["name"] == "Caf\u00e9"


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


def test_nobody_is_in_projects_without_end(signed_in: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chalicelib.services.projects.MAX_PROJECTS", 2)
    answers = [signed_in("POST", "/projects", {"name": "Shop"}).status for _ in range(3)]
    assert answers == [201, 201, 422]


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


def test_a_project_that_is_deleted_meanwhile_is_not_renamed(
    services: Services, signed_in: Api, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.storage.tables.projects.ProjectsTable.rename", lambda *_: False)
    assert signed_in("PATCH", project, {"name": "Other"}).code == "not_found"


@pytest.mark.parametrize("name", ["x", "x" * 3000, "01a21453-a46f-7113-9de8-5f9cc8f03beb"])
def test_what_is_no_projects_id_asks_dynamodb_for_nothing_it_would_refuse(
    signed_in: Api, project: str, name: str
) -> None:
    assert signed_in("GET", f"/projects/{name}").status == 404
    assert signed_in("DELETE", f"{project}/invitations/{name}").status == 204
    assert signed_in("DELETE", f"{project}/members/{name}").status == 404
