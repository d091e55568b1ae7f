"""What is left of an attack: who, from where, with what, and why it was refused; and no more than can be stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, override

import boto3
import pytest
from chalice.config import Config

from app import create_app
from chalicelib.model.ids import new_id
from chalicelib.security.api_keys import new_api_key
from chalicelib.wiring import Services
from infra.local.gateway import Gateway
from tests.attack.conftest import Account
from tests.conftest import PASSWORD, REGION, Api, ApiResponse, SettableClock
from tests.mailbox import token_to

type ClientAt = Callable[..., Client]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


class PlacedGateway(Gateway):
    """The gateway, which hears of a client at an IP address of one's choice."""

    ip_address = ""

    @override
    def _generate_lambda_event(self, *request: Any) -> Any:
        event = super()._generate_lambda_event(*request)
        event["requestContext"]["identity"]["sourceIp"] = self.ip_address
        return event


@dataclass(frozen=True)
class Client(Api):
    """A browser at an IP address."""

    ip_address: str = ""

    @override
    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> ApiResponse:
        assert isinstance(self.gateway, PlacedGateway)
        self.gateway.ip_address = self.ip_address
        return super().__call__(method, path, body, **{"User_Agent": FIREFOX, **headers})


@pytest.fixture
def client_at(services: Services) -> Callable[..., Client]:
    """A client at an IP address, with a token or none."""
    gateway = PlacedGateway(create_app(services), Config())
    return lambda ip_address, token=None: Client(gateway, token, ip_address)


@pytest.fixture
def stranger(client_at: ClientAt) -> Client:
    return client_at("198.51.100.66")


def log_of(account: Account) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = account.client("GET", "/logs?limit=100").json["items"]
    return items


def count_events(services: Services) -> int:
    table = services.settings.audit_log_table
    return len(boto3.client("dynamodb", region_name=REGION).scan(TableName=table)["Items"])


def test_an_event_says_from_where_and_by_what_it_was_done(account: Account, client_at: ClientAt) -> None:
    place = client_at("2001:db8:1:2::3", account.client.token)
    place("POST", "/projects", {"name": "A project"})
    project = place("GET", "/projects").json["items"][0]["id"]
    (event,) = place("GET", f"/projects/{project}/logs").json["items"]
    assert (event["action"], event["network"], event["device"]) == (
        "project.created",
        "2001:db8:1::/48",
        "Firefox on Linux",
    )


def test_a_failed_sign_in_is_not_the_owners(account: Account, stranger: Client) -> None:
    guess = {"email": account.address, "password": "a guess of a stranger"}
    assert stranger("POST", "/auth/login", guess).code == "invalid_credentials"
    (event,) = log_of(account)
    assert (event["action"], event["actor_id"], event["user_id"]) == ("session.refused", None, account.id)
    assert (event["network"], event["device"]) == ("198.51.100.0/24", "Firefox on Linux")


def test_a_wrong_code_is_not_the_owners(account: Account, stranger: Client) -> None:
    account.add_factor()
    body = {"email": account.address, "password": PASSWORD, "code": "000000"}
    assert stranger("POST", "/auth/login", body).code == "code_refused"
    (event,) = [event for event in log_of(account) if event["action"] == "second_factor.code_refused"]
    assert (event["actor_id"], event["network"]) == (None, "198.51.100.0/24")


def test_the_guess_of_a_key_is_in_its_owners_log(account: Account, client_at: ClientAt) -> None:
    key = account.make_key().token or ""
    key_id = account.client("GET", "/api-keys").json["items"][0]["id"]
    guess = key[:-10] + "A" * 10
    refused = client_at("198.51.100.66", guess)("GET", "/images")
    assert (refused.status, refused.code) == (401, "key_refused")
    (event,) = [event for event in log_of(account) if event["action"] == "api_key.refused"]
    assert (event["actor_id"], event["subject_id"], event["network"]) == (None, key_id, "198.51.100.0/24")


@pytest.mark.parametrize(
    ("ip_address", "guess"),
    [("203.0.113.1", "janus_"), ("198.18.0.1", new_api_key(new_id(), new_id())[0])],
    ids=["malformed", "well-formed"],
)
def test_the_guess_of_a_key_that_nobody_has_leaves_an_event(
    services: Services, client_at: ClientAt, ip_address: str, guess: str
) -> None:
    before = count_events(services)
    assert client_at(ip_address, guess)("GET", "/images").code == "key_refused"
    assert count_events(services) == before + 1


class TestRefused:
    """Every 403 is in the log of who was refused, with the code of the problem."""

    def _assert_recorded(self, account: Account, refused: ApiResponse, code: str, subject_id: str | None) -> None:
        assert (refused.status, refused.code) == (403, code)
        (event,) = [event for event in log_of(account) if event["action"] == "access.refused"]
        assert (event["detail"], event["actor_id"], event["subject_id"]) == (code, account.id, subject_id)
        assert (event["kind"], event["level"]) == ("security", "warning")

    def test_a_route_of_administrators(self, account: Account) -> None:
        self._assert_recorded(account, account.client("GET", "/admin/users"), "admin_required", None)

    def test_a_scope_that_a_key_lacks(self, account: Account) -> None:
        refused = account.make_key()("GET", "/users/me")
        self._assert_recorded(account, refused, "insufficient_scope", None)

    def test_a_change_long_after_the_password(self, account: Account, clock: SettableClock) -> None:
        clock.advance(timedelta(minutes=11))
        refused = account.client("POST", "/api-keys", {"name": "CI", "scopes": ["images:write"]})
        self._assert_recorded(account, refused, "reauthentication_required", None)

    def test_a_role_that_a_member_lacks(
        self, account: Account, services: Services, make_account: Callable[[], Account]
    ) -> None:
        owner = make_account()
        project = owner.client("POST", "/projects", {"name": "A project"}).json["id"]
        body = {"email": account.address, "role": "viewer"}
        assert owner.client("POST", f"/projects/{project}/invitations", body).status == HTTPStatus.CREATED
        accepted = account.client("POST", "/invitations/accept", {"token": token_to(account.address, "invitation")})
        assert accepted.status == HTTPStatus.OK
        refused = account.client("PATCH", f"/projects/{project}", {"name": "Mine"})
        self._assert_recorded(account, refused, "role_required", project)
        others = owner.client("GET", f"/projects/{project}/logs").json["items"]
        joined = next(event for event in others if event["actor_id"] == account.id)
        assert (joined["network"], joined["device"]) == (None, None)


class TestFloods:
    """Who is refused a thousand times leaves few events, of which the first says all."""

    def test_guesses_of_keys_from_everywhere(self, services: Services, client_at: ClientAt) -> None:
        before = count_events(services)
        for number in range(200):
            guess = new_api_key(new_id(), new_id())[0]
            assert client_at(f"198.51.{number}.7", guess)("GET", "/images").code == "key_refused"
        assert count_events(services) - before <= 64

    def test_forbidden_requests(self, account: Account, services: Services) -> None:
        before = count_events(services)
        for _ in range(30):
            assert account.client("GET", "/admin/users").status == HTTPStatus.FORBIDDEN
        assert count_events(services) == before + 1

    def test_sign_ins_beyond_the_limit(self, account: Account, services: Services, stranger: Client) -> None:
        before = count_events(services)
        statuses = [
            stranger("POST", "/auth/login", {"email": account.address, "password": f"guess number {number}"}).status
            for number in range(30)
        ]
        assert (statuses.count(401), statuses.count(429)) == (10, 20)
        assert count_events(services) == before + 10 + 1

    def test_sign_ins_of_nobody(self, services: Services, stranger: Client) -> None:
        before = count_events(services)
        for number in range(15):
            body = {"email": f"nobody-{new_id()}@people.example", "password": f"guess number {number}"}
            assert stranger("POST", "/auth/login", body).code == "invalid_credentials"
        assert count_events(services) == before + 1
