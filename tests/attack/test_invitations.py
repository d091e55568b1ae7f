"""An invitation is no way back into a project, and no way to write to strangers in our name."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.attack.conftest import Account
from tests.conftest import Api, ApiResponse
from tests.mailbox import mails_to, new_address, register, token_to


class Shop:
    """A project, its first owner, and others who join it."""

    def __init__(self, owner: Account, name: str = "Shop") -> None:
        self.owner = owner
        self.path = f"/projects/{owner.client('POST', '/projects', {'name': name}).json['id']}"

    def invite(self, inviter: Account, address: str, role: str = "viewer") -> str:
        """Invite an address and return the token of the email."""
        body = {"email": address, "role": role}
        assert inviter.client("POST", f"{self.path}/invitations", body).status == 201
        return token_to(address, "invitation")

    def join(self, account: Account, role: str) -> None:
        token = self.invite(self.owner, account.address, role)
        assert accept(account, token).status == 200

    def remove(self, account: Account) -> None:
        assert self.owner.client("DELETE", f"{self.path}/members/{account.id}").status == 204

    def pending(self) -> list[str]:
        return [item["email"] for item in self.owner.client("GET", f"{self.path}/invitations").json["items"]]


def accept(account: Account, token: str) -> ApiResponse:
    return account.client("POST", "/invitations/accept", {"token": token})


def assert_refused(answer: ApiResponse) -> None:
    assert (answer.status, answer.pointers) == (422, {"#/token"})
    assert "was used before, has expired, or was never sent" in answer.json["detail"]


@pytest.fixture
def shop(account: Account) -> Shop:
    return Shop(account)


@pytest.fixture
def mallory(shop: Shop, make_account: Callable[[], Account]) -> Account:
    """A second owner of the project."""
    mallory = make_account()
    shop.join(mallory, "owner")
    return mallory


@pytest.fixture
def accomplice(make_account: Callable[[], Account]) -> Account:
    return make_account()


class TestARemovedOwner:
    def test_does_not_come_back_by_an_own_link_to_another_address(
        self, shop: Shop, mallory: Account, accomplice: Account
    ) -> None:
        token = shop.invite(mallory, accomplice.address, "owner")
        shop.remove(mallory)
        assert_refused(accept(accomplice, token))
        assert shop.pending() == []

    def test_does_not_come_back_by_an_own_link_to_the_own_address(self, shop: Shop, mallory: Account) -> None:
        token = shop.invite(mallory, mallory.address, "owner")
        shop.remove(mallory)
        assert_refused(accept(mallory, token))

    def test_does_not_come_back_by_somebody_elses_earlier_link(self, shop: Shop, mallory: Account) -> None:
        token = shop.invite(shop.owner, mallory.address, "owner")
        shop.remove(mallory)
        assert_refused(accept(mallory, token))
        assert shop.pending() == []

    def test_comes_back_if_invited_again(self, shop: Shop, mallory: Account) -> None:
        shop.remove(mallory)
        shop.join(mallory, "viewer")
        assert mallory.client("GET", shop.path).json["role"] == "viewer"

    def test_leaves_invitations_of_others(self, shop: Shop, mallory: Account, accomplice: Account) -> None:
        token = shop.invite(shop.owner, accomplice.address)
        shop.remove(mallory)
        assert accept(accomplice, token).status == 200


def test_what_a_former_owner_invited_ends_with_the_role(shop: Shop, mallory: Account, accomplice: Account) -> None:
    token = shop.invite(mallory, accomplice.address, "owner")
    changed = shop.owner.client("PATCH", f"{shop.path}/members/{mallory.id}", {"role": "editor"})
    assert changed.status == 204
    assert_refused(accept(accomplice, token))
    assert shop.pending() == []


def test_what_somebody_disabled_invited_is_refused(shop: Shop, mallory: Account, accomplice: Account) -> None:
    token = shop.invite(mallory, accomplice.address, "owner")
    user = mallory.services.adapters.users.get(mallory.id)
    assert user is not None
    mallory.services.adapters.users.set_disabled(user, [], disabled=True)
    assert_refused(accept(accomplice, token))


def test_what_somebody_invited_whose_account_is_gone_is_refused(
    shop: Shop, mallory: Account, accomplice: Account
) -> None:
    token = shop.invite(mallory, accomplice.address, "owner")
    user = mallory.services.adapters.users.get(mallory.id)
    assert user is not None
    mallory.services.adapters.users.delete(user)
    assert_refused(accept(accomplice, token))


class TestTheEmail:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("Shop v2.0", '"Shop v2.0"'),
            ("Win at https://evil.example/x now", '"Win at … now"'),
            ("evil.example", '"…"'),
            ("pay mallory@evil.example", '"pay …"'),
            ("evil\u3002example 192.0.2.1", '"… …"'),
            ("$link ${link}", '"$link ${link}"'),
        ],
    )
    def test_it_holds_no_link_but_ours(self, account: Account, name: str, shown: str) -> None:
        guest = new_address()
        Shop(account, name).invite(account, guest)
        text = mails_to(guest)[-1].body
        assert shown in text
        links = [word for word in text.split() if "://" in word or "example" in word]
        assert [link.partition("#")[0] for link in links] == ["https://janus.example/"]

    def test_it_holds_no_other_text_of_the_senders(self, api: Api) -> None:
        sender = register(api, new_address())
        sender("PATCH", "/users/me", {"display_name": "Call 0900 123456"})
        me = sender("GET", "/users/me").json
        path = f"/projects/{sender('POST', '/projects', {'name': 'Shop'}).json['id']}/invitations"
        guest = new_address()
        sender("POST", path, {"email": guest, "role": "viewer"})
        text = mails_to(guest)[-1].body
        assert me["email"] not in text
        assert "0900" not in text

    @pytest.mark.parametrize("fails", [True, False])
    def test_one_that_fails_is_told(self, shop: Shop, monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
        def refuse(*_: Any, **__: Any) -> None:
            raise ConnectionError

        if fails:
            monkeypatch.setattr("chalicelib.storage.email.EmailTransport.send", refuse)
        body = {"email": new_address(), "role": "viewer"}
        answer = shop.owner.client("POST", f"{shop.path}/invitations", body)
        assert (answer.status, answer.json["email_sent"]) == (201, not fails)
