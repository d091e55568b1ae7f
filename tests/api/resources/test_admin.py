"""Administration over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from pynamodb.exceptions import TransactWriteError

from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole, User
from chalicelib.storage.tables.users import UsersTable
from chalicelib.wiring import Services
from infra.make_admin import main
from tests.api.conftest import NEW
from tests.conftest import Api, Person, add_factor

Made = Callable[[], Person]
Again = Callable[[Person], str]


pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def tally(services: Services) -> Callable[[], int]:
    """How many administrators are counted; none are before a test."""
    items = services.adapters.users.admin_count_items
    for item in items.scan(items.id == "admins"):
        item.delete()
    return lambda: int(items.get("admins").admins)


@pytest.fixture
def promote(services: Services, tally: Any, api: Api, sign_in_again: Again) -> Callable[[Person], Api]:
    """Make somebody an administrator, as the command does, and sign them in again."""

    def make(person: Person) -> Api:
        assert main([person.email], services) == 0
        add_factor(services, person.id)
        return Api(api.gateway, sign_in_again(person))

    return make


@pytest.fixture
def admin(promote: Callable[[Person], Api], make_person: Made) -> Api:
    return promote(make_person())


def test_the_command_makes_an_administrator_whose_sessions_end(
    services: Services,
    api: Api,
    person: Person,
    tally: Callable[[], int],
    capsys: pytest.CaptureFixture[str],
    sign_in_again: Again,
) -> None:
    assert main([person.email.upper()], services) == 0
    assert Api(api.gateway, person.access)("GET", "/users/me").code == "session_ended"
    assert Api(api.gateway, sign_in_again(person))("GET", "/users/me").json["role"] == "admin"
    assert tally() == 1
    assert main([person.email], services) == 0
    assert tally() == 1
    assert main(["nobody@people.example"], services) == main(["no address"], services) == 1
    assert main([], services) == 2
    assert "usage" in capsys.readouterr().err


PATHS = [
    ("GET", "/admin/users"),
    ("GET", f"/admin/users/{new_id()}"),
    ("PATCH", f"/admin/users/{new_id()}"),
    ("POST", f"/admin/users/{new_id()}/sessions/end"),
    ("GET", f"/admin/users/{new_id()}/images"),
    ("GET", "/admin/logs"),
    ("GET", "/admin/security-events"),
]


@pytest.mark.parametrize(("method", "path"), PATHS, ids=range(len(PATHS)))
def test_administration_is_for_administrators(api: Api, signed_in: Api, method: str, path: str) -> None:
    body: dict[str, Any] | None = {} if method == "PATCH" else None
    assert signed_in(method, path, body).code == "admin_required"
    assert api(method, path, body).code == "authentication_required"


def test_users_are_found_newest_first(admin: Api, make_person: Made, services: Services) -> None:
    people = [make_person() for _ in range(3)]
    first = admin("GET", "/admin/users?limit=2").json
    assert [item["id"] for item in first["items"]] == [people[2].id, people[1].id]
    assert first["items"][0].keys() == {
        "id", "email", "display_name", "email_verified", "second_factor", "recovery_codes_left", "role",
        "created_at", "email_change", "disabled",
    }  # fmt: skip
    second = admin("GET", f"/admin/users?limit=1&cursor={first['next']}").json
    assert [item["id"] for item in second["items"]] == [people[0].id]
    found = admin("GET", f"/admin/users?search={people[1].email[:36].upper()}").json
    assert [item["id"] for item in found["items"]] == [people[1].id]
    assert found["next"] is None
    admins = admin("GET", "/admin/users?role=admin&disabled=false").json["items"]
    assert {item["role"] for item in admins} == {"admin"}
    assert people[0].id not in str(admins)
    assert admin("GET", f"/admin/users/{people[0].id}").json["email"] == people[0].email
    assert admin("GET", f"/admin/users/{new_id()}").code == admin("GET", "/admin/users/x").code == "not_found"


def test_a_role_is_given_and_taken_and_ends_sessions(
    admin: Api, api: Api, services: Services, person: Person, tally: Callable[[], int], sign_in_again: Again
) -> None:
    path = f"/admin/users/{person.id}"
    assert admin("PATCH", path, {"role": "admin"}).status == 204
    assert Api(api.gateway, person.access)("GET", "/users/me").code == "session_ended"
    other = Api(api.gateway, sign_in_again(person))
    add_factor(services, person.id)
    assert other("GET", "/admin/users?limit=1").status == 200
    assert tally() == 2
    assert admin("PATCH", path, {"role": "user"}).status == 204
    assert other("GET", "/admin/users").code == "session_ended"
    assert tally() == 1
    (given, taken) = Api(api.gateway, sign_in_again(person))("GET", "/security-events").json["items"][::-1]
    assert (given["detail"], taken["detail"]) == ("user to admin", "admin to user")
    assert given["user_id"] == person.id != given["actor_id"]


def test_the_last_administrator_keeps_the_role(admin: Api, tally: Callable[[], int]) -> None:
    me = admin("GET", "/users/me").json["id"]
    assert admin("PATCH", f"/admin/users/{me}", {"role": "user"}).code == "admin_stays"
    assert admin("PATCH", f"/admin/users/{me}", {"disabled": True}).code == "admin_stays"
    assert admin("GET", "/users/me").json["role"] == "admin"
    assert tally() == 1


def test_a_user_is_kept_out_and_let_in_again(
    admin: Api, api: Api, services: Services, person: Person, sign_in_again: Again
) -> None:
    path = f"/admin/users/{person.id}"
    for _ in range(2):
        assert admin("PATCH", path, {"disabled": True}).status == 204
        assert Api(api.gateway, person.access)("GET", "/users/me").code == "session_ended"
        assert admin("GET", path).json["disabled"] is True
    assert admin("PATCH", path, {"disabled": False}).status == 204
    assert Api(api.gateway, sign_in_again(person))("GET", "/users/me").status == 200
    both = admin("PATCH", path, {"disabled": False, "role": "user"})
    assert both.pointers == {"#/disabled"}
    assert admin("PATCH", path, {}).status == 204


def test_sessions_of_a_user_are_ended(admin: Api, api: Api, person: Person) -> None:
    assert admin("POST", f"/admin/users/{person.id}/sessions/end").status == 204
    assert Api(api.gateway, person.access)("GET", "/users/me").code == "session_ended"
    assert admin("POST", f"/admin/users/{new_id()}/sessions/end").code == "not_found"
    assert admin("POST", "/admin/users/x/sessions/end").code == "not_found"


def test_images_and_logs_of_a_user_are_seen(admin: Api, signed_in: Api, person: Person) -> None:
    image = signed_in("POST", "/images", NEW).json
    listed = admin("GET", f"/admin/users/{person.id}/images?limit=5").json
    assert [item["id"] for item in listed["items"]] == [image["id"]]
    own = admin("GET", f"/admin/logs?user_id={person.id}").json["items"]
    assert [(item["action"], item["user_id"]) for item in own] == [("image.created", person.id)]
    newest = admin("GET", "/admin/logs?limit=1").json["items"]
    assert newest == own
    assert admin("GET", f"/logs/{own[0]['id']}").json == own[0]
    events = admin("GET", "/admin/security-events").json["items"]
    assert {item["kind"] for item in events} == {"security"}


def test_what_changed_meanwhile_is_not_changed(
    admin: Api, person: Person, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = services.adapters.users.get(person.id)
    assert stale is not None
    services.adapters.users.change_role(stale, AccountRole.ADMIN, [])
    monkeypatch.setattr(UsersTable, "get", lambda *_: stale)
    for body in ({"role": "admin"}, {"disabled": True}):
        assert admin("PATCH", f"/admin/users/{person.id}", body).code == "changed_meanwhile"


def test_of_two_administrators_who_take_the_role_from_each_other_one_stays(
    services: Services, promote: Callable[[Person], Api], make_person: Made, tally: Callable[[], int]
) -> None:
    people = [make_person(), make_person()]
    one, other = (promote(person) for person in people)
    assert one("PATCH", f"/admin/users/{people[1].id}", {"role": "user"}).status == 204
    assert other("PATCH", f"/admin/users/{people[0].id}", {"role": "user"}).code == "session_ended"
    assert tally() == 1


def test_another_fault_is_no_last_administrator(
    services: Services, person: Person, tally: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = services.adapters.users.get(person.id)
    assert isinstance(user, User)

    def refuse(*_: Any, **__: Any) -> None:
        raise TransactWriteError("a fault", None)

    monkeypatch.setattr("pynamodb.transactions.TransactWrite._commit", refuse)
    with pytest.raises(TransactWriteError):
        services.adapters.users.change_role(user, AccountRole.ADMIN, [])
