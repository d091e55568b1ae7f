"""How many requests to DynamoDB each route makes when all goes well; the table in docs/api.md says the same.

The requests are counted where boto sends them. With WRITE_DOCS=1 the table is written anew.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
import requests
from botocore.client import BaseClient

from chalicelib.model.clock import utc_now
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.users import AccountRole, User
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from tests.api.conftest import NEW
from tests.api.test_authorization import READ, ROWS, filled
from tests.conftest import HERE, NOON, PASSWORD, Api, SettableClock, add_factor
from tests.mailbox import register, token_to

MOST = 3
DOCUMENT = Path(__file__).parents[2] / "docs/api.md"
BEGIN, END = "<!-- requests to DynamoDB -->\n", "<!-- end -->\n"
OTHER = "twelve herons over the estuary"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations that DynamoDB was asked for."""
    operations: list[str] = []
    call = vars(BaseClient)["_make_api_call"]

    def note(client: BaseClient, operation: str, arguments: Any) -> Any:
        if client.meta.service_model.service_name == "dynamodb":
            operations.append(operation)
        return call(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", note)
    return operations


@dataclass
class Resident:
    """Somebody who registered and signs in as people do, and has one of everything."""

    api: Api
    services: Services
    email: str

    @classmethod
    def new(cls, api: Api, services: Services) -> "Resident":
        resident = cls(api, services, f"{new_id()}@people.example")
        register(api, resident.email)
        return resident

    @classmethod
    def unconfirmed(cls, api: Api, services: Services) -> "Resident":
        resident = cls(api, services, f"{new_id()}@people.example")
        assert api("POST", "/auth/register", resident.credentials).status == 202
        return resident

    @property
    def credentials(self) -> dict[str, str]:
        return {"email": self.email, "password": PASSWORD}

    def tokens(self) -> Any:
        return self.api("POST", "/auth/login", self.credentials).json

    def client(self) -> Api:
        return Api(self.api.gateway, self.services.authentication._start(self.user(), HERE).access)

    def user(self) -> User:
        user = self.services.adapters.users.find(self.email)
        assert user is not None
        return user

    def address_to_confirm(self) -> str:
        new = f"{new_id()}@people.example"
        self.client()("POST", "/users/me/email", {"email": new, "password": PASSWORD})
        return token_to(new, "confirm")

    def to_confirm(self) -> dict[str, str]:
        newcomer = Resident.unconfirmed(self.api, self.services)
        return {"token": token_to(newcomer.email, "verify"), "password": PASSWORD}

    def proposed(self) -> pyotp.TOTP:
        enrolled = self.client()("POST", "/auth/mfa/enrol", {"password": PASSWORD}).json
        return pyotp.TOTP(enrolled["secret"])

    def recovery_code(self) -> str:
        proposed, client = self.proposed(), self.client()
        return str(
            client("POST", "/auth/mfa/confirm", {"code": proposed.at(self.services.clock())}).json["recovery_codes"][0]
        )

    def forgotten(self) -> str:
        self.api("POST", "/auth/password/forgot", {"email": self.email})
        return token_to(self.email, "reset")

    def promote(self) -> None:
        self.services.administration.change_role("command", self.user(), AccountRole.ADMIN)
        add_factor(self.services, self.user().id)

    def analyzed(self, client: Api, owner_id: str, place: str = "") -> str:
        created = client("POST", f"{place}/images", NEW).json
        form = created["upload"]
        requests.post(form["url"], data=form["fields"], files={"file": b"pixels"}, timeout=10).raise_for_status()
        self.services.analyses.upload_arrived(upload_name(ImageKey(owner_id, created["id"])), NOON)
        return str(created["id"])

    def belongings(self, path: str) -> Mapping[str, str]:
        """Return something of the resident's for each parameter of a path."""
        client = self.client()
        if "{project_id}" in path:
            return self.of_project(client, path)
        user_id = client("GET", "/users/me").json["id"]
        return {
            "user_id": user_id,
            "image_id": self.analyzed(client, user_id),
            "session_id": client("GET", "/auth/sessions").json["items"][0]["id"],
            "key_id": client("POST", "/api-keys", {"name": "CI", "scopes": [READ]}).json["id"],
            "research_id": client("POST", "/analytics", {"topic": "Type", "data": {}}).json["id"],
            "entry_id": client("GET", "/logs?limit=1").json["items"][0]["id"],
            "name": "result.json",
        }

    def of_project(self, client: Api, path: str) -> Mapping[str, str]:
        project_id = client("POST", "/projects", {"name": "Shop"}).json["id"]
        place = f"/projects/{project_id}"
        found = {
            "guest": f"{new_id()}@people.example",
            "project_id": project_id,
            "image_id": self.analyzed(client, project_id, place),
        }
        if "{research_id}" in path:
            found["research_id"] = client("POST", f"{place}/analytics", {"topic": "Type", "data": {}}).json["id"]
        if "{user_id}" in path:
            guest = Resident.new(self.api, self.services)
            guest.client()("POST", "/invitations/accept", {"token": self.invited(guest.email, place)})
            found["user_id"] = guest.client()("GET", "/users/me").json["id"]
        if "{invitation_id}" in path:
            body = {"email": f"{new_id()}@people.example", "role": "viewer"}
            found["invitation_id"] = client("POST", f"{place}/invitations", body).json["id"]
        return found

    def invited(self, email: str, place: str = "") -> str:
        """Invite somebody into a project, and return the token of the mail."""
        client = self.client()
        place = place or f"/projects/{client('POST', '/projects', {'name': 'Shop'}).json['id']}"
        client("POST", f"{place}/invitations", {"email": email, "role": "editor"})
        return token_to(email, "invitation")

    def body_for(self, method: str, path: str) -> Any:
        """Return the body that lets a route succeed, where it isn't that of the route's row."""
        bodies: Mapping[str, Callable[[], Any]] = {
            "/auth/register": lambda: {"email": f"{new_id()}@people.example", "password": PASSWORD},
            "/auth/login": lambda: self.credentials,
            "/auth/refresh": lambda: {"refresh_token": self.tokens()["refresh_token"]},
            "/users/me/email": lambda: {"email": f"{new_id()}@people.example", "password": PASSWORD},
            "/auth/email/confirm": lambda: {"token": self.address_to_confirm()},
            "/auth/mfa/confirm": lambda: {"code": self.proposed().at(self.services.clock())},
            "/auth/mfa/disable": lambda: {"password": PASSWORD, "code": self.recovery_code()},
            "/auth/password/change": lambda: {"current_password": PASSWORD, "new_password": OTHER},
            "/auth/password/forgot": lambda: {"email": self.email},
            "/auth/password/reset": lambda: {"token": self.forgotten(), "new_password": OTHER},
            "/auth/email/verify": self.to_confirm,
            "/auth/email/resend": lambda: {"email": Resident.unconfirmed(self.api, self.services).email},
            "/invitations/accept": lambda: {"token": Resident.new(self.api, self.services).invited(self.email)},
            "PATCH /admin/users/{user_id}": lambda: {"role": "user"},
            "DELETE /users/me": lambda: {"password": PASSWORD},
            "/auth/reauthenticate": lambda: {"password": PASSWORD},
        }
        found = bodies.get(path) or bodies.get(f"{method} {path}")
        return found and found()


def test_no_route_asks_dynamodb_more_than_three_times(
    api: Api, services: Services, asked: list[str], clock: SettableClock
) -> None:
    clock.now = utc_now()
    reader = Resident.new(api, services)
    reader.promote()
    counts: dict[str, list[str]] = {}
    for method, path in ROWS:
        clock.advance(timedelta(minutes=15))  # a window of tries for each
        resident = reader if method == "GET" else Resident.new(api, services)
        if "/admin/" in path and resident is not reader:
            resident.promote()
        belongings = resident.belongings(path)
        if (method, path) == ("DELETE", "/projects/{project_id}/members/{user_id}"):
            clock.advance(timedelta(days=8))  # as is common, the project has no invitation that could be revoked
        client, body = resident.client(), ROWS[method, path].body
        if body is not None:
            body = resident.body_for(method, path) or filled(body, belongings)
        if (method, path) == ("GET", "/users/me/export"):
            client("POST", path)
        if (method, path) == ("DELETE", "/admin/users/{user_id}"):
            other = Resident.new(api, services).client()
            belongings = {"user_id": other("GET", "/users/me").json["id"]}
        asked.clear()
        answer = client(method, filled(path, belongings), body)
        counts[f"{method} {path}"] = list(asked)
        assert answer.status < 400, (path, answer.text)
    assert {route: operations for route, operations in counts.items() if len(operations) > MOST} == {}
    assert not any(operation == "Scan" for operations in counts.values() for operation in operations)
    assert documented(counts) == DOCUMENT.read_text("utf-8")


def documented(counts: Mapping[str, list[str]]) -> str:
    """Return docs/api.md with these counts in its table; written if it is asked to be."""
    rows = "".join(f"| `{route}` | {len(asked)} | {', '.join(asked)} |\n" for route, asked in counts.items())
    before, _, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
    text = f"{before}{BEGIN}| | Requests | Which |\n|---|---|---|\n{rows}{END}{rest.partition(END)[2]}"
    if os.environ.get("WRITE_DOCS"):
        DOCUMENT.write_text(text, "utf-8")
    return text
