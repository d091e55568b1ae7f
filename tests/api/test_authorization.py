"""Who may do what: each route that the app has, tried by everybody. A route without a row here fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from app import create_app
from chalicelib.api.openapi import operations
from chalicelib.model.ids import new_id
from chalicelib.wiring import Services
from tests.api.conftest import NEW, Analyzed, Joined
from tests.conftest import PASSWORD, Api, Person


@dataclass(frozen=True)
class Row:
    """What each who tries is answered; body is what is sent.

    A stranger is somebody else with an account and a project; an administrator is answered as one where nothing else
    stands. scope is what an API key of the owner's must be good for to be answered as they are; without it, it is
    answered 403. What is a project's is tried by its viewer and its editor, too, who are answered as its owner where
    nothing else stands.
    """

    owner: int
    stranger: int
    nobody: int = 401
    body: Any = None
    admin: int | None = None
    scope: str | None = None
    viewer: int | None = None
    editor: int | None = None

    @property
    def private(self) -> bool:
        """Whether it is for whoever is signed in; 401 to everybody is about what is sent, not about who sends it."""
        return self.nobody == 401 and self.owner != 401


WRITE, READ = "images:write", "results:read"
ENTRY = {"topic": "Contrast", "data": {"n": 1}, "image_ids": ["{image_id}"]}
LINK = f"01a21453-a46f-7113-9de8-5f9cc8f03beb.{'x' * 43}"
REGISTRATION = {"email": "somebody@people.example", "password": PASSWORD}
ROWS: Mapping[tuple[str, str], Row] = {
    ("POST", "/auth/register"): Row(202, 202, 202, REGISTRATION),
    ("POST", "/auth/login"): Row(401, 401, 401, {"email": "nobody@people.example", "password": PASSWORD}),
    ("POST", "/auth/refresh"): Row(401, 401, 401, {"refresh_token": "x"}),
    ("POST", "/auth/reauthenticate"): Row(422, 422, 401, {"password": "not this one at all"}),
    ("POST", "/auth/logout"): Row(204, 204),
    ("POST", "/auth/logout/everywhere"): Row(204, 204),
    ("GET", "/auth/sessions"): Row(200, 200),
    ("DELETE", "/auth/sessions/{session_id}"): Row(204, 404),
    ("POST", "/auth/password/change"): Row(
        422, 422, 401, {"current_password": "not this one at all", "new_password": PASSWORD}
    ),
    ("POST", "/auth/password/forgot"): Row(202, 202, 202, {"email": "nobody@people.example"}),
    ("POST", "/auth/password/reset"): Row(422, 422, 422, {"token": LINK, "new_password": PASSWORD}),
    ("POST", "/auth/email/verify"): Row(422, 422, 422, {"token": LINK, "password": PASSWORD}),
    ("POST", "/auth/email/resend"): Row(202, 202, 202, {"email": "another@people.example"}),
    ("POST", "/auth/mfa/enrol"): Row(422, 422, 401, {"password": PASSWORD}),
    ("POST", "/auth/mfa/confirm"): Row(422, 422, 401, {"code": "123456"}, admin=409),
    ("POST", "/auth/mfa/disable"): Row(409, 409, 401, {"password": PASSWORD, "code": "123456"}, admin=422),
    ("GET", "/users/me"): Row(200, 200),
    ("GET", "/users/me/usage"): Row(200, 200),
    ("PATCH", "/users/me"): Row(204, 204, 401, {"display_name": "Ann"}),
    ("DELETE", "/users/me"): Row(422, 422, 401, {"password": "not this one at all"}),
    ("POST", "/users/me/email"): Row(422, 422, 401, {"email": "new@people.example", "password": "not this one"}),
    ("POST", "/users/me/export"): Row(202, 202),
    ("GET", "/users/me/export"): Row(404, 404),
    ("POST", "/auth/email/confirm"): Row(422, 422, 422, {"token": LINK}),
    ("GET", "/logs"): Row(200, 200),
    ("GET", "/logs/{entry_id}"): Row(200, 404, admin=200),
    ("GET", "/security-events"): Row(200, 200),
    ("POST", "/api-keys"): Row(201, 201, 401, {"name": "CI", "scopes": ["results:read"]}),
    ("GET", "/api-keys"): Row(200, 200),
    ("DELETE", "/api-keys/{key_id}"): Row(204, 404),
    ("POST", "/images"): Row(201, 201, 401, NEW, scope=WRITE),
    ("GET", "/images"): Row(200, 200, scope=READ),
    ("GET", "/images/{image_id}"): Row(200, 404, scope=READ),
    ("DELETE", "/images/{image_id}"): Row(204, 204, scope=WRITE),
    ("GET", "/images/{image_id}/accessibility"): Row(200, 404, scope=READ),
    ("GET", "/images/{image_id}/tokens"): Row(200, 404, scope=READ),
    ("POST", "/projects"): Row(201, 201, 401, {"name": "Shop"}),
    ("GET", "/projects"): Row(200, 200),
    ("POST", "/invitations/accept"): Row(422, 422, 401, {"token": LINK}),
    ("GET", "/projects/{project_id}"): Row(200, 404),
    ("PATCH", "/projects/{project_id}"): Row(204, 404, 401, {"name": "Shop"}, viewer=403, editor=403),
    ("DELETE", "/projects/{project_id}"): Row(204, 404, viewer=403, editor=403),
    ("GET", "/projects/{project_id}/members"): Row(200, 404),
    ("PATCH", "/projects/{project_id}/members/{user_id}"): Row(
        409, 404, 401, {"role": "viewer"}, viewer=403, editor=403
    ),
    ("DELETE", "/projects/{project_id}/members/{user_id}"): Row(409, 404, viewer=403, editor=403),
    ("POST", "/projects/{project_id}/invitations"): Row(
        201, 404, 401, {"email": "{guest}", "role": "viewer"}, viewer=403, editor=403
    ),
    ("GET", "/projects/{project_id}/invitations"): Row(200, 404, viewer=403, editor=403),
    ("DELETE", "/projects/{project_id}/invitations/{invitation_id}"): Row(204, 404, viewer=403, editor=403),
    ("POST", "/projects/{project_id}/images"): Row(201, 404, 401, NEW, scope=WRITE, viewer=403),
    ("GET", "/projects/{project_id}/images"): Row(200, 404, scope=READ),
    ("GET", "/projects/{project_id}/images/{image_id}"): Row(200, 404, scope=READ),
    ("DELETE", "/projects/{project_id}/images/{image_id}"): Row(204, 404, scope=WRITE, viewer=403),
    ("GET", "/projects/{project_id}/images/{image_id}/accessibility"): Row(200, 404, scope=READ),
    ("GET", "/projects/{project_id}/images/{image_id}/tokens"): Row(200, 404, scope=READ),
    ("GET", "/projects/{project_id}/tokens"): Row(200, 404, scope=READ),
    ("GET", "/projects/{project_id}/trend"): Row(200, 404, scope=READ),
    ("GET", "/projects/{project_id}/logs"): Row(200, 404),
    ("POST", "/analytics"): Row(201, 404, 401, ENTRY),
    ("GET", "/analytics"): Row(200, 200),
    ("GET", "/analytics/summary"): Row(200, 200, scope=READ),
    ("GET", "/analytics/{research_id}"): Row(200, 404),
    ("DELETE", "/analytics/{research_id}"): Row(204, 204),
    ("POST", "/projects/{project_id}/analytics"): Row(201, 404, 401, ENTRY, viewer=403),
    ("GET", "/projects/{project_id}/analytics"): Row(200, 404),
    ("GET", "/projects/{project_id}/analytics/summary"): Row(200, 404, scope=READ),
    ("GET", "/projects/{project_id}/analytics/{research_id}"): Row(200, 404),
    ("DELETE", "/projects/{project_id}/analytics/{research_id}"): Row(204, 404, viewer=403),
    ("POST", "/tokens/merge"): Row(200, 404, 401, {"image_ids": ["{image_id}"]}, scope=READ),
    ("POST", "/tokens/diff"): Row(200, 404, 401, {"before": ["{image_id}"], "after": ["{image_id}"]}, scope=READ),
    ("GET", "/admin/users"): Row(403, 403, admin=200),
    ("GET", "/admin/users/{user_id}"): Row(403, 403, admin=200),
    ("PATCH", "/admin/users/{user_id}"): Row(403, 403, 401, {}, admin=204),
    ("PATCH", "/admin/users/{user_id}/limits"): Row(403, 403, 401, {"projects": 200}, admin=204),
    ("POST", "/admin/users/{user_id}/sessions/end"): Row(403, 403, admin=204),
    ("DELETE", "/admin/users/{user_id}/mfa"): Row(403, 403, admin=409),
    ("DELETE", "/admin/users/{user_id}"): Row(403, 403, admin=204),
    ("GET", "/admin/users/{user_id}/images"): Row(403, 403, admin=200),
    ("GET", "/admin/metrics"): Row(403, 403, admin=200),
    ("GET", "/admin/levels"): Row(403, 403, admin=200),
    ("GET", "/admin/logs"): Row(403, 403, admin=200),
    ("GET", "/admin/security-events"): Row(403, 403, admin=200),
    ("GET", "/rules"): Row(200, 200, 200),
    ("GET", "/schemas/{name}"): Row(200, 200, 200),
    ("GET", "/health"): Row(200, 200, 200),
    ("GET", "/status"): Row(200, 200, 200),
}

REASONS: Mapping[str, str] = {
    "nobody": "authentication_required",
    "owner": "admin_required",
    "stranger": "admin_required",
    READ: "insufficient_scope",
    WRITE: "insufficient_scope",
    "viewer": "role_required",
    "editor": "role_required",
}
"""Why somebody is refused with 401 or 403."""

pytestmark = pytest.mark.usefixtures("today")


def test_every_route_has_its_row(services: Services) -> None:
    described = operations(create_app(services).routes)
    assert {(method, path) for path, method in described} == set(ROWS)


def test_the_description_says_who_needs_to_sign_in(services: Services) -> None:
    described = operations(create_app(services).routes)
    public = {(method, path) for (path, method), (_, operation) in described.items() if operation.public}
    assert public == {route for route, row in ROWS.items() if not row.private}


@pytest.fixture
def belongings(
    signed_in: Api,
    person: Person,
    services: Services,
    analyzed: Analyzed,
    sign_in_again: Callable[[Person], str],
) -> Mapping[str, str]:
    """Something of the owner's for each parameter of a path."""
    image_id = analyzed()
    session_id = services.authentication.tokens.read_access(sign_in_again(person), services.clock()).session_id
    entry = signed_in("GET", "/logs?limit=1").json["items"][0]
    key = signed_in("POST", "/api-keys", {"name": "CI", "scopes": [READ]}).json
    return {
        "image_id": image_id,
        "session_id": session_id,
        "entry_id": entry["id"],
        "key_id": key["id"],
        "research_id": signed_in("POST", "/analytics", {"topic": "Type", "data": {}}).json["id"],
        "user_id": person.id,
        "name": "result.json",
    }


@pytest.fixture
def project(signed_in: Api, person: Person, analyzed: Analyzed) -> Mapping[str, str]:
    """Something of a project of the owner's for each parameter of a path."""
    project_id = signed_in("POST", "/projects", {"name": "Shop"}).json["id"]
    invitation = {"email": f"{new_id()}@people.example", "role": "viewer"}
    return {
        "guest": f"{new_id()}@people.example",
        "project_id": project_id,
        "image_id": analyzed(project_id),
        "invitation_id": signed_in("POST", f"/projects/{project_id}/invitations", invitation).json["id"],
        "research_id": signed_in("POST", f"/projects/{project_id}/analytics", {"topic": "Type", "data": {}}).json["id"],
        "user_id": person.id,
    }


@pytest.fixture
def tenant(stranger: Api) -> Api:
    stranger("POST", "/projects", {"name": "Another"})
    return stranger


@pytest.mark.parametrize(("method", "path"), ROWS, ids=[" ".join(route) for route in ROWS])
def test_each_route_responds_to_every_client_as_its_row_says(
    api: Api,
    signed_in: Api,
    tenant: Api,
    admin: Api,
    joined: Joined,
    request: pytest.FixtureRequest,
    method: str,
    path: str,
) -> None:
    row, in_project = ROWS[method, path], "{project_id}" in path
    belongings: Mapping[str, str] = request.getfixturevalue("project" if in_project else "belongings")
    keys = {scope: signed_in("POST", "/api-keys", {"name": scope, "scopes": [scope]}).json for scope in (READ, WRITE)}
    address, body = filled(path, belongings), filled(row.body, belongings)
    clients = {"nobody": api, "stranger": tenant}
    if in_project:
        clients |= {role: joined(belongings["project_id"], role) for role in ("viewer", "editor")}
    if row.private:
        clients |= {scope: Api(api.gateway, key["key"]) for scope, key in keys.items()}
    if row.scope is None:  # else the key that is good for it has the owner's turn
        clients["owner"] = signed_in
    clients["admin"] = admin
    answers = {who: client(method, address, body) for who, client in clients.items()}
    expected = {
        "nobody": row.nobody,
        "stranger": row.stranger,
        "admin": row.admin or row.stranger,
        "owner": row.owner,
        READ: row.owner if row.scope == READ else 403,
        WRITE: row.owner if row.scope == WRITE else 403,
        "viewer": row.viewer or row.owner,
        "editor": row.editor or row.owner,
    }
    expected = {who: expected[who] for who in answers}
    assert {who: answer.status for who, answer in answers.items()} == expected
    if row.private:
        refused = {who: answer.code for who, answer in answers.items() if answer.status in {401, 403}}
        assert refused == {who: REASONS[who] for who in refused}
    secret = {text for text in belongings.values() if text not in f"{address} {body}"}
    assert not any(text in answers[who].text for text in secret for who in ("nobody", "stranger"))


def test_what_a_stranger_deletes_is_still_there(signed_in: Api, stranger: Api, belongings: Mapping[str, str]) -> None:
    address = f"/images/{belongings['image_id']}"
    assert stranger("DELETE", address).status == 204
    assert signed_in("GET", address).status == 200


def test_nothing_of_a_project_is_found_in_another(tenant: Api, project: Mapping[str, str]) -> None:
    own = tenant("GET", "/projects").json["items"][0]["id"]
    images = f"/projects/{own}/images"
    for part in ("", "/accessibility", "/tokens"):
        assert tenant("GET", f"{images}/{project['image_id']}{part}").status == 404
        assert tenant("GET", f"/images/{project['image_id']}{part}").status == 404
    assert tenant("GET", images).json["items"] == []
    assert tenant("PATCH", f"/projects/{own}/members/{project['user_id']}", {"role": "viewer"}).status == 404


def filled(template: Any, values: Mapping[str, str]) -> Any:
    """Return a path or body with the parameters' values in it."""
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace(f"{{{name}}}", value)
        return template
    if isinstance(template, dict):
        return {name: filled(value, values) for name, value in template.items()}
    return [filled(value, values) for value in template] if isinstance(template, list) else template
