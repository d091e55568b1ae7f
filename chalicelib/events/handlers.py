"""What the queues' messages start."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol, cast

from chalice.app import SQSEvent

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


def handle_uploads(event: SQSEvent, audit: Audit, handle: Callable[[str, datetime], None]) -> None:
    """Hand every upload that an event announces to a use case. Raises ExceptionGroup: the message must come again."""
    with _observed(event, audit):
        for_each_upload([record.body for record in event], handle)


def handle_erasures(event: SQSEvent, audit: Audit, erasure: Erasure) -> None:
    """Erase what an event's messages name."""
    with _observed(event, audit):
        for record in event:
            erase = errands.read(record.body, errands.Erase)
            if erase.project_id is not None:
                erasure.erase_project(erase.project_id)
            if erase.user_id is not None:
                erasure.erase_user(erase.user_id)


def handle_exports(event: SQSEvent, audit: Audit, archiving: Archiving) -> None:
    """Make the archives that an event's messages name."""
    with _observed(event, audit):
        for record in event:
            export = errands.read(record.body, errands.Export)
            archiving.make(export.user_id, export.export_id)


@contextmanager
def _observed(event: SQSEvent, audit: Audit) -> Iterator[None]:
    """Write a log line and the audit entries of an invocation, whether it succeeds or not."""
    context = cast("LambdaContext", event.context)  # Chalice declares it as a dict, which it isn't
    identity = context.aws_request_id
    started = time.perf_counter()
    with logs.context(request_id=identity, route=context.function_name):
        audit.begin(identity)
        outcome = "failed"
        try:
            yield
            outcome = "done"
        except Exception:
            log.exception("event failed")
            raise
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            log.info("event", extra={"outcome": outcome, "duration_ms": milliseconds})
            audit.write()
