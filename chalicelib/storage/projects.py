"""Projects, and who is a member of which.

A member is found by the project and the user together; no request reads a project without that key. How many members
and owners a project has stands in its own item, which changes with them in one transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.transactions import TransactWrite

from chalicelib.storage.logs import LogEntry
from chalicelib.storage.table import Item, bind, delete_all
from chalicelib.storage.transaction import transact

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

CLOSING: Final = "yes"  # one key for all: few are closed, and they soon go
MOST_MEMBERS: Final = 100  # of a project: one request reads them with their names


class LastOwner(Exception):
    """The member is the only owner that the project has."""


class ProjectFull(Exception):
    """The project has as many members as it may have."""


class Role(StrEnum):
    """What a member may do: see, add and delete pictures as well, decide who is a member as well."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    def includes(self, other: "Role") -> bool:
        """Whether who has this role may do what another may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Project(msgspec.Struct, frozen=True):
    """A named set of images."""

    id: str
    name: str
    created_at: datetime
    members: int = 1


class Member(msgspec.Struct, frozen=True):
    """A user in a project."""

    project_id: str
    user_id: str
    role: Role
    since: datetime


class ProjectsClosing(GlobalSecondaryIndex["ProjectItem"]):
    """The projects that are closed and not yet deleted, those that wait longest first."""

    class Meta:
        index_name = "closing"
        projection = KeysOnlyProjection()

    closing = UnicodeAttribute(hash_key=True)
    deleted_at = UTCDateTimeAttribute(range_key=True)


class ProjectItem(Item):
    """A project as stored. deleted_at is set while all that belongs to it is being deleted."""

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


class Projects:
    """The tables of projects and of their members."""

    def __init__(self, projects_table: str, members_table: str, region: str) -> None:
        bind(ProjectItem, projects_table, region)
        bind(MemberItem, members_table, region)
        self._connection = Connection(region=region)

    def add(self, project: Project, owner_id: str, entries: Sequence[LogEntry] = ()) -> None:
        """Store a new project with its first owner."""
        item = ProjectItem(project.id, name=project.name, created_at=project.created_at, members=1, owners=1)
        owner = MemberItem(project.id, owner_id, role=Role.OWNER.value, since=project.created_at)

        def write(transaction: TransactWrite) -> None:
            transaction.save(item, condition=ProjectItem.id.does_not_exist())
            transaction.save(owner)

        transact(self._connection, write, entries)

    def of_user(self, user_id: str, most: int | None = None) -> list[Member]:
        """Return a user's memberships, of the newest projects first, all or as many as may be."""
        found = MemberItem.by_user.query(user_id, scan_index_forward=False, limit=most)
        return [member_of(item) for item in found]

    def named(self, project_ids: Sequence[str]) -> dict[str, Project]:
        """Return by id the projects that are there."""
        found = ProjectItem.batch_get(list(project_ids)) if project_ids else []
        return {item.id: project_of(item) for item in found if item.deleted_at is None}

    def member(self, project_id: str, user_id: str) -> Member | None:
        """Return a member, None if the user is none."""
        try:
            return member_of(MemberItem.get(project_id, user_id, consistent_read=True))
        except MemberItem.DoesNotExist:
            return None

    def is_open(self, project_id: str) -> bool:
        """Whether a project is there and isn't being deleted."""
        try:
            return ProjectItem.get(project_id, consistent_read=True).deleted_at is None
        except ProjectItem.DoesNotExist:
            return False

    def members(self, project_id: str) -> list[Member]:
        """Return a project's members, those of the longest standing first."""
        found = [member_of(item) for item in MemberItem.query(project_id, consistent_read=True)]
        return sorted(found, key=lambda member: (member.since, member.user_id))

    def rename(self, project_id: str, name: str, entries: Sequence[LogEntry]) -> bool:
        """Give a project another name; False if it is gone."""

        def write(transaction: TransactWrite) -> None:
            transaction.update(ProjectItem(project_id), actions=[ProjectItem.name.set(name)], condition=_IS_THERE)

        return transact(self._connection, write, entries)

    def change_role(self, member: Member, role: Role, entries: Sequence[LogEntry]) -> bool:
        """Give a member another role; False if it was changed meanwhile. Raises LastOwner."""
        owners = (role is Role.OWNER) - (member.role is Role.OWNER)

        def write(transaction: TransactWrite) -> None:
            unchanged = MemberItem.role == member.role.value
            item = MemberItem(member.project_id, member.user_id)
            transaction.update(item, actions=[MemberItem.role.set(role.value)], condition=unchanged)
            self._count(transaction, member.project_id, members=0, owners=owners)

        return transact(self._connection, write, entries, last=LastOwner)

    def remove(self, member: Member, entries: Sequence[LogEntry]) -> bool:
        """End a membership; False if it was changed meanwhile. Raises LastOwner."""

        def write(transaction: TransactWrite) -> None:
            unchanged = MemberItem.role == member.role.value
            transaction.delete(MemberItem(member.project_id, member.user_id), condition=unchanged)
            self._count(transaction, member.project_id, members=-1, owners=-(member.role is Role.OWNER))

        return transact(self._connection, write, entries, last=LastOwner)

    def mark_deleted(self, project_id: str, now: datetime, entries: Sequence[LogEntry]) -> bool:
        """Close a project to its members, before all that belongs to it is deleted; False if that is done."""

        def write(transaction: TransactWrite) -> None:
            closed: list[Action] = [ProjectItem.deleted_at.set(now), ProjectItem.closing.set(CLOSING)]
            transaction.update(ProjectItem(project_id), actions=closed, condition=_IS_THERE)

        return transact(self._connection, write, entries)

    def closed_before(self, at: datetime, most: int) -> Sequence[str]:
        """Return the ids of projects that were closed before a time and are still there, the oldest first."""
        found = ProjectItem.to_delete.query(CLOSING, ProjectItem.deleted_at < at, limit=most, page_size=most)
        return [item.id for item in found]

    def delete(self, project_id: str) -> None:
        """Delete a project's members, then itself."""
        delete_all(MemberItem, project_id)
        ProjectItem(project_id).delete()

    def _count(self, transaction: TransactWrite, project_id: str, *, members: int, owners: int) -> None:
        enough = ProjectItem.owners > 1 if owners < 0 else None
        actions: list[Action] = [ProjectItem.members.add(members), ProjectItem.owners.add(owners)]
        transaction.update(ProjectItem(project_id), actions=actions, condition=enough)


_IS_THERE: Final = ProjectItem.id.exists() & ProjectItem.deleted_at.does_not_exist()


def join(transaction: TransactWrite, member: Member) -> None:
    """Add a member, who isn't one yet, to a project that is there and not full, as a part of what is written."""
    item = MemberItem(member.project_id, member.user_id, role=member.role.value, since=member.since)
    transaction.save(item, condition=MemberItem.user_id.does_not_exist())
    actions: list[Action] = [ProjectItem.members.add(1), ProjectItem.owners.add(int(member.role is Role.OWNER))]
    not_full = _IS_THERE & (ProjectItem.members < MOST_MEMBERS)
    transaction.update(ProjectItem(member.project_id), actions=actions, condition=not_full)


def project_of(item: ProjectItem) -> Project:
    """Return the project that is stored so."""
    return Project(item.id, item.name, item.created_at, int(item.members))


def member_of(item: MemberItem) -> Member:
    """Return the member that is stored so."""
    return Member(item.project_id, item.user_id, Role(item.role), item.since)
