"""Accounts and sessions over HTTP."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.security.passwords import Passwords
from chalicelib.wiring import Services
from tests.conftest import PASSWORD, Api, ApiResponse, Person, SettableClock
from tests.mailbox import new_address, register, subjects_to, token_to


def as_user(api: Api, access: str) -> Api:
    return Api(api.gateway, access)


def test_from_registration_to_the_end_of_a_session(api: Api) -> None:
    address = new_address()
    account = {"email": address, "password": PASSWORD, "display_name": "Ann"}
    assert api("POST", "/auth/register", account).status == 202
    confirmed = api("POST", "/auth/email/verify", {"token": token_to(address, "verify"), "password": PASSWORD})
    assert confirmed.status == 200

    signed_in = api("POST", "/auth/login", {"email": address, "password": PASSWORD})
    assert signed_in.status == 200
    assert signed_in.json.keys() == {
        "access_token",
        "token_type",
        "expires_in",
        "refresh_token",
        "refresh_expires_in",
        "device_token",
    }
    assert confirmed.json.keys() == signed_in.json.keys()
    assert (signed_in.json["token_type"], signed_in.json["expires_in"]) == ("Bearer", 900)
    assert signed_in.json["refresh_expires_in"] == 604_800

    me = as_user(api, signed_in.json["access_token"])("GET", "/users/me")
    assert (me.status, me.json) == (
        200,
        {
            "id": me.json["id"],
            "email": address,
            "display_name": "Ann",
            "email_verified": True,
            "role": "user",
            "second_factor": False,
            "recovery_codes_left": 0,
            "created_at": "2026-03-01T12:00:00.000Z",
            "email_change": None,
        },
    )

    refreshed = api("POST", "/auth/refresh", {"refresh_token": signed_in.json["refresh_token"]})
    assert (refreshed.status, refreshed.json.keys()) == (200, signed_in.json.keys() - {"device_token"})

    user = as_user(api, refreshed.json["access_token"])
    signed_out = user("POST", "/auth/logout")
    assert (signed_out.status, signed_out.text) == (204, "")
    assert signed_out.headers["clear-site-data"] == '"cache", "storage"'
    assert user("GET", "/users/me").code == "session_ended"


def without_ids(answer: ApiResponse) -> tuple[Any, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status, headers, answer.text


def test_neither_response_nor_log_tells_whether_an_address_was_known(
    api: Api, person: Person, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    seen = []
    for address in (person.email, new_address()):
        answer = api("POST", "/auth/register", {"email": address, "password": PASSWORD})
        lines = [
            {name: value for name, value in line.items() if name not in {"time", "request_id", "duration_ms"}}
            for line in log_lines()
        ]
        seen.append((without_ids(answer), lines))
    assert seen[0] == seen[1]
    assert subjects_to(person.email) == ["You already have a Janus account"]


def test_no_refusal_tells_whether_an_account_exists(api: Api) -> None:
    address = new_address()
    register(api, address)
    wrong = api("POST", "/auth/login", {"email": address, "password": "a wrong password"})
    unknown = api("POST", "/auth/login", {"email": new_address(), "password": "a wrong password"})
    assert wrong.code == unknown.code == "invalid_credentials"
    assert wrong.status == unknown.status == 401
    assert wrong.json["detail"] == unknown.json["detail"]


def test_a_refresh_token_that_is_used_twice_ends_the_whole_family(api: Api, person: Person) -> None:
    first = api("POST", "/auth/refresh", {"refresh_token": person.refresh})
    again = api("POST", "/auth/refresh", {"refresh_token": person.refresh})
    assert (again.status, again.code) == (401, "session_ended")
    assert api("POST", "/auth/refresh", {"refresh_token": first.json["refresh_token"]}).status == 401
    assert as_user(api, first.json["access_token"])("GET", "/users/me").status == 401


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.e30"])
def test_what_is_no_refresh_token_is_refused_in_the_same_words(api: Api, token: str) -> None:
    answer = api("POST", "/auth/refresh", {"refresh_token": token})
    assert (answer.status, answer.code) == (401, "session_ended")


def test_an_access_token_does_not_refresh_nor_a_refresh_token_authenticate(api: Api, person: Person) -> None:
    assert api("POST", "/auth/refresh", {"refresh_token": person.access}).code == "session_ended"
    assert as_user(api, person.refresh)("GET", "/users/me").code == "session_ended"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/auth/logout"),
        ("GET", "/users/me"),
        ("POST", "/images"),
        ("GET", "/images"),
        ("GET", "/images/x"),
        ("DELETE", "/images/x"),
        ("GET", "/images/x/accessibility"),
        ("GET", "/images/x/tokens"),
    ],
)
@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic YTpi", "token"])
def test_what_is_somebodys_needs_a_token(api: Api, method: str, path: str, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = api(method, path, **headers)
    assert (answer.status, answer.code) == (401, "authentication_required")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_expired_token_is_refused_as_oauth_says(api: Api, person: Person, clock: SettableClock) -> None:
    clock.advance(timedelta(minutes=15))
    answer = as_user(api, person.access)("GET", "/users/me")
    assert (answer.status, answer.code) == (401, "session_ended")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'  # RFC 6750, section 3.1


def test_the_scheme_is_case_insensitive(api: Api, person: Person) -> None:
    assert api("GET", "/users/me", authorization=f"bEARER  {person.access} ").status == 200


def test_a_token_whose_user_is_gone_is_a_session_that_ended(services: Services, signed_in: Api, person: Person) -> None:
    services.adapters.users.user_items(person.id).delete()
    assert signed_in("GET", "/users/me").code == "session_ended"


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"email": "no address"}, {"#/email"}),
        ({"email": 7, "password": None}, {"#/email", "#/password"}),
        ({"password": "x" * 14}, {"#/password"}),
        ({"password": "x" * 129}, {"#/password"}),
        ({"password": "x" * 1025, "display_name": ""}, {"#/password", "#/display_name"}),
        ({"display_name": "a\nb", "role": "admin"}, {"#/display_name", "#/role"}),
        ({"display_name": "\u202egnp.exe"}, {"#/display_name"}),
        ({"display_name": "x" * 101}, {"#/display_name"}),
        ({"id": 1, "a/b~c": 2}, {"#/id", "#/a~1b~0c"}),
    ],
)
def test_all_fields_that_cannot_be_taken_are_named(
    api: Api, changes: dict[str, Any], pointers: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Passwords, "hash", lambda *_: pytest.fail("a refused registration costs no hash"))
    body = {"email": new_address(), "password": PASSWORD} | changes
    answer = api("POST", "/auth/register", body)
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_fields", pointers)
    assert all(error["detail"] for error in answer.json["errors"])


@pytest.mark.parametrize("path", ["/auth/register", "/auth/login", "/auth/refresh"])
def test_all_missing_fields_are_named(api: Api, path: str) -> None:
    required = {"/auth/refresh": {"#/refresh_token"}}.get(path, {"#/email", "#/password"})
    answer = api("POST", path, {})
    assert (answer.status, answer.pointers) == (422, required)


def test_no_refusal_repeats_a_password(api: Api) -> None:
    secret = "a secret that is much too long " * 40
    answer = api("POST", "/auth/register", {"email": new_address(), "password": secret})
    assert answer.status == 422
    assert secret[:30] not in json.dumps(answer.json)
