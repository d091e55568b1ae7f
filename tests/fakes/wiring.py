"""The services on adapters in memory."""

from dataclasses import dataclass
from functools import cached_property
from typing import override

from chalicelib.security.signing_keys import SigningKey
from chalicelib.wiring import Services
from chalicelib.wiring.adapters import Adapters
from tests.fakes.audit_log import FakeAuditLog
from tests.fakes.credentials import FakeApiKeys, FakeEmailVerifications, FakeIdentities, FakeSessions, FakeSignIns
from tests.fakes.images import FakeImages, FakeResearchNotes
from tests.fakes.outside import FakeEmailTransport, FakeGauges, FakeJobQueues, FakeObjectStore, FakeProbes
from tests.fakes.projects import FakeInvitations, FakeProjects
from tests.fakes.requests import FakeCounters, FakeDataExports, FakeIdempotency
from tests.fakes.usage import FakeUsage
from tests.fakes.users import FakeAbandonedRegistrations, FakeEmailChanges, FakeSecondFactors, FakeUsers


@dataclass(frozen=True)
class FakeAdapters(Adapters):
    @cached_property
    @override
    def audit_log(self) -> FakeAuditLog:
        return FakeAuditLog()

    @cached_property
    @override
    def users(self) -> FakeUsers:
        return FakeUsers(self.usage, self.audit_log)

    @cached_property
    @override
    def email_changes(self) -> FakeEmailChanges:
        return FakeEmailChanges(self.users)

    @cached_property
    @override
    def email_verifications(self) -> FakeEmailVerifications:
        return FakeEmailVerifications(self.users, self.sessions)

    @cached_property
    @override
    def abandoned_registrations(self) -> FakeAbandonedRegistrations:
        return FakeAbandonedRegistrations(self.users)

    @cached_property
    @override
    def second_factors(self) -> FakeSecondFactors:
        return FakeSecondFactors(self.users)

    @cached_property
    @override
    def sessions(self) -> FakeSessions:
        return FakeSessions(self.audit_log)

    @cached_property
    @override
    def sign_ins(self) -> FakeSignIns:
        return FakeSignIns(self.sessions, self.counters)

    @cached_property
    @override
    def api_keys(self) -> FakeApiKeys:
        return FakeApiKeys(self.usage, self.audit_log)

    @cached_property
    @override
    def projects(self) -> FakeProjects:
        return FakeProjects(self.usage, self.audit_log)

    @cached_property
    @override
    def invitations(self) -> FakeInvitations:
        return FakeInvitations(self.projects, self.users, self.audit_log)

    @cached_property
    @override
    def identities(self) -> FakeIdentities:
        return FakeIdentities(self.users, self.sessions, self.api_keys, self.projects)

    @cached_property
    @override
    def images(self) -> FakeImages:
        return FakeImages(self.usage, self.audit_log)

    @cached_property
    @override
    def research_notes(self) -> FakeResearchNotes:
        return FakeResearchNotes(self.usage, self.audit_log)

    @cached_property
    @override
    def data_exports(self) -> FakeDataExports:
        return FakeDataExports(self.audit_log)

    @cached_property
    @override
    def idempotency(self) -> FakeIdempotency:
        return FakeIdempotency()

    @cached_property
    @override
    def counters(self) -> FakeCounters:
        return FakeCounters()

    @cached_property
    @override
    def usage(self) -> FakeUsage:
        return FakeUsage(self.counters)

    @cached_property
    @override
    def objects(self) -> FakeObjectStore:
        return FakeObjectStore()

    @cached_property
    @override
    def jobs(self) -> FakeJobQueues:
        return FakeJobQueues()

    @cached_property
    @override
    def email(self) -> FakeEmailTransport:
        return FakeEmailTransport()

    @cached_property
    @override
    def probes(self) -> FakeProbes:
        return FakeProbes()

    @cached_property
    @override
    def gauges(self) -> FakeGauges:
        return FakeGauges()


@dataclass(frozen=True)
class FakeServices(Services):
    """All services on fakes."""

    @cached_property
    @override
    def adapters(self) -> FakeAdapters:
        return FakeAdapters(self.read_settings)

    @cached_property
    @override
    def signing_keys(self) -> tuple[SigningKey, ...]:
        return (SigningKey("test", b"0123456789abcdef0123456789abcdef"),)
