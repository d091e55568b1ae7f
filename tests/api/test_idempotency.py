"""Requests that are repeated with an idempotency key: each finds what the first created, as it is now."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.api.common_types import timestamp
from chalicelib.model.idempotency import RequestInProgress
from chalicelib.model.images import ImageKey
from chalicelib.services.idempotency import Creation
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from tests.api.conftest import NEW
from tests.conftest import Api, ApiResponse, Person, SettableClock
from tests.mailbox import new_address, subjects_to

KEY = {"Idempotency_Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
pytestmark = pytest.mark.usefixtures("today")


def without_form(answer: ApiResponse) -> Any:
    return {name: value for name, value in answer.json.items() if name != "upload"}


def test_the_same_request_gets_the_same_image_and_creates_nothing_more(signed_in: Api) -> None:
    first, second = (signed_in("POST", "/images", NEW, **KEY) for _ in range(2))
    assert (second.status, second.headers["content-type"]) == (201, "application/json")
    assert without_form(first) == without_form(second)
    assert len(signed_in("GET", "/images").json["items"]) == 1


def test_an_image_that_awaits_its_upload_gets_a_fresh_form(signed_in: Api, clock: SettableClock) -> None:
    first = signed_in("POST", "/images", NEW, **KEY).json
    clock.advance(timedelta(minutes=6))
    second = signed_in("POST", "/images", NEW, **KEY).json
    assert second["upload"]["expires_at"] > timestamp(clock()) > first["upload"]["expires_at"]
    assert second["upload"]["fields"]["key"] == first["upload"]["fields"]["key"]


def test_an_image_that_is_analyzed_is_named_by_a_problem(
    services: Services, signed_in: Api, person: Person, store: Callable[[ImageKey], None]
) -> None:
    image_id = signed_in("POST", "/images", NEW, **KEY).json["id"]
    key = ImageKey(person.id, image_id)
    store(key)
    services.analyses.upload_arrived(upload_name(key), services.clock())
    answer = signed_in("POST", "/images", NEW, **KEY)
    assert (answer.status, answer.code) == (409, "already_uploaded")
    assert (answer.json["image_id"], answer.json["image_status"]) == (image_id, "analyzed")
    assert signed_in("GET", f"/images/{image_id}/accessibility").status == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [("/images", NEW), ("/projects", {"name": "Shop"}), ("/analytics", {"topic": "Type", "data": {}})],
)
def test_what_was_deleted_is_a_problem_and_not_repeated(
    signed_in: Api, services: Services, path: str, body: dict[str, Any]
) -> None:
    created = signed_in("POST", path, body, **KEY).json
    assert signed_in("DELETE", f"{path}/{created['id']}").status == 204
    answer = signed_in("POST", path, body, **KEY)
    assert (answer.status, answer.code) == (409, "already_deleted")
    assert signed_in("GET", path).json["items"] == []


def test_a_renamed_project_is_found_as_it_is(signed_in: Api) -> None:
    created = signed_in("POST", "/projects", {"name": "Shop"}, **KEY).json
    signed_in("PATCH", f"/projects/{created['id']}", {"name": "Store"})
    assert signed_in("POST", "/projects", {"name": "Shop"}, **KEY).json == created | {"name": "Store"}


def test_a_research_note_is_found(signed_in: Api) -> None:
    body = {"topic": "Type", "data": {"sizes": [12, 14]}}
    first, second = (signed_in("POST", "/analytics", body, **KEY) for _ in range(2))
    assert (second.status, second.json) == (201, first.json)


def test_an_invitation_is_sent_once_and_not_found_after_its_revocation(signed_in: Api) -> None:
    place = f"/projects/{signed_in('POST', '/projects', {'name': 'Shop'}).json['id']}/invitations"
    address = new_address()
    first, second = (signed_in("POST", place, {"email": address, "role": "viewer"}, **KEY) for _ in range(2))
    assert (second.status, second.json) == (201, first.json)
    assert len(subjects_to(address)) == 1
    signed_in("DELETE", f"{place}/{first.json['id']}")
    answer = signed_in("POST", place, {"email": address, "role": "viewer"}, **KEY)
    assert (answer.status, answer.code) == (409, "already_deleted")


def test_nothing_is_kept_but_the_id(signed_in: Api, services: Services, person: Person) -> None:
    image_id = signed_in("POST", "/images", NEW, **KEY).json["id"]
    (item,) = services.adapters.idempotency.items.query(person.id)
    assert item.created_id == image_id
    assert set(item.serialize()) == {
        "user_id",
        "key",
        "fingerprint",
        "started_at",
        "expires_at",
        "attempt_id",
        "created_id",
        "finished",
        "schema_version",
    }


def test_another_request_under_the_key_is_refused(signed_in: Api) -> None:
    signed_in("POST", "/images", NEW, **KEY)
    other = signed_in("POST", "/images", NEW | {"size": 7}, **KEY)
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert signed_in("POST", "/projects", {"name": "Shop"}, **KEY).code == "idempotency_key_reused"


def test_a_key_is_its_senders_own(signed_in: Api, stranger: Api) -> None:
    ids = {client("POST", "/images", NEW, **KEY).json["id"] for client in (signed_in, stranger)}
    assert len(ids) == 2


def test_what_was_refused_may_be_sent_again_under_its_key(signed_in: Api) -> None:
    assert signed_in("POST", "/images", NEW | {"content_type": "text/plain"}, **KEY).status == 422
    assert signed_in("POST", "/images", NEW, **KEY).status == 201


def test_a_key_is_free_again_after_a_day(
    api: Api, signed_in: Api, person: Person, clock: SettableClock, sign_in_again: Callable[[Person], str]
) -> None:
    first = signed_in("POST", "/images", NEW, **KEY).json["id"]
    clock.advance(timedelta(days=1))
    later = Api(api.gateway, sign_in_again(person))
    assert later("POST", "/images", NEW, **KEY).json["id"] != first


@pytest.mark.parametrize("key", ["", "a key", "x" * 256, "schl\u00fcssel"])
def test_a_key_is_visible_ascii(signed_in: Api, key: str) -> None:
    assert signed_in("POST", "/images", NEW, Idempotency_Key=key).code == "idempotency_key_malformed"


def test_of_twenty_at_once_one_is_carried_out(services: Services, person: Person) -> None:
    made: list[str] = []
    outcomes: list[str] = []

    @dataclass(frozen=True)
    class Thing:
        id: str

    def make(id_: str) -> Thing:
        made.append(id_)
        return Thing(id_)

    def send() -> None:
        try:
            services.idempotency.run_once(person.id, "race", "print", Creation(make, Thing, lambda _: False))
            outcomes.append("answered")
        except RequestInProgress:
            outcomes.append("underway")

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(outcomes)) == (1, 20)


def test_a_key_of_the_api_is_never_kept_with_its_answer(signed_in: Api) -> None:
    body = {"name": "CI", "scopes": ["images:write"]}
    first, second = (signed_in("POST", "/api-keys", body, **KEY).json["key"] for _ in range(2))
    assert first != second
