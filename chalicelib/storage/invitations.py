"""Invitations into projects: found by their project and the hash of the secret that was mailed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.projects import Member, ProjectFull, Role, join
from chalicelib.storage.table import Item, bind, delete_all
from chalicelib.storage.transaction import transact


class Invitation(msgspec.Struct, frozen=True):
    """An invitation of whoever has an e-mail address, good once and for some days. id is the hash of its secret."""

    project_id: str
    id: str
    email: str
    role: Role
    expires_at: datetime


class InvitationItem(Item):
    """An invitation as stored; one that was taken is deleted."""

    class Meta:
        table_name = ""

    project_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    expires_at = TTLAttribute()


class Invitations:
    """The invitations' table."""

    def __init__(self, table: str, region: str) -> None:
        bind(InvitationItem, table, region)
        self._connection = Connection(region=region)

    def add(self, invitation: Invitation, entries: Sequence[LogEntry]) -> None:
        """Store a new invitation."""
        item = InvitationItem(
            invitation.project_id,
            invitation.id,
            email=invitation.email,
            role=invitation.role.value,
            expires_at=invitation.expires_at,
        )
        transact(self._connection, lambda transaction: transaction.save(item), entries)

    def get(self, project_id: str, invitation_id: str) -> Invitation | None:
        """Return an invitation, None if there is none."""
        try:
            return _invitation(InvitationItem.get(project_id, invitation_id, consistent_read=True))
        except InvitationItem.DoesNotExist:
            return None

    def of_project(self, project_id: str, now: datetime) -> list[Invitation]:
        """Return a project's invitations that are still good."""
        good = InvitationItem.expires_at > now
        return [_invitation(item) for item in InvitationItem.query(project_id, filter_condition=good)]

    def take(self, invitation: Invitation, member: Member, entries: Sequence[LogEntry]) -> bool:
        """Make somebody a member by an invitation; False if it was taken, or they are one already.

        Raises ProjectFull if the project is, or is gone.
        """

        def write(transaction: TransactWrite) -> None:
            item = InvitationItem(invitation.project_id, invitation.id)
            transaction.delete(item, condition=InvitationItem.id.exists())
            join(transaction, member)

        return transact(self._connection, write, entries, last=ProjectFull)

    def revoke(self, project_id: str, invitation_id: str) -> None:
        """Delete an invitation; deleting what is gone does nothing."""
        InvitationItem(project_id, invitation_id).delete()

    def delete_all(self, project_id: str) -> None:
        """Delete all invitations of a project."""
        delete_all(InvitationItem, project_id)


def _invitation(item: InvitationItem) -> Invitation:
    return Invitation(item.project_id, item.id, item.email, Role(item.role), item.expires_at)
