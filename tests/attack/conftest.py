"""Accounts to attack, and what is asked of AWS meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import boto3
import pyotp
import pytest
from botocore.client import BaseClient

from chalicelib.model.clock import utc_now
from chalicelib.model.ids import new_id
from chalicelib.model.sessions import Session
from chalicelib.model.users import AccountRole, User
from chalicelib.security.tokens import AccessToken
from chalicelib.wiring import Services
from tests.conftest import PASSWORD, REGION, Api, ApiResponse, SettableClock
from tests.mailbox import new_address, token_to

OTHER = "twelve herons over the estuary"


@dataclass
class Account:
    """An account with a confirmed address and the usual password, and somebody who is signed in to it."""

    services: Services
    api: Api
    id: str
    address: str
    client: Api

    def sign_in(self, password: str = PASSWORD) -> ApiResponse:
        return self.api("POST", "/auth/login", {"email": self.address, "password": password})

    def make_key(self) -> Api:
        body = {"name": "CI", "scopes": ["images:write", "results:read"]}
        return Api(self.api.gateway, self.client("POST", "/api-keys", body).json["key"])

    def change_address(self, new: str) -> list[str]:
        """Begin a change of the address, and return the tokens of both links."""
        assert self.client("POST", "/users/me/email", {"email": new, "password": PASSWORD}).status == 202
        return [token_to(address, "confirm") for address in (new, self.address)]

    def propose_factor(self) -> pyotp.TOTP:
        return pyotp.TOTP(self.client("POST", "/auth/mfa/enrol", {"password": PASSWORD}).json["secret"])

    def add_factor(self) -> pyotp.TOTP:
        app = self.propose_factor()
        assert self.client("POST", "/auth/mfa/confirm", {"code": app.at(self.services.clock())}).status == 200
        return app

    def unconfirm(self) -> None:
        """Take the confirmation away, as from accounts of older versions that were used without one."""
        boto3.client("dynamodb", region_name=REGION).update_item(
            TableName=self.services.settings.users_table,
            Key={"id": {"S": self.id}},
            UpdateExpression="REMOVE verified_at",
        )

    def reset(self, **more: Any) -> ApiResponse:
        """Reset the password by mail, as the reader of the mail to the address can."""
        assert self.api("POST", "/auth/password/forgot", {"email": self.address}).status == 202
        body = {"token": token_to(self.address, "reset"), "new_password": OTHER, **more}
        return self.api("POST", "/auth/password/reset", body)


@pytest.fixture(autouse=True)
def today(clock: SettableClock) -> None:
    """The clock that ids go by is the machine's."""
    clock.now = utc_now()


@pytest.fixture
def make_account(services: Services, api: Api, clock: SettableClock) -> Callable[[], Account]:
    def make() -> Account:
        password_hash = services.passwords.hash(PASSWORD)
        user = User(new_id(), new_address(), None, AccountRole.USER, password_hash, clock(), verified_at=clock())
        session = Session(new_id(), user.id, 0, clock(), clock() + timedelta(days=30))
        services.adapters.users.add(user)
        services.adapters.sessions.add(session)
        access = services.authentication.tokens.issue_access(AccessToken(user.id, session.id), clock())
        return Account(services, api, user.id, user.email, Api(api.gateway, access))

    return make


@pytest.fixture
def account(make_account: Callable[[], Account]) -> Account:
    return make_account()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations that AWS was asked for."""
    operations: list[str] = []
    call = vars(BaseClient)["_make_api_call"]

    def note(client: BaseClient, operation: str, arguments: Any) -> Any:
        operations.append(operation)
        return call(client, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", note)
    return operations
