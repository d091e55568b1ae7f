"""Janus as Chalice runs it: the HTTP API and the page, and the functions that process messages and schedules."""

import gc

# Nothing that is imported becomes garbage; collecting it takes an eighth of the cold start.
gc.disable()

from chalice.app import Chalice, CloudWatchEvent, Rate, SQSEvent

from chalicelib import logs
from chalicelib.api import (
    admin,
    admin_accounts,
    admin_audit_log,
    admin_dashboard,
    analytics,
    api_keys,
    audit_log,
    auth,
    cross_origin,
    data_exports,
    design_systems,
    images,
    members,
    observing,
    openapi,
    passwords,
    project_results,
    projects,
    result_description,
    second_factor,
    status,
    users,
    web,
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


def create_app(services: Services) -> Chalice:
    """Return the HTTP API of some services."""
    chalice = Chalice(app_name="janus", configure_logs=False)
    chalice.api.binary_types = ["image/png"]  # all other responses are text
    chalice.register_middleware(observing.observer(lambda: services.audit, services.cors_origins), "http")
    chalice.register_blueprint(
        auth.routes(lambda: services.accounts, lambda: services.authentication, lambda: services.authorization)
    )
    chalice.register_blueprint(passwords.routes(lambda: services.accounts, lambda: services.authorization))
    chalice.register_blueprint(second_factor.routes(lambda: services.second_factor, lambda: services.authorization))
    chalice.register_blueprint(
        users.routes(
            lambda: services.accounts,
            lambda: services.email_change,
            lambda: services.deletion,
            lambda: services.authorization,
        )
    )
    chalice.register_blueprint(data_exports.routes(lambda: services.data_export, lambda: services.authorization))
    chalice.register_blueprint(api_keys.routes(lambda: services.api_keys, lambda: services.authorization))
    for in_project in (False, True):
        chalice.register_blueprint(
            images.routes(
                lambda: services.images,
                lambda: services.authorization,
                lambda: services.idempotency,
                in_project=in_project,
            )
        )
    chalice.register_blueprint(
        projects.routes(lambda: services.projects, lambda: services.authorization, lambda: services.idempotency)
    )
    chalice.register_blueprint(projects.routes_of_one(lambda: services.projects, lambda: services.authorization))
    chalice.register_blueprint(
        members.routes(lambda: services.projects, lambda: services.authorization, lambda: services.idempotency)
    )
    chalice.register_blueprint(
        project_results.routes(
            lambda: services.design_systems,
            lambda: services.trends,
            lambda: services.audit_log,
            lambda: services.authorization,
        )
    )
    for in_project in (False, True):
        chalice.register_blueprint(
            analytics.routes(
                lambda: services.research_notes,
                lambda: services.insights,
                lambda: services.authorization,
                lambda: services.idempotency,
                in_project=in_project,
            )
        )
    chalice.register_blueprint(design_systems.routes(lambda: services.design_systems, lambda: services.authorization))
    chalice.register_blueprint(audit_log.routes(lambda: services.audit_log, lambda: services.authorization))
    chalice.register_blueprint(admin.routes(lambda: services.administration, lambda: services.authorization))
    chalice.register_blueprint(
        admin_accounts.routes(
            lambda: services.administration,
            lambda: services.deletion,
            lambda: services.second_factor,
            lambda: services.authorization,
        )
    )
    chalice.register_blueprint(admin_audit_log.routes(lambda: services.audit_log, lambda: services.authorization))
    chalice.register_blueprint(admin_dashboard.routes(lambda: services.dashboard, lambda: services.authorization))
    chalice.register_blueprint(status.routes(lambda: services.health, lambda: services.authorization))
    chalice.register_blueprint(result_description.routes(lambda: services.authorization))
    chalice.register_blueprint(openapi.routes(lambda: chalice.routes))
    chalice.register_blueprint(web.pages(services.bucket_url))
    cross_origin.answer_preflights(chalice, services.cors_origins)
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
    return handle_data_exports(event, services.audit, services.data_export)


@app.schedule(Rate(1, unit=Rate.HOURS), name="end_stuck_analyses")
def end_stuck_analyses(event: CloudWatchEvent) -> None:
    """End analyses whose messages were lost."""
    handle_schedule(event, services.audit, services.analyses.end_stuck)


@app.schedule(Rate(1, unit=Rate.DAYS), name="retry_overdue_deletions")
def retry_overdue_deletions(event: CloudWatchEvent) -> None:
    """Retry deletions that are overdue."""
    handle_schedule(event, services.audit, services.deletion.retry_overdue)


gc.freeze()  # nor does it later
gc.enable()
