"""The table of invitations into projects, by project and the digest of the emailed token."""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import BooleanAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.projects import Invitation, Member, ProjectFull, ProjectRole
from chalicelib.model.usage import UsageChange
from chalicelib.storage.tables.projects import ProjectsTable
from chalicelib.storage.tables.table import Item, applied, bind, delete_all
from chalicelib.storage.tables.transaction import Transactions
from chalicelib.storage.tables.users import UsersTable


class InvitationsByEmail(GlobalSecondaryIndex["InvitationItem"]):
    """The DynamoDB index of invitations by the invited email address, which finds those of a deleted account."""

    class Meta:
        index_name = "by_email"
        projection = KeysOnlyProjection()

    email = UnicodeAttribute(hash_key=True)


class InvitationItem(Item):
    """The DynamoDB item of an invitation; an accepted or revoked invitation is deleted."""

    class Meta:
        table_name = ""

    project_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    expires_at = TTLAttribute()
    invited_by = UnicodeAttribute(null=True)
    email_sent = BooleanAttribute(default=True)
    by_email = InvitationsByEmail()


class InvitationsTable:
    """The DynamoDB table of invitations into projects. Methods raise PynamoDBException if a request fails."""

    def __init__(
        self, table: str, region: str, transactions: Transactions, projects: ProjectsTable, users: UsersTable
    ) -> None:
        self.items = bind(InvitationItem, table, region)
        self._transactions = transactions
        self._projects = projects
        self._users = users

    def add(self, invitation: Invitation, events: Sequence[AuditEvent]) -> bool:
        """Store a new invitation together with audit events; return False if the project is closed."""
        item = self.items(
            invitation.project_id,
            invitation.id,
            email=invitation.email,
            role=invitation.role.value,
            expires_at=invitation.expires_at,
            invited_by=invitation.invited_by,
        )

        def write(transaction: TransactWrite) -> None:
            transaction.save(item)
            self._projects.note_invitation(transaction, invitation.project_id, invitation.expires_at)

        return self._transactions.write(write, events)

    def get(self, project_id: str, invitation_id: str) -> Invitation | None:
        """Return the project's invitation with this id, the digest of its token, or None; it may have expired."""
        try:
            return _invitation(self.items.get(project_id, invitation_id, consistent_read=True))
        except self.items.DoesNotExist:
            return None

    def note_unsent(self, invitation: Invitation) -> None:
        """Record that the email of an invitation could not be sent; do nothing if the invitation was revoked."""
        item = self.items(invitation.project_id, invitation.id)
        unsent = InvitationItem.email_sent.set(False)
        applied(lambda: item.update(actions=[unsent], condition=InvitationItem.id.exists()))

    def of_project(self, project_id: str, now: datetime) -> list[Invitation]:
        """Return a project's invitations that expire after now, ordered by id (the digest of the token)."""
        valid = InvitationItem.expires_at > now
        return [_invitation(item) for item in self.items.query(project_id, filter_condition=valid)]

    def accept(
        self, invitation: Invitation, member: Member, events: Sequence[AuditEvent], usage: UsageChange | None = None
    ) -> bool:
        """Replace an invitation by a membership of its project, together with audit events and the member's usage.

        Return False if the invitation no longer exists, the user is already a member or not active, or the user who
        made the invitation may no longer invite: is not an owner of the project, or not active. Users are active if
        they are confirmed and neither disabled nor deleted. Raises ProjectFull if the project is full or deleted, and
        UsageRefused.
        """

        def write(transaction: TransactWrite) -> None:
            item = self.items(invitation.project_id, invitation.id)
            transaction.delete(item, condition=InvitationItem.id.exists())
            if invitation.invited_by is not None:
                self._projects.check_owner(transaction, invitation.project_id, invitation.invited_by)
                self._users.check_active(transaction, invitation.invited_by)
            self._users.check_active(transaction, member.user_id)
            self._projects.add_member(transaction, member)

        return self._transactions.write(write, events, last=ProjectFull, usage=usage)

    def revoke(self, project_id: str, invitation_id: str) -> None:
        """Delete an invitation, by the digest of its token, if it exists."""
        self.items(project_id, invitation_id).delete()

    def revoke_by(self, project_id: str, user_id: str) -> None:
        """Delete the invitations to a project that a user made."""
        made = self.items.query(project_id, filter_condition=InvitationItem.invited_by == user_id)
        for item in made:
            item.delete()

    def revoke_to(self, email: str) -> None:
        """Delete all invitations of an email address, into whatever project."""
        for found in self.items.by_email.query(email):
            self.revoke(found.project_id, found.id)

    def delete_all(self, project_id: str) -> None:
        """Delete all invitations of a project."""
        delete_all(self.items, project_id)


def _invitation(item: InvitationItem) -> Invitation:
    return Invitation(
        project_id=item.project_id,
        id=item.id,
        email=item.email,
        role=ProjectRole(item.role),
        expires_at=item.expires_at,
        invited_by=item.invited_by,
        email_sent=item.email_sent,
    )
