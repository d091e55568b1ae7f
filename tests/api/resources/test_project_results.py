"""The results and the audit log of a project."""

import pytest

from tests.api.conftest import NEW, Analyzed, Joined, id_of
from tests.conftest import Api, Person

pytestmark = pytest.mark.usefixtures("today")


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
