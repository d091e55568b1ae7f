"""What a stolen session alone cannot do, and what an account cannot do without a second factor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.model.ids import new_id
from infra import make_admin
from tests.attack.conftest import OTHER, Account
from tests.conftest import PASSWORD, Api, ApiResponse, SettableClock, add_factor
from tests.mailbox import new_address, subjects_to

TEN_MINUTES = timedelta(minutes=10)
MOMENT = timedelta(microseconds=1)
ROUTES: dict[tuple[str, str], Any] = {
    ("POST", "/api-keys"): {"name": "CI", "scopes": ["results:read"]},
    ("DELETE", "/api-keys/{key_id}"): None,
    ("POST", "/users/me/export"): None,
    ("GET", "/users/me/export"): None,
    ("DELETE", "/auth/sessions/{session_id}"): None,
    ("POST", "/users/me/email"): {"email": new_address(), "password": PASSWORD},
    ("POST", "/auth/logout/everywhere"): None,
}
SHORT = "xkq!hz7w"


def reauthenticate(account: Account, password: str = PASSWORD, **code: str) -> ApiResponse:
    return account.client("POST", "/auth/reauthenticate", {"password": password, **code})


def attempt(account: Account, method: str, path: str) -> ApiResponse:
    return account.client(method, path.format(key_id=new_id(), session_id=new_id()), ROUTES[method, path])


class TestASessionOfSomeTime:
    @pytest.mark.parametrize(("method", "path"), ROUTES, ids=" ".join)
    def test_it_makes_no_sensitive_change_until_the_password_is_given_again(
        self, account: Account, clock: SettableClock, method: str, path: str
    ) -> None:
        clock.advance(TEN_MINUTES)
        refused = attempt(account, method, path)
        assert (refused.status, refused.code) == (403, "reauthentication_required")
        assert reauthenticate(account).status == 204
        assert attempt(account, method, path).status != 403

    @pytest.mark.parametrize(("after", "permitted"), [(TEN_MINUTES - MOMENT, True), (TEN_MINUTES, False)])
    def test_the_password_permits_them_for_ten_minutes(
        self, account: Account, clock: SettableClock, after: timedelta, permitted: bool
    ) -> None:
        clock.advance(timedelta(minutes=4))
        reauthenticate(account)
        clock.advance(after)
        assert (attempt(account, "POST", "/api-keys").status == 201) is permitted

    def test_a_wrong_password_permits_nothing_and_is_recorded(self, account: Account, clock: SettableClock) -> None:
        clock.advance(TEN_MINUTES)
        assert reauthenticate(account, OTHER).pointers == {"#/password"}
        assert attempt(account, "POST", "/api-keys").code == "reauthentication_required"
        events = [event["action"] for event in account.client("GET", "/security-events").json["items"]]
        assert sorted(events) == ["access.refused", "session.reauthentication_refused"]

    def test_passwords_are_not_guessed(self, account: Account) -> None:
        answers = [reauthenticate(account, OTHER) for _ in range(11)]
        assert [answer.status for answer in answers] == [422] * 10 + [429]

    def test_a_second_factor_is_asked_for(self, account: Account, clock: SettableClock) -> None:
        app = account.add_factor()
        clock.advance(TEN_MINUTES)
        assert reauthenticate(account).code == "second_factor_required"
        assert reauthenticate(account, code="000000").code == "code_refused"
        assert attempt(account, "POST", "/api-keys").code == "reauthentication_required"
        assert reauthenticate(account, code=app.at(clock())).status == 204
        assert attempt(account, "POST", "/api-keys").status == 201

    def test_one_session_does_not_vouch_for_another(self, account: Account, clock: SettableClock) -> None:
        clock.advance(TEN_MINUTES)
        other = Api(account.api.gateway, account.sign_in().json["access_token"])
        assert other("POST", "/api-keys", ROUTES["POST", "/api-keys"]).status == 201
        assert attempt(account, "POST", "/api-keys").code == "reauthentication_required"


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=" ".join)
def test_an_api_key_makes_no_sensitive_change(account: Account, method: str, path: str) -> None:
    key = account.make_key()
    answer = key(method, path.format(key_id=new_id(), session_id=new_id()), ROUTES[method, path])
    assert (answer.status, answer.code) == (403, "insufficient_scope")


def test_an_email_says_what_was_changed(account: Account) -> None:
    key = attempt(account, "POST", "/api-keys").json["id"]
    account.client("DELETE", f"/api-keys/{key}")
    attempt(account, "POST", "/users/me/export")
    other = Api(account.api.gateway, account.sign_in().json["access_token"])
    (ended,) = [item for item in other("GET", "/auth/sessions").json["items"] if not item["current"]]
    other("DELETE", f"/auth/sessions/{ended['id']}")
    other("POST", "/auth/logout/everywhere")
    assert subjects_to(account.address) == [
        "Your Janus account has a new API key",
        "An API key of your Janus account was revoked",
        "An export of your Janus data was requested",
        "Sessions of your Janus account were ended",
        "Sessions of your Janus account were ended",
    ]


def test_an_administrator_without_a_second_factor_may_do_nothing(account: Account) -> None:
    assert make_admin.main([account.address], account.services) == 0
    client = Api(account.api.gateway, account.sign_in().json["access_token"])
    refused = client("GET", "/admin/users")
    assert (refused.status, refused.code) == (403, "second_factor_missing")
    add_factor(account.services, account.id)
    assert client("GET", "/admin/users").status == 200


def test_an_administrator_without_a_second_factor_reads_nobody_elses_events(
    account: Account, make_account: Callable[[], Account]
) -> None:
    attempt(account, "POST", "/api-keys")
    (event,) = account.client("GET", "/logs").json["items"]
    admin = make_account()
    make_admin.main([admin.address], admin.services)
    client = Api(admin.api.gateway, admin.sign_in().json["access_token"])
    assert client("GET", f"/logs/{event['id']}").code == "not_found"


def test_eight_characters_do_not_sign_in_alone(account: Account) -> None:
    account.add_factor()
    body = {"current_password": PASSWORD, "new_password": SHORT}
    assert account.client("POST", "/auth/password/change", body).status == 204
    user = account.services.adapters.users.get(account.id)
    assert user is not None
    account.services.second_factor.reset("admin", user)  # as an administrator may
    answer = account.sign_in(SHORT)
    assert (answer.status, answer.code) == (401, "password_too_short")
    assert account.sign_in(OTHER).code == "invalid_credentials"
    assert account.reset().status == 200
    assert account.sign_in(OTHER).status == 200
