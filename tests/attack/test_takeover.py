"""What the earlier holder of an account set up does not survive new credentials of the owner's."""

import pytest

from chalicelib.model.api_keys import Scope
from chalicelib.model.users import User
from tests.attack.conftest import OTHER, Account
from tests.conftest import PASSWORD, Api
from tests.mailbox import mails_to, new_address

NEWER = "nine lamps by the harbor wall"


def change_password(account: Account, **more: bool) -> int:
    body = {"current_password": PASSWORD, "new_password": OTHER, **more}
    return account.client("POST", "/auth/password/change", body).status


def user_of(account: Account) -> User:
    user = account.services.adapters.users.get(account.id)
    assert user is not None
    return user


class TestAResetOfAnAddressThatWasNeverConfirmed:
    def test_it_revokes_the_keys(self, account: Account) -> None:
        key = account.make_key()
        account.unconfirm()
        assert account.reset().status == 200
        for method, path in (("GET", "/images"), ("DELETE", "/images/01a21453-a46f-7113-9de8-5f9cc8f03beb")):
            answer = key(method, path)
            assert (answer.status, answer.code) == (401, "key_refused")
        owner = Api(account.api.gateway, account.sign_in(OTHER).json["access_token"])
        assert owner("GET", "/api-keys").json["items"] == []
        assert "all its API keys were revoked" in mails_to(account.address)[-1].body

    def test_it_removes_the_second_factor(self, account: Account) -> None:
        account.add_factor()
        account.unconfirm()
        assert account.reset().status == 200
        answer = account.sign_in(OTHER)
        assert answer.status == 200, answer.code
        owner = Api(account.api.gateway, answer.json["access_token"])
        assert owner("GET", "/users/me").json["second_factor"] is False

    def test_it_confirms_the_address(self, account: Account) -> None:
        account.unconfirm()
        account.reset()
        owner = Api(account.api.gateway, account.sign_in(OTHER).json["access_token"])
        assert owner("GET", "/users/me").json["email_verified"] is True
        assert "email.verified" in [event["action"] for event in owner("GET", "/logs").json["items"]]

    def test_its_password_has_the_length_that_it_needs_without_a_second_factor(self, account: Account) -> None:
        account.add_factor()
        account.unconfirm()
        answer = account.reset(new_password="xkq!hz7w")
        assert (answer.status, answer.pointers) == (422, {"#/new_password"})

    def test_a_key_that_is_made_at_the_same_time_is_revoked_with_the_others(self, account: Account) -> None:
        before = user_of(account)
        account.unconfirm()
        account.reset()
        _, text = account.services.api_keys.create(before, "CI", {Scope.RESULTS_READ}, None)
        assert Api(account.api.gateway, text)("GET", "/images").code == "key_refused"


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_kept_link_does_not_move_the_account_after_a_reset(account: Account, confirmed: bool) -> None:
    kept = account.change_address(new_address())
    if not confirmed:
        account.unconfirm()
    account.reset()
    for token in kept:
        answer = account.api("POST", "/auth/email/confirm", {"token": token})
        assert (answer.status, answer.pointers) == (422, {"#/token"})
    assert user_of(account).email == account.address


def test_half_a_change_of_the_address_does_not_survive_a_reset(account: Account) -> None:
    take, leave = account.change_address(new_address())
    assert account.api("POST", "/auth/email/confirm", {"token": take}).status == 200
    account.reset()
    assert account.api("POST", "/auth/email/confirm", {"token": leave}).pointers == {"#/token"}
    assert user_of(account).email == account.address


def test_a_kept_link_does_not_move_the_account_after_a_change_of_the_password(account: Account) -> None:
    kept = account.change_address(new_address())
    assert change_password(account) == 204
    for token in kept:
        assert account.api("POST", "/auth/email/confirm", {"token": token}).pointers == {"#/token"}
    assert user_of(account).email == account.address


@pytest.mark.parametrize("new_credentials", [change_password, Account.reset])
def test_a_second_factor_that_was_only_proposed_cannot_be_confirmed_later(
    account: Account, new_credentials: object
) -> None:
    app = account.propose_factor()
    assert callable(new_credentials)
    new_credentials(account)
    owner = Api(account.api.gateway, account.sign_in(OTHER).json["access_token"])
    answer = owner("POST", "/auth/mfa/confirm", {"code": app.at(account.services.clock())})
    assert (answer.status, answer.pointers) == (422, {"#/code"})


class TestAConfirmedAddress:
    def test_keys_stay_unless_their_revocation_is_asked_for(self, account: Account) -> None:
        key = account.make_key()
        assert change_password(account) == 204
        assert key("GET", "/images").status == 200
        assert "API keys stay valid" in mails_to(account.address)[-1].body

    def test_a_change_of_the_password_revokes_keys_if_asked(self, account: Account) -> None:
        key = account.make_key()
        assert change_password(account, revoke_api_keys=True) == 204
        assert key("GET", "/images").code == "key_refused"
        assert "all its API keys were revoked" in mails_to(account.address)[-1].body

    def test_a_reset_revokes_keys_if_asked(self, account: Account) -> None:
        key = account.make_key()
        assert account.reset().status == 200
        assert key("GET", "/images").status == 200
        assert account.reset(new_password=NEWER, revoke_api_keys=True).status == 200
        assert key("GET", "/images").code == "key_refused"

    def test_a_reset_leaves_the_second_factor(self, account: Account) -> None:
        account.add_factor()
        assert account.reset().status == 200
        assert account.sign_in(OTHER).code == "second_factor_required"
