"""The services on fakes, so that a use case's tests start nothing."""

from collections.abc import Callable

import pytest

from chalicelib.config import Settings
from chalicelib.model.images import ImageKey
from tests.conftest import MAIL_FROM, FakeAnalyzer, FakePainter, SettableClock
from tests.fakes.wiring import FakeServices

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
    return FakeServices(lambda: SETTINGS, clock, analyzer, painter)


@pytest.fixture
def store(services: FakeServices) -> Callable[..., None]:
    return services.adapters.objects.upload


@pytest.fixture
def stored(services: FakeServices) -> Callable[[ImageKey], set[str]]:
    return services.adapters.objects.folders
