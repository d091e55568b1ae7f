"""The index of email addresses may lag behind the tables; what it returns then harms nobody."""

from collections.abc import Callable

import pytest

from chalicelib.model.users import User
from chalicelib.storage.tables.user_items import UserItem
from chalicelib.storage.tables.users import UsersTable
from tests.attack.conftest import OTHER, Account
from tests.conftest import PASSWORD, Api
from tests.mailbox import new_address, subjects_to

type Lag = Callable[[User | None], None]

NO_ACCOUNT = "No Janus account has your email address"


@pytest.fixture
def lag(monkeypatch: pytest.MonkeyPatch) -> Lag:
    """Let the index find what it had before."""

    def freeze(user: User | None) -> None:
        monkeypatch.setattr(UsersTable, "find", lambda _, email: user if user and user.email == email else None)

    return freeze


def stored(account: Account) -> User:
    user = account.services.adapters.users.get(account.id)
    assert user is not None
    return user


class TestAnOldAddress:
    """It may have been given up, or taken away; its reader gets no link into the account."""

    @pytest.mark.parametrize(("path", "confirmed"), [("/auth/password/forgot", True), ("/auth/email/resend", False)])
    def test_it_gets_no_link(self, account: Account, lag: Lag, path: str, confirmed: bool) -> None:
        if not confirmed:
            account.unconfirm()
        before = stored(account)
        account.services.adapters.users.update(account.id, [UserItem.email.set(new_address())], UserItem.id.exists())
        lag(before)
        assert account.api("POST", path, {"email": before.email}).status == 202
        assert subjects_to(before.email) == [NO_ACCOUNT]

    def test_the_new_one_gets_it(self, account: Account) -> None:
        new = new_address()
        for token in account.change_address(new):
            account.api("POST", "/auth/email/confirm", {"token": token})
        account.api("POST", "/auth/password/forgot", {"email": new})
        assert subjects_to(new)[-1] == "Reset your Janus password"

    def test_a_closed_account_gets_none(self, account: Account, lag: Lag) -> None:
        before = stored(account)
        assert account.client("DELETE", "/users/me", {"password": PASSWORD}).status == 204
        lag(before)
        account.api("POST", "/auth/password/forgot", {"email": before.email})
        assert subjects_to(before.email)[-1] == NO_ACCOUNT


class TestSigningIn:
    def test_a_user_whom_it_does_not_have_yet_signs_in(self, account: Account, lag: Lag) -> None:
        lag(None)
        assert account.sign_in().status == 200

    def test_a_user_whom_it_has_unconfirmed_signs_in(self, account: Account, lag: Lag) -> None:
        account.unconfirm()
        before = stored(account)
        assert account.reset().status == 200
        lag(before)
        assert account.sign_in(OTHER).status == 200

    def test_a_new_password_is_valid_at_once(self, account: Account, lag: Lag) -> None:
        before = stored(account)
        assert account.reset().status == 200
        lag(before)
        assert account.sign_in(OTHER).status == 200

    def test_an_earlier_password_opens_nothing(self, account: Account, lag: Lag) -> None:
        before = stored(account)
        assert account.reset().status == 200
        lag(before)
        signed_in = Api(account.api.gateway, account.sign_in(PASSWORD).json["access_token"])
        assert signed_in("GET", "/users/me").code == "session_ended"

    def test_it_is_refused_after_the_same_requests_whether_or_not_the_address_is_known(
        self, account: Account, asked: list[str]
    ) -> None:
        seen = []
        for address in (account.address, new_address()):
            asked.clear()
            answer = account.api("POST", "/auth/login", {"email": address, "password": OTHER})
            seen.append((answer.status, answer.code, list(asked)))
        assert seen[0] == seen[1]
        assert seen[0][:2] == (401, "invalid_credentials")
