"""What the queues' messages and the schedules start."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

import msgspec
from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib import logs
from chalicelib.events import errands
from chalicelib.events.uploads import for_each_upload
from chalicelib.services.archives import Archiving
from chalicelib.services.audit import Audit
from chalicelib.services.erasure import Erasure

log = logging.getLogger(__name__)


class LambdaContext(Protocol):
    """What Lambda tells an invocation about itself."""

    aws_request_id: str
    function_name: str


type BatchResponse = dict[str, list[dict[str, str]]]
"""Which messages of a batch failed and must come again; the others are done.

Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""


def handle_uploads(event: SQSEvent, audit: Audit, handle: Callable[[str, datetime], None]) -> BatchResponse:
    """Hand every upload that an event's messages announce to a use case."""
    return _each_message(event, audit, lambda body: for_each_upload(body, handle))


def handle_erasures(event: SQSEvent, audit: Audit, erasure: Erasure) -> BatchResponse:
    """Erase what an event's messages name."""

    def take(body: str) -> None:
        erase = errands.read(body, errands.Erase)
        if erase.project_id is not None:
            erasure.erase_project(erase.project_id)
        if erase.user_id is not None:
            erasure.erase_user(erase.user_id)

    return _each_message(event, audit, take)


def handle_exports(event: SQSEvent, audit: Audit, archiving: Archiving) -> BatchResponse:
    """Make the archives that an event's messages name."""

    def take(body: str) -> None:
        export = errands.read(body, errands.Export)
        archiving.make(export.user_id, export.export_id)

    return _each_message(event, audit, take)


def handle_schedule(event: CloudWatchEvent, audit: Audit, sweep: Callable[[], None]) -> None:
    """Do what is due. An error is Lambda's to note and to try again."""
    with _observed(event.context, audit):
        sweep()


def _each_message(event: SQSEvent, audit: Audit, take: Callable[[str], None]) -> BatchResponse:
    failed: list[dict[str, str]] = []
    with _observed(event.context, audit) as observed:
        for record in event:
            message_id = record.to_dict()["messageId"]
            try:
                take(record.body)
            except Exception:
                log.exception("message failed", extra={"message_id": message_id})
                failed.append({"itemIdentifier": message_id})
        if failed:
            observed.outcome = "failed"
    return {"batchItemFailures": failed}


class _Observed(msgspec.Struct):
    outcome: str = "done"


@contextmanager
def _observed(lambda_context: Any, audit: Audit) -> Iterator[_Observed]:
    """Write a log line and the audit entries of an invocation, whether it succeeds or not."""
    context: LambdaContext = lambda_context  # Chalice declares it as a dict, which it isn't
    identity = context.aws_request_id
    started = time.perf_counter()
    observed = _Observed()
    with logs.context(request_id=identity, route=context.function_name):
        audit.begin(identity)
        try:
            yield observed
        except Exception:
            observed.outcome = "failed"
            log.exception("event failed")
            raise
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            log.info("event", extra={"outcome": observed.outcome, "duration_ms": milliseconds})
            audit.write()
