"""Janus as Chalice runs it: the HTTP API and the page, and the functions that process messages and schedules."""

import gc
from typing import Final

# Nothing that is imported becomes garbage; collecting it takes an eighth of the cold start.
gc.disable()

from chalice.app import Chalice, CloudWatchEvent, Rate, SQSEvent

from chalicelib import logs
from chalicelib.api import cors, head, middleware, openapi
from chalicelib.api.representations import REPRESENTATIONS
from chalicelib.api.resources import (
    admin,
    analytics,
    api_keys,
    audit_log,
    auth,
    data_exports,
    design_systems,
    images,
    members,
    page,
    passwords,
    project_results,
    projects,
    rules,
    second_factor,
    status,
    usage,
    users,
)
from chalicelib.config import QueueNames
from chalicelib.jobs.handlers import (
    BatchResponse,
    handle_data_exports,
    handle_purges,
    handle_schedule,
    handle_uploads,
)
from chalicelib.wiring import Services

RESOURCES: Final = (
    auth,
    passwords,
    second_factor,
    users,
    usage,
    data_exports,
    api_keys,
    images,
    projects,
    members,
    project_results,
    analytics,
    design_systems,
    audit_log,
    admin,
    rules,
    status,
    page,
)


def create_app(services: Services) -> Chalice:
    """Return the HTTP API of a deployment's services."""
    chalice = Chalice(app_name="janus", configure_logs=False)
    chalice.api.binary_types = []  # a BinaryResponse encodes itself, whatever the request accepts
    chalice.register_middleware(middleware.http_middleware(services), "http")
    for resource in RESOURCES:
        chalice.register_blueprint(resource.routes(services))
    chalice.register_blueprint(openapi.document_route(chalice.routes))
    head.add_head_routes(chalice)
    cors.add_preflight_routes(chalice, services.cors_origins)
    return chalice


logs.configure()
services = Services()
queues = QueueNames.from_environment()
app = create_app(services)


@app.on_sqs_message(queue=queues.uploads_queue, batch_size=1, name="analyze_uploads")
def analyze_uploads(event: SQSEvent) -> BatchResponse:
    """Analyze uploads."""
    return handle_uploads(event, services.audit, services.analyses.upload_arrived)


@app.on_sqs_message(queue=queues.uploads_dead_letter_queue, batch_size=1, name="fail_dead_letters")
def fail_dead_letters(event: SQSEvent) -> BatchResponse:
    """Fail the images of messages that exceeded the retry limit."""
    return handle_uploads(event, services.audit, services.analyses.give_up)


@app.on_sqs_message(queue=queues.deletion_queue, batch_size=1, name="purge_deleted")
def purge_deleted(event: SQSEvent) -> BatchResponse:
    """Delete the data of closed accounts and projects."""
    return handle_purges(event, services.audit, services.purge)


@app.on_sqs_message(queue=queues.data_export_queue, batch_size=1, name="export_data")
def export_data(event: SQSEvent) -> BatchResponse:
    """Export the data of a user."""
    return handle_data_exports(event, services.audit, services.data_export, REPRESENTATIONS)


@app.schedule(Rate(1, unit=Rate.HOURS), name="end_stuck_analyses")
def end_stuck_analyses(event: CloudWatchEvent) -> None:
    """End analyses whose messages were lost."""
    handle_schedule(event, services.audit, services.analyses.end_stuck)


@app.schedule(Rate(1, unit=Rate.DAYS), name="retry_overdue_deletions")
def retry_overdue_deletions(event: CloudWatchEvent) -> None:
    """Retry deletions that are overdue."""
    handle_schedule(event, services.audit, services.deletion.retry_overdue)


@app.schedule(Rate(1, unit=Rate.DAYS), name="close_abandoned_accounts")
def close_abandoned_accounts(event: CloudWatchEvent) -> None:
    """Close the accounts whose email address was never confirmed."""
    handle_schedule(event, services.audit, services.deletion.close_abandoned)


gc.freeze()  # nor does it later
gc.enable()
