"""Passwords and addresses over HTTP, with the links as the mails say them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import PASSWORD, Api, ApiResponse, Person, SettableClock
from tests.mailbox import mails_to, new_address, register, subjects_to, token_to

OTHER = "twelve herons over the estuary"


@pytest.fixture
def address(api: Api) -> str:
    """The address of an account."""
    address = new_address()
    register(api, address)
    return address


def sign_in(api: Api, address: str, password: str = PASSWORD) -> Api:
    answer = api("POST", "/auth/login", {"email": address, "password": password})
    assert answer.status == 200, answer.text
    return Api(api.gateway, answer.json["access_token"])


def test_a_changed_password_ends_all_sessions_and_an_email_says_so(api: Api, address: str) -> None:
    one, other = sign_in(api, address), sign_in(api, address)
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert one("POST", "/auth/password/change", body).status == 204
    assert {user("GET", "/users/me").code for user in (one, other)} == {"session_ended"}
    assert api("POST", "/auth/login", {"email": address, "password": PASSWORD}).code == "invalid_credentials"
    sign_in(api, address, OTHER)
    assert mails_to(address)[-1].subject == "Your Janus password was changed"


@pytest.mark.parametrize(
    ("current", "new", "pointer"),
    [("not the password at all", OTHER, "#/current_password"), (PASSWORD, "short", "#/new_password")],
)
def test_a_password_is_not_changed_without_the_current_one_or_to_a_bad_one(
    api: Api, address: str, current: str, new: str, pointer: str
) -> None:
    user = sign_in(api, address)
    answer = user("POST", "/auth/password/change", {"current_password": current, "new_password": new})
    assert (answer.status, answer.pointers) == (422, {pointer})
    assert user("GET", "/users/me").status == 200


def test_a_forgotten_password_is_reset_by_a_link_that_is_valid_once(api: Api, address: str) -> None:
    user = sign_in(api, address)
    assert api("POST", "/auth/password/forgot", {"email": address.upper()}).status == 202
    token = token_to(address, "reset")
    refused = api("POST", "/auth/password/reset", {"token": token, "new_password": address + address})
    assert refused.pointers == {"#/new_password"}
    assert api("POST", "/auth/password/reset", {"token": token, "new_password": OTHER}).status == 200
    assert user("GET", "/users/me").code == "session_ended"
    sign_in(api, address, OTHER)
    again = api("POST", "/auth/password/reset", {"token": token, "new_password": PASSWORD})
    assert (again.status, again.pointers) == (422, {"#/token"})
    sign_in(api, address, OTHER)


def test_a_link_is_valid_for_half_an_hour_and_until_the_next(api: Api, address: str, clock: SettableClock) -> None:
    api("POST", "/auth/password/forgot", {"email": address})
    first = token_to(address, "reset")
    clock.advance(timedelta(minutes=1))
    api("POST", "/auth/password/forgot", {"email": address})
    second = token_to(address, "reset")
    assert api("POST", "/auth/password/reset", {"token": first, "new_password": OTHER}).pointers == {"#/token"}
    clock.advance(timedelta(minutes=30))
    assert api("POST", "/auth/password/reset", {"token": second, "new_password": OTHER}).pointers == {"#/token"}


def test_changing_a_password_makes_an_open_link_worthless(api: Api, address: str) -> None:
    api("POST", "/auth/password/forgot", {"email": address})
    token = token_to(address, "reset")
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert sign_in(api, address)("POST", "/auth/password/change", body).status == 204
    answer = api("POST", "/auth/password/reset", {"token": token, "new_password": "nine lamps by the harbor wall"})
    assert answer.pointers == {"#/token"}


def test_forgetting_says_nothing_of_whether_there_is_an_account(api: Api, address: str) -> None:
    nobody = new_address()
    known, unknown = (api("POST", "/auth/password/forgot", {"email": email}) for email in (address, nobody))
    assert (known.status, known.text) == (unknown.status, unknown.text)
    assert mails_to(nobody)[-1].subject == "No Janus account has your email address"


def verify(api: Api, token: str, password: str = PASSWORD) -> ApiResponse:
    return api("POST", "/auth/email/verify", {"token": token, "password": password})


def test_an_address_is_verified_by_the_link_in_the_first_email_or_another(api: Api) -> None:
    address = new_address()
    assert api("POST", "/auth/register", {"email": address, "password": PASSWORD}).status == 202
    first = token_to(address, "verify")
    assert api("POST", "/auth/email/resend", {"email": address.upper()}).status == 202
    second = token_to(address, "verify")
    assert verify(api, first).pointers == {"#/token"}
    assert verify(api, second, OTHER).pointers == {"#/password"}
    confirmed = verify(api, second)
    assert confirmed.status == 200
    user = Api(api.gateway, confirmed.json["access_token"])
    assert user("GET", "/users/me").json["email_verified"] is True
    assert verify(api, second).pointers == {"#/token"}
    assert api("POST", "/auth/email/resend", {"email": address}).status == 202
    assert subjects_to(address)[-1] == "You already have a Janus account"


@pytest.mark.parametrize("path", ["/auth/password/reset", "/auth/email/verify"])
@pytest.mark.parametrize("token", ["", "x", f"01a21453-a46f-7113-9de8-5f9cc8f03beb.{'x' * 43}"])
def test_a_link_that_was_never_sent_is_refused(api: Api, path: str, token: str) -> None:
    body = {"token": token} | ({"new_password": OTHER} if "reset" in path else {"password": PASSWORD})
    assert api("POST", path, body).pointers == {"#/token"}


def test_a_link_for_one_purpose_is_none_for_another(api: Api, address: str) -> None:
    api("POST", "/auth/password/forgot", {"email": address})
    assert verify(api, token_to(address, "reset")).pointers == {"#/token"}


def test_emails_to_an_address_have_a_limit(api: Api, address: str, clock: SettableClock) -> None:
    answers = [api("POST", "/auth/password/forgot", {"email": address}) for _ in range(6)]
    assert [answer.status for answer in answers] == [202] * 5 + [429]
    limited = answers[-1]
    assert limited.code == "too_many_requests"
    assert limited.headers["retry-after"] == "3600"
    assert limited.headers["ratelimit"] == '"reset-mailbox-ip";r=0;t=3600'
    assert limited.headers["ratelimit-policy"] == '"reset-mailbox-ip";q=5;w=3600'
    clock.advance(timedelta(hours=1))
    assert api("POST", "/auth/password/forgot", {"email": address}).status == 202


def test_sessions_are_listed_and_ended_over_http(api: Api, address: str, person: Person) -> None:
    one, other = sign_in(api, address), sign_in(api, address)
    listed = one("GET", "/auth/sessions")
    assert listed.json["next"] is None
    assert {tuple(item) for item in listed.json["items"]} == {
        ("id", "device", "created_at", "refreshed_at", "expires_at", "current")
    }
    second, _ = [item for item in listed.json["items"] if not item["current"]]  # the link of the email began another
    assert Api(api.gateway, person.access)("DELETE", f"/auth/sessions/{second['id']}").code == "not_found"
    assert one("DELETE", f"/auth/sessions/{second['id']}").status == 204
    assert other("GET", "/users/me").code == "session_ended"
    assert one("DELETE", f"/auth/sessions/{second['id']}").code == "not_found"
    signed_out = one("POST", "/auth/logout/everywhere")
    assert (signed_out.status, signed_out.headers["clear-site-data"]) == (204, '"cache", "storage"')
    assert one("GET", "/users/me").code == "session_ended"


def test_an_email_that_fails_fails_nothing_else(
    api: Api, address: str, monkeypatch: pytest.MonkeyPatch, log_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("chalicelib.storage.email.EmailTransport.send", refuse)
    assert api("POST", "/auth/password/forgot", {"email": address}).status == 202
    lines = log_lines()
    assert [line["message"] for line in lines if line["level"] == "ERROR"] == ["an email could not be sent"]
    assert not any(address in str(line) for line in lines)
