"""A deployment always has an administrator who can act: closed and disabled accounts do not count as one."""

from collections.abc import Callable

import pytest

from chalicelib.model.users import AccountRole, User
from infra import make_admin
from tests.attack.conftest import Account
from tests.conftest import PASSWORD, Api, add_factor


@pytest.fixture
def admin(make_account: Callable[[], Account]) -> Account:
    """The only administrator."""
    account = make_account()
    users = account.services.adapters.users
    assert make_admin.main([account.address], account.services) == 0
    for other in users.list(None, 100, lambda user: user.role is AccountRole.ADMIN).items:
        if other.id != account.id:
            assert users.change_role(other, AccountRole.USER, [])
    client = Api(account.api.gateway, account.sign_in().json["access_token"])
    add_factor(account.services, account.id)
    return Account(account.services, account.api, account.id, account.address, client)


def stored(account: Account) -> User:
    user = account.services.adapters.users.get(account.id)
    assert user is not None
    return user


def give_up(admin: Account) -> tuple[int, str]:
    answer = admin.client("PATCH", f"/admin/users/{admin.id}", {"role": "user"})
    return answer.status, answer.code


class TestAClosedAccount:
    @pytest.fixture
    def closed(self, account: Account) -> Account:
        assert account.client("DELETE", "/users/me", {"password": PASSWORD}).status == 204
        return account

    def test_it_gets_no_role_so_that_the_last_administrator_keeps_theirs(self, admin: Account, closed: Account) -> None:
        answer = admin.client("PATCH", f"/admin/users/{closed.id}", {"role": "admin"})
        assert (answer.status, answer.code) == (409, "user_inactive")
        assert give_up(admin) == (409, "admin_stays")

    def test_it_is_not_enabled(self, admin: Account, closed: Account) -> None:
        answer = admin.client("PATCH", f"/admin/users/{closed.id}", {"disabled": False})
        assert (answer.status, answer.code) == (409, "user_inactive")

    def test_it_gets_none_while_it_is_being_closed(self, admin: Account, account: Account) -> None:
        before = stored(account)
        account.client("DELETE", "/users/me", {"password": PASSWORD})
        assert not admin.services.adapters.users.change_role(before, AccountRole.ADMIN, [])
        assert give_up(admin) == (409, "admin_stays")

    def test_an_administrator_whom_an_older_version_closed_no_longer_counts_once_purged(
        self, admin: Account, account: Account
    ) -> None:
        assert make_admin.main([account.address], account.services) == 0
        users = account.services.adapters.users
        assert users.mark_deleted(stored(account), account.services.clock(), [])
        account.services.purge.purge_user(account.id)
        assert give_up(admin) == (409, "admin_stays")


def test_a_disabled_account_becomes_no_administrator(admin: Account, account: Account) -> None:
    admin.client("PATCH", f"/admin/users/{account.id}", {"disabled": True})
    answer = admin.client("PATCH", f"/admin/users/{account.id}", {"role": "admin"})
    assert (answer.status, answer.code) == (409, "user_inactive")
    assert give_up(admin) == (409, "admin_stays")
