"""A stranger cannot keep the owner out of an account, neither by guesses nor by asking for mails."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.attack.conftest import OTHER, Account, From, limit_of, lower
from tests.conftest import PASSWORD, Api, ApiResponse, SettableClock
from tests.mailbox import mails_to, new_address, subjects_to, token_to

HOME = "198.51.100.1"
GUESS = "a guess that is wrong"


@pytest.fixture
def sign_in(request_from: From, account: Account) -> From:
    """Sign in to the account from an IP address."""

    def send(ip_address: str, password: str = PASSWORD, device_token: str | None = None, **more: str) -> ApiResponse:
        body = {"email": account.address, "password": password, "device_token": device_token} | more
        return request_from(ip_address, "/auth/login", body)

    return send


@pytest.fixture
def device(sign_in: From) -> str:
    """The token of a device that signed in before."""
    return str(sign_in(HOME).json["device_token"])


@pytest.fixture
def exhaust(sign_in: From, device: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Guess from several places, until no further attempt is permitted for the account. The owner has a device."""
    lower(monkeypatch, "SIGN_INS_PER_ACCOUNT", 12)

    def guess() -> None:
        assert [sign_in(f"203.0.113.{number // 5}", GUESS).status for number in range(12)] == [401] * 12

    return guess


class TestGuessing:
    def test_the_owner_signs_in_elsewhere(self, sign_in: From) -> None:
        assert [sign_in("203.0.113.9", GUESS).status for _ in range(10)] == [401] * 10
        assert limit_of(sign_in("203.0.113.9")) == "sign-in-account-ip"
        assert sign_in(HOME).status == 200

    def test_from_many_places_the_owner_signs_in_on_a_known_device(
        self, sign_in: From, device: str, exhaust: Callable[[], None]
    ) -> None:
        exhaust()
        assert limit_of(sign_in(HOME)) == "sign-in-account"
        assert sign_in(HOME, device_token=device).status == 200
        assert sign_in("192.0.2.99", device_token=device).status == 200  # wherever it is

    def test_from_the_owners_own_place_the_owner_signs_in_on_a_known_device(self, sign_in: From, device: str) -> None:
        for _ in range(10):
            sign_in(HOME, GUESS)
        assert limit_of(sign_in(HOME)) == "sign-in-account-ip"
        assert sign_in(HOME, device_token=device).status == 200

    def test_by_other_accounts_of_the_place_the_owner_signs_in_on_a_known_device(
        self, request_from: From, sign_in: From, device: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lower(monkeypatch, "SIGN_INS_PER_IP", 5)
        office = "198.51.100.20"
        for number in range(5):
            body = {"email": f"{number}@people.example", "password": GUESS}
            assert request_from(office, "/auth/login", body).status == 401
        assert limit_of(sign_in(office)) == "sign-in-ip"
        assert sign_in(office, device_token=device).status == 200

    def test_the_owner_makes_a_new_device_known_by_mail(
        self, account: Account, request_from: From, sign_in: From, exhaust: Callable[[], None]
    ) -> None:
        exhaust()
        assert limit_of(sign_in(HOME)) == "sign-in-account"
        assert request_from(HOME, "/auth/password/forgot", {"email": account.address}).status == 202
        body = {"token": token_to(account.address, "reset"), "new_password": OTHER}
        token = request_from(HOME, "/auth/password/reset", body).json["device_token"]
        assert limit_of(sign_in(HOME, OTHER)) == "sign-in-account"
        assert sign_in(HOME, OTHER, token).status == 200

    def test_the_owner_who_is_signed_in_enters_the_password(
        self, account: Account, exhaust: Callable[[], None]
    ) -> None:
        exhaust()
        assert account.client("POST", "/auth/reauthenticate", {"password": PASSWORD}).status == 204
        body = {"current_password": PASSWORD, "new_password": OTHER}
        assert account.client("POST", "/auth/password/change", body).status == 204


class TestNetworksOfVersion6:
    def test_the_addresses_of_a_home_count_together(self, sign_in: From) -> None:
        guesses = [sign_in(f"2001:db8:7:{number:x}:{number:x}::{number:x}", GUESS).status for number in range(10)]
        assert guesses == [401] * 10
        assert limit_of(sign_in("2001:db8:7:ff::1")) == "sign-in-account-ip"

    def test_a_neighbor_does_not_use_up_the_limit_of_a_home(self, sign_in: From) -> None:
        for _ in range(10):
            sign_in("2001:db8:7:1::1", GUESS)
        assert sign_in("2001:db8:7:100::1").status == 200

    def test_the_homes_of_a_place_have_a_limit_together(
        self, request_from: From, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lower(monkeypatch, "SIGN_INS_PER_IP", 2)

        def guess(number: int) -> ApiResponse:
            body = {"email": f"{number}@people.example", "password": "x"}
            return request_from(f"2001:db8:8:{number:x}::1", "/auth/login", body)

        answers = [guess(number) for number in range(11)]
        assert [answer.status for answer in answers[:10]] == [401] * 10  # five times as many as from an IPv4 address
        assert limit_of(answers[10]) == "sign-in-ip"
        assert answers[10].headers["ratelimit-policy"] == '"sign-in-ip";q=10;w=900'


class TestADeviceToken:
    def test_guesses_with_a_stolen_one_are_limited(self, sign_in: From, device: str) -> None:
        for number in range(10):
            assert sign_in(f"203.0.113.{number}", GUESS, device).code == "invalid_credentials"
        assert limit_of(sign_in("203.0.113.99", PASSWORD, device)) == "sign-in-device"
        assert sign_in(HOME).status == 200

    def test_those_of_somebody_who_knew_the_password_do_not_lock_the_owner_out(
        self, sign_in: From, device: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lower(monkeypatch, "SIGN_INS_OF_DEVICES", 4)
        for token in [sign_in("203.0.113.9").json["device_token"] for _ in range(2)]:
            assert [sign_in("203.0.113.9", GUESS, token).status for _ in range(2)] == [401] * 2
        assert sign_in(HOME, device_token=device).status == 200
        assert [sign_in(HOME, GUESS, device).status for _ in range(10)] == [401] * 10
        assert limit_of(sign_in(HOME, GUESS, device)) == "sign-in-account-ip"  # counted as any client

    def test_it_signs_nobody_in(self, api: Api, sign_in: From, device: str) -> None:
        assert sign_in(HOME, GUESS, device).code == "invalid_credentials"
        assert Api(api.gateway, device)("GET", "/users/me").code == "session_ended"
        assert api("POST", "/auth/refresh", {"refresh_token": device}).code == "session_ended"

    def test_it_says_nothing_of_the_account(self, account: Account, sign_in: From, device: str) -> None:
        assert account.address not in device
        assert account.id not in device
        assert len(device) < 100
        assert device.split(".", maxsplit=1)[0] != sign_in(HOME).json["device_token"].split(".")[0]

    def test_a_device_keeps_its_share(self, sign_in: From, device: str, clock: SettableClock) -> None:
        clock.advance(timedelta(days=1))
        renewed = sign_in(HOME, device_token=device).json["device_token"]
        assert renewed != device
        assert renewed.split(".")[0] == device.split(".", maxsplit=1)[0]
        for token in [device, renewed] * 5:
            sign_in(HOME, GUESS, token)
        assert limit_of(sign_in(HOME, PASSWORD, renewed)) == "sign-in-device"

    def test_one_of_another_account_or_a_forged_or_an_expired_one_is_no_known_device(
        self,
        request_from: From,
        make_account: Callable[[], Account],
        sign_in: From,
        device: str,
        exhaust: Callable[[], None],
        clock: SettableClock,
    ) -> None:
        other = make_account()
        of_other = request_from(HOME, "/auth/login", {"email": other.address, "password": PASSWORD})
        name, expires, code = device.split(".")
        forged = [
            f"{name}.{int(expires) + 1}.{code}",
            f"{name[::-1]}.{expires}.{code}",
            f"{name}.{expires}.{code[::-1]}",
            f"{name}.{expires}",
            "x",
        ]
        exhaust()
        for token in [of_other.json["device_token"], *forged]:
            assert limit_of(sign_in(HOME, PASSWORD, token)) == "sign-in-account"
        clock.advance(timedelta(days=180))
        exhaust()
        assert limit_of(sign_in(HOME, PASSWORD, device)) == "sign-in-account"


class TestSigningInOften:
    def test_twelve_tabs_lock_nobody_out(self, sign_in: From) -> None:
        assert [sign_in(HOME).status for _ in range(12)] == [200] * 12
        assert [sign_in(HOME, GUESS).status for _ in range(10)] == [401] * 10
        assert limit_of(sign_in(HOME)) == "sign-in-account-ip"

    def test_twelve_tabs_of_a_known_device_lock_nobody_out(self, sign_in: From, device: str) -> None:
        assert [sign_in(HOME, device_token=device).status for _ in range(12)] == [200] * 12

    def test_twelve_tabs_with_a_second_factor_lock_nobody_out(
        self, account: Account, sign_in: From, clock: SettableClock
    ) -> None:
        app = account.add_factor()
        for _ in range(12):
            clock.advance(timedelta(seconds=30))
            assert sign_in(HOME).code == "second_factor_required"
            assert sign_in(HOME, code=app.at(clock())).status == 200

    def test_a_wrong_code_is_a_failure(self, account: Account, sign_in: From, clock: SettableClock) -> None:
        account.add_factor()
        assert [sign_in(HOME, code="000000").code for _ in range(9)] == ["code_refused"] * 9
        assert limit_of(sign_in(HOME, code="000000")) == "second-factor"  # the tenth was of adding the factor


class TestMails:
    """Somebody asks for resets of an account that is not theirs."""

    @pytest.fixture
    def forget(self, request_from: From) -> From:
        def send(ip_address: str, address: str, device_token: str | None = None) -> ApiResponse:
            return request_from(ip_address, "/auth/password/forgot", {"email": address, "device_token": device_token})

        return send

    def test_from_one_place_they_are_limited_and_the_owner_gets_a_link(self, account: Account, forget: From) -> None:
        assert [forget("203.0.113.9", account.address).status for _ in range(5)] == [202] * 5
        assert limit_of(forget("203.0.113.9", account.address)) == "reset-mailbox-ip"
        assert forget(HOME, account.address).status == 202
        assert subjects_to(account.address) == ["Reset your Janus password"] * 6

    def test_from_many_places_the_owner_always_has_a_valid_link(
        self, account: Account, forget: From, request_from: From, clock: SettableClock
    ) -> None:
        clock.now = clock.now.replace(minute=0, second=0, microsecond=0)
        for number in range(12):
            assert forget(f"203.0.113.{number}", account.address).status == 202
        assert len(mails_to(account.address)) == 6
        clock.advance(timedelta(minutes=14, seconds=59))
        assert forget(HOME, account.address).status == 202
        assert len(mails_to(account.address)) == 6
        body = {"token": token_to(account.address, "reset"), "new_password": OTHER}
        assert request_from(HOME, "/auth/password/reset", body).status == 200

    def test_from_many_places_the_owner_gets_a_link_on_a_known_device(
        self, account: Account, forget: From, device: str
    ) -> None:
        for number in range(12):
            forget(f"203.0.113.{number}", account.address)
        assert forget(HOME, account.address, device).status == 202
        assert len(mails_to(account.address)) == 7

    def test_devices_of_somebody_who_knew_the_password_do_not_keep_the_owner_from_a_link(
        self, account: Account, forget: From, sign_in: From, device: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lower(monkeypatch, "RESETS_OF_DEVICES", 2)
        other = sign_in("203.0.113.9").json["device_token"]
        assert [forget("203.0.113.9", account.address, other).status for _ in range(2)] == [202] * 2
        assert forget(HOME, account.address, device).status == 202
        assert len(mails_to(account.address)) == 3

    def test_plus_addresses_are_one_mailbox(self, account: Account, forget: From) -> None:
        name, _, domain = account.address.partition("@")
        tagged = [f"{name}+{number}@{domain}" for number in range(8)]
        assert [forget("203.0.113.9", address).status for address in tagged[:5]] == [202] * 5
        assert limit_of(forget("203.0.113.9", tagged[5])) == "reset-mailbox-ip"
        assert forget("203.0.113.10", tagged[5]).status == 202
        assert limit_of(forget("203.0.113.11", tagged[6])) == "reset-mailbox"
        assert sum(len(mails_to(address)) for address in tagged) == 6
        assert forget(HOME, account.address).status == 202
        assert len(mails_to(account.address)) == 1

    def test_a_place_writes_to_so_many_addresses_an_hour(self, forget: From, monkeypatch: pytest.MonkeyPatch) -> None:
        lower(monkeypatch, "EMAILS_PER_IP", 8)
        assert [forget("198.51.100.21", new_address()).status for _ in range(8)] == [202] * 8
        assert limit_of(forget("198.51.100.21", new_address())) == "email-ip"

    def test_the_limits_do_not_tell_whether_there_is_an_account(
        self, account: Account, forget: From, asked: list[str]
    ) -> None:
        seen = []
        for address in (account.address, new_address()):
            asked.clear()
            answers = [forget(f"203.0.113.{number % 4}", address) for number in range(12)]
            seen.append(
                ([(answer.status, answer.text if answer.status == 202 else "") for answer in answers], sorted(asked))
            )
        assert seen[0] == seen[1]

    def test_registrations_do_not_use_up_the_links(self, account: Account, request_from: From, forget: From) -> None:
        for _ in range(6):
            request_from(HOME, "/auth/register", {"email": account.address, "password": OTHER})
        assert forget(HOME, account.address).status == 202
        assert subjects_to(account.address)[-1] == "Reset your Janus password"
