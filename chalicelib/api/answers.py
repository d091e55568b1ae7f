"""What answers say, in the order in which they say it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from msgspec import Meta, Struct
from msgspec.structs import asdict

from chalicelib.api.cursors import next_cursor
from chalicelib.model.api_keys import ApiKey, Scope
from chalicelib.model.audit import AuditEvent, AuditEventPage, AuditKind, AuditLevel
from chalicelib.model.data_exports import DataExportState
from chalicelib.model.images import Image, ImagePage, ImageStatus, ImageSummary
from chalicelib.model.objects import SignedForm, SignedUrl
from chalicelib.model.projects import Invitation, Project, ProjectRole, Teammate
from chalicelib.model.research_notes import ResearchNote, ResearchNotePage
from chalicelib.model.sessions import Session
from chalicelib.model.users import AccountRole, User, UserPage
from chalicelib.services.accounts.authentication import TokenPair
from chalicelib.services.dashboard import DaySeries, Hour, Levels
from chalicelib.services.health import Dependency
from chalicelib.services.insights import Insight
from chalicelib.services.trends import Day
from januslens.design_system.drift import Change

Timestamp = Annotated[str, Meta(description="a time in UTC (RFC 3339)", extra_json_schema={"format": "date-time"})]
Id = Annotated[str, Meta(description="an id", extra_json_schema={"format": "uuid"})]
Next = Annotated[str | None, Meta(description="the cursor of the next page, null at the end")]


def timestamp(at: datetime) -> str:
    """Return a time in UTC as RFC 3339 writes it, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _timestamp(at: datetime | None) -> str | None:
    return None if at is None else timestamp(at)


class Done(Struct):
    """What was done, for a person to read."""

    detail: str


class Alive(Struct):
    """The API answers."""

    status: Literal["ok"]


class ServiceStatus(Struct):
    """A service on which Janus stands."""

    name: str
    status: Literal["ok", "silent"]
    milliseconds: float

    @classmethod
    def of(cls, dependency: Dependency) -> Self:
        """Return what is told of a service."""
        return cls(dependency.name, "ok" if dependency.answers else "silent", dependency.milliseconds)


class Status(Struct):
    """How the services are on which Janus stands; degraded if one is silent."""

    status: Literal["ok", "degraded"]
    services: list[ServiceStatus]


class Tokens(Struct):
    """A session's tokens, as OAuth 2.0 names them (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str
    refresh_expires_in: int

    @classmethod
    def of(cls, pair: TokenPair) -> Self:
        """Return what is told of a pair."""
        return cls(pair.access, "Bearer", pair.access_seconds, pair.refresh, pair.refresh_seconds)


class SignedLink(Struct):
    """Where something can be fetched for some minutes."""

    url: str
    expires_at: Timestamp

    @classmethod
    def of(cls, signed: SignedUrl) -> Self:
        """Return what is told of an address."""
        return cls(signed.url, timestamp(signed.expires_at))


class DataExportRecord(Struct):
    """The export of an account: a ZIP file, once it is made."""

    status: Literal["making", "made", "failed"]
    asked_at: Timestamp
    made_at: Timestamp | None
    size: int | None
    expires_at: Timestamp
    file: SignedLink | None

    @classmethod
    def of(cls, state: DataExportState) -> Self:
        """Return what is told of an export."""
        export = state.data_export
        return cls(
            status="failed" if state.failed else "made" if export.made_at else "making",
            asked_at=timestamp(export.asked_at),
            made_at=_timestamp(export.made_at),
            size=export.size,
            expires_at=timestamp(export.expires_at),
            file=SignedLink.of(state.url) if state.url else None,
        )


class FactorSecret(Struct):
    """What to tell an authenticator app: the secret in Base32, or the address that holds it, as a QR code."""

    secret: str
    uri: str


class RecoveryCodes(Struct):
    """Codes to recover by, good once each, which are told this once."""

    recovery_codes: list[str]


class Account(Struct):
    """A user as told to themselves."""

    id: Id
    email: str
    display_name: str | None
    email_verified: bool
    second_factor: bool
    recovery_codes_left: int
    role: AccountRole
    created_at: Timestamp

    @classmethod
    def of(cls, user: User) -> Self:
        """Return what is told of a user."""
        return cls(
            id=user.id,
            email=user.email,
            display_name=user.display_name,
            email_verified=user.verified_at is not None,
            second_factor=user.totp_secret is not None,
            recovery_codes_left=user.recovery_codes,
            role=user.role,
            created_at=timestamp(user.created_at),
        )


class UserRecord(Account):
    """A user as told to administrators."""

    disabled: bool

    @classmethod
    def of(cls, user: User) -> Self:
        """Return what is told of a user."""
        return cls(**asdict(Account.of(user)), disabled=user.disabled)


class UserList(Struct):
    """A page of users, newest first."""

    items: list[UserRecord]
    next: Next

    @classmethod
    def of(cls, page: UserPage) -> Self:
        """Return what is told of a page."""
        return cls([UserRecord.of(user) for user in page.items], next_cursor(page.next_id))


class SessionRecord(Struct):
    """A session as told to its user; current is the one that asks."""

    id: Id
    device: str
    created_at: Timestamp
    refreshed_at: Timestamp | None
    expires_at: Timestamp
    current: bool


class SessionList(Struct):
    """The sessions that go on, newest first, all on one page."""

    items: list[SessionRecord]
    next: Next

    @classmethod
    def of(cls, sessions: Sequence[Session], current_id: str) -> Self:
        """Return what is told of sessions; current_id is the one that asks."""
        records = [
            SessionRecord(
                session.id,
                session.device,
                timestamp(session.created_at),
                _timestamp(session.refreshed_at),
                timestamp(session.expires_at),
                session.id == current_id,
            )
            for session in sessions
        ]
        return cls(records, None)


class ApiKeyRecord(Struct):
    """An API key as told to its user; last_used_at is known to ten minutes."""

    id: Id
    name: str
    scopes: list[Scope]
    created_at: Timestamp
    expires_at: Timestamp | None
    last_used_at: Timestamp | None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """Return what is told of a key."""
        times = _timestamp(key.expires_at), _timestamp(key.last_used_at)
        return cls(key.id, key.name, sorted(key.scopes), timestamp(key.created_at), *times)


class NewApiKey(ApiKeyRecord):
    """An API key with its text, which is told this once."""

    key: str

    @classmethod
    def with_text(cls, key: ApiKey, text: str) -> Self:
        """Return what is told of a key that was made."""
        return cls(**asdict(ApiKeyRecord.of(key)), key=text)


class ApiKeyList(Struct):
    """A user's API keys, newest first, all on one page."""

    items: list[ApiKeyRecord]
    next: Next

    @classmethod
    def of(cls, keys: Sequence[ApiKey]) -> Self:
        """Return what is told of keys."""
        return cls([ApiKeyRecord.of(key) for key in keys], None)


class ProjectRecord(Struct):
    """A project as told to a member; role is their own."""

    id: Id
    name: str
    role: ProjectRole
    members: int
    created_at: Timestamp

    @classmethod
    def of(cls, project: Project, role: ProjectRole) -> Self:
        """Return what is told of a project."""
        return cls(project.id, project.name, role, project.members, timestamp(project.created_at))


class ProjectList(Struct):
    """The projects of a user, newest first, all on one page."""

    items: list[ProjectRecord]
    next: Next

    @classmethod
    def of(cls, projects: Sequence[tuple[Project, ProjectRole]]) -> Self:
        """Return what is told of projects."""
        return cls([ProjectRecord.of(project, role) for project, role in projects], None)


class MemberRecord(Struct):
    """A member of a project."""

    user_id: Id
    email: str
    display_name: str | None
    role: ProjectRole
    since: Timestamp

    @classmethod
    def of(cls, mate: Teammate) -> Self:
        """Return what is told of a member."""
        return cls(
            mate.user.id, mate.user.email, mate.user.display_name, mate.member.role, timestamp(mate.member.since)
        )


class MemberList(Struct):
    """A project's members, those of the longest standing first, all on one page."""

    items: list[MemberRecord]
    next: Next

    @classmethod
    def of(cls, mates: Sequence[Teammate]) -> Self:
        """Return what is told of members."""
        return cls([MemberRecord.of(mate) for mate in mates], None)


class InvitationRecord(Struct):
    """An invitation into a project."""

    id: str
    email: str
    role: ProjectRole
    expires_at: Timestamp

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """Return what is told of an invitation."""
        return cls(invitation.id, invitation.email, invitation.role, timestamp(invitation.expires_at))


class InvitationList(Struct):
    """A project's invitations that are still good, all on one page."""

    items: list[InvitationRecord]
    next: Next

    @classmethod
    def of(cls, invitations: Sequence[Invitation]) -> Self:
        """Return what is told of invitations."""
        return cls([InvitationRecord.of(invitation) for invitation in invitations], None)


class TrendDay(Struct):
    """A day: how many images were analyzed, their checks by outcome, and the share that passed of what was decided."""

    day: Annotated[str, Meta(extra_json_schema={"format": "date"})]
    images: int
    outcomes: dict[str, int]
    pass_rate: float | None


class Trend(Struct):
    """How accessible a project's screens are over time, newest day first."""

    items: list[TrendDay]
    next: Next

    @classmethod
    def of(cls, days: Sequence[Day]) -> Self:
        """Return what is told of days."""
        told = [TrendDay(day.day.isoformat(), day.images, dict(day.outcomes), day.pass_rate) for day in days]
        return cls(told, None)


class ResearchNoteRecord(Struct):
    """A research note; created_by is a user's id."""

    id: Id
    topic: str
    data: dict[str, Any]
    image_ids: list[Id]
    created_by: Id
    created_at: Timestamp

    @classmethod
    def of(cls, note: ResearchNote) -> Self:
        """Return what is told of an note."""
        at = timestamp(note.created_at)
        return cls(note.id, note.topic, dict(note.data), list(note.image_ids), note.by, at)


class ResearchNoteList(Struct):
    """A page of research entries, newest first."""

    items: list[ResearchNoteRecord]
    next: Next

    @classmethod
    def of(cls, page: ResearchNotePage) -> Self:
        """Return what is told of a page."""
        return cls([ResearchNoteRecord.of(item) for item in page.items], next_cursor(page.next_id))


class RuleRecord(Struct):
    """How a rule's checks came out on some images; pass_rate is of those that were decided, null for none."""

    rule: str
    criterion: str | None
    level: str
    outcomes: dict[str, int]
    pass_rate: float | None
    images_failing: int


class FrequentIssueRecord(Struct):
    """A rule that fails for the same colors, in how many places of how many images."""

    rule: str
    level: str
    foreground: str | None
    background: str | None
    places: int
    images: int


class TokenUseRecord(Struct):
    """A color or length as CSS writes it, on how many images it is, and its share of their area."""

    value: str
    images: int
    share: float | None


class InsightRecord(Struct):
    """What some images come to; left_out is how many more there were than are read."""

    images: int
    left_out: int
    rules: list[RuleRecord]
    issues: list[FrequentIssueRecord]
    colors: list[TokenUseRecord]
    font_sizes: list[TokenUseRecord]

    @classmethod
    def of(cls, insight: Insight) -> Self:
        """Return what is told of images."""
        return cls(
            images=insight.images,
            left_out=insight.left_out,
            rules=[
                RuleRecord(
                    rate.rule, rate.criterion, rate.level, dict(rate.outcomes), rate.pass_rate, rate.images_failing
                )
                for rate in insight.rules
            ],
            issues=[
                FrequentIssueRecord(
                    issue.rule, issue.level, issue.foreground, issue.background, issue.places, issue.images
                )
                for issue in insight.issues
            ],
            colors=[TokenUseRecord(use.value, use.screens, use.share) for use in insight.colors],
            font_sizes=[TokenUseRecord(use.value, use.screens, use.share) for use in insight.font_sizes],
        )


class AuditEventRecord(Struct):
    """A log event."""

    id: Id
    at: Timestamp
    action: str
    kind: AuditKind
    level: AuditLevel
    actor_id: str | None
    user_id: str | None
    subject_id: str | None
    detail: str | None
    request_id: str
    duration_ms: int | None

    @classmethod
    def of(cls, event: AuditEvent) -> Self:
        """Return what is told of an event."""
        return cls(
            event.id,
            timestamp(event.at),
            event.action,
            event.kind,
            event.level,
            event.actor_id,
            event.user_id,
            event.subject_id,
            event.detail,
            event.request_id,
            event.duration_ms,
        )


class AuditEventList(Struct):
    """A page of log entries, newest first."""

    items: list[AuditEventRecord]
    next: Next

    @classmethod
    def of(cls, page: AuditEventPage) -> Self:
        """Return what is told of a page."""
        return cls([AuditEventRecord.of(item) for item in page.items], next_cursor(page.next_id))


class DurationsRecord(Struct):
    """How long analyses took, in milliseconds; null where there was none."""

    median: float | None
    p95: float | None


class HourMetrics(Struct):
    """What happened in an hour: how often each action was taken, why analyses failed, how long they took."""

    begin: Timestamp
    actions: dict[str, int]
    failures: dict[str, int]
    analysis_ms: DurationsRecord

    @classmethod
    def of(cls, hour: Hour) -> Self:
        """Return what is told of an hour."""
        took = DurationsRecord(hour.analysis.median, hour.analysis.p95)
        return cls(timestamp(hour.begin), dict(hour.actions), dict(hour.failures), took)


class DayMetrics(Struct):
    """The hours of a day in UTC; complete says whether all of it was counted."""

    hours: list[HourMetrics]
    complete: bool

    @classmethod
    def of(cls, series: DaySeries) -> Self:
        """Return what is told of a day."""
        return cls([HourMetrics.of(hour) for hour in series.hours], series.complete)


class LevelsRecord(Struct):
    """How much there is: users (some hours ago), waiting messages by queue, stored bytes (a day ago), if known."""

    users: int
    waiting: dict[str, int]
    stored_bytes: int | None

    @classmethod
    def of(cls, levels: Levels) -> Self:
        """Return what is told of it."""
        return cls(levels.users, dict(levels.waiting), levels.stored_bytes)


class ImageFailure(Struct):
    """Why there is no analysis: a code for programs, a sentence for a person."""

    code: str
    detail: str


class ImageSummaryRecord(Struct):
    """The short form of an analysis; null for a part that failed."""

    width: int
    height: int
    accessibility: dict[str, int] | None
    colors: int | None

    @classmethod
    def of(cls, summary: ImageSummary) -> Self:
        """Return what is told of a summary."""
        return cls(summary.width, summary.height, summary.outcomes, summary.colors)


class UploadForm(Struct):
    """The form that a file is uploaded with, for some minutes."""

    url: str
    fields: dict[str, str]
    expires_at: Timestamp

    @classmethod
    def of(cls, form: SignedForm) -> Self:
        """Return what is told of a form."""
        return cls(form.url, dict(form.fields), timestamp(form.expires_at))


class ImageRecord(Struct):
    """An image."""

    id: Id
    name: str
    content_type: str
    size: int
    scale: float | None
    sha256: str | None
    status: ImageStatus
    status_times: dict[str, Timestamp]
    failure: ImageFailure | None
    summary: ImageSummaryRecord | None
    picture: SignedLink | None
    views: dict[str, SignedLink] | None

    @classmethod
    def of(cls, image: Image, picture: SignedUrl | None = None, views: Mapping[str, SignedUrl] | None = None) -> Self:
        """Return what is told of an image, and where its picture and views are."""
        return cls(
            id=image.key.image_id,
            name=image.name,
            content_type=image.content_type,
            size=image.size,
            scale=image.scale,
            sha256=image.sha256,
            status=image.status,
            status_times=_times(image.times),
            failure=ImageFailure(image.failure.code, image.failure.detail) if image.failure else None,
            summary=ImageSummaryRecord.of(image.summary) if image.summary else None,
            picture=SignedLink.of(picture) if picture else None,
            views=None if views is None else {view: SignedLink.of(address) for view, address in views.items()},
        )


def _times(times: Mapping[ImageStatus, datetime]) -> dict[str, str]:
    return {status.value: timestamp(at) for status, at in times.items()}


class CreatedImage(ImageRecord):
    """An image that awaits its upload, and the form to upload with."""

    upload: UploadForm

    @classmethod
    def with_form(cls, image: Image, form: SignedForm) -> Self:
        """Return what is told of an image that was announced."""
        return cls(**asdict(ImageRecord.of(image)), upload=UploadForm.of(form))


class ImageList(Struct):
    """A page of images, newest first."""

    items: list[ImageRecord]
    next: Next

    @classmethod
    def of(cls, page: ImagePage) -> Self:
        """Return what is told of a page."""
        return cls([ImageRecord.of(image) for image in page.items], next_cursor(page.next_id))


class Drift(Struct):
    """What changed from one set of tokens to another, and how much of it counts."""

    changed: int
    minor: int
    changes: list[dict[str, Any]]

    @classmethod
    def of(cls, changes: Sequence[Change]) -> Self:
        """Return what is told of changes."""
        minor = sum(change.minor for change in changes)
        return cls(len(changes) - minor, minor, [change.to_json() for change in changes])
