"""Races: requests that start at once, against a server whose DynamoDB takes one at a time, as real items do."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest

from infra import template
from infra.local import aws, stack
from tests.conftest import MAIL_FROM, PARAMETERS

RUNNERS = 20


@pytest.fixture(scope="module")
def variables() -> Iterator[dict[str, str]]:
    """The environment of a deployment on a server of its own, under names that no other deployment of the tests has."""
    server = aws.start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            if name.startswith("AWS_") or name.lower() == "no_proxy":
                patch.setenv(name, value)
        created = stack.create(server.connection, template.load(), PARAMETERS | {"Stage": "staging"})
        boto3.client("ses", **server.connection).verify_email_identity(EmailAddress=MAIL_FROM)
        yield {**created.environment, "AWS_REGION": aws.REGION}
    server.stop()


def race(run: Callable[[int], Any], *losing: type[Exception], runners: int = RUNNERS) -> list[Any]:
    """Let all start at once, and return what came of each: a value or an expected exception."""
    start = threading.Barrier(runners)

    def runner(number: int) -> Any:
        start.wait()
        try:
            return run(number)
        except losing as loss:
            return loss

    with ThreadPoolExecutor(runners) as pool:
        return list(pool.map(runner, range(runners)))
