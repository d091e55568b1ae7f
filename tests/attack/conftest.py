"""Accounts to attack, and what is asked of AWS meanwhile."""

from collections.abc import Callable
from copy import replace
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import boto3
import pyotp
import pytest
from botocore.client import BaseClient
from chalice.local import LambdaEventConverter

from chalicelib.jobs.handlers import handle_uploads
from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import utc_now
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.sessions import Session
from chalicelib.model.usage import OwnLimits
from chalicelib.model.users import AccountRole, User
from chalicelib.security.tokens import AccessToken
from chalicelib.services.accounts import throttling
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from tests.attack.faults import Faults
from tests.conftest import PASSWORD, REGION, Api, ApiResponse, Person, SettableClock
from tests.jobs.test_uploads import announcement, event
from tests.mailbox import new_address, token_to

type From = Callable[..., ApiResponse]

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


def limit_of(answer: ApiResponse) -> str:
    """Return the name of the limit that was reached."""
    assert (answer.status, answer.code) == (429, "too_many_requests")
    return answer.headers["ratelimit"].split('"')[1]


def lower(monkeypatch: pytest.MonkeyPatch, limit: str, max_count: int) -> None:
    """Lower a limit, so that it is soon reached; tests/services/accounts/test_throttling.py has the real numbers."""
    monkeypatch.setattr(throttling, limit, replace(getattr(throttling, limit), max_count=max_count))


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


@dataclass
class Work:
    """The work of a person with images and projects, as often as it is started over."""

    services: Services
    api: Api
    make_person: Callable[[], Person]
    put: Callable[..., None]
    stored: Callable[[ImageKey], set[str]]

    def __post_init__(self) -> None:
        self._begin()

    def start_over(self) -> None:
        """Begin as another person, with another idempotency key; the usage of the one before must be right."""
        usage, counted = self.services.adapters.usage.get(self.person.id), self.services.usage._count(self.person.id)
        assert usage is not None
        assert (usage.used, usage.in_flight) == (counted.used, counted.in_flight)
        self._begin()

    def _begin(self) -> None:
        self.person = self.make_person()
        self.client = Api(self.api.gateway, self.person.access)
        self.idempotency_key = new_id()

    def limit(self, **limits: int) -> None:
        user = self.services.adapters.users.get(self.person.id)
        assert user is not None
        assert self.services.adapters.users.set_limits(user, OwnLimits(**limits), [])

    def announce(self, *, keyed: bool = True) -> ApiResponse:
        return self._create("/images", {"name": "a.png", "content_type": "image/png", "size": 6}, keyed=keyed)

    def create_project(self) -> ApiResponse:
        return self._create("/projects", {"name": "Shop"})

    def _create(self, path: str, body: object, *, keyed: bool = True) -> ApiResponse:
        key = {"Idempotency_Key": self.idempotency_key} if keyed else {}
        return self.client("POST", path, body, **key)

    def upload(self) -> None:
        """Announce an image and upload it."""
        self.key = ImageKey(self.person.id, self.announce().json["id"])
        self.put(self.key)

    def deliver(self) -> int:
        """Deliver the notification of the upload; return how many messages must come again."""
        return self._deliver(self.services.analyses.upload_arrived)

    def give_up(self) -> int:
        return self._deliver(self.services.analyses.give_up)

    def _deliver(self, handle: Callable[[str, datetime], None]) -> int:
        body = announcement(upload_name(self.key))
        return len(handle_uploads(event(body), self.services.audit, handle)["batchItemFailures"])

    def delete(self) -> ApiResponse:
        return self.client("DELETE", f"/images/{self.key.image_id}")

    def images(self) -> list[Any]:
        items: list[Any] = self.client("GET", "/images").json["items"]
        return items

    def objects(self) -> set[str]:
        return self.stored(self.key)

    def audited(self, owner_id: str | None = None) -> list[AuditAction]:
        """Return the actions in the log of an owner, by default the person, oldest first."""
        found = self.services.adapters.audit_log.items.by_user.query(owner_id or self.person.id)
        return [AuditAction(item.action) for item in found]


@pytest.fixture
def work(
    services: Services,
    api: Api,
    make_person: Callable[[], Person],
    store: Callable[..., None],
    stored: Callable[[ImageKey], set[str]],
) -> Work:
    return Work(services, api, make_person, store, stored)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch)


@pytest.fixture
def request_from(api: Api, monkeypatch: pytest.MonkeyPatch) -> From:
    """Post a body from an IP address."""

    def send(ip_address: str, path: str, body: Any, **headers: str) -> ApiResponse:
        monkeypatch.setattr(LambdaEventConverter, "LOCAL_SOURCE_IP", ip_address)
        return api("POST", path, body, **headers)

    return send


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
