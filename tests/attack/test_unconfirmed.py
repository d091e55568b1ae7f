"""An email address that is not confirmed is no identity, and nobody learns whether an address has an account."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from app import create_app
from chalicelib.api.openapi import operations
from chalicelib.model.users import AccountRole
from chalicelib.wiring import Services
from infra import make_admin
from tests.attack.conftest import OTHER, Account
from tests.conftest import PASSWORD, Api, ApiResponse, SettableClock, add_factor
from tests.mailbox import new_address, register, subjects_to, token_to

OPEN = {("POST", "/auth/logout"), ("POST", "/auth/logout/everywhere"), ("POST", "/invitations/accept")}
ID = "01a21453-a46f-7113-9de8-5f9cc8f03beb"


def without_id(answer: ApiResponse) -> tuple[object, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    text = re.sub(r'"request_id": "[^"]*"', "", answer.text)
    return answer.status, headers, text


def pending(api: Api, password: str = PASSWORD) -> str:
    """Register an address and do not confirm it."""
    address = new_address()
    assert api("POST", "/auth/register", {"email": address, "password": password}).status == 202
    return address


class TestWhatItMayDo:
    def test_a_session_is_good_for_signing_out_and_nothing_else(self, account: Account, services: Services) -> None:
        account.unconfirm()
        private = [
            (method, path)
            for (path, method), (_, operation) in operations(create_app(services).routes).items()
            if not operation.public and (method, path) not in OPEN
        ]
        assert len(private) > 50
        answers = {(method, path): account.client(method, re.sub(r"\{\w+\}", ID, path), {}) for method, path in private}
        refused = {route: (answer.status, answer.code) for route, answer in answers.items()}
        assert set(refused.values()) == {(403, "email_unconfirmed")}, refused
        assert account.client("POST", "/auth/logout").status == 204

    def test_a_key_is_good_for_nothing(self, account: Account) -> None:
        key = account.make_key()
        account.unconfirm()
        answer = key("GET", "/images")
        assert (answer.status, answer.code) == (403, "email_unconfirmed")

    def test_it_does_not_sign_in(self, api: Api) -> None:
        address = pending(api)
        answer = api("POST", "/auth/login", {"email": address, "password": PASSWORD})
        assert (answer.status, answer.code) == (401, "invalid_credentials")

    def test_it_becomes_no_administrator(self, account: Account, make_account: Callable[[], Account]) -> None:
        admin = make_account()
        assert make_admin.main([admin.address], admin.services) == 0
        client = Api(admin.api.gateway, admin.sign_in().json["access_token"])
        add_factor(admin.services, admin.id)
        account.unconfirm()
        answer = client("PATCH", f"/admin/users/{account.id}", {"role": "admin"})
        assert (answer.status, answer.code) == (409, "user_unconfirmed")

    def test_an_administrator_without_one_may_do_nothing(self, account: Account) -> None:
        assert make_admin.main([account.address], account.services) == 0
        client = Api(account.api.gateway, account.sign_in().json["access_token"])
        account.unconfirm()
        assert client("GET", "/admin/users").code == "email_unconfirmed"


class TestEnumeration:
    def test_registering_makes_the_same_calls_for_every_address(
        self, api: Api, account: Account, asked: list[str]
    ) -> None:
        seen = []
        for address in (new_address(), pending(api), account.address):
            asked.clear()
            answer = api("POST", "/auth/register", {"email": address, "password": OTHER})
            seen.append((without_id(answer), sorted(asked)))
        assert seen[0] == seen[1] == seen[2]
        assert seen[0][1] == ["Query", "SendEmail", "TransactWriteItems", "TransactWriteItems"]

    def test_registering_and_signing_in_tells_nothing(self, api: Api, account: Account, asked: list[str]) -> None:
        seen = []
        for address in (new_address(), pending(api), account.address):
            assert api("POST", "/auth/register", {"email": address, "password": OTHER}).status == 202
            asked.clear()
            answer = api("POST", "/auth/login", {"email": address, "password": OTHER})
            seen.append((without_id(answer), list(asked)))
        assert seen[0] == seen[1] == seen[2]
        assert seen[0][0][0] == 401

    def test_asking_for_the_mail_again_tells_nothing(self, api: Api, account: Account, asked: list[str]) -> None:
        seen = []
        for address in (new_address(), pending(api), account.address):
            asked.clear()
            seen.append((without_id(api("POST", "/auth/email/resend", {"email": address})), sorted(asked)))
        assert seen[0] == seen[1] == seen[2]
        assert seen[0][0][0] == 202


class TestSquatting:
    """Somebody registers an address before its owner does."""

    def test_the_owner_registers_as_if_nobody_had(self, api: Api) -> None:
        address = pending(api)
        squatters = token_to(address, "verify")
        owner = register(api, address, OTHER)
        assert owner("GET", "/users/me").json["email_verified"] is True
        assert subjects_to(address) == ["Confirm your Janus account"] * 2
        answer = api("POST", "/auth/email/verify", {"token": squatters, "password": PASSWORD})
        assert (answer.status, answer.pointers) == (422, {"#/token"})
        assert api("POST", "/auth/login", {"email": address, "password": PASSWORD}).code == "invalid_credentials"

    def test_a_link_that_the_owner_follows_by_mistake_confirms_nothing(self, api: Api) -> None:
        address = pending(api)
        answer = api("POST", "/auth/email/verify", {"token": token_to(address, "verify"), "password": OTHER})
        assert (answer.status, answer.pointers) == (422, {"#/password"})
        assert api("POST", "/auth/login", {"email": address, "password": PASSWORD}).code == "invalid_credentials"

    def test_what_was_set_up_ends_with_another_registration(self, account: Account) -> None:
        key, kept = account.make_key(), account.change_address(new_address())
        account.add_factor()
        account.unconfirm()
        owner = register(account.api, account.address, OTHER)
        assert key("GET", "/images").code == "key_refused"
        assert account.client("GET", "/users/me").code == "session_ended"
        assert account.api("POST", "/auth/email/confirm", {"token": kept[0]}).pointers == {"#/token"}
        assert owner("GET", "/users/me").json["second_factor"] is False

    def test_registering_again_changes_nothing_of_a_confirmed_account(self, account: Account) -> None:
        account.api("POST", "/auth/register", {"email": account.address, "password": OTHER})
        assert account.client("GET", "/users/me").status == 200
        assert account.sign_in(OTHER).code == "invalid_credentials"
        assert account.sign_in().status == 200

    def test_an_account_that_was_disabled_is_not_registered_again(self, account: Account, services: Services) -> None:
        account.unconfirm()
        user = services.adapters.users.get(account.id)
        assert user is not None
        services.adapters.users.set_disabled(user, [], disabled=True)
        account.api("POST", "/auth/register", {"email": account.address, "password": OTHER})
        assert subjects_to(account.address) == ["You already have a Janus account"]

    def test_a_password_is_not_guessed_with_links_that_were_never_sent(self, api: Api, services: Services) -> None:
        user = services.adapters.users.find(pending(api))
        assert user is not None
        for password in (PASSWORD, OTHER):
            body = {"token": f"{user.id}.{'x' * 43}", "password": password}
            assert api("POST", "/auth/email/verify", body).pointers == {"#/token"}


class TestInvitations:
    @pytest.fixture
    def invite(self, account: Account) -> Callable[[str], str]:
        """Invite an address into a project, and return the token of the mail."""
        project = account.client("POST", "/projects", {"name": "Shop"}).json["id"]

        def invite(address: str) -> str:
            body = {"email": address, "role": "viewer"}
            assert account.client("POST", f"/projects/{project}/invitations", body).status == 201
            return token_to(address, "invitation")

        return invite

    def test_one_that_was_sent_to_the_address_confirms_its_registration(
        self, api: Api, invite: Callable[[str], str]
    ) -> None:
        address = new_address()
        token = invite(address)
        credentials = {"email": address, "password": PASSWORD}
        assert api("POST", "/auth/register", credentials | {"invitation": token}).status == 202
        signed_in = api("POST", "/auth/login", credentials)
        assert signed_in.status == 200
        client = Api(api.gateway, signed_in.json["access_token"])
        assert client("POST", "/invitations/accept", {"token": token}).status == 200
        assert [project["role"] for project in client("GET", "/projects").json["items"]] == ["viewer"]

    def test_one_that_was_sent_to_another_address_confirms_nothing(
        self, api: Api, invite: Callable[[str], str], clock: SettableClock
    ) -> None:
        address = new_address()
        own = invite(new_address())
        expired = invite(address)
        clock.advance(timedelta(days=8))
        for token in (own, expired, f"{ID}.{'x' * 43}", "x"):
            body = {"email": address, "password": PASSWORD, "invitation": token}
            answer = api("POST", "/auth/register", body)
            assert (answer.status, answer.pointers) == (422, {"#/invitation"})
        assert api("POST", "/auth/login", {"email": address, "password": PASSWORD}).code == "invalid_credentials"

    def test_one_takes_no_confirmed_account_over(
        self, invite: Callable[[str], str], make_account: Callable[[], Account]
    ) -> None:
        guest = make_account()
        body = {"email": guest.address, "password": OTHER, "invitation": invite(guest.address)}
        assert guest.api("POST", "/auth/register", body).status == 202
        assert guest.sign_in(OTHER).code == "invalid_credentials"

    def test_one_that_is_accepted_confirms(
        self, invite: Callable[[str], str], make_account: Callable[[], Account]
    ) -> None:
        guest = make_account()
        guest.unconfirm()
        assert guest.client("POST", "/invitations/accept", {"token": invite(guest.address)}).status == 200
        assert guest.client("GET", "/users/me").json["email_verified"] is True

    def test_one_that_is_refused_confirms_nothing(
        self, invite: Callable[[str], str], make_account: Callable[[], Account]
    ) -> None:
        guest = make_account()
        guest.unconfirm()
        answer = guest.client("POST", "/invitations/accept", {"token": invite(new_address())})
        assert (answer.status, answer.pointers) == (422, {"#/token"})
        assert guest.client("GET", "/users/me").code == "email_unconfirmed"


class TestMakeAdmin:
    def test_the_command_confirms(self, api: Api, services: Services) -> None:
        address = pending(api)
        assert make_admin.main([address], services) == 0
        signed_in = api("POST", "/auth/login", {"email": address, "password": PASSWORD})
        assert signed_in.status == 200
        me = Api(api.gateway, signed_in.json["access_token"])("GET", "/users/me").json
        assert (me["role"], me["email_verified"]) == (AccountRole.ADMIN, True)

    def test_the_command_confirms_an_administrator_of_an_older_version(
        self, account: Account, capsys: pytest.CaptureFixture[str]
    ) -> None:
        make_admin.main([account.address], account.services)
        account.unconfirm()
        assert make_admin.main([account.address], account.services) == 0
        assert account.sign_in().status == 200
        assert "confirmed" in capsys.readouterr().out
