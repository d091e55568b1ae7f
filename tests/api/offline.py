"""An app without AWS: what the API asks of services is answered from memory, and remembered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from chalice.app import Blueprint, Chalice
from chalice.config import Config

from chalicelib.api import middleware
from chalicelib.model.idempotency import IdempotencyKeyReused
from chalicelib.model.principals import Principal, Requirement
from chalicelib.model.sessions import ClientInfo, SessionEnded
from chalicelib.model.users import AccountRole, User
from chalicelib.services.idempotency import Creation
from infra.local.gateway import Gateway
from tests.conftest import NOON, Api

ANN = User("ann", "ann@people.example", None, AccountRole.USER, "no hash", NOON)
ROOT = User("root", "root@people.example", None, AccountRole.ADMIN, "no hash", NOON, totp_secret="secret")


@dataclass
class FakeAuthorization:
    """Knows users by their credentials."""

    users: Mapping[str, User] = field(default_factory=lambda: {"of-ann": ANN, "of-root": ROOT})
    asked: list[tuple[str, Requirement]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def authorize(self, credential: str, requirement: Requirement) -> Principal:
        self.asked.append((credential, requirement))
        if credential not in self.users:
            raise SessionEnded
        return Principal(self.users[credential], None)

    def record_refusal(self, user_id: str, reason: str, project_id: str | None = None) -> None:
        self.refused.append((user_id, reason))


@dataclass
class FakeIdempotency:
    """Keeps the ids of what was created by user and key, with the fingerprints of the requests."""

    stored: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    refused: list[bool] = field(default_factory=list)

    def run_once(self, user_id: str, key: str, fingerprint: str, creation: Creation[Any]) -> Any:
        if (user_id, key) in self.stored:
            first, created_id = self.stored[user_id, key]
            if first != fingerprint:
                raise IdempotencyKeyReused
            return creation.find(created_id)
        try:
            created = creation.create(f"id of {key}")
        except Exception as error:
            self.refused.append(creation.refused(error))
            raise
        self.stored[user_id, key] = fingerprint, created.id
        return created


@dataclass
class FakeAudit:
    """Remembers what it was told to do."""

    calls: list[str] = field(default_factory=list)

    def begin(self, request_id: str, client: ClientInfo) -> None:
        self.calls.append(f"begin {request_id}")

    def write(self) -> None:
        self.calls.append("write")


def offline_services(origins: Collection[str] = (), **services: Any) -> Any:
    """Return services of which only those exist that the API itself calls, and the given ones."""
    own = {
        "authorization": FakeAuthorization(),
        "idempotency": FakeIdempotency(),
        "audit": FakeAudit(),
        "cors_origins": lambda: origins,
        "is_temporary": lambda error: isinstance(error, ConnectionError),
        "bucket_url": lambda: "https://bucket.example",
    }
    return SimpleNamespace(**own | services)


def client_of(services: Any, blueprints: Iterable[Blueprint]) -> Api:
    """Return a client of an app with these routes and the middleware."""
    app = Chalice("offline", configure_logs=False)
    app.register_middleware(middleware.http_middleware(services), "http")
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return Api(Gateway(app, Config()))
