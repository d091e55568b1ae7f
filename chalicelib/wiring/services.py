"""The services, built from their adapters. Each is built on first use: importing needs no AWS."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import januslens
from chalicelib.config import Settings
from chalicelib.model.clock import Clock, utc_now
from chalicelib.model.emails import EmailTokenPurpose
from chalicelib.security.device_tokens import DeviceTokens
from chalicelib.security.passwords import Passwords
from chalicelib.security.signing_keys import SigningKey, read_keys
from chalicelib.security.tokens import Tokens
from chalicelib.services.accounts.accounts import AccountsService
from chalicelib.services.accounts.api_keys import ApiKeysService
from chalicelib.services.accounts.authentication import AuthenticationService
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.data_export import DataExportService
from chalicelib.services.accounts.deletion import DeletionService, PurgeService
from chalicelib.services.accounts.email_change import EmailChangeService
from chalicelib.services.accounts.exported_data import ExportedData
from chalicelib.services.accounts.second_factor import SecondFactorService
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.administration import AdministrationService
from chalicelib.services.analyses import AnalysesService, Analyzer, Drawer, MetadataRemover
from chalicelib.services.audit import AuditRecorder, AuditRetention
from chalicelib.services.audit_log import AuditLogService
from chalicelib.services.dashboard import DashboardService
from chalicelib.services.design_systems import DesignSystemsService
from chalicelib.services.email.mailer import Mailer
from chalicelib.services.health import HealthService
from chalicelib.services.idempotency import IdempotencyStore
from chalicelib.services.images import ImagesService
from chalicelib.services.insights import InsightsService
from chalicelib.services.projects import ProjectsService
from chalicelib.services.research_notes import ResearchNotesService
from chalicelib.services.trends import TrendsService
from chalicelib.services.usage import UsageService
from chalicelib.storage.aws import read_secret
from chalicelib.storage.faults import is_temporary
from chalicelib.wiring.adapters import Adapters


@dataclass(frozen=True)
class Services:
    """All services of a deployment, each built on first use, so that importing and building this needs no AWS.

    A service that needs the settings raises ConfigurationError on first use if they are not valid. clock, analyze,
    draw_views and without_metadata can be replaced in tests.
    """

    read_settings: Callable[[], Settings] = Settings.from_environment
    clock: Clock = utc_now
    analyze: Analyzer = januslens.analyze
    draw_views: Drawer = januslens.draw_views
    without_metadata: MetadataRemover = januslens.without_metadata

    @cached_property
    def adapters(self) -> Adapters:
        """The adapters that the services use."""
        return Adapters(self.read_settings)

    @property
    def settings(self) -> Settings:
        """The deployment's settings."""
        return self.adapters.settings

    def bucket_url(self) -> str:
        """Return the URL at which browsers reach the bucket: scheme and host."""
        return self.adapters.objects.bucket_url()

    def is_temporary(self, error: Exception) -> bool:
        """Return whether an error is a fault of an AWS service, after which a repetition may succeed."""
        return is_temporary(error)

    def cors_origins(self) -> frozenset[str]:
        """Return the origins of the web pages of other sites that may use the API."""
        return self.settings.cors_origins

    @cached_property
    def passwords(self) -> Passwords:
        """The password hasher, which also verifies passwords."""
        return Passwords()

    @cached_property
    def signing_keys(self) -> tuple[SigningKey, ...]:
        """The keys that sign tokens, which are read once. Raises KeysUnusable."""
        return read_keys(read_secret(self.settings.jwt_keys_secret, self.settings.region))

    @cached_property
    def tokens(self) -> Tokens:
        """The issuer and reader of session tokens."""
        return Tokens(self.signing_keys, self.settings.issuer)

    @cached_property
    def device_tokens(self) -> DeviceTokens:
        """The issuer and reader of the tokens of devices that signed in before."""
        return DeviceTokens(self.signing_keys)

    @cached_property
    def throttle(self) -> Throttle:
        """The counter of attempts against the rate limits."""
        return Throttle(self.adapters.counters, self.clock)

    @cached_property
    def mailer(self) -> Mailer:
        """The sender of emails to account holders and invited people."""
        return Mailer(self.adapters.email)

    @cached_property
    def audit(self) -> AuditRecorder:
        """The recorder of audit events."""
        return AuditRecorder(self.adapters.audit_log, self.clock, self._audit_retention)

    @property
    def _audit_retention(self) -> AuditRetention:
        log, security = self.settings.audit_retention_days, self.settings.security_audit_retention_days
        return AuditRetention(timedelta(days=log), timedelta(days=security))

    @cached_property
    def audit_log(self) -> AuditLogService:
        """The service that reads the audit log."""
        retention = self._audit_retention
        return AuditLogService(self.adapters.audit_log, self.clock, max(retention.log, retention.security))

    @cached_property
    def idempotency(self) -> IdempotencyStore:
        """The store of responses to requests with an idempotency key."""
        return IdempotencyStore(self.adapters.idempotency, self.clock)

    @cached_property
    def authorization(self) -> AuthorizationService:
        """The service that authenticates requests and checks their requirements."""
        return AuthorizationService(
            self.adapters.identities, self.adapters.api_keys, self.tokens, self.audit, self.clock
        )

    @cached_property
    def authentication(self) -> AuthenticationService:
        """The service of sessions: signing in, refreshing, signing out."""
        return AuthenticationService(
            users=self.adapters.users,
            sessions=self.adapters.sessions,
            sign_ins=self.adapters.sign_ins,
            verifications=self.adapters.email_verifications,
            authorization=self.authorization,
            passwords=self.passwords,
            tokens=self.tokens,
            device_tokens=self.device_tokens,
            throttle=self.throttle,
            second_factor=self.second_factor,
            mailer=self.mailer,
            audit=self.audit,
            clock=self.clock,
            inactivity=timedelta(hours=self.settings.session_inactivity_hours),
        )

    @cached_property
    def accounts(self) -> AccountsService:
        """The service of registration, passwords, and email verification."""
        return AccountsService(
            users=self.adapters.users,
            api_keys=self.adapters.api_keys,
            invitations=self.adapters.invitations,
            passwords=self.passwords,
            device_tokens=self.device_tokens,
            mailer=self.mailer,
            throttle=self.throttle,
            audit=self.audit,
            clock=self.clock,
            link=self._link,
        )

    def _link(self, purpose: EmailTokenPurpose, token: str) -> str:
        return f"{self.settings.page_url}/#{purpose}={token}"

    @cached_property
    def email_change(self) -> EmailChangeService:
        """The service of changes of email addresses."""
        return EmailChangeService(
            users=self.adapters.users,
            changes=self.adapters.email_changes,
            passwords=self.passwords,
            mailer=self.mailer,
            throttle=self.throttle,
            audit=self.audit,
            clock=self.clock,
            link=self._link,
        )

    @cached_property
    def second_factor(self) -> SecondFactorService:
        """The service of second factors."""
        return SecondFactorService(
            factors=self.adapters.second_factors,
            passwords=self.passwords,
            throttle=self.throttle,
            audit=self.audit,
            mailer=self.mailer,
            clock=self.clock,
        )

    @cached_property
    def api_keys(self) -> ApiKeysService:
        """The service of API keys."""
        return ApiKeysService(self.adapters.api_keys, self.usage, self.mailer, self.audit, self.clock)

    @cached_property
    def deletion(self) -> DeletionService:
        """The service that requests the deletion of accounts, and retries overdue deletions, also of projects."""
        return DeletionService(
            users=self.adapters.users,
            abandoned=self.adapters.abandoned_registrations,
            projects=self.adapters.projects,
            passwords=self.passwords,
            second_factor=self.second_factor,
            throttle=self.throttle,
            jobs=self.adapters.jobs,
            mailer=self.mailer,
            audit=self.audit,
            clock=self.clock,
        )

    @cached_property
    def purge(self) -> PurgeService:
        """The service that deletes the data of closed accounts and projects."""
        return PurgeService(
            users=self.adapters.users,
            sessions=self.adapters.sessions,
            api_keys=self.adapters.api_keys,
            data_exports=self.adapters.data_exports,
            idempotency=self.adapters.idempotency,
            research_notes=self.adapters.research_notes,
            projects=self.adapters.projects,
            invitations=self.adapters.invitations,
            usage=self.adapters.usage,
            images=self.adapters.images,
            objects=self.adapters.objects,
            clock=self.clock,
        )

    @cached_property
    def data_export(self) -> DataExportService:
        """The service of data exports."""
        return DataExportService(
            data_exports=self.adapters.data_exports,
            users=self.adapters.users,
            content=ExportedData(
                sessions=self.adapters.sessions,
                api_keys=self.adapters.api_keys,
                projects=self.adapters.projects,
                images=self.adapters.images,
                research_notes=self.adapters.research_notes,
                audit_log=self.adapters.audit_log,
                objects=self.adapters.objects,
                clock=self.clock,
            ),
            objects=self.adapters.objects,
            jobs=self.adapters.jobs,
            throttle=self.throttle,
            mailer=self.mailer,
            audit=self.audit,
            clock=self.clock,
        )

    @cached_property
    def administration(self) -> AdministrationService:
        """The service with which administrators find users, disable them, change their roles and end their sessions."""
        return AdministrationService(self.adapters.users, self.adapters.images, self.audit, self.clock)

    @cached_property
    def dashboard(self) -> DashboardService:
        """The service of the administrators' dashboard: the audit events of a day, and numbers that AWS reports."""
        return DashboardService(self.adapters.audit_log, self.adapters.gauges, self.clock)

    @cached_property
    def health(self) -> HealthService:
        """The service that probes the AWS services that Janus depends on: DynamoDB, S3, and SQS."""
        return HealthService(self.adapters.probes)

    @cached_property
    def images(self) -> ImagesService:
        """The service of images and their results."""
        return ImagesService(
            images=self.adapters.images,
            objects=self.adapters.objects,
            usage=self.usage,
            audit=self.audit,
            clock=self.clock,
            max_bytes=self.settings.max_image_bytes,
        )

    @cached_property
    def analyses(self) -> AnalysesService:
        """The service that analyzes uploaded images."""
        return AnalysesService(
            images=self.adapters.images,
            objects=self.adapters.objects,
            analyze=self.analyze,
            draw_views=self.draw_views,
            without_metadata=self.without_metadata,
            audit=self.audit,
            clock=self.clock,
            lease=timedelta(seconds=self.settings.analysis_lease_seconds),
            max_bytes=self.settings.max_image_bytes,
            max_pixels=self.settings.max_image_pixels,
        )

    @cached_property
    def projects(self) -> ProjectsService:
        """The service of projects, members, and invitations."""
        return ProjectsService(
            projects=self.adapters.projects,
            invitations=self.adapters.invitations,
            users=self.adapters.users,
            usage=self.usage,
            mailer=self.mailer,
            throttle=self.throttle,
            jobs=self.adapters.jobs,
            audit=self.audit,
            clock=self.clock,
            link=lambda token: f"{self.settings.page_url}/#invitation={token}",
        )

    @cached_property
    def research_notes(self) -> ResearchNotesService:
        """The service of research notes."""
        return ResearchNotesService(self.adapters.research_notes, self.images, self.usage, self.audit, self.clock)

    @cached_property
    def usage(self) -> UsageService:
        """The service that keeps accounts within their limits."""
        return UsageService(
            table=self.adapters.usage,
            counters=self.adapters.counters,
            images=self.adapters.images,
            projects=self.adapters.projects,
            api_keys=self.adapters.api_keys,
            research_notes=self.adapters.research_notes,
            clock=self.clock,
            limits=self.settings.limits,
        )

    @cached_property
    def insights(self) -> InsightsService:
        """The service that summarizes the results of several images."""
        return InsightsService(self.images)

    @cached_property
    def trends(self) -> TrendsService:
        """The service of the outcomes of the accessibility checks of an owner's images over time."""
        return TrendsService(self.adapters.images)

    @cached_property
    def design_systems(self) -> DesignSystemsService:
        """The service that merges the design tokens of several images, and compares those of two sets of images."""
        return DesignSystemsService(self.images)
