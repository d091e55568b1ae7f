"""Handlers of queue messages and schedules."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

import msgspec
from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib import logs
from chalicelib.jobs import messages
from chalicelib.jobs.uploads import for_each_upload
from chalicelib.services.accounts.data_export import DataExportService
from chalicelib.services.accounts.deletion import PurgeService
from chalicelib.services.accounts.exported_data import Representations
from chalicelib.services.audit import AuditRecorder

log = logging.getLogger(__name__)


class LambdaContext(Protocol):
    """The members of the context that Lambda passes to an invocation that the handlers use."""

    aws_request_id: str
    function_name: str


type BatchResponse = dict[str, list[dict[str, str]]]
"""The failed messages of a batch, which are delivered again.

Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""


def handle_uploads(event: SQSEvent, audit: AuditRecorder, handle: Callable[[str, datetime], None]) -> BatchResponse:
    """Call a use case with each upload in the messages of an SQS event: its object name, and when it arrived.

    Return the failed messages. An error does not keep the other messages from being handled.
    """
    return _each_message(event, audit, lambda body: for_each_upload(body, handle))


def handle_purges(event: SQSEvent, audit: AuditRecorder, purge: PurgeService) -> BatchResponse:
    """Delete the data of the closed users and projects in the messages of an SQS event; return the failed messages.

    A user or project that is not closed is only logged. An error does not keep the other messages from being handled.
    """

    def run(body: str) -> None:
        job = messages.read(body, messages.PurgeJob)
        if job.project_id is not None:
            purge.purge_project(job.project_id)
        if job.user_id is not None:
            purge.purge_user(job.user_id)

    return _each_message(event, audit, run)


def handle_data_exports(
    event: SQSEvent, audit: AuditRecorder, data_export: DataExportService, represent: Representations
) -> BatchResponse:
    """Make the data exports that the messages of an SQS event request; return the failed messages.

    An export that is made already, or that was replaced by a later one, is skipped. An error does not keep the other
    messages from being handled.
    """

    def run(body: str) -> None:
        job = messages.read(body, messages.DataExportJob)
        data_export.make(job.user_id, job.export_id, represent)

    return _each_message(event, audit, run)


def handle_schedule(event: CloudWatchEvent, audit: AuditRecorder, job: Callable[[], None]) -> None:
    """Run a scheduled job within the log context and audit of the invocation.

    An error of the job is logged and raised, so that Lambda reports and retries it.
    """
    with _observed(event.context, audit):
        job()


def _each_message(event: SQSEvent, audit: AuditRecorder, run: Callable[[str], None]) -> BatchResponse:
    failed: list[dict[str, str]] = []
    with _observed(event.context, audit) as observed:
        for record in event:
            message_id = record.to_dict()["messageId"]
            try:
                run(record.body)
            except Exception:
                log.exception("a message failed", extra={"message_id": message_id})
                failed.append({"itemIdentifier": message_id})
        if failed:
            observed.outcome = "failed"
    return {"batchItemFailures": failed}


class _Observed(msgspec.Struct):
    outcome: str = "done"


@contextmanager
def _observed(lambda_context: Any, audit: AuditRecorder) -> Iterator[_Observed]:
    """Write a log line and the audit events of an invocation, whether or not it succeeds."""
    context: LambdaContext = lambda_context  # Chalice declares it as a dict, but passes Lambda's object
    request_id = context.aws_request_id
    started = time.perf_counter()
    observed = _Observed()
    with logs.context(request_id=request_id, route=context.function_name):
        audit.begin(request_id)
        try:
            yield observed
        except Exception:
            observed.outcome = "failed"
            log.exception("an event failed")
            raise
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            log.info("event", extra={"outcome": observed.outcome, "duration_ms": milliseconds})
            audit.write()
