"""The tables of projects and of their members.

A member is found by the project and the user together; no request reads a project without that key. The numbers of
members and owners are in the project's own item, which changes with them in one transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib.model.audit import AuditEvent
from chalicelib.model.projects import MAX_MEMBERS, LastOwner, Member, Project, ProjectRole
from chalicelib.storage.tables.table import Item, bind, delete_all
from chalicelib.storage.tables.transaction import Transactions

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

CLOSING: Final = "yes"  # one key for all: few projects are closed, and they are soon deleted


class ProjectsClosing(GlobalSecondaryIndex["ProjectItem"]):
    """The closed projects whose data is not yet deleted, oldest first."""

    class Meta:
        index_name = "closing"
        projection = KeysOnlyProjection()

    closing = UnicodeAttribute(hash_key=True)
    deleted_at = UTCDateTimeAttribute(range_key=True)


class ProjectItem(Item):
    """A project as stored. deleted_at is set while its data is being deleted."""

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    members = NumberAttribute()
    owners = NumberAttribute()
    deleted_at = UTCDateTimeAttribute(null=True)
    closing = UnicodeAttribute(null=True)
    to_delete = ProjectsClosing()


class MembersByUser(GlobalSecondaryIndex["MemberItem"]):
    """The projects of a user."""

    class Meta:
        index_name = "by_user"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    project_id = UnicodeAttribute(range_key=True)


class MemberItem(Item):
    """A member as stored."""

    class Meta:
        table_name = ""

    project_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(range_key=True)
    role = UnicodeAttribute()
    since = UTCDateTimeAttribute()
    by_user = MembersByUser()


class ProjectsTable:
    """The tables of projects and of their members."""

    def __init__(self, projects_table: str, members_table: str, region: str, transactions: Transactions) -> None:
        self.project_items = bind(ProjectItem, projects_table, region)
        self.member_items = bind(MemberItem, members_table, region)
        self._transactions = transactions

    def add(self, project: Project, owner_id: str, events: Sequence[AuditEvent] = ()) -> None:
        """Store a new project and its first owner together with audit events."""
        item = self.project_items(project.id, name=project.name, created_at=project.created_at, members=1, owners=1)
        owner = self.member_items(project.id, owner_id, role=ProjectRole.OWNER.value, since=project.created_at)

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=ProjectItem.id.does_not_exist())
            transaction.save(owner)

        self._transactions.write(write, events)

    def of_user(self, user_id: str, max_count: int | None = None) -> list[Member]:
        """Return a user's memberships, newest projects first, all or up to a maximum."""
        found = self.member_items.by_user.query(user_id, scan_index_forward=False, limit=max_count)
        return [member_of(item) for item in found]

    def named(self, project_ids: Sequence[str]) -> dict[str, Project]:
        """Return those of the projects that exist, by id."""
        found = self.project_items.batch_get(list(project_ids)) if project_ids else []
        return {item.id: project_of(item) for item in found if item.deleted_at is None}

    def member(self, project_id: str, user_id: str) -> Member | None:
        """Return a member, or None."""
        try:
            return member_of(self.member_items.get(project_id, user_id, consistent_read=True))
        except self.member_items.DoesNotExist:
            return None

    def is_open(self, project_id: str) -> bool:
        """Return whether a project exists and is not being deleted."""
        try:
            return self.project_items.get(project_id, consistent_read=True).deleted_at is None
        except self.project_items.DoesNotExist:
            return False

    def members(self, project_id: str) -> list[Member]:
        """Return a project's members, in the order in which they joined."""
        found = [member_of(item) for item in self.member_items.query(project_id, consistent_read=True)]
        return sorted(found, key=lambda member: (member.since, member.user_id))

    def rename(self, project_id: str, name: str, events: Sequence[AuditEvent]) -> bool:
        """Rename a project; return False if it was deleted."""

        def write(transaction: TransactWrite) -> None:
            transaction.update(self.project_items(project_id), actions=[ProjectItem.name.set(name)], condition=_EXISTS)

        return self._transactions.write(write, events)

    def change_role(self, member: Member, role: ProjectRole, events: Sequence[AuditEvent]) -> bool:
        """Change a member's role; return False if it was changed meanwhile. Raises LastOwner."""
        owners = (role is ProjectRole.OWNER) - (member.role is ProjectRole.OWNER)

        def write(transaction: TransactWrite) -> None:
            unchanged = MemberItem.role == member.role.value
            item = self.member_items(member.project_id, member.user_id)
            transaction.update(item, actions=[MemberItem.role.set(role.value)], condition=unchanged)
            self._count(transaction, member.project_id, members=0, owners=owners)

        return self._transactions.write(write, events, last=LastOwner)

    def remove(self, member: Member, events: Sequence[AuditEvent]) -> bool:
        """Remove a member; return False if the membership was changed meanwhile. Raises LastOwner."""

        def write(transaction: TransactWrite) -> None:
            unchanged = MemberItem.role == member.role.value
            transaction.delete(self.member_items(member.project_id, member.user_id), condition=unchanged)
            self._count(transaction, member.project_id, members=-1, owners=-(member.role is ProjectRole.OWNER))

        return self._transactions.write(write, events, last=LastOwner)

    def mark_deleted(self, project_id: str, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Close a project to its members, before its data is deleted; return False if it was closed before."""

        def write(transaction: TransactWrite) -> None:
            closed: list[Action] = [ProjectItem.deleted_at.set(now), ProjectItem.closing.set(CLOSING)]
            transaction.update(self.project_items(project_id), actions=closed, condition=_EXISTS)

        return self._transactions.write(write, events)

    def closed_before(self, time: datetime, max_count: int) -> Sequence[str]:
        """Return the ids of projects that were closed before a time and still exist, oldest first."""
        found = self.project_items.to_delete.query(
            CLOSING, ProjectItem.deleted_at < time, limit=max_count, page_size=max_count
        )
        return [item.id for item in found]

    def delete(self, project_id: str) -> None:
        """Delete a project's members, then the project."""
        delete_all(self.member_items, project_id)
        self.project_items(project_id).delete()

    def add_member(self, transaction: TransactWrite, member: Member) -> None:
        """Add a new member to a transaction.

        It fails if the project is full or deleted, or the user already a member.
        """
        item = self.member_items(member.project_id, member.user_id, role=member.role.value, since=member.since)
        transaction.save(item, condition=MemberItem.user_id.does_not_exist())
        actions: list[Action] = [
            ProjectItem.members.add(1),
            ProjectItem.owners.add(int(member.role is ProjectRole.OWNER)),
        ]
        not_full = _EXISTS & (ProjectItem.members < MAX_MEMBERS)
        transaction.update(self.project_items(member.project_id), actions=actions, condition=not_full)

    def _count(self, transaction: TransactWrite, project_id: str, *, members: int, owners: int) -> None:
        enough = ProjectItem.owners > 1 if owners < 0 else None
        actions: list[Action] = [ProjectItem.members.add(members), ProjectItem.owners.add(owners)]
        transaction.update(self.project_items(project_id), actions=actions, condition=enough)


_EXISTS: Final = ProjectItem.id.exists() & ProjectItem.deleted_at.does_not_exist()


def project_of(item: ProjectItem) -> Project:
    """Return the project of a stored item."""
    return Project(item.id, item.name, item.created_at, int(item.members))


def member_of(item: MemberItem) -> Member:
    """Return the member of a stored item."""
    return Member(item.project_id, item.user_id, ProjectRole(item.role), item.since)
