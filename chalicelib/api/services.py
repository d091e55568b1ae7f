"""The services that the API calls. `chalicelib.wiring.Services` provides them and builds each on first use."""

from collections.abc import Collection
from typing import Protocol

from chalicelib.services.accounts.accounts import AccountsService
from chalicelib.services.accounts.api_keys import ApiKeysService
from chalicelib.services.accounts.authentication import AuthenticationService
from chalicelib.services.accounts.authorization import AuthorizationService
from chalicelib.services.accounts.data_export import DataExportService
from chalicelib.services.accounts.deletion import DeletionService
from chalicelib.services.accounts.email_change import EmailChangeService
from chalicelib.services.accounts.second_factor import SecondFactorService
from chalicelib.services.administration import AdministrationService
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.audit_log import AuditLogService
from chalicelib.services.dashboard import DashboardService
from chalicelib.services.design_systems import DesignSystemsService
from chalicelib.services.health import HealthService
from chalicelib.services.idempotency import IdempotencyStore
from chalicelib.services.images import ImagesService
from chalicelib.services.insights import InsightsService
from chalicelib.services.projects import ProjectsService
from chalicelib.services.research_notes import ResearchNotesService
from chalicelib.services.trends import TrendsService
from chalicelib.services.usage import UsageService


class Services(Protocol):
    """The interface through which the API gets the services of a deployment, by name.

    Views read them when a request arrives, never at import.
    """

    @property
    def accounts(self) -> AccountsService: ...
    @property
    def administration(self) -> AdministrationService: ...
    @property
    def api_keys(self) -> ApiKeysService: ...
    @property
    def audit(self) -> AuditRecorder: ...
    @property
    def audit_log(self) -> AuditLogService: ...
    @property
    def authentication(self) -> AuthenticationService: ...
    @property
    def authorization(self) -> AuthorizationService: ...
    @property
    def dashboard(self) -> DashboardService: ...
    @property
    def data_export(self) -> DataExportService: ...
    @property
    def deletion(self) -> DeletionService: ...
    @property
    def design_systems(self) -> DesignSystemsService: ...
    @property
    def email_change(self) -> EmailChangeService: ...
    @property
    def health(self) -> HealthService: ...
    @property
    def idempotency(self) -> IdempotencyStore: ...
    @property
    def images(self) -> ImagesService: ...
    @property
    def insights(self) -> InsightsService: ...
    @property
    def projects(self) -> ProjectsService: ...
    @property
    def research_notes(self) -> ResearchNotesService: ...
    @property
    def second_factor(self) -> SecondFactorService: ...
    @property
    def trends(self) -> TrendsService: ...
    @property
    def usage(self) -> UsageService: ...

    def bucket_url(self) -> str:
        """Return the URL at which browsers reach the bucket: scheme and host."""

    def is_temporary(self, error: Exception) -> bool:
        """Return whether an error is a fault of an AWS service, after which a repetition may succeed."""

    def cors_origins(self) -> Collection[str]:
        """Return the origins of the web pages of other sites that may use the API."""
