"""A deployment inside this process: the template's tables, bucket and queues in moto, the services on them."""

import contextlib
import io
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from chalice.config import Config
from chalice.local import LocalGateway
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from moto import mock_aws

from app import create_app
from chalicelib import logs
from chalicelib.config import Settings
from chalicelib.model.ids import new_id
from chalicelib.model.images import ImageKey
from chalicelib.model.sessions import ClientInfo, Session
from chalicelib.model.users import AccountRole, User
from chalicelib.security.tokens import AccessToken, RefreshToken
from chalicelib.storage import job_queues
from chalicelib.storage.object_store import upload_name
from chalicelib.wiring import Services
from infra import template
from infra.local import stack
from infra.local.gateway import Gateway
from januslens.accessibility.check import Check, Outcome
from januslens.accessibility.report import AccessibilityReport
from januslens.accessibility.rules.text_contrast import TEXT_CONTRAST
from januslens.analysis.run import Analysis
from januslens.decode.facts import ImageFacts
from januslens.decode.geometry import Box
from januslens.text.run import Size
from januslens.tokens.color import ObservedColor
from januslens.tokens.document import TokenDocument
from tests import least_privilege
from tests.core import pytest_collection_modifyitems
from tests.least_privilege import pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown

__all__ = [
    "pytest_collection_modifyitems",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
]

REGION = "us-east-1"
MAIL_FROM = "janus@janus.example"
LEASE = timedelta(seconds=120)
PARAMETERS = {
    "Stage": "dev",
    "PageUrl": "https://janus.example",
    "AllowedOrigins": "http://127.0.0.1:8000",
    "MailFrom": MAIL_FROM,
    "AnalysisSeconds": f"{LEASE.total_seconds():.0f}",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORD = "plum trees by the quiet pond"
HERE = ClientInfo("192.0.2.7", "a browser")

# Data lives as long as a module's deployment, so an example may follow another; time on a busy machine proves nothing.
hypothesis_settings.register_profile(
    "janus", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("janus")

least_privilege.install()

for name in [name for name in os.environ if name.startswith(("AWS_", "JANUS_"))]:
    del os.environ[name]  # no test may reach, or be changed by, what the developer has set


@dataclass
class SettableClock:
    """Stands still until it is told to go on."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


def an_analysis() -> Analysis:
    check = Check(
        rule=TEXT_CONTRAST,
        outcome=Outcome.FAILED,
        reason=None,
        box=Box(10, 20, 100, 16),
        foreground=(0x77, 0x77, 0x77),
        background=(255, 255, 255),
        ratio=4.478,
        interval=(4.478, 4.478),
        required=4.5,
        size=Size(value=14.0, low=13.0, high=15.0),
        message="The contrast is 4.47 and must be 4.5.",
    )
    return Analysis(
        image=ImageFacts("PNG", 780, 1688, 2.0, "given", ()),
        accessibility=AccessibilityReport((check,)),
        tokens=TokenDocument([ObservedColor((0x1A, 0x23, 0x32), 0.25, ("fill",))]),
    )


@dataclass
class FakeAnalyzer:
    """Stands for `januslens.analyze`: calls `meanwhile`, then returns `result`."""

    result: Analysis = field(default_factory=an_analysis)
    meanwhile: Callable[[], None] = lambda: None
    seen: list[bytes] = field(default_factory=list)

    def __call__(self, data: bytes, *, scale: float | None, name: str, max_pixels: int) -> Analysis:
        self.seen.append(data)
        self.meanwhile()
        return self.result

    def fail(self, error: BaseException) -> None:
        def raise_it() -> None:
            raise error

        self.meanwhile = raise_it

    def recover(self) -> None:
        self.meanwhile = lambda: None


@dataclass
class FakePainter:
    """Stands for `januslens.draw_views`: yields one view per name, and calls `meanwhile` after each."""

    names: tuple[str, ...] = ("protan", "overlay")
    meanwhile: Callable[[], None] = lambda: None

    def __call__(self, data: bytes, analysis: Analysis, *, max_pixels: int) -> Iterator[tuple[str, bytes]]:
        for name in self.names:
            yield name, f"{name} of {data.decode()}".encode()
            self.meanwhile()


def keep_metadata(data: bytes) -> bytes:
    """Stands for `januslens.without_metadata`, whose files must be images."""
    return data


@dataclass(frozen=True)
class ApiResponse:
    """An HTTP response; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The code of the problem that this is."""
        assert self.headers["content-type"] == "application/problem+json"
        return str(self.json["type"]).removeprefix("urn:janus:problem:")

    @property
    def pointers(self) -> set[str]:
        return {error["pointer"] for error in self.json["errors"]}


@dataclass(frozen=True)
class Api:
    """A client of the HTTP API, signed in or not."""

    gateway: LocalGateway
    token: str | None = None

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> ApiResponse:
        """Send a request; bytes as they are, anything else as JSON. Headers are given with underscores."""
        sent = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        response = self.gateway.handle_request(method, path, sent, content)
        received = {name.lower(): value for name, value in response["headers"].items()}
        return ApiResponse(response["statusCode"], received, response["body"])


@dataclass(frozen=True)
class Person:
    """Somebody with an account and a session."""

    id: str
    email: str
    session_id: str
    access: str
    refresh: str


def add_factor(services: Services, user_id: str) -> None:
    """Add a second factor to an account, without a code."""
    factors, secret = services.adapters.second_factors, "JBSWY3DPEHPK3PXP"
    assert factors.propose(user_id, secret)
    assert factors.confirm(user_id, secret, 0, ["digest"], [])


@pytest.fixture(scope="module")
def deployment() -> Iterator[Mapping[str, str]]:
    """The environment of the functions of a deployment of a module's own."""
    with mock_aws():
        created = stack.create({"region_name": REGION}, template.load(), PARAMETERS)
        boto3.client("ses", region_name=REGION).verify_email_identity(EmailAddress=MAIL_FROM)
        yield {**created.environment, "AWS_REGION": REGION}


@pytest.fixture(autouse=True)
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliver the messages of deletions at once."""
    monkeypatch.setattr(job_queues, "PURGE_USER_AFTER_SECONDS", 0)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def analyzer() -> FakeAnalyzer:
    return FakeAnalyzer()


@pytest.fixture
def painter() -> FakePainter:
    return FakePainter()


@pytest.fixture
def services(
    deployment: Mapping[str, str], clock: SettableClock, analyzer: FakeAnalyzer, painter: FakePainter
) -> Services:
    return Services(lambda: Settings.from_environment(deployment), clock, analyzer, painter, keep_metadata)


@pytest.fixture
def api(services: Services) -> Api:
    return Api(Gateway(create_app(services), Config()))


@pytest.fixture
def make_person(services: Services, clock: SettableClock) -> Callable[[], Person]:
    """Make people with a confirmed address, without the price of a password."""

    def make() -> Person:
        user = User(
            new_id(), f"{new_id()}@people.example", None, AccountRole.USER, "no hash", clock(), verified_at=clock()
        )
        session = Session(new_id(), user.id, 0, clock(), clock() + timedelta(days=30))
        services.adapters.users.add(user)
        services.authentication.sessions.add(session)
        tokens = services.authentication.tokens
        return Person(
            id=user.id,
            email=user.email,
            session_id=session.id,
            access=tokens.issue_access(AccessToken(user.id, session.id), clock()),
            refresh=tokens.issue_refresh(RefreshToken(user.id, session.id, 0), clock(), session.expires_at),
        )

    return make


@pytest.fixture
def person(make_person: Callable[[], Person]) -> Person:
    return make_person()


@pytest.fixture
def signed_in(api: Api, person: Person) -> Api:
    return Api(api.gateway, person.access)


@pytest.fixture
def store(services: Services) -> Callable[..., None]:
    """Put an upload into the bucket, as the presigned form would."""
    bucket = services.settings.bucket
    s3 = boto3.client("s3", region_name=REGION)

    def put(key: ImageKey, data: bytes = b"pixels") -> None:
        s3.put_object(Bucket=bucket, Key=upload_name(key), Body=data)

    return put


@pytest.fixture
def stored(services: Services) -> Callable[[ImageKey], set[str]]:
    """Say which objects of an image are in the bucket, by the first part of their names."""
    s3 = boto3.client("s3", region_name=REGION)

    def names(key: ImageKey) -> set[str]:
        listed = s3.list_objects_v2(Bucket=services.settings.bucket).get("Contents", [])
        return {item["Key"].split("/")[0] for item in listed if f"{key.owner_id}/{key.image_id}" in item["Key"]}

    return names


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Configure logging as the functions do, and read the lines written since the last look."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        logs.configure()

    def read() -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in output.getvalue().splitlines()]
        output.seek(0)
        output.truncate()
        return [line for line in lines if "_aws" not in line]  # the others are metrics

    yield read
    root.handlers[:] = handlers
    root.setLevel(level)
