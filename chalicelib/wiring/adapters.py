"""The adapters: tables, object store, queues, email. Each is built on first use: importing needs no AWS."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from chalicelib.config import Settings
from chalicelib.storage.email import EmailTransport
from chalicelib.storage.gauges import Gauges
from chalicelib.storage.job_queues import JobQueues
from chalicelib.storage.object_store import ObjectStore
from chalicelib.storage.probes import Probes
from chalicelib.storage.tables.abandoned_registrations import AbandonedRegistrationsTable
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.audit_log import AuditLogTable
from chalicelib.storage.tables.counters import CountersTable
from chalicelib.storage.tables.data_exports import DataExportsTable
from chalicelib.storage.tables.email_changes import EmailChangesTable
from chalicelib.storage.tables.email_verifications import EmailVerificationsTable
from chalicelib.storage.tables.idempotency import IdempotencyTable
from chalicelib.storage.tables.identities import IdentitiesTable
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.invitations import InvitationsTable
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.research_notes import ResearchNotesTable
from chalicelib.storage.tables.second_factors import SecondFactorsTable
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.sign_ins import SignInsTable
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.usage import UsageTable
from chalicelib.storage.tables.users import UsersTable


@dataclass(frozen=True)
class Adapters:
    """The adapters of a deployment's AWS resources, each built on first use.

    Each table object is bound to its own table here, and only here. Every property raises ConfigurationError if the
    settings are not valid.
    """

    read_settings: Callable[[], Settings]

    @cached_property
    def settings(self) -> Settings:
        """The deployment's settings, read once."""
        return self.read_settings()

    @property
    def _region(self) -> str:
        return self.settings.region

    @cached_property
    def transactions(self) -> Transactions:
        """The runner of DynamoDB transactions that include audit events."""
        return Transactions(self._region, self.audit_log, self.usage)

    @cached_property
    def audit_log(self) -> AuditLogTable:
        """The table of audit events."""
        return AuditLogTable(self.settings.audit_log_table, self._region)

    @cached_property
    def users(self) -> UsersTable:
        """The tables of users and of their email addresses."""
        settings = self.settings
        return UsersTable(settings.users_table, settings.emails_table, self._region, self.transactions, self.usage)

    @cached_property
    def email_changes(self) -> EmailChangesTable:
        """The pending changes of users' email addresses, kept in the users' table."""
        return EmailChangesTable(self.users, self.transactions)

    @cached_property
    def email_verifications(self) -> EmailVerificationsTable:
        """The pending verifications of users' email addresses, kept in the users' table."""
        return EmailVerificationsTable(self.users, self.sessions, self.transactions)

    @cached_property
    def abandoned_registrations(self) -> AbandonedRegistrationsTable:
        """The registrations that were never confirmed, kept in the users' table."""
        return AbandonedRegistrationsTable(self.users)

    @cached_property
    def second_factors(self) -> SecondFactorsTable:
        """The second factors of users, kept in the users' table."""
        return SecondFactorsTable(self.users)

    @cached_property
    def sessions(self) -> SessionsTable:
        """The table of sessions."""
        return SessionsTable(self.settings.sessions_table, self._region, self.transactions)

    @cached_property
    def sign_ins(self) -> SignInsTable:
        """The sessions that signing in starts, kept in the table of sessions."""
        return SignInsTable(self.sessions, self.counters, self.transactions)

    @cached_property
    def api_keys(self) -> ApiKeysTable:
        """The table of API keys."""
        return ApiKeysTable(self.settings.api_keys_table, self._region, self.transactions)

    @cached_property
    def projects(self) -> ProjectsTable:
        """The tables of projects and of their members."""
        projects, members = self.settings.projects_table, self.settings.members_table
        return ProjectsTable(projects, members, self._region, self.transactions)

    @cached_property
    def invitations(self) -> InvitationsTable:
        """The table of invitations."""
        return InvitationsTable(
            self.settings.invitations_table, self._region, self.transactions, self.projects, self.users
        )

    @cached_property
    def identities(self) -> IdentitiesTable:
        """The reader of the sessions, API keys, users and memberships that authorize requests."""
        return IdentitiesTable(self.users, self.sessions, self.api_keys, self.projects, self._region)

    @cached_property
    def images(self) -> ImagesTable:
        """The table of images."""
        return ImagesTable(self.settings.images_table, self._region, self.transactions)

    @cached_property
    def research_notes(self) -> ResearchNotesTable:
        """The table of research notes."""
        return ResearchNotesTable(self.settings.research_notes_table, self._region, self.transactions)

    @cached_property
    def data_exports(self) -> DataExportsTable:
        """The table of data exports."""
        return DataExportsTable(self.settings.data_exports_table, self._region, self.transactions)

    @cached_property
    def idempotency(self) -> IdempotencyTable:
        """The table of requests with an idempotency key."""
        return IdempotencyTable(self.settings.idempotency_table, self._region, self.transactions)

    @cached_property
    def counters(self) -> CountersTable:
        """The table of the counters of rate limits."""
        return CountersTable(self.settings.counters_table, self._region)

    @cached_property
    def usage(self) -> UsageTable:
        """The table of the usage of accounts."""
        return UsageTable(self.settings.usage_table, self._region, self.counters)

    @cached_property
    def objects(self) -> ObjectStore:
        """The S3 bucket, as an object store."""
        return ObjectStore(self.settings.bucket, self._region)

    @cached_property
    def jobs(self) -> JobQueues:
        """The SQS queues of background jobs: deletions and data exports."""
        return JobQueues(self.settings.deletion_queue, self.settings.data_export_queue, self._region)

    @cached_property
    def email(self) -> EmailTransport:
        """The transport of emails, Amazon SES."""
        return EmailTransport(self.settings.mail_from, self._region)

    @cached_property
    def probes(self) -> Probes:
        """The probes of the AWS services that Janus depends on: DynamoDB, S3, and SQS."""
        settings = self.settings
        return Probes(settings.users_table, settings.bucket, settings.uploads_queue, self._region)

    @cached_property
    def gauges(self) -> Gauges:
        """The numbers of users, waiting messages and stored bytes that AWS reports, for the dashboard."""
        settings = self.settings
        queues = {
            "uploads": settings.uploads_queue,
            "uploads_dead_letter": settings.uploads_dead_letter_queue,
            "deletion": settings.deletion_queue,
            "data_export": settings.data_export_queue,
        }
        return Gauges(queues, settings.bucket, settings.emails_table, self._region)
