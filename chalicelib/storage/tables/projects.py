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
from chalicelib.model.usage import PerLimit, UsageChange
from chalicelib.storage.tables.table import Item, bind
from chalicelib.storage.tables.transaction import Transactions

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

CLOSING: Final = "yes"  # one key for all: few projects are closed, and they are soon deleted


class ProjectsClosing(GlobalSecondaryIndex["ProjectItem"]):
    """The DynamoDB index of closed projects whose data is not yet deleted, ordered by the time of closing."""

    class Meta:
        index_name = "closing"
        projection = KeysOnlyProjection()

    closing = UnicodeAttribute(hash_key=True)
    deleted_at = UTCDateTimeAttribute(range_key=True)


class ProjectItem(Item):
    """The DynamoDB item of a project.

    deleted_at and closing are set while the data of a closed project is being deleted. invited_until is the end of its
    last invitation.
    """

    class Meta:
        table_name = ""

    id = UnicodeAttribute(hash_key=True)
    name = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    members = NumberAttribute()
    owners = NumberAttribute()
    invited_until = UTCDateTimeAttribute(null=True)
    deleted_at = UTCDateTimeAttribute(null=True)
    closing = UnicodeAttribute(null=True)
    to_delete = ProjectsClosing()


class MembersByUser(GlobalSecondaryIndex["MemberItem"]):
    """The DynamoDB index of memberships by user, ordered by project id, which is the order of their creation."""

    class Meta:
        index_name = "by_user"
        projection = AllProjection()

    user_id = UnicodeAttribute(hash_key=True)
    project_id = UnicodeAttribute(range_key=True)


class MemberItem(Item):
    """The DynamoDB item of a user's membership of a project."""

    class Meta:
        table_name = ""

    project_id = UnicodeAttribute(hash_key=True)
    user_id = UnicodeAttribute(range_key=True)
    role = UnicodeAttribute()
    since = UTCDateTimeAttribute()
    by_user = MembersByUser()


class ProjectsTable:
    """The DynamoDB tables of projects and of their members. Methods raise PynamoDBException if a request fails."""

    def __init__(self, projects_table: str, members_table: str, region: str, transactions: Transactions) -> None:
        self.project_items = bind(ProjectItem, projects_table, region)
        self.member_items = bind(MemberItem, members_table, region)
        self._transactions = transactions

    def add(
        self,
        project: Project,
        owner_id: str,
        events: Sequence[AuditEvent] = (),
        usage: UsageChange | None = None,
    ) -> None:
        """Store a new project and its first owner together with audit events and the usage of the owner's account.

        Raises UsageRefused, and PynamoDBException, also if a project has this id.
        """
        item = self.project_items(project.id, name=project.name, created_at=project.created_at, members=1, owners=1)
        owner = self.member_items(project.id, owner_id, role=ProjectRole.OWNER.value, since=project.created_at)

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=ProjectItem.id.does_not_exist())
            transaction.save(owner)

        self._transactions.commit(write, events, usage=usage)

    def of_user(self, user_id: str) -> list[Member]:
        """Return a user's memberships, newest projects first; closed projects are included."""
        found = self.member_items.by_user.query(user_id, scan_index_forward=False)
        return [member_of(item) for item in found]

    def named(self, project_ids: Sequence[str]) -> dict[str, Project]:
        """Return the projects that have one of these ids, by id; closed and unknown ones are left out."""
        found = self.project_items.batch_get(list(project_ids)) if project_ids else []
        return {item.id: project_of(item) for item in found if item.deleted_at is None}

    def member(self, project_id: str, user_id: str) -> Member | None:
        """Return a user's membership of a project, or None if the user is not a member.

        A closed project keeps its members.
        """
        try:
            return member_of(self.member_items.get(project_id, user_id, consistent_read=True))
        except self.member_items.DoesNotExist:
            return None

    def is_open(self, project_id: str) -> bool:
        """Return whether a project exists and is not closed."""
        try:
            return self.project_items.get(project_id, consistent_read=True).deleted_at is None
        except self.project_items.DoesNotExist:
            return False

    def members(self, project_id: str) -> list[Member]:
        """Return a project's members, in the order in which they joined."""
        found = [member_of(item) for item in self.member_items.query(project_id, consistent_read=True)]
        return sorted(found, key=lambda member: (member.since, member.user_id))

    def rename(self, project_id: str, name: str, events: Sequence[AuditEvent]) -> bool:
        """Rename a project together with audit events; return False if it is closed or does not exist."""

        def write(transaction: TransactWrite) -> None:
            transaction.update(self.project_items(project_id), actions=[ProjectItem.name.set(name)], condition=_EXISTS)

        return self._transactions.write(write, events)

    def change_role(self, member: Member, role: ProjectRole, events: Sequence[AuditEvent]) -> bool:
        """Change a member's role together with audit events.

        Return False if the role was changed or the membership ended since `member` was read. Raises LastOwner if the
        project would have no owner.
        """
        owners = (role is ProjectRole.OWNER) - (member.role is ProjectRole.OWNER)

        def write(transaction: TransactWrite) -> None:
            unchanged = MemberItem.role == member.role.value
            item = self.member_items(member.project_id, member.user_id)
            transaction.update(item, actions=[MemberItem.role.set(role.value)], condition=unchanged)
            self._count(transaction, member.project_id, members=0, owners=owners)

        return self._transactions.write(write, events, last=LastOwner)

    def remove(self, member: Member, events: Sequence[AuditEvent]) -> bool:
        """End a membership, which no longer counts to the member's account, together with audit events.

        Return False if the role was changed or the membership ended since `member` was read. Raises LastOwner if the
        project would have no owner.
        """

        def write(transaction: TransactWrite) -> None:
            unchanged = MemberItem.role == member.role.value
            transaction.delete(self.member_items(member.project_id, member.user_id), condition=unchanged)
            self._count(transaction, member.project_id, members=-1, owners=-(member.role is ProjectRole.OWNER))

        return self._transactions.write(write, events, last=LastOwner, usage=_left(member))

    def mark_deleted(self, project_id: str, now: datetime, events: Sequence[AuditEvent]) -> bool:
        """Close a project to its members, together with audit events; its data is deleted later.

        Return False if the project is closed already or does not exist.
        """

        def write(transaction: TransactWrite) -> None:
            closed: list[Action] = [ProjectItem.deleted_at.set(now), ProjectItem.closing.set(CLOSING)]
            transaction.update(self.project_items(project_id), actions=closed, condition=_EXISTS)

        return self._transactions.write(write, events)

    def closed_before(self, time: datetime, max_count: int) -> Sequence[str]:
        """Return the ids of up to max_count projects that were closed before a time and still exist.

        The project that was closed first comes first.
        """
        found = self.project_items.to_delete.query(
            CLOSING, ProjectItem.deleted_at < time, limit=max_count, page_size=max_count
        )
        return [item.id for item in found]

    def delete(self, project_id: str) -> None:
        """Delete a project's members, then the project; what does not exist is ignored.

        The project no longer counts to the accounts of its members.
        """
        for member in self.members(project_id):
            self._delete_member(member)
        self.project_items(project_id).delete()

    def add_member(self, transaction: TransactWrite, member: Member) -> None:
        """Add the creation of a membership to a transaction.

        The commit fails if the project is full or deleted, or if the user is already a member.
        """
        item = self.member_items(member.project_id, member.user_id, role=member.role.value, since=member.since)
        transaction.save(item, condition=MemberItem.user_id.does_not_exist())
        actions: list[Action] = [
            ProjectItem.members.add(1),
            ProjectItem.owners.add(int(member.role is ProjectRole.OWNER)),
        ]
        not_full = _EXISTS & (ProjectItem.members < MAX_MEMBERS)
        transaction.update(self.project_items(member.project_id), actions=actions, condition=not_full)

    def note_invitation(self, transaction: TransactWrite, project_id: str, expires_at: datetime) -> None:
        """Add to a transaction that a project has an invitation until expires_at; the commit fails if it is closed."""
        noted: list[Action] = [ProjectItem.invited_until.set(expires_at)]
        transaction.update(self.project_items(project_id), actions=noted, condition=_EXISTS)

    def check_owner(self, transaction: TransactWrite, project_id: str, user_id: str) -> None:
        """Add to a transaction that its commit fails unless a user is an owner of a project."""
        transaction.condition_check(
            self.member_items, project_id, user_id, condition=MemberItem.role == ProjectRole.OWNER.value
        )

    def _delete_member(self, member: Member) -> None:
        def write(transaction: TransactWrite) -> None:
            item = self.member_items(member.project_id, member.user_id)
            transaction.delete(item, condition=MemberItem.user_id.exists())

        self._transactions.write(write, usage=_left(member))

    def _count(self, transaction: TransactWrite, project_id: str, *, members: int, owners: int) -> None:
        enough = ProjectItem.owners > 1 if owners < 0 else None
        actions: list[Action] = [ProjectItem.members.add(members), ProjectItem.owners.add(owners)]
        transaction.update(self.project_items(project_id), actions=actions, condition=enough)


def _left(member: Member) -> UsageChange:
    return UsageChange(user_id=member.user_id, by=PerLimit(projects=-1))


_EXISTS: Final = ProjectItem.id.exists() & ProjectItem.deleted_at.does_not_exist()


def project_of(item: ProjectItem) -> Project:
    """Return the `Project` that a stored item represents."""
    return Project(item.id, item.name, item.created_at, int(item.members), item.invited_until)


def member_of(item: MemberItem) -> Member:
    """Return the `Member` that a stored item represents."""
    return Member(item.project_id, item.user_id, ProjectRole(item.role), item.since)
