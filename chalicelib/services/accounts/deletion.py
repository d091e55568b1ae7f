"""Deletion of accounts and projects: requested by users, carried out by a job, retried when overdue.

An account or a project is closed first, and a message starts the job that deletes its data. If the message is lost, or
the job reaches its retry limit, the deletion is overdue after a day and another message is sent. Accounts whose email
address was never confirmed are closed and deleted in the same way.
"""

import logging
from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.model.audit import AuditAction
from chalicelib.model.clock import Clock
from chalicelib.model.errors import ChangedMeanwhile
from chalicelib.model.principals import Principal
from chalicelib.model.projects import LastOwner, Member, ProjectRole
from chalicelib.model.usage import deletion_of
from chalicelib.model.users import AccountRole, AdminStays, User
from chalicelib.security.passwords import Passwords
from chalicelib.services.accounts.second_factor import SecondFactorService
from chalicelib.services.accounts.throttling import Throttle
from chalicelib.services.audit import AuditRecorder
from chalicelib.services.email.mailer import Mailer, Message
from chalicelib.storage.job_queues import JobQueues
from chalicelib.storage.object_store import ObjectStore
from chalicelib.storage.tables.abandoned_registrations import AbandonedRegistrationsTable
from chalicelib.storage.tables.api_keys import ApiKeysTable
from chalicelib.storage.tables.data_exports import DataExportsTable
from chalicelib.storage.tables.idempotency import IdempotencyTable
from chalicelib.storage.tables.images import ImagesTable
from chalicelib.storage.tables.invitations import InvitationsTable
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.research_notes import ResearchNotesTable
from chalicelib.storage.tables.sessions import SessionsTable
from chalicelib.storage.tables.usage import UsageTable
from chalicelib.storage.tables.users import UsersTable

OVERDUE_AFTER: Final = timedelta(days=1)  # five failed attempts take half of this time
PAGE: Final = 100
ABANDONED_AFTER: Final = timedelta(days=7)  # since the last link to confirm the address expired
MAX_RETRIES: Final = 500  # per run and kind, the others a day later: sending a message takes 10 ms

log = logging.getLogger(__name__)


class DeletionService(msgspec.Struct, frozen=True):
    """Requests the deletion of accounts, also of abandoned ones, and retries overdue deletions, also of projects.

    An account is closed at once; a queued job, which calls `PurgeService`, deletes its data later.
    """

    users: UsersTable
    abandoned: AbandonedRegistrationsTable
    projects: ProjectsTable
    passwords: Passwords
    second_factor: SecondFactorService
    throttle: Throttle
    jobs: JobQueues
    mailer: Mailer
    audit: AuditRecorder
    clock: Clock

    def request_own(self, user: User, password: str, code: str | None) -> None:
        """Close the user's own account and queue the deletion of its data.

        code is required if the account has a second factor. Raises RateLimitExceeded, InvalidField if the password is
        wrong, CodeRequired, CodeRefused, AdminStays if the user is an administrator, and ChangedMeanwhile.
        """
        self.throttle.password(user.id)
        self.passwords.check(user.password_hash, password)
        self.second_factor.check(user, code)
        self._close(user, user.id)

    def request(self, principal: Principal, user: User) -> None:
        """Close a user's account and queue the deletion of its data, as an administrator.

        Raises AdminStays if the user is an administrator, and ChangedMeanwhile.
        """
        self._close(user, principal.user_id)

    def retry_overdue(self) -> None:
        """Send another message for each account and project that was closed more than a day ago and still exists.

        At most MAX_RETRIES messages are sent for accounts, and as many for projects.
        """
        closed_before = self.clock() - OVERDUE_AFTER
        for user_id in self.users.closed_before(closed_before, MAX_RETRIES):
            self.jobs.purge_user(user_id)
        for project_id in self.projects.closed_before(closed_before, MAX_RETRIES):
            self.jobs.purge_project(project_id)

    def close_abandoned(self) -> None:
        """Close the accounts whose last link to confirm the address expired a week ago, and queue their deletion.

        At most MAX_RETRIES accounts are closed. Nobody is told: the address may be a stranger's.
        """
        now = self.clock()
        since = now - ABANDONED_AFTER
        for user_id in self.abandoned.list(since, MAX_RETRIES):
            deleted = self.audit.event(AuditAction.USER_DELETED, actor_id=None, user_id=user_id, subject_id=user_id)
            if self.abandoned.close(user_id, since, now, [deleted]):
                self.jobs.purge_user(user_id)

    def _close(self, user: User, actor_id: str) -> None:
        if user.role is AccountRole.ADMIN:
            raise AdminStays
        if user.deleted_at is None:
            deleted = self.audit.event(AuditAction.USER_DELETED, actor_id=actor_id, user_id=user.id, subject_id=user.id)
            if not self.users.mark_deleted(user, self.clock(), [deleted]):
                raise ChangedMeanwhile
            self.mailer.send(user.email, Message.ACCOUNT_DELETED)
        self.jobs.purge_user(user.id)  # also for a closed account: its earlier message may have been lost


class PurgeService(msgspec.Struct, frozen=True):
    """Deletes all data of closed accounts and projects, called by a queued job.

    Every step is idempotent, so that an interrupted purge is completed when its message is delivered again. What
    remains of an account, such as its audit events, is listed in docs/security.md.
    """

    users: UsersTable
    sessions: SessionsTable
    api_keys: ApiKeysTable
    data_exports: DataExportsTable
    idempotency: IdempotencyTable
    research_notes: ResearchNotesTable
    projects: ProjectsTable
    invitations: InvitationsTable
    usage: UsageTable
    images: ImagesTable
    objects: ObjectStore
    clock: Clock

    def purge_project(self, project_id: str) -> None:
        """Delete a closed project and all its data; only log a warning if the project is open.

        Raises DeletionFailed if S3 could not delete some objects.
        """
        if self.projects.is_open(project_id):
            log.warning("an open project was not purged", extra={"project": project_id})
            return
        self._purge_images(project_id)
        self._purge_notes(project_id)
        self.invitations.delete_all(project_id)
        self.projects.delete(project_id)

    def purge_user(self, user_id: str) -> None:
        """Delete a user whose account is closed, their memberships, and all their data outside shared projects.

        A project without other members is deleted; if the user was the only owner, another member becomes an owner. Do
        nothing if the user does not exist, and only log a warning if the account is open. Raises DeletionFailed if S3
        could not delete some objects, and ChangedMeanwhile if a membership was changed at the same time.
        """
        user = self.users.get(user_id)
        if user is None:
            return
        if user.deleted_at is None:
            log.warning("an open account was not purged", extra={"user": user_id})
            return
        self._leave_projects(user_id)
        self.data_exports.delete(user_id)
        self._purge_images(user_id)
        self._purge_notes(user_id)
        self.idempotency.delete_all(user_id)
        for key in self.api_keys.of_user(user_id):
            self.api_keys.delete(user_id, key.id)
        self.sessions.delete_all(user_id)
        self.invitations.revoke_to(user.email)
        self._leave_projects(user_id)  # one that the index did not have at first
        self.usage.delete(user_id)
        self.users.delete(user)

    def _leave_projects(self, user_id: str) -> None:
        """End all memberships of a user, and the invitations that the user made. Raises ChangedMeanwhile."""
        for found in self.projects.of_user(user_id):
            member = self.projects.member(found.project_id, user_id)  # the index may have an earlier role
            if member is not None and not self._leave(member):
                raise ChangedMeanwhile
            self.invitations.revoke_by(found.project_id, user_id)

    def _leave(self, member: Member) -> bool:
        """End a membership; return False if it was changed meanwhile.

        The role of the last owner passes to the editor who joined first, or else to the member who joined first, whose
        account is not closed. Without such a member the project is deleted.
        """
        try:
            return self.projects.remove(member, [])
        except LastOwner:
            successor = self._successor(member)
        if successor is None:
            self.projects.mark_deleted(member.project_id, self.clock(), [])
            self.purge_project(member.project_id)
            return True
        return self.projects.change_role(successor, ProjectRole.OWNER, []) and self.projects.remove(member, [])

    def _successor(self, leaving: Member) -> Member | None:
        members = self.projects.members(leaving.project_id)
        users = self.users.named([member.user_id for member in members])
        others = [
            member
            for member in members
            if member.user_id != leaving.user_id
            and (user := users.get(member.user_id)) is not None
            and user.deleted_at is None
        ]
        # max returns the first of equals, and members come in the order in which they joined.
        return max(others, key=lambda other: other.role is ProjectRole.EDITOR, default=None)

    def _purge_images(self, owner_id: str) -> None:
        """Delete the records of an owner's images, then all objects; an analysis that is late finds no record."""
        while (page := self.images.list(owner_id, PAGE, None)).items:
            for image in page.items:
                self.images.delete(image, usage=deletion_of(image))
        self.objects.delete_all_of(owner_id)

    def _purge_notes(self, owner_id: str) -> None:
        while (page := self.research_notes.list(owner_id, PAGE, None, lambda _: True)).items:
            for note in page.items:
                self.research_notes.delete(note)
