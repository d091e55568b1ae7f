"""Janus as Chalice runs it: the HTTP API and the page, and the functions that take messages off the queues."""

import gc

# Nothing that is imported becomes garbage: looking for some takes an eighth of the start.
gc.disable()

from chalice.app import Chalice, CloudWatchEvent, Rate, SQSEvent

from chalicelib import logs
from chalicelib.api import (
    admin,
    admin_accounts,
    admin_journal,
    admin_metrics,
    analytics,
    api_keys,
    archives,
    auth,
    cross_origin,
    design_systems,
    images,
    journal,
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
from chalicelib.events.handlers import (
    BatchResponse,
    handle_erasures,
    handle_exports,
    handle_schedule,
    handle_uploads,
)
from chalicelib.wiring import Services


def create_app(services: Services) -> Chalice:
    """Return the HTTP API on some services."""
    chalice = Chalice(app_name="janus", configure_logs=False)
    chalice.api.binary_types = ["image/png"]  # everything else that is answered is text
    chalice.register_middleware(observing.observer(lambda: services.audit, services.cors_origins), "http")
    chalice.register_blueprint(
        auth.routes(lambda: services.accounts, lambda: services.authentication, lambda: services.access)
    )
    chalice.register_blueprint(passwords.routes(lambda: services.accounts, lambda: services.access))
    chalice.register_blueprint(second_factor.routes(lambda: services.second_factor, lambda: services.access))
    chalice.register_blueprint(
        users.routes(
            lambda: services.accounts,
            lambda: services.new_address,
            lambda: services.closure,
            lambda: services.access,
        )
    )
    chalice.register_blueprint(archives.routes(lambda: services.archiving, lambda: services.access))
    chalice.register_blueprint(api_keys.routes(lambda: services.machine_keys, lambda: services.access))
    for in_project in (False, True):
        chalice.register_blueprint(
            images.routes(
                lambda: services.library, lambda: services.access, lambda: services.repeats, in_project=in_project
            )
        )
    chalice.register_blueprint(
        projects.routes(lambda: services.project_work, lambda: services.access, lambda: services.repeats)
    )
    chalice.register_blueprint(projects.routes_of_one(lambda: services.project_work, lambda: services.access))
    chalice.register_blueprint(
        members.routes(lambda: services.project_work, lambda: services.access, lambda: services.repeats)
    )
    chalice.register_blueprint(
        project_results.routes(
            lambda: services.design_systems,
            lambda: services.trends,
            lambda: services.journal,
            lambda: services.access,
        )
    )
    for in_project in (False, True):
        chalice.register_blueprint(
            analytics.routes(
                lambda: services.notebook,
                lambda: services.insights,
                lambda: services.access,
                lambda: services.repeats,
                in_project=in_project,
            )
        )
    chalice.register_blueprint(design_systems.routes(lambda: services.design_systems, lambda: services.access))
    chalice.register_blueprint(journal.routes(lambda: services.journal, lambda: services.access))
    chalice.register_blueprint(admin.routes(lambda: services.administration, lambda: services.access))
    chalice.register_blueprint(
        admin_accounts.routes(
            lambda: services.administration,
            lambda: services.closure,
            lambda: services.second_factor,
            lambda: services.access,
        )
    )
    chalice.register_blueprint(admin_journal.routes(lambda: services.journal, lambda: services.access))
    chalice.register_blueprint(admin_metrics.routes(lambda: services.metrics, lambda: services.access))
    chalice.register_blueprint(status.routes(lambda: services.health, lambda: services.access))
    chalice.register_blueprint(result_description.routes(lambda: services.access))
    chalice.register_blueprint(openapi.routes(lambda: chalice.routes))
    chalice.register_blueprint(web.pages(services.origin))
    cross_origin.answer_preflights(chalice, services.cors_origins)
    return chalice


logs.configure()
services = Services()
queues = QueueNames.from_environment()
app = create_app(services)


@app.on_sqs_message(queue=queues.uploads, batch_size=1, name="analyze_uploads")
def analyze_uploads(event: SQSEvent) -> BatchResponse:
    """Analyze what was uploaded."""
    return handle_uploads(event, services.audit, services.analyses.upload_arrived)


@app.on_sqs_message(queue=queues.uploads_dead_letter, batch_size=1, name="fail_dead_letters")
def fail_dead_letters(event: SQSEvent) -> BatchResponse:
    """End what was tried too often."""
    return handle_uploads(event, services.audit, services.analyses.give_up)


@app.on_sqs_message(queue=queues.erasures, batch_size=1, name="erase")
def erase(event: SQSEvent) -> BatchResponse:
    """Delete what belongs to closed accounts and projects."""
    return handle_erasures(event, services.audit, services.erasure)


@app.on_sqs_message(queue=queues.exports, batch_size=1, name="export")
def export(event: SQSEvent) -> BatchResponse:
    """Put what belongs to a user into a file."""
    return handle_exports(event, services.audit, services.archiving)


@app.schedule(Rate(1, unit=Rate.HOURS), name="end_stuck_analyses")
def end_stuck_analyses(event: CloudWatchEvent) -> None:
    """End analyses whose announcements were lost."""
    handle_schedule(event, services.audit, services.analyses.end_stuck)


@app.schedule(Rate(1, unit=Rate.DAYS), name="resume_erasures")
def resume_erasures(event: CloudWatchEvent) -> None:
    """Begin erasures again that are late."""
    handle_schedule(event, services.audit, services.resumption.resume_erasures)


gc.freeze()  # nor does it later
gc.enable()
