"""Builds the services from what they work with. Each is built when it is first asked for: importing needs no AWS."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import januslens
from chalicelib.config import Settings
from chalicelib.security.passwords import Passwords
from chalicelib.security.signing_keys import read_keys
from chalicelib.security.tokens import Tokens
from chalicelib.services.access import Access
from chalicelib.services.accounts import Accounts
from chalicelib.services.administration import Administration
from chalicelib.services.analyses import Analyses, Analyzer, Drawer
from chalicelib.services.archives import Archiving
from chalicelib.services.audit import Audit, Retention
from chalicelib.services.clock import Clock, utc_now
from chalicelib.services.closure import Closure
from chalicelib.services.design_systems import DesignSystems
from chalicelib.services.email_change import NewAddress
from chalicelib.services.erasure import Erasure
from chalicelib.services.health import Health
from chalicelib.services.images import ImageLibrary
from chalicelib.services.insights import Insights
from chalicelib.services.journal import Journal
from chalicelib.services.machine_keys import MachineKeys
from chalicelib.services.metrics import Metrics
from chalicelib.services.post import Post
from chalicelib.services.projects import ProjectWork
from chalicelib.services.repeats import Repeats
from chalicelib.services.research import Notebook
from chalicelib.services.resumption import Resumption
from chalicelib.services.second_factor import SecondFactor
from chalicelib.services.sessions import Authentication
from chalicelib.services.throttling import Throttle
from chalicelib.services.trends import Trends
from chalicelib.storage.api_keys import ApiKeys
from chalicelib.storage.archives import Archives
from chalicelib.storage.counters import Counters
from chalicelib.storage.email_changes import EmailChanges
from chalicelib.storage.errands import Errands
from chalicelib.storage.gauges import Gauges
from chalicelib.storage.identities import Identities
from chalicelib.storage.images import Images
from chalicelib.storage.invitations import Invitations
from chalicelib.storage.logs import Logs
from chalicelib.storage.mail import Mail
from chalicelib.storage.objects import Objects
from chalicelib.storage.probes import Probes
from chalicelib.storage.projects import Projects
from chalicelib.storage.repeats import Attempts
from chalicelib.storage.research import Research
from chalicelib.storage.second_factors import SecondFactors
from chalicelib.storage.secrets import read_secret
from chalicelib.storage.sessions import Sessions
from chalicelib.storage.users import Purpose, Users


@dataclass(frozen=True)
class Services:
    """All services of a deployment."""

    read_settings: Callable[[], Settings] = Settings.from_environment
    clock: Clock = utc_now
    analyze: Analyzer = januslens.analyze
    draw_views: Drawer = januslens.draw_views

    @cached_property
    def settings(self) -> Settings:
        """The deployment's settings."""
        return self.read_settings()

    @cached_property
    def users(self) -> Users:
        """The users' tables."""
        return Users(self.settings.users_table, self.settings.emails_table, self.settings.region)

    @cached_property
    def images(self) -> Images:
        """The images' table."""
        return Images(self.settings.images_table, self.settings.region)

    @cached_property
    def objects(self) -> Objects:
        """The bucket."""
        return Objects(self.settings.bucket, self.settings.region)

    def origin(self) -> str:
        """Return where browsers reach the bucket."""
        return self.objects.origin()

    @cached_property
    def passwords(self) -> Passwords:
        """The hashing of passwords."""
        return Passwords()

    @cached_property
    def audit(self) -> Audit:
        """Who did what."""
        return Audit(self.logs, self.clock, self.retention)

    @property
    def retention(self) -> Retention:
        """How long log entries are kept."""
        log, security = self.settings.log_retention_days, self.settings.security_log_retention_days
        return Retention(timedelta(days=log), timedelta(days=security))

    @cached_property
    def logs(self) -> Logs:
        """The log table."""
        return Logs(self.settings.logs_table, self.settings.region)

    @cached_property
    def health(self) -> Health:
        """How the services are on which all stands."""
        settings = self.settings
        return Health(Probes(settings.users_table, settings.bucket, settings.uploads_queue, settings.region))

    @cached_property
    def administration(self) -> Administration:
        """The use cases of administrators."""
        return Administration(self.users, self.images, self.audit)

    @cached_property
    def metrics(self) -> Metrics:
        """The use cases of a dashboard."""
        settings = self.settings
        queues = {
            "uploads": settings.uploads_queue,
            "uploads_dead_letter": settings.uploads_dead_letter_queue,
            "erasures": settings.erasures_queue,
            "exports": settings.exports_queue,
        }
        return Metrics(self.logs, Gauges(queues, settings.bucket, settings.emails_table, settings.region), self.clock)

    @cached_property
    def journal(self) -> Journal:
        """The use cases of reading the log."""
        return Journal(self.logs, self.clock, max(self.retention.log, self.retention.security))

    @cached_property
    def accounts(self) -> Accounts:
        """The use cases of accounts."""
        return Accounts(
            users=self.users,
            passwords=self.passwords,
            post=self.post,
            throttle=self.throttle,
            audit=self.audit,
            clock=self.clock,
            link=self._link,
        )

    def _link(self, purpose: Purpose, secret: str) -> str:
        return f"{self.settings.page_url}/#{purpose}={secret}"

    @cached_property
    def new_address(self) -> NewAddress:
        """The use cases of a changed address."""
        return NewAddress(
            users=self.users,
            changes=EmailChanges(self.settings.region),
            passwords=self.passwords,
            post=self.post,
            throttle=self.throttle,
            audit=self.audit,
            clock=self.clock,
            link=self._link,
        )

    @cached_property
    def closure(self) -> Closure:
        """The use cases of closing accounts."""
        return Closure(
            users=self.users,
            passwords=self.passwords,
            second_factor=self.second_factor,
            throttle=self.throttle,
            errands=self.errands,
            post=self.post,
            audit=self.audit,
            clock=self.clock,
        )

    @cached_property
    def post(self) -> Post:
        """The mails to account holders."""
        return Post(Mail(self.settings.mail_from, self.settings.region))

    @cached_property
    def second_factor(self) -> SecondFactor:
        """The use cases of the second factor."""
        _ = self.users  # whose table it is kept in
        factors = SecondFactors(self.settings.region)
        return SecondFactor(factors, self.passwords, self.throttle, self.audit, self.post, self.clock)

    @cached_property
    def throttle(self) -> Throttle:
        """The limits on strangers."""
        return Throttle(Counters(self.settings.counters_table, self.settings.region), self.clock)

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of sessions, with keys that are read once."""
        keys = read_keys(read_secret(self.settings.jwt_keys_secret, self.settings.region))
        return Tokens(keys, self.settings.issuer)

    @cached_property
    def sessions(self) -> Sessions:
        """The sessions' table."""
        return Sessions(self.settings.sessions_table, self.settings.region)

    @cached_property
    def api_keys(self) -> ApiKeys:
        """The API keys' table."""
        return ApiKeys(self.settings.api_keys_table, self.settings.region)

    @cached_property
    def access(self) -> Access:
        """Who makes a request; the tables are bound to their models before they are read together."""
        _ = self.users, self.sessions, self.projects
        return Access(Identities(self.settings.region), self.api_keys, self.tokens, self.clock)

    @cached_property
    def machine_keys(self) -> MachineKeys:
        """The use cases of API keys."""
        return MachineKeys(self.api_keys, self.audit, self.clock)

    @cached_property
    def authentication(self) -> Authentication:
        """The use cases of sessions."""
        return Authentication(
            users=self.users,
            sessions=self.sessions,
            access=self.access,
            passwords=self.passwords,
            tokens=self.tokens,
            throttle=self.throttle,
            second_factor=self.second_factor,
            audit=self.audit,
            clock=self.clock,
        )

    @cached_property
    def library(self) -> ImageLibrary:
        """The use cases of images."""
        return ImageLibrary(self.images, self.objects, self.audit, self.clock, self.settings.max_image_bytes)

    @cached_property
    def projects(self) -> Projects:
        """The tables of projects and of their members."""
        return Projects(self.settings.projects_table, self.settings.members_table, self.settings.region)

    @cached_property
    def invitations(self) -> Invitations:
        """The invitations' table."""
        return Invitations(self.settings.invitations_table, self.settings.region)

    @cached_property
    def errands(self) -> Errands:
        """The queues of what is done after the answer."""
        return Errands(self.settings.erasures_queue, self.settings.exports_queue, self.settings.region)

    @cached_property
    def project_work(self) -> ProjectWork:
        """The use cases of projects."""
        return ProjectWork(
            projects=self.projects,
            invitations=self.invitations,
            users=self.users,
            post=self.post,
            throttle=self.throttle,
            errands=self.errands,
            audit=self.audit,
            clock=self.clock,
            link=lambda secret: f"{self.settings.page_url}/#invitation={secret}",
        )

    @cached_property
    def trends(self) -> Trends:
        """The use case of trends."""
        return Trends(self.images)

    @cached_property
    def erasure(self) -> Erasure:
        """The use cases of erasure."""
        return Erasure(
            users=self.users,
            sessions=self.sessions,
            api_keys=self.api_keys,
            archives=self.archives,
            attempts=self.attempts,
            research=self.research,
            projects=self.projects,
            invitations=self.invitations,
            library=self.library,
            objects=self.objects,
            clock=self.clock,
        )

    @cached_property
    def resumption(self) -> Resumption:
        """The use case of erasures that are late."""
        return Resumption(self.users, self.projects, self.errands, self.clock)

    @cached_property
    def archives(self) -> Archives:
        """The archives' table."""
        return Archives(self.settings.archives_table, self.settings.region)

    @cached_property
    def archiving(self) -> Archiving:
        """The use cases of archives."""
        return Archiving(
            archives=self.archives,
            users=self.users,
            sessions=self.sessions,
            api_keys=self.api_keys,
            projects=self.projects,
            images=self.images,
            research=self.research,
            logs=self.logs,
            objects=self.objects,
            errands=self.errands,
            throttle=self.throttle,
            audit=self.audit,
            clock=self.clock,
        )

    @cached_property
    def attempts(self) -> Attempts:
        """The table of requests that may be repeated."""
        return Attempts(self.settings.attempts_table, self.settings.region)

    @cached_property
    def repeats(self) -> Repeats:
        """The use case of repeated requests."""
        return Repeats(self.attempts, self.clock)

    def cors_origins(self) -> frozenset[str]:
        """Return the origins of the pages that may use the API."""
        return self.settings.cors_origins

    @cached_property
    def research(self) -> Research:
        """The table of research entries."""
        return Research(self.settings.research_table, self.settings.region)

    @cached_property
    def notebook(self) -> Notebook:
        """The use cases of research entries."""
        return Notebook(self.research, self.library, self.audit, self.clock)

    @cached_property
    def insights(self) -> Insights:
        """The use case of summaries."""
        return Insights(self.library)

    @cached_property
    def design_systems(self) -> DesignSystems:
        """The use cases of design systems."""
        return DesignSystems(self.library)

    @cached_property
    def analyses(self) -> Analyses:
        """The use cases of analyses."""
        return Analyses(
            images=self.images,
            objects=self.objects,
            analyze=self.analyze,
            draw_views=self.draw_views,
            audit=self.audit,
            clock=self.clock,
            lease=timedelta(seconds=self.settings.analysis_lease_seconds),
            max_bytes=self.settings.max_image_bytes,
            max_pixels=self.settings.max_image_pixels,
        )
