"""A second factor: shared, confirmed, asked for, recovered from, and done without."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from moto.backends import get_backend

from chalicelib.model.errors import RateLimitExceeded
from chalicelib.model.users import CodeRefused, User
from chalicelib.wiring import Services
from tests.conftest import PASSWORD, REGION, Api, ApiResponse, SettableClock
from tests.mailbox import new_address, register

WRONG = "000000"
pytestmark = pytest.mark.usefixtures("today")


@dataclass
class Owner:
    """Somebody whose account has a second factor, and their app."""

    api: Api
    clock: SettableClock
    email: str
    client: Api
    app: pyotp.TOTP
    recovery_codes: list[str]

    def code(self) -> str:
        """Return a code that wasn't used before."""
        self.clock.advance(timedelta(seconds=90))
        return self.app.at(self.clock())

    def sign_in(self, **code: str) -> ApiResponse:
        return self.api("POST", "/auth/login", {"email": self.email, "password": PASSWORD, **code})

    def events(self) -> list[str]:
        return [event["action"] for event in self.client("GET", "/security-events").json["items"]]

    def mails(self) -> list[str]:
        sent: list[Any] = get_backend("ses")["123456789012"][REGION].sent_messages
        return [mail.subject for mail in sent if mail.destinations["ToAddresses"] == [self.email]]


@pytest.fixture
def newcomer(api: Api) -> tuple[str, Api]:
    email = new_address()
    return email, register(api, email)


@pytest.fixture
def owner(api: Api, clock: SettableClock, newcomer: tuple[str, Api]) -> Owner:
    email, client = newcomer
    app = pyotp.TOTP(client("POST", "/auth/mfa/enrol", {"password": PASSWORD}).json["secret"])
    confirmed = client("POST", "/auth/mfa/confirm", {"code": app.at(clock())})
    return Owner(api, clock, email, client, app, confirmed.json["recovery_codes"])


@pytest.fixture
def user(owner: Owner, services: Services) -> User:
    """The owner as read once, whatever happens to their account after."""
    user = services.adapters.users.find(owner.email)
    assert user is not None
    return user


def test_signing_in_takes_a_code_from_then_on(owner: Owner) -> None:
    asked = owner.sign_in()
    assert (asked.status, asked.code) == (401, "second_factor_required")
    refused = owner.sign_in(code=WRONG)
    assert (refused.status, refused.code) == (401, "code_refused")
    assert owner.sign_in(code=owner.code()).status == 200
    me = owner.client("GET", "/users/me").json
    assert (me["second_factor"], me["recovery_codes_left"]) == (True, 10)
    assert "Your Janus account has a second factor" in owner.mails()
    assert owner.events()[:2] == ["second_factor.code_refused", "second_factor.added"]


def test_who_does_not_know_the_password_is_not_told_of_the_factor(owner: Owner) -> None:
    answer = owner.api("POST", "/auth/login", {"email": owner.email, "password": "not this one at all"})
    assert answer.code == "invalid_credentials"


def test_a_code_is_valid_once_and_so_are_those_before_it(owner: Owner) -> None:
    earlier = owner.code()
    owner.clock.advance(timedelta(seconds=30))
    later = owner.app.at(owner.clock())
    assert owner.sign_in(code=later).status == 200
    assert owner.sign_in(code=later).code == "code_refused"
    assert owner.sign_in(code=earlier).code == "code_refused"


def test_the_code_that_confirmed_signs_nobody_in(owner: Owner) -> None:
    assert owner.sign_in(code=owner.app.at(owner.clock())).code == "code_refused"


def test_each_recovery_code_signs_in_once(owner: Owner) -> None:
    first, *others = owner.recovery_codes
    assert owner.sign_in(code=first.upper()).status == 200
    assert owner.sign_in(code=first).code == "code_refused"
    assert owner.client("GET", "/users/me").json["recovery_codes_left"] == 9
    assert owner.sign_in(code=others[-1]).status == 200
    assert "second_factor.recovery_code_used" in owner.events()


def test_wrong_codes_have_a_limit_for_all_clients_together(owner: Owner, services: Services, user: User) -> None:
    for _ in range(9):  # and one that confirmed the factor
        with pytest.raises(CodeRefused):
            services.second_factor.check(user, WRONG)
    with pytest.raises(RateLimitExceeded):
        services.second_factor.check(user, owner.code())
    owner.clock.advance(timedelta(hours=1))
    services.second_factor.check(user, owner.code())


def test_the_factor_goes_by_password_and_code(owner: Owner) -> None:
    body = {"password": PASSWORD, "code": WRONG}
    assert owner.client("POST", "/auth/mfa/disable", body).code == "code_refused"
    assert owner.client("POST", "/auth/mfa/disable", body | {"password": "another"}).pointers == {"#/password"}
    assert owner.client("POST", "/auth/mfa/disable", body | {"code": owner.code()}).status == 204
    assert owner.sign_in().status == 200
    assert owner.client("POST", "/auth/mfa/disable", body).code == "no_second_factor"
    assert "The second factor of your Janus account was removed" in owner.mails()
    assert owner.events()[0] == "second_factor.removed"


def test_eight_characters_are_enough_beside_a_factor_and_not_to_do_without_one(owner: Owner) -> None:
    short = "qX7-vm2K"
    body = {"current_password": PASSWORD, "new_password": short}
    assert owner.client("POST", "/auth/password/change", body | {"new_password": "password"}).status == 422
    assert owner.client("POST", "/auth/password/change", body | {"new_password": "qX7-vm2"}).status == 422
    assert owner.client("POST", "/auth/password/change", body).status == 204
    signed_in = owner.api("POST", "/auth/login", {"email": owner.email, "password": short, "code": owner.code()})
    client = Api(owner.api.gateway, signed_in.json["access_token"])
    refused = client("POST", "/auth/mfa/disable", {"password": short, "code": owner.code()})
    assert refused.pointers == {"#/password"}
    assert "choose a longer one first" in refused.json["detail"]


def test_a_factor_is_confirmed_by_its_own_code_and_proposed_again_until_then(
    newcomer: tuple[str, Api], clock: SettableClock
) -> None:
    _, client = newcomer
    assert client("POST", "/auth/mfa/enrol", {"password": "not this one at all"}).pointers == {"#/password"}
    first, second = (client("POST", "/auth/mfa/enrol", {"password": PASSWORD}).json["secret"] for _ in range(2))
    codes = {"code": pyotp.TOTP(first).at(clock())}, {"code": pyotp.TOTP(second).at(clock())}
    assert client("POST", "/auth/mfa/confirm", codes[0]).pointers == {"#/code"}
    assert not client("GET", "/users/me").json["second_factor"]
    assert client("POST", "/auth/mfa/confirm", codes[1]).status == 200
    assert client("POST", "/auth/mfa/confirm", codes[1]).code == "second_factor_there"
    assert client("POST", "/auth/mfa/enrol", {"password": PASSWORD}).code == "second_factor_there"


def test_of_codes_that_arrive_at_once_one_signs_in(owner: Owner, services: Services, user: User) -> None:
    code = owner.code()
    services.second_factor.check(user, code)
    with pytest.raises(CodeRefused):  # as who read the user before
        services.second_factor.check(user, code)


def test_an_administrator_takes_the_factor_of_who_lost_it_away(owner: Owner, user: User, admin: Api) -> None:
    assert admin("DELETE", f"/admin/users/{user.id}/mfa").status == 204
    assert admin("DELETE", f"/admin/users/{user.id}/mfa").code == "no_second_factor"
    assert owner.sign_in().status == 200
    event = owner.client("GET", "/security-events").json["items"][0]
    assert (event["action"], event["detail"]) == ("second_factor.removed", "by an administrator")
    assert event["actor_id"] != user.id
    assert "The second factor of your Janus account was removed" in owner.mails()


def test_no_factor_survives_in_what_is_told(owner: Owner) -> None:
    assert owner.app.secret not in owner.client("GET", "/users/me").text
