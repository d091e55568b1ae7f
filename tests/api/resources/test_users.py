"""One's own account: its name, its address, all that belongs to it as a file, and its end."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import boto3
import pytest
import requests

from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.model.ids import new_id
from chalicelib.model.users import AccountRole
from chalicelib.wiring import Services
from tests.api.conftest import NEW, Joined
from tests.conftest import PASSWORD, REGION, Api, Person, SettableClock, add_factor
from tests.mailbox import mails_to, register, token_to

pytestmark = pytest.mark.usefixtures("today")


@dataclass
class Resident:
    """Somebody who registered, and their session."""

    api: Api
    email: str
    client: Api
    id: str


@pytest.fixture
def resident(api: Api) -> Resident:
    email = f"{new_id()}@people.example"
    client = register(api, email)
    return Resident(api, email, client, client("GET", "/users/me").json["id"])


def sign_in(api: Api, email: str) -> Any:
    return api("POST", "/auth/login", {"email": email, "password": PASSWORD})


def items(services: Services, table: str, user_id: str) -> list[Any]:
    """Return what a table holds that names a user."""
    found = boto3.client("dynamodb", region_name=REGION).scan(TableName=getattr(services.settings, table))["Items"]
    return [item for item in found if user_id in json.dumps(item)]


def test_a_name_is_chosen_and_taken_away(resident: Resident) -> None:
    assert resident.client("PATCH", "/users/me", {"display_name": "Ange\u0301la"}).status == 204
    assert resident.client("GET", "/users/me").json["display_name"] == "Ang\u00e9la"
    assert resident.client("PATCH", "/users/me", {"display_name": None}).status == 204
    assert resident.client("GET", "/users/me").json["display_name"] is None
    assert resident.client("PATCH", "/users/me", {}).pointers == {"#/display_name"}


class TestAnotherAddress:
    @pytest.fixture
    def new(self) -> str:
        return f"{new_id()}@elsewhere.example"

    def ask(self, resident: Resident, new: str, password: str = PASSWORD) -> Any:
        return resident.client("POST", "/users/me/email", {"email": new, "password": password})

    def confirm(self, resident: Resident, token: str) -> Any:
        return resident.api("POST", "/auth/email/confirm", {"token": token})

    def test_one_that_was_confirmed_is_left_by_links_to_both(self, resident: Resident, new: str) -> None:
        assert self.ask(resident, new).status == 202
        take, leave = token_to(new, "confirm"), token_to(resident.email, "confirm")
        assert "other address" in self.confirm(resident, take).json["detail"]
        assert resident.client("GET", "/users/me").json["email"] == resident.email
        assert self.confirm(resident, take).pointers == {"#/token"}
        assert "was changed" in self.confirm(resident, leave).json["detail"]
        me = resident.client("GET", "/users/me").json
        assert (me["email"], me["email_verified"]) == (new, True)
        assert sign_in(resident.api, resident.email).status == 401
        assert sign_in(resident.api, new).status == 200
        assert mails_to(resident.email)[-1].subject == "The email address of your Janus account was changed"
        assert self.confirm(resident, leave).status == 422
        actions = [event["action"] for event in resident.client("GET", "/security-events").json["items"]]
        assert {"email.change_requested", "email.changed"} <= set(actions)

    def test_the_old_address_is_free_again(self, resident: Resident, new: str) -> None:
        self.ask(resident, new)
        for address in (new, resident.email):
            assert self.confirm(resident, token_to(address, "confirm")).status == 200
        assert register(resident.api, resident.email)("GET", "/users/me").status == 200

    def test_it_takes_the_password_and_another_address(self, resident: Resident, new: str) -> None:
        assert self.ask(resident, new, "not this one at all").pointers == {"#/password"}
        assert self.ask(resident, resident.email.upper()).pointers == {"#/email"}
        assert mails_to(new) == []

    def test_one_that_somebody_has_is_answered_alike_and_stays_theirs(
        self, resident: Resident, make_person: Callable[[], Person], services: Services
    ) -> None:
        other = make_person()
        assert self.ask(resident, other.email).status == 202
        self.confirm(resident, token_to(resident.email, "confirm"))
        refused = self.confirm(resident, token_to(other.email, "confirm"))
        assert refused.pointers == {"#/token"}
        assert resident.client("GET", "/users/me").json["email"] == resident.email
        found = services.adapters.users.find(other.email)
        assert found is not None
        assert found.id == other.id

    def test_links_are_valid_for_a_day_and_until_the_next_ones(
        self, resident: Resident, new: str, clock: SettableClock
    ) -> None:
        self.ask(resident, new)
        first = token_to(new, "confirm")
        self.ask(resident, new)
        assert self.confirm(resident, first).status == 422
        clock.advance(timedelta(days=1))
        assert self.confirm(resident, token_to(new, "confirm")).status == 422
        assert self.confirm(resident, f"{resident.id}.{'x' * 43}").status == 422


class TestTheEnd:
    @pytest.fixture
    def close(self, resident: Resident) -> Callable[..., Any]:
        return lambda **body: resident.client("DELETE", "/users/me", {"password": PASSWORD, **body})

    def test_everything_goes_and_the_log_stays(
        self, services: Services, resident: Resident, close: Callable[..., Any]
    ) -> None:
        client, key = resident.client, {"name": "CI", "scopes": ["images:write"]}
        created = client("POST", "/images", NEW).json
        form = created["upload"]
        requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()
        client("POST", "/api-keys", key)
        project = client("POST", "/projects", {"name": "Alone"}, Idempotency_Key=new_id()).json["id"]
        client("POST", f"/projects/{project}/invitations", {"email": "guest@people.example", "role": "viewer"})
        client("POST", "/analytics", {"topic": "Type", "data": {}})
        client("POST", "/users/me/export")
        data_export = services.adapters.data_exports.get(resident.id)
        assert data_export is not None
        services.data_export.make(resident.id, data_export.id, REPRESENTATIONS)
        assert close(password="not this one at all").pointers == {"#/password"}
        assert close().status == 204
        assert client("GET", "/users/me").status == 401
        assert sign_in(resident.api, resident.email).status == 401
        assert mails_to(resident.email)[-1].subject == "Your Janus account was deleted"
        for _ in range(2):
            services.purge.purge_user(resident.id)
        tables = ("users", "sessions", "images", "api_keys", "members", "data_exports", "idempotency", "research_notes")
        assert {table: items(services, f"{table}_table", resident.id) for table in tables} == {
            table: [] for table in tables
        }
        assert items(services, "emails_table", resident.email) == []
        assert items(services, "invitations_table", project) == []
        bucket = boto3.client("s3", region_name=REGION).list_objects_v2(Bucket=services.settings.bucket)
        assert not any(resident.id in found["Key"] for found in bucket.get("Contents", []))
        entries = items(services, "audit_log_table", resident.id)
        assert "user.deleted" in {entry["action"]["S"] for entry in entries}
        assert resident.email not in json.dumps(entries)

    def test_an_account_that_nobody_closed_stays(self, services: Services, resident: Resident) -> None:
        services.purge.purge_user(resident.id)
        assert resident.client("GET", "/users/me").status == 200

    def test_the_address_may_be_registered_again_once_all_is_gone(
        self, services: Services, resident: Resident, close: Callable[..., Any]
    ) -> None:
        close()
        services.purge.purge_user(resident.id)
        assert register(resident.api, resident.email)("GET", "/users/me").status == 200

    def test_a_project_goes_to_who_may_do_most_in_it(
        self, services: Services, resident: Resident, close: Callable[..., Any], joined: Joined
    ) -> None:
        project_id = resident.client("POST", "/projects", {"name": "Shared"}).json["id"]
        viewer, editor = (joined(project_id, role) for role in ("viewer", "editor"))
        close()
        services.purge.purge_user(resident.id)
        assert editor("GET", f"/projects/{project_id}").json["role"] == "owner"
        assert viewer("GET", f"/projects/{project_id}").json == editor("GET", f"/projects/{project_id}").json | {
            "role": "viewer",
            "members": 2,
        }

    def test_an_administrator_closes_an_account_and_no_administrators(
        self,
        services: Services,
        resident: Resident,
        make_person: Callable[[], Person],
        sign_in_again: Callable[[Person], str],
    ) -> None:
        person = make_person()
        user = services.adapters.users.get(person.id)
        assert user is not None
        services.administration.change_role("command", user, AccountRole.ADMIN)
        add_factor(services, user.id)
        admin = Api(resident.api.gateway, sign_in_again(person))
        assert admin("DELETE", f"/admin/users/{person.id}").code == "admin_stays"
        assert admin("DELETE", f"/admin/users/{resident.id}").status == 204
        assert admin("PATCH", f"/admin/users/{resident.id}", {"disabled": False}).code == "user_inactive"
        assert admin("DELETE", f"/admin/users/{resident.id}").status == 204  # its message may have been lost
        assert resident.client("GET", "/users/me").status == 401
        services.purge.purge_user(resident.id)
        assert admin("GET", f"/admin/users/{resident.id}").status == 404
