"""The services on fakes, so that a use case's tests start nothing."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.config import Settings
from chalicelib.model.images import ImageKey
from chalicelib.model.principals import Principal
from chalicelib.model.projects import Membership
from chalicelib.model.users import User
from tests.conftest import MAIL_FROM, FakeAnalyzer, FakePainter, Person, SettableClock, keep_metadata
from tests.fakes.wiring import FakeServices

type Measured = tuple[str, float, str, dict[str, str]]

TABLES_AND_QUEUES = [name for name in Settings.__struct_fields__ if name.endswith(("_table", "_queue", "_secret"))]
SETTINGS = Settings.from_environment(
    {
        **{f"JANUS_{name.upper()}": name for name in TABLES_AND_QUEUES},
        "JANUS_BUCKET": "bucket",
        "JANUS_MAIL_FROM": MAIL_FROM,
        "JANUS_ISSUER": "https://api.janus.example",
        "JANUS_PAGE_URL": "https://janus.example",
        "AWS_REGION": "us-east-1",
    }
)


@pytest.fixture
def services(clock: SettableClock, analyzer: FakeAnalyzer, painter: FakePainter) -> FakeServices:
    return FakeServices(lambda: SETTINGS, clock, analyzer, painter, keep_metadata)


@pytest.fixture
def store(services: FakeServices) -> Callable[..., None]:
    return services.adapters.objects.upload


@pytest.fixture
def stored(services: FakeServices) -> Callable[[ImageKey], set[str]]:
    return services.adapters.objects.folders


@pytest.fixture
def measured(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[Measured]]:
    """Return the metrics written since the last call: name, value, unit, and dimensions."""

    def read() -> list[Measured]:
        written = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
        return [measurement for line in written for measurement in _measurements(line)]

    return read


def _measurements(line: dict[str, Any]) -> Iterator[Measured]:
    for directive in line["_aws"]["CloudWatchMetrics"]:
        names = {name for names in directive["Dimensions"] for name in names} - {"service"}
        for metric in directive["Metrics"]:
            values = line[metric["Name"]]
            yield metric["Name"], values[0], metric["Unit"], {name: line[name] for name in names}


@pytest.fixture
def user(services: FakeServices, person: Person) -> User:
    """A user with an account and nothing else."""
    return services.adapters.users.stored[person.id]


@pytest.fixture
def principal(user: User) -> Principal:
    return Principal(user, None)


@pytest.fixture
def owner(services: FakeServices, user: User) -> Principal:
    """The user as the owner of a project."""
    project = services.projects.create(user, "Shop")
    (member,) = services.adapters.projects.members(project.id)
    return Principal(user, Membership(project, member))
