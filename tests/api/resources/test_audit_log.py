"""One's own log over HTTP."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from chalicelib.model.ids import new_id
from chalicelib.wiring import Services
from tests.api.conftest import NEW
from tests.conftest import Api, Person

MEMBERS = {
    "id",
    "at",
    "action",
    "kind",
    "level",
    "actor_id",
    "user_id",
    "subject_id",
    "detail",
    "request_id",
    "duration_ms",
    "network",
    "device",
}


pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def busy(api: Api, make_person: Callable[[], Person], today: None) -> Api:
    """Somebody who announced three images."""
    person = make_person()
    user = Api(api.gateway, person.access)
    for _ in range(3):
        assert user("POST", "/images", NEW).status == 201
    return user


def actions(user: Api, query: str = "") -> list[str]:
    answer = user("GET", f"/logs{query}")
    assert answer.status == 200, answer.text
    return [item["action"] for item in answer.json["items"]]


def test_a_log_is_paged(busy: Api) -> None:
    first = busy("GET", "/logs?limit=2").json
    second = busy("GET", f"/logs?limit=2&cursor={first['next']}").json
    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]
    assert {frozenset(item) for item in first["items"]} == {frozenset(MEMBERS)}
    times = [item["at"] for item in (*first["items"], *second["items"])]
    assert times == sorted(times, reverse=True)


def test_a_log_is_filtered(busy: Api) -> None:
    assert actions(busy, "?action=image.created&level=info") == ["image.created"] * 3
    assert actions(busy, "?action=image.deleted") == actions(busy, "?level=warning") == []
    assert actions(busy, f"?from={quote('2020-01-01T00:00:00+02:00')}&to=2400-01-01T00:00:00Z") == ["image.created"] * 3
    assert actions(busy, "?to=2020-01-01T00:00:00Z") == actions(busy, "?from=2400-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=yesterday", "#/from"),
        ("to=2026-01-01T00:00:00", "#/to"),
        ("to=2026-02-30T00:00:00Z", "#/to"),
        ("to=1764000000", "#/to"),
        ("from=9999-12-31T23:59:59-25:00", "#/from"),
        ("level=bad", "#/level"),
        ("action=a%20b", "#/action"),
        ("limit=0", "#/limit"),
        ("cursor=x", "#/cursor"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(busy: Api, query: str, pointer: str) -> None:
    assert busy("GET", f"/logs?{query}").pointers == {pointer}


def test_one_entry_is_read_by_its_owner_only(busy: Api, stranger: Api) -> None:
    entry = busy("GET", "/logs?limit=1").json["items"][0]
    assert busy("GET", f"/logs/{entry['id']}").json == entry
    for user, id_ in ((stranger, entry["id"]), (busy, new_id()), (busy, "x")):
        assert user("GET", f"/logs/{id_}").code == "not_found"
    assert actions(stranger) == []


def test_security_events_are_a_log_of_their_own(api: Api, busy: Api, person: Person, services: Services) -> None:
    user = Api(api.gateway, person.access)
    answer = api("POST", "/auth/login", {"email": person.email, "password": "not the password at all"})
    assert answer.code == "invalid_credentials"
    (event,) = user("GET", "/security-events").json["items"]
    assert (event["action"], event["kind"], event["level"]) == ("session.refused", "security", "warning")
    assert busy("GET", "/security-events").json == {"items": [], "next": None}


def test_null_in_a_query_is_text(busy: Api) -> None:
    for name in ("from", "level", "cursor", "limit"):
        assert busy("GET", f"/logs?{name}=null").pointers == {f"#/{name}"}


@pytest.mark.parametrize("path", ["/admin/logs", "/admin/security-events"])
def test_nobodys_log_is_not_asked_for(admin: Api, path: str) -> None:
    assert admin("GET", f"{path}?user_id=").pointers == {"#/user_id"}
    assert admin("GET", f"{path}?user_id=x").json["items"] == []
