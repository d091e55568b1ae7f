"""The local event source mapping treats messages as Lambda's does."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from infra.local.aws import LocalAws
from infra.local.event_source_mapping import EventSourceMapping
from infra.local.function import Function, InvocationFailed
from infra.local.stack import Stack
from infra.template import load

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

type MakeFunction = Callable[..., Function]

(UPLOADS,) = [queue for queue in load().resources("AWS::SQS::Queue") if queue.logical_id == "UploadsQueue"]
MAX_RECEIVE_COUNT = UPLOADS.properties["RedrivePolicy"]["maxReceiveCount"]
LONG_ENOUGH = 10.0
WAIT = 3  # seconds of a poll: more than the visibility timeout, so that a message has come again or will not


@dataclass(frozen=True)
class Queues:
    """The template's two queues, with nothing in them but what a test sends."""

    sqs: "SQSClient"
    uploads: str
    dead_letters: str

    def send(self, body: str) -> str:
        url = self.sqs.get_queue_url(QueueName=self.uploads)["QueueUrl"]
        return self.sqs.send_message(QueueUrl=url, MessageBody=body)["MessageId"]

    def hand_uploads_to(self, function: Function) -> EventSourceMapping:
        return EventSourceMapping(self.sqs, self.uploads, function, batch_size=1)

    def hand_dead_letters_to(self, function: Function) -> EventSourceMapping:
        return EventSourceMapping(self.sqs, self.dead_letters, function, batch_size=1)


@dataclass(frozen=True)
class Notes:
    """What the functions wrote down."""

    path: Path

    def read(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]

    def event(self) -> dict[str, Any]:
        return {"Records": [{"body": str(self.path)}]}


@pytest.fixture(scope="module")
def queues(local_aws: LocalAws, local_stack: Stack) -> Queues:
    sqs = boto3.client("sqs", **local_aws.connection)
    uploads, dead_letters = (
        local_stack.environment[variable] for variable in ("JANUS_UPLOADS_QUEUE", "JANUS_UPLOADS_DEAD_LETTER_QUEUE")
    )
    sqs.purge_queue(QueueUrl=sqs.get_queue_url(QueueName=uploads)["QueueUrl"])
    return Queues(sqs, uploads, dead_letters)


@pytest.fixture
def function_at() -> Iterator[MakeFunction]:
    functions: list[Function] = []

    def make(name: str, timeout: float = LONG_ENOUGH) -> Function:
        functions.append(Function(f"tests.infra.local.handlers.{name}", timeout))
        return functions[-1]

    yield make
    for function in functions:
        function.stop()


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "notes")


def test_a_function_gets_lambdas_event(queues: Queues, function_at: MakeFunction, notes: Notes) -> None:
    message_id = queues.send(str(notes.path))
    assert queues.hand_uploads_to(function_at("note")).poll(WAIT) == 1
    record = notes.read()[0]["record"]
    assert record["messageId"] == message_id
    assert record["body"] == str(notes.path)
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == f"arn:aws:sqs:us-east-1:123456789012:{queues.uploads}"
    assert record["awsRegion"] == "us-east-1"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert record["receiptHandle"]


def test_a_finished_message_never_comes_again(queues: Queues, function_at: MakeFunction, notes: Notes) -> None:
    queues.send(str(notes.path))
    source = queues.hand_uploads_to(function_at("note"))
    assert [source.poll(WAIT), source.poll(WAIT)] == [1, 0]


@pytest.mark.parametrize(
    ("handler", "timeout", "reason"),
    [
        ("refuse", LONG_ENOUGH, "LookupError: nothing to analyze"),
        ("refuse_one", LONG_ENOUGH, "failed; see the log"),
        ("crash", LONG_ENOUGH, "its process exited with signal 11"),
        ("hang", 0.5, "timed out after 0.5 seconds"),
        ("missing", LONG_ENOUGH, "its process exited with status 1"),
    ],
)
def test_a_message_that_always_fails_becomes_a_dead_letter(
    queues: Queues,
    function_at: MakeFunction,
    notes: Notes,
    capfd: pytest.CaptureFixture[str],
    handler: str,
    timeout: float,
    reason: str,
) -> None:
    queues.send(str(notes.path))
    source = queues.hand_uploads_to(function_at(handler, timeout))
    handed_over = [source.poll(WAIT) for _ in range(MAX_RECEIVE_COUNT + 1)]
    assert handed_over == [1] * MAX_RECEIVE_COUNT + [0]
    assert capfd.readouterr().err.count(reason) == MAX_RECEIVE_COUNT

    assert queues.hand_dead_letters_to(function_at("note")).poll(WAIT) == 1
    assert notes.read()[-1]["record"]["body"] == str(notes.path)


def test_a_worker_stays_warm(function_at: MakeFunction, notes: Notes) -> None:
    function = function_at("note")
    function.invoke(notes.event())
    function.invoke(notes.event())
    first, second = notes.read()
    assert first["process"] == second["process"]


def test_an_error_leaves_the_worker_warm(function_at: MakeFunction, notes: Notes) -> None:
    function = function_at("refuse")
    for _ in range(2):
        with pytest.raises(InvocationFailed, match="LookupError"):
            function.invoke(notes.event())
    first, second = notes.read()
    assert first["process"] == second["process"]


def test_after_a_crash_the_next_event_gets_a_new_worker(function_at: MakeFunction, notes: Notes) -> None:
    function = function_at("crash")
    for _ in range(2):
        with pytest.raises(InvocationFailed):
            function.invoke(notes.event())
    first, second = notes.read()
    assert first["process"] != second["process"]
