"""Projects: several people, one set of images, and nobody else."""

import pytest

from chalicelib.wiring import Services
from tests.api.conftest import Analyzed, Joined, id_of
from tests.conftest import Api

pytestmark = pytest.mark.usefixtures("today")


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
