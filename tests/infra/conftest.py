from collections.abc import Iterator

import pytest

from infra import template
from infra.local import aws, stack

VISIBILITY_TIMEOUT = 1


@pytest.fixture(scope="module")
def local_aws() -> Iterator[aws.LocalAws]:
    running = aws.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def local_stack(local_aws: aws.LocalAws) -> stack.Stack:
    parameters = {
        "Stage": "local",
        "PageUrl": "http://127.0.0.1:8000",
        "AllowedOrigins": "http://127.0.0.1:8000,http://localhost:8000",
        "MailFrom": "janus@janus.example",
        "VisibilityTimeout": str(VISIBILITY_TIMEOUT),
    }
    return stack.create(local_aws.connection, template.load(), parameters)
